import { entriesAfterRefund, type RefundedPoints } from './entries-after-refund.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { foldLots } from './lots.ts';

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
  const { entries, earnEntryId, reversedPoints, atMs, graceDays, zone } = given;
  const returns = given.returns.map((each) => ({ ...each, graceDays }));
  const balanceWith = (reversals: RefundedPoints['reversals']): number =>
    foldLots(entriesAfterRefund(entries, { returns, reversals, adjustPoints: 0 }, { atMs, zone }), atMs).balance;
  return { before: balanceWith([]), after: balanceWith([{ earnEntryId, points: reversedPoints }]) };
}
