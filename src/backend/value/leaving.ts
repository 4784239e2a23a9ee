import type { ValueToGiveBack } from './decide-give-back.ts';

/** What goods that come back in the same ticket take away again: the sale that follows cannot use it. */
export interface Leaving {
  readonly voucherIds: ReadonlySet<string>;
  /** Codes for everybody that leave the customer's wallet. */
  readonly claimedIds: ReadonlySet<string>;
  /** By account or pass: minor units or units. */
  readonly amounts: ReadonlyMap<string, number>;
}

export const NOTHING_LEAVES: Leaving = { voucherIds: new Set(), claimedIds: new Set(), amounts: new Map() };

/** Vouchers and claims that the returned sale had given, and what its lines had put on accounts and passes. */
export function leavingOf(refund: { readonly value: ValueToGiveBack } | null): Leaving {
  if (refund === null) return NOTHING_LEAVES;
  const { revoked, closedClaims, takenBack } = refund.value;
  const amounts = takenBack.map(
    ({ subject, entries }) => [subject.subjectId, entries.reduce((sum, { amount }) => sum + amount, 0)] as const,
  );
  const claimedIds = new Set(closedClaims.map(({ voucherId }) => voucherId));
  return { voucherIds: new Set(revoked.map(({ voucherId }) => voucherId)), claimedIds, amounts: new Map(amounts) };
}
