import type { Schedule } from '#shop/time/schedule.ts';
import { listOf, type SayingWords } from './saying-words.ts';

type ScheduleWords = Pick<SayingWords, 'common' | 'format' | 'today'>;

const MONDAY_MS = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;
const WEEKDAYS = '0,1,2,3,4';
const WEEKEND = '5,6';
const WHOLE_WEEK = 7;
const SHORTEST_RANGE = 3;

/** 'Monday' for 0 up to 'Sunday' for 6, as it stands within a sentence. */
export function weekdayWithin(language: 'en' | 'es', weekday: number): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(MONDAY_MS + weekday * DAY_MS);
}

/** The same, as a label. */
export function weekdayName(language: 'en' | 'es', weekday: number): string {
  const name = weekdayWithin(language, weekday);
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** '09:30' for 570. */
export function minuteText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** '30 Nov', or '30 Nov 2027' where the year is another. */
export function civilDayText({ format, today }: Pick<ScheduleWords, 'format' | 'today'>, date: string): string {
  const isThisYear = date.slice(0, 4) === today.slice(0, 4);
  return new Intl.DateTimeFormat(format.settings.language === 'es' ? 'es' : 'en-GB', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(new Date(`${date}T12:00:00Z`));
}

function daysText(words: ScheduleWords, weekdays: readonly number[]): string[] {
  const { common, format } = words;
  const days = [...weekdays].sort((a, b) => a - b);
  const key = days.join();
  if (days.length === 0 || days.length === WHOLE_WEEK) return [];
  if (key === WEEKDAYS) return [common('schedule.say.weekdays')];
  if (key === WEEKEND) return [common('schedule.say.weekend')];
  const name = (day: number): string => weekdayWithin(format.settings.language, day);
  const [first = 0] = days;
  const last = days.at(-1) ?? first;
  if (days.length >= SHORTEST_RANGE && last - first === days.length - 1)
    return [common('schedule.say.dayRange', { from: name(first), to: name(last) })];
  return [common('schedule.say.days', { days: listOf(words, days.map(name), 'conjunction') })];
}

function hoursText({ common }: ScheduleWords, { fromMinute, toMinute }: Schedule): string[] {
  if (fromMinute === null && toMinute === null) return [];
  if (fromMinute === null) return [common('schedule.say.before', { time: minuteText(toMinute ?? 0) })];
  if (toMinute === null) return [common('schedule.say.after', { time: minuteText(fromMinute) })];
  return [common('schedule.say.hours', { from: minuteText(fromMinute), to: minuteText(toMinute) })];
}

/** 'weekdays before 11:00 or Saturday 09:00 to 12:00'; null where it holds always. */
export function windowsText(words: ScheduleWords, windows: readonly Schedule[]): string | null {
  const texts = windows.map((window) =>
    [
      ...daysText(words, window.weekdays),
      ...hoursText(words, window),
      ...(window.startsOn === null
        ? []
        : [words.common('schedule.say.from', { date: civilDayText(words, window.startsOn) })]),
      ...(window.endsOn === null
        ? []
        : [words.common('schedule.say.until', { date: civilDayText(words, window.endsOn) })]),
    ].join(' '),
  );
  return texts.length === 0 || texts.includes('') ? null : listOf(words, texts, 'disjunction');
}
