import type { TracedStep } from '../money/trace.ts';
import { must } from '../must.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { graceEndOf } from './lot-terms.ts';
import { foldLots } from './lots.ts';

/** Where returned points went: to their own lot, or to one of their own where that has ended. */
export interface ReturnedLot {
  readonly lotId: string;
  readonly points: number;
  readonly expiresAtMs: number | null;
  readonly isGrace: boolean;
}

/** The entry that gives a use back, and what it does. */
export interface SpentReturn {
  readonly entry: LedgerEntry;
  readonly toLots: readonly ReturnedLot[];
  /** Returned to lots that have ended, where the shop gives no grace: the customer is told. */
  readonly endedAtOncePoints: number;
  readonly trace: readonly TracedStep[];
}

/**
 * Returns the entry that gives `points` of a redemption back to the lots that they came from, last used first (C-56); what
 * belongs to a lot that has ended meanwhile returns with the shop's grace (C-13). `entries` are the account's, up to now.
 * Never more than the redemption still holds (asserted); null when there is nothing to give back.
 */
export function returnSpent(given: {
  readonly entries: readonly LedgerEntry[];
  readonly redeemEntryId: string;
  readonly points: number;
  readonly entryId: string;
  readonly atMs: number;
  readonly graceDays: number;
  readonly zone: string;
}): SpentReturn | null {
  const { entries, redeemEntryId, points, entryId, atMs } = given;
  must(points >= 0 && points <= heldBy(entries, redeemEntryId), 'no more is given back than was used');
  if (points === 0) return null;
  const graceEndMs = graceEndOf(atMs, given.graceDays, given.zone);
  const entry: LedgerEntry = {
    entryId,
    kind: 'reverse_redeem',
    points,
    atMs,
    expiresAtMs: graceEndMs,
    reversesEntryId: redeemEntryId,
  };
  const toLots = lotsOfReturn(entries, entry);
  const grace = toLots.find((lot) => lot.isGrace)?.points ?? 0;
  return {
    entry,
    toLots,
    endedAtOncePoints: graceEndMs <= atMs ? grace : 0,
    trace: toLots.map((lot) => ({
      what: lot.isGrace ? 'returned-with-grace' : 'returned-to-lot',
      inputs: { lotId: lot.lotId, expiresAtMs: lot.expiresAtMs, ofPoints: points },
      operation: 'reverse-order-of-use',
      rounding: 'none',
      result: lot.points,
    })),
  };
}

/** What a redemption still holds: its points less what earlier reversals gave back. */
export function heldBy(entries: readonly LedgerEntry[], redeemEntryId: string): number {
  let points = 0;
  for (const entry of entries) {
    if (entry.entryId === redeemEntryId) points -= entry.points;
    else if (entry.kind === 'reverse_redeem' && entry.reversesEntryId === redeemEntryId) points -= entry.points;
  }
  return points;
}

/** Folds the return in and says what each lot got, in the order in which they got it; what paid a debt is in none. */
function lotsOfReturn(entries: readonly LedgerEntry[], entry: LedgerEntry): ReturnedLot[] {
  const after = foldLots([...entries, entry], entry.atMs);
  const running = new Map(after.lots.map((lot) => [lot.lotId, lot]));
  const homes = after.moves
    .filter((move) => move.entryId === entry.entryId && running.has(move.lotId))
    .map(({ lotId, points }) => {
      const expiresAtMs = running.get(lotId)?.expiresAtMs ?? null;
      return { lotId, points: -points, expiresAtMs, isGrace: false };
    });
  const own = [...after.lots, ...after.endedLots].find((lot) => lot.lotId === entry.entryId);
  if (own === undefined) return homes;
  return [...homes, { lotId: own.lotId, points: own.remaining, expiresAtMs: own.expiresAtMs, isGrace: true }];
}
