import type { LedgerEntry } from './ledger-entry.ts';
import { graceEndOf } from './lot-terms.ts';
import { offsetExpiry } from './offset-expiry.ts';

/** What a refund does to one account in one programme; points are positive. */
export interface RefundedPoints {
  /** Of rewards: they go back to their lots, with the grace of the version that the reward was of (C-13). */
  readonly returns: readonly { readonly redeemEntryId: string; readonly points: number; readonly graceDays: number }[];
  readonly reversals: readonly { readonly earnEntryId: string; readonly points: number }[];
  /** What the shop forgives or keeps in money, in points (C-10). */
  readonly adjustPoints: number;
}

/**
 * Returns the entries of an account with those of a refund that has been decided and not yet booked, in the order in which
 * it books them: what can be spent afterwards can be spent in the same ticket (T9). `entries` are all up to now.
 */
export function entriesAfterRefund(
  entries: readonly LedgerEntry[],
  refund: RefundedPoints,
  { atMs, zone }: { readonly atMs: number; readonly zone: string },
): readonly LedgerEntry[] {
  const after: LedgerEntry[] = [...entries];
  const add = (entry: Omit<LedgerEntry, 'entryId' | 'atMs'>): void => {
    if (entry.points !== 0) after.push({ ...entry, entryId: `to-come:${after.length}`, atMs });
  };
  for (const { redeemEntryId, points, graceDays } of refund.returns) {
    const expiresAtMs = graceEndOf(atMs, graceDays, zone);
    add({ kind: 'reverse_redeem', points, expiresAtMs, reversesEntryId: redeemEntryId });
  }
  for (const { earnEntryId, points } of refund.reversals) {
    const taken = { kind: 'reverse_earn' as const, points: -points, expiresAtMs: null, reversesEntryId: earnEntryId };
    const offsets = points === 0 ? [] : offsetExpiry(after, { ...taken, entryId: `to-come:${after.length}`, atMs });
    add(taken);
    for (const { points: back, reversesEntryId, lotId } of offsets)
      add({ kind: 'reverse_expire', points: back, expiresAtMs: atMs, reversesEntryId, lotId });
  }
  add({ kind: 'adjust', points: refund.adjustPoints, expiresAtMs: null, reversesEntryId: null });
  return after;
}
