import type { CommandScope } from '../command-scope.ts';
import type { ReadableDb } from '../db/database.ts';
import type { StoredVoucher } from '../vouchers/vouchers-store.ts';
import { isBorneBySale, isSaleStanding, selectCouponClaims, selectGivenClaim } from './coupon-claims-store.ts';
import type { StandingClaim } from './merge-parts-store.ts';
import { setClaim } from './merge-value.ts';

/**
 * The claims on codes for everybody that go when a sale is given back whole: unused, given by a sale, and no other sale of
 * the customer that stands bears the code. Writes nothing.
 */
export function claimsGoingWith(db: ReadableDb, saleId: string): readonly StandingClaim[] {
  return selectCouponClaims(db, saleId).filter(
    ({ customerId, voucherId }) => !isBorneBySale(db, { customerId, voucherId, exceptSaleId: saleId }),
  );
}

/**
 * Whether a used voucher was a gift of sales that all came back whole before the one that used it does: its own sale, or with
 * a code for everybody every sale of the customer that bears it. Then no use of it comes back. Writes nothing.
 */
export function isGiverGone(
  db: ReadableDb,
  { saleId, voucher }: { readonly saleId: string; readonly voucher: StoredVoucher },
  claim: StandingClaim | null,
): boolean {
  const { voucherId, issuedSaleId } = voucher;
  if (issuedSaleId !== null) return !isSaleStanding(db, issuedSaleId);
  if (claim?.status === 'VOIDED') return claim.voidReason === 'GIVEN_BACK';
  const given = claim === null ? null : selectGivenClaim(db, claim.customerVoucherId, 'REDEEMED');
  return given !== null && !isBorneBySale(db, { customerId: given.customerId, voucherId, exceptSaleId: saleId });
}

/** Takes a claim back with the sale that gave it; the next sale that gives it opens it again. */
export function takeBackClaim(scope: CommandScope, claim: StandingClaim): void {
  setClaim(scope, claim.customerVoucherId, { ...claim, status: 'VOIDED', voidReason: 'GIVEN_BACK' });
}

/** Takes back a claim that belongs to its first record again, where all sales were given back by which that has it. */
export function takeBackWithoutSale(scope: CommandScope, customerVoucherId: string): void {
  const claim = selectGivenClaim(scope.db, customerVoucherId, 'CLAIMED');
  if (claim === null) return;
  const { customerId, voucherId } = claim;
  if (!isBorneBySale(scope.db, { customerId, voucherId, exceptSaleId: '' })) takeBackClaim(scope, claim);
}
