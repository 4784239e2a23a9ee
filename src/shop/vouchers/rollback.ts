import { must } from '../must.ts';
import type { ClaimStatus } from './life-cycle.ts';

/** A redemption of a sale as a refund sees it, with what was given back of it before. */
export interface RedeemedVoucher {
  readonly uses: number;
  readonly amountMinor: number;
  readonly rolledBackUses: number;
  readonly rolledBackMinor: number;
  /** When the voucher or its claim ends; null never, or for a promotion. */
  readonly endsAtMs: number | null;
  /** The sale that gave it to its customer came back whole before; left out: no sale gave it, or that sale stands. */
  readonly isGiverGone?: boolean;
}

/** What is given back of a redemption. claimStatus: how the claim stands then. */
export interface Rollback {
  readonly uses: number;
  readonly amountMinor: number;
  readonly claimStatus: ClaimStatus;
}

/**
 * Returns what a refund gives back of a redemption: all its uses once nothing remains of the sale, even where the voucher
 * has ended meanwhile (C-36: then it is expired, and a manager may give another) or went with the sale that gave it (then it
 * is void, in whatever order the two come back); before that only the money that it took off what comes back, which its budget
 * has again. remainingMinor: what it took off the lines that stay.
 */
export function decideRollback(
  redeemed: RedeemedVoucher,
  {
    isComplete,
    remainingMinor,
    atMs,
  }: { readonly isComplete: boolean; readonly remainingMinor: number; readonly atMs: number },
): Rollback {
  const { uses, amountMinor, rolledBackUses, rolledBackMinor, endsAtMs, isGiverGone = false } = redeemed;
  const backMinor = amountMinor - (isComplete ? 0 : remainingMinor) - rolledBackMinor;
  must(backMinor >= 0, 'no more is given back than was taken off');
  if (!isComplete) return { uses: 0, amountMinor: backMinor, claimStatus: 'REDEEMED' };
  const back = { uses: uses - rolledBackUses, amountMinor: backMinor };
  if (isGiverGone) return { ...back, claimStatus: 'VOIDED' };
  const hasEnded = endsAtMs !== null && atMs >= endsAtMs;
  return { ...back, claimStatus: hasEnded ? 'EXPIRED' : 'CLAIMED' };
}
