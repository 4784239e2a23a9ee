import type { LedgerEntry } from './ledger-entry.ts';
import { graceEndOf } from './lot-terms.ts';
import { foldLots } from './lots.ts';
import { offsetExpiry } from './offset-expiry.ts';

/**
 * Returns the balance of an account in a programme before a refund takes earned points back, and after; what rewards cost
 * has come back in both (C-13). Points that have ended leave the balance as it is, whether or not anybody has written so:
 * they are not asked for again (LOYALTY.md 3). `entries` are the account's, up to now; points are positive.
 */
export function balanceAfterRefund(given: {
  readonly entries: readonly LedgerEntry[];
  readonly earnEntryId: string;
  readonly reversedPoints: number;
  readonly returns: readonly { readonly redeemEntryId: string; readonly points: number }[];
  readonly atMs: number;
  readonly graceDays: number;
  readonly zone: string;
}): { readonly before: number; readonly after: number } {
  const { earnEntryId, reversedPoints, atMs } = given;
  const returned = given.returns
    .filter(({ points }) => points > 0)
    .map(({ redeemEntryId, points }, place): LedgerEntry => {
      const expiresAtMs = graceEndOf(atMs, given.graceDays, given.zone);
      const entryId = `returned:${place}`;
      return { entryId, kind: 'reverse_redeem', points, atMs, expiresAtMs, reversesEntryId: redeemEntryId };
    });
  const entries = [...given.entries, ...returned];
  const taken: LedgerEntry = {
    entryId: 'taken',
    kind: 'reverse_earn',
    points: -reversedPoints,
    atMs,
    expiresAtMs: null,
    reversesEntryId: earnEntryId,
  };
  const offsets = offsetExpiry(entries, taken).map(
    (offset, place): LedgerEntry => ({
      ...offset,
      entryId: `offset:${place}`,
      kind: 'reverse_expire',
      atMs,
      expiresAtMs: atMs,
    }),
  );
  return {
    before: foldLots(entries, atMs).balance,
    after: foldLots([...entries, taken, ...offsets], atMs).balance,
  };
}
