import { must } from '../must.ts';
import { addDays, civilFromDays, daysFromCivil, formatDate, parseDate } from './civil-date.ts';
import { offsetMsAt } from './zone.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The clock on the shop's wall. */
export interface LocalTime {
  /** 'YYYY-MM-DD'. */
  readonly date: string;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** ISO: 1 Monday to 7 Sunday. */
  readonly weekday: number;
  readonly offsetMs: number;
}

/** A stretch of time: fromMs is in it, toMs is not. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One local hour of a business day. On the day the clocks go back, the repeated hour lasts two. */
export interface HourBucket extends TimeRange {
  readonly hour: number;
}

/** Returns what the shop's wall clock shows at the instant. */
export function localTimeOf(instantMs: number, zone: string): LocalTime {
  const offsetMs = offsetMsAt(instantMs, zone);
  const localMs = instantMs + offsetMs;
  const days = Math.floor(localMs / DAY_MS);
  const ofDayMs = localMs - days * DAY_MS;
  return {
    date: formatDate(civilFromDays(days)),
    hour: Math.floor(ofDayMs / HOUR_MS),
    minute: Math.floor((ofDayMs % HOUR_MS) / 60_000),
    second: Math.floor((ofDayMs % 60_000) / 1000),
    weekday: ((((days + 3) % 7) + 7) % 7) + 1,
    offsetMs,
  };
}

/** The local date at the instant, 'YYYY-MM-DD'. Weekday rules and expiry use it; reports use the business date. */
export function localDateOf(instantMs: number, zone: string): string {
  return formatDate(civilFromDays(Math.floor((instantMs + offsetMsAt(instantMs, zone)) / DAY_MS)));
}

/** The local hour at the instant, 0 to 23. */
export function localHourOf(instantMs: number, zone: string): number {
  const localMs = instantMs + offsetMsAt(instantMs, zone);
  return Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / HOUR_MS);
}

/**
 * Returns the business date, 'YYYY-MM-DD', that a sale at the instant belongs to: the local date, where hours before
 * `dayStartsAtHour` still belong to the day before (C-42). Computed once per sale and never again.
 */
export function businessDateOf(instantMs: number, zone: string, dayStartsAtHour: number): string {
  must(dayStartsAtHour >= 0 && dayStartsAtHour <= 23, 'a day starts at an hour from 0 to 23');
  const localMs = instantMs + offsetMsAt(instantMs, zone);
  return formatDate(civilFromDays(Math.floor((localMs - dayStartsAtHour * HOUR_MS) / DAY_MS)));
}

/**
 * Returns the first instant at which the local clock shows the date and hour or later.
 * Where the clocks jump over it, that is the instant of the jump; where it comes twice, the first time.
 */
export function instantOfLocal(date: string, hour: number, zone: string): number {
  const localMs = daysFromCivil(parseDate(date)) * DAY_MS + hour * HOUR_MS;
  const offsets = [offsetMsAt(localMs - DAY_MS, zone), offsetMsAt(localMs + DAY_MS, zone)];
  const candidates = offsets.map((offset) => localMs - offset).filter((at) => at + offsetMsAt(at, zone) === localMs);
  if (candidates.length > 0) return Math.min(...candidates);
  let before = localMs - Math.max(...offsets) - 1;
  let after = localMs - Math.min(...offsets);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + offsetMsAt(middle, zone) >= localMs) after = middle;
    else before = middle;
  }
  return after;
}

/** The first instant of the local date: midnight, or the jump where midnight does not exist. */
export function startOfLocalDay(date: string, zone: string): number {
  return instantOfLocal(date, 0, zone);
}

/** From when to when a business date lasts: 23, 24 or 25 hours. */
export function businessDayRange(date: string, zone: string, dayStartsAtHour: number): TimeRange {
  return {
    fromMs: instantOfLocal(date, dayStartsAtHour, zone),
    toMs: instantOfLocal(addDays(date, 1), dayStartsAtHour, zone),
  };
}

/**
 * The local hours of a business date in order, without a gap: together they are exactly the day.
 * An hour that the clocks jump over is absent; an hour that comes twice is one bucket (C-43).
 */
export function hoursOfBusinessDay(date: string, zone: string, dayStartsAtHour: number): HourBucket[] {
  const day = businessDayRange(date, zone, dayStartsAtHour);
  const buckets: HourBucket[] = [];
  for (let atMs = day.fromMs; atMs < day.toMs; ) {
    const hour = localHourOf(atMs, zone);
    const localMs = atMs + offsetMsAt(atMs, zone);
    const endMs = Math.min(
      day.toMs,
      endOfHour(atMs, atMs + HOUR_MS - (((localMs % HOUR_MS) + HOUR_MS) % HOUR_MS), zone),
    );
    const last = buckets.at(-1);
    if (last !== undefined && last.hour === hour) buckets[buckets.length - 1] = { ...last, toMs: endMs };
    else buckets.push({ hour, fromMs: atMs, toMs: endMs });
    atMs = endMs;
  }
  return buckets;
}

/** The instant at which the hour running at fromMs ends: untilMs, unless the clocks change before it. */
function endOfHour(fromMs: number, untilMs: number, zone: string): number {
  const offset = offsetMsAt(fromMs, zone);
  if (offsetMsAt(untilMs - 1, zone) === offset) return untilMs;
  let before = fromMs;
  let after = untilMs - 1;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetMsAt(middle, zone) === offset) before = middle;
    else after = middle;
  }
  return after;
}
