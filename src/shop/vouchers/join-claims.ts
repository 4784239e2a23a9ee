import type { ClaimStatus } from './life-cycle.ts';

/** One of two claims that a person turns out to have on one voucher. */
export interface JoinedClaim {
  readonly status: ClaimStatus;
  readonly claimedAtMs: number;
}

/** What was used counts before what may be used, and that before what may not be used any more. */
const RANKS: Readonly<Record<ClaimStatus, number>> = { REDEEMED: 0, CONFLICT: 0, CLAIMED: 1, EXPIRED: 2, VOIDED: 3 };

/**
 * Which of two claims on one voucher stays when two records of a person become one (C-48): the one that was used, else the
 * one that still runs, else the earlier; a person has one claim on a voucher.
 */
export function claimThatStays(first: JoinedClaim, second: JoinedClaim): 'first' | 'second' {
  const byRank = RANKS[first.status] - RANKS[second.status];
  const order = byRank === 0 ? first.claimedAtMs - second.claimedAtMs : byRank;
  return order <= 0 ? 'first' : 'second';
}
