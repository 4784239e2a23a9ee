import type { FormatSettings } from '../../ui/format.ts';

function localeOf(language: 'en' | 'es'): string {
  return language === 'es' ? 'es' : 'en-GB';
}

// Any leap year: 29 February must stay a day.
const SOME_LEAP_YEAR = 2024;

/** '24 Nov' of 'YYYY-MM-DD' or '----MM-DD'; a birthday shows no year, which is nobody's business at the counter. */
export function birthdayText(date: string, language: 'en' | 'es'): string {
  const [, month, day] = /(\d\d)-(\d\d)$/.exec(date) ?? [];
  if (month === undefined || day === undefined) return date;
  const format = new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return format.format(Date.UTC(SOME_LEAP_YEAR, Number(month) - 1, Number(day)));
}

/** 'Mar 2024' */
export function monthText(atMs: number, settings: FormatSettings): string {
  return new Intl.DateTimeFormat(localeOf(settings.language), {
    month: 'short',
    year: 'numeric',
    timeZone: settings.timeZone,
  }).format(atMs);
}

/** 'Saturday 14 November' of 'YYYY-MM-DD', with the year when it is not `thisYear`. */
export function dayText(date: string, language: 'en' | 'es', thisYear: string): string {
  const atMs = Date.parse(`${date}T00:00:00Z`);
  const locale = localeOf(language);
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(atMs);
  const isThisYear = date.startsWith(thisYear);
  const day = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(atMs);
  return `${weekday.charAt(0).toLocaleUpperCase(locale)}${weekday.slice(1)} ${day}`;
}

/** Whole days from the day of `fromMs` to the day of `toMs`, by their date keys ('YYYY-MM-DD'). */
export function daysBetween(fromKey: string, toKey: string): number {
  return Math.round((Date.parse(`${toKey}T00:00:00Z`) - Date.parse(`${fromKey}T00:00:00Z`)) / 86_400_000);
}

/** A moment of the last day on which something counts that ends at that midnight. */
export function lastDayOf(endsAtMs: number): number {
  return endsAtMs - 1;
}
