import { localDateOf, startOfLocalDay } from '../time/business-day.ts';
import { addDays, addMonths, endOfHalfYear, endOfMonth, endOfQuarter, endOfYear } from '../time/civil-date.ts';
import type { Programme } from './programme.ts';

/** How the last usable day is moved: not at all, or to the end of its month, quarter, half-year or year. */
export type ExpiryRounding = Programme['expiryRounding'];

/**
 * Returns the instant at which points earned now end: local midnight after their last usable day, which lies `months`
 * after the day of earning, clamped to that month's last day (C-14). Null months: they never end.
 * Zero months: they end with the day on which they were earned.
 */
export function expiryOf(
  earnedAtMs: number,
  terms: { readonly months: number | null; readonly rounding: ExpiryRounding },
  zone: string,
): number | null {
  if (terms.months === null) return null;
  const lastDay = ROUND[terms.rounding](addMonths(localDateOf(earnedAtMs, zone), terms.months));
  return startOfLocalDay(addDays(lastDay, 1), zone);
}

/** The last day on which points can be used, 'YYYY-MM-DD': what screens and receipts print. */
export function lastUsableDate(expiresAtMs: number, zone: string): string {
  return localDateOf(expiresAtMs - 1, zone);
}

const ROUND: { readonly [K in ExpiryRounding]: (date: string) => string } = {
  none: (date) => date,
  month: endOfMonth,
  quarter: endOfQuarter,
  'half-year': endOfHalfYear,
  year: endOfYear,
};
