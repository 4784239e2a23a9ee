import { uuidV5 } from '../ids/uuid.ts';
import { localDateOf, startOfLocalDay } from '../time/business-day.ts';
import { addDays } from '../time/civil-date.ts';
import type { CreditPosition } from './fold-credit.ts';

/** An expiry that the system writes by itself: the same lot makes the same id, so that it is written once. */
export interface DueCreditExpiry {
  readonly entryId: string;
  readonly lotId: string;
  readonly amountMinor: number;
}

/** Returns what of an account has ended and is not written off yet. */
export function dueCreditExpiries(accountId: string, { endedLots }: CreditPosition): DueCreditExpiry[] {
  return endedLots.map(({ lotId, remainingMinor }) => ({
    entryId: uuidV5(accountId, `expire\n${lotId}\n${remainingMinor}`),
    lotId,
    amountMinor: -remainingMinor,
  }));
}

/** When credit that is given now ends: with the local day that is so many days later; null never. */
export function creditEndOf(givenAtMs: number, days: number | null, zone: string): number | null {
  return days === null ? null : startOfLocalDay(addDays(localDateOf(givenAtMs, zone), days + 1), zone);
}

/** The instant, UTC ms, with which the first of the running lots ends; null where none does. */
export function nextEndOf({ lots }: CreditPosition): number | null {
  return lots[0]?.expiresAtMs ?? null;
}

/** Credit of an account that ends soon, all of one end together. The same end makes the same event id: told once. */
export interface CreditEndingSoon {
  readonly eventId: string;
  readonly expiresAtMs: number;
  readonly endingMinor: number;
}

/** Returns what of an account ends after now and up to an instant, the soonest first (W8). */
export function creditEndingSoon(accountId: string, { lots }: CreditPosition, untilMs: number): CreditEndingSoon[] {
  const ends = new Map<number, number>();
  for (const { expiresAtMs, remainingMinor } of lots) {
    if (expiresAtMs === null || expiresAtMs > untilMs) continue;
    ends.set(expiresAtMs, (ends.get(expiresAtMs) ?? 0) + remainingMinor);
  }
  return [...ends].map(([expiresAtMs, endingMinor]) => ({
    eventId: uuidV5(accountId, `expiring\n${expiresAtMs}`),
    expiresAtMs,
    endingMinor,
  }));
}

/** Up to when credit ends soon: the local midnight after so many days, UTC ms. */
export function creditWarnUntilMs(nowMs: number, warnDays: number, zone: string): number {
  return startOfLocalDay(addDays(localDateOf(nowMs, zone), warnDays + 1), zone);
}
