import { localDateOf, startOfLocalDay } from '../time/business-day.ts';
import { addDays } from '../time/civil-date.ts';
import { expiryOf } from './lot-expiry.ts';
import type { Programme } from './programme.ts';

/** The terms of the points that an entry brings, and what its activity does to the lots that run. */
export interface LotTerms {
  readonly expiresAtMs: number | null;
  readonly ripensAtMs: number | null;
  readonly slidesToMs: number | null;
}

type TermsOfProgramme = Pick<Programme, 'expiryMonths' | 'expiryRounding' | 'expirySlides' | 'pendingDays'>;

/**
 * Returns the terms of points earned now. Pending points ripen at local midnight after `pendingDays` whole days; expiry
 * counts from the day of earning. Where expiry slides, earning moves the end of all the customer's points.
 */
export function termsOf(programme: TermsOfProgramme, atMs: number, zone: string): LotTerms {
  const expiresAtMs = expiryOf(atMs, { months: programme.expiryMonths, rounding: programme.expiryRounding }, zone);
  const ripensAtMs =
    programme.pendingDays === 0 ? null : startOfLocalDay(addDays(localDateOf(atMs, zone), programme.pendingDays), zone);
  return { expiresAtMs, ripensAtMs, slidesToMs: programme.expirySlides ? expiresAtMs : null };
}

/** To when activity that brings no points, such as a redemption, moves the end of the lots that run; null: it does not. */
export function slideOf(programme: TermsOfProgramme, atMs: number, zone: string): number | null {
  return termsOf(programme, atMs, zone).slidesToMs;
}

/**
 * Returns when points end that come back to a lot that has ended: local midnight after `graceDays` more days, or at once
 * where the shop gives none (C-13).
 */
export function graceEndOf(atMs: number, graceDays: number, zone: string): number {
  return graceDays === 0 ? atMs : startOfLocalDay(addDays(localDateOf(atMs, zone), graceDays + 1), zone);
}
