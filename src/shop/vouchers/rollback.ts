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
}

/** What is given back of a redemption. claimStatus: how the claim stands then. */
export interface Rollback {
  readonly uses: number;
  readonly amountMinor: number;
  readonly claimStatus: ClaimStatus;
}

/**
 * Returns what a refund gives back of a redemption: all its uses once nothing remains of the sale, even where the voucher
 * has ended meanwhile (C-36: then it is expired, and a manager may give another); before that only the money that it took
 * off what comes back, which its budget has again. remainingMinor: what it took off the lines that stay.
 */
export function decideRollback(
  redeemed: RedeemedVoucher,
  {
    isComplete,
    remainingMinor,
    atMs,
  }: { readonly isComplete: boolean; readonly remainingMinor: number; readonly atMs: number },
): Rollback {
  const { uses, amountMinor, rolledBackUses, rolledBackMinor, endsAtMs } = redeemed;
  const backMinor = amountMinor - (isComplete ? 0 : remainingMinor) - rolledBackMinor;
  must(backMinor >= 0, 'no more is given back than was taken off');
  if (!isComplete) return { uses: 0, amountMinor: backMinor, claimStatus: 'REDEEMED' };
  const hasEnded = endsAtMs !== null && atMs >= endsAtMs;
  return { uses: uses - rolledBackUses, amountMinor: backMinor, claimStatus: hasEnded ? 'EXPIRED' : 'CLAIMED' };
}
