import { must } from '../must.ts';

/** A calendar date without a zone. Months and days count from 1. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DATE_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Days since 1970-01-01 of a date of the proleptic Gregorian calendar.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 */
export function daysFromCivil({ year, month, day }: CivilDate): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date that lies `days` after 1970-01-01; the inverse of daysFromCivil. */
export function civilFromDays(days: number): CivilDate {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1,
  };
}

/** 'YYYY-MM-DD'. Years 0 to 9999. */
export function formatDate({ year, month, day }: CivilDate): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Reads 'YYYY-MM-DD'; null when it is not a date of the calendar (29 Feb of a common year, month 13). */
export function readDate(text: string): CivilDate | null {
  const found = DATE_PATTERN.exec(text);
  if (found === null) return null;
  const date = { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) };
  if (date.month < 1 || date.month > 12 || date.day < 1) return null;
  return date.day <= daysInMonth(date.year, date.month) ? date : null;
}

/** Reads a date that the system itself wrote; anything else is a bug. */
export function parseDate(text: string): CivilDate {
  const date = readDate(text);
  must(date !== null, `not a date: ${text.slice(0, 20)}`);
  return date;
}

/** 28 to 31. */
function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The date `days` later (earlier when negative). */
export function addDays(date: string, days: number): string {
  return formatDate(civilFromDays(daysFromCivil(parseDate(date)) + days));
}

/** The same day `months` later, clamped to that month's last day: 31 Jan + 1 month is 28 or 29 Feb (C-14). */
export function addMonths(date: string, months: number): string {
  const { year, month, day } = parseDate(date);
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
  return formatDate({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) });
}

/** The last day of the date's calendar quarter. */
export function endOfQuarter(date: string): string {
  const { year, month } = parseDate(date);
  const last = Math.ceil(month / 3) * 3;
  return formatDate({ year, month: last, day: daysInMonth(year, last) });
}

/** The last day of the date's half-year: 30 June or 31 December. */
export function endOfHalfYear(date: string): string {
  const { year, month } = parseDate(date);
  return month <= 6 ? formatDate({ year, month: 6, day: 30 }) : formatDate({ year, month: 12, day: 31 });
}

/** 31 December of the date's year. */
export function endOfYear(date: string): string {
  return formatDate({ year: parseDate(date).year, month: 12, day: 31 });
}

/** The last day of the date's month. */
export function endOfMonth(date: string): string {
  const { year, month } = parseDate(date);
  return formatDate({ year, month, day: daysInMonth(year, month) });
}

/** ISO weekday of a date: 1 Monday to 7 Sunday. */
export function weekdayOf(date: string): number {
  return ((((daysFromCivil(parseDate(date)) + 3) % 7) + 7) % 7) + 1;
}
