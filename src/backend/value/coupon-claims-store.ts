import { type ReadableDb, sql } from '../db/database.ts';
import type { StandingClaim } from './merge-parts-store.ts';

const SELECT_OF_SALE = sql`
  SELECT v.id AS customerVoucherId
  FROM transactions t
  JOIN customers c ON c.id = t.customer_id
  JOIN sale_coupons s ON s.transaction_id = t.id
  JOIN customer_vouchers v ON v.customer_id = COALESCE(c.duplicate_of, c.id) AND v.voucher_id = s.voucher_id
  WHERE t.id = :saleId
  ORDER BY v.id`;

/** Claimed by hand while a sale was open, it is nobody's gift; given by a sale, that sale bears its code. */
const SELECT_GIVEN = sql`
  SELECT v.id AS customerVoucherId, v.customer_id AS customerId, v.voucher_id AS voucherId, v.status,
    v.void_reason AS voidReason, v.claimed_at_ms AS claimedAtMs, v.claimed_sale_id AS claimedSaleId,
    v.expires_at_ms AS expiresAtMs
  FROM customer_vouchers v
  WHERE v.id = :customerVoucherId
    AND v.status = :status
    AND EXISTS (
      SELECT 1
      FROM sale_coupons g
      WHERE g.transaction_id = v.claimed_sale_id
        AND g.voucher_id = v.voucher_id)`;

/** By the customer's own sales: a code for everybody stands on those of very many. */
const IS_BORNE = sql`
  SELECT 1 AS found
  FROM customers c
  CROSS JOIN transactions t ON t.customer_id = c.id
  CROSS JOIN sale_coupons s ON s.transaction_id = t.id AND s.voucher_id = :voucherId
  WHERE (c.id = :customerId OR c.duplicate_of = :customerId)
    AND t.id <> :exceptSaleId
    AND t.status = 'completed'
    AND EXISTS (
      SELECT 1
      FROM transaction_items i
      WHERE i.transaction_id = t.id
        AND i.quantity_thousandths > COALESCE((
          SELECT SUM(r.quantity_thousandths)
          FROM refund_items r
          WHERE r.transaction_item_id = i.id), 0))
  LIMIT 1`;

/** The same as in IS_BORNE: completed, and not all of it was given back. */
const IS_STANDING = sql`
  SELECT 1 AS found
  FROM transactions t
  JOIN transaction_items i ON i.transaction_id = t.id
  WHERE t.id = :saleId
    AND t.status = 'completed'
    AND i.quantity_thousandths > COALESCE((
      SELECT SUM(r.quantity_thousandths)
      FROM refund_items r
      WHERE r.transaction_item_id = i.id), 0)
  LIMIT 1`;

/** The unused claims that a sale's customer, or whom they were merged into, has by sales on the codes that this one bears. */
export function selectCouponClaims(db: ReadableDb, saleId: string): StandingClaim[] {
  const found = db.all<{ customerVoucherId: string }>(SELECT_OF_SALE, { saleId });
  return found.flatMap(({ customerVoucherId }) => selectGivenClaim(db, customerVoucherId, 'CLAIMED') ?? []);
}

/** A claim, if it is unused (CLAIMED) or used (REDEEMED) and a sale gave it that bears its code; otherwise null. */
export function selectGivenClaim(
  db: ReadableDb,
  customerVoucherId: string,
  status: 'CLAIMED' | 'REDEEMED',
): StandingClaim | null {
  return db.get<StandingClaim>(SELECT_GIVEN, { customerVoucherId, status }) ?? null;
}

/** Whether a sale of a customer, or of a record merged into theirs, bears a code and was not given back whole. */
export function isBorneBySale(
  db: ReadableDb,
  of: { readonly customerId: string; readonly voucherId: string; readonly exceptSaleId: string },
): boolean {
  return db.get(IS_BORNE, { ...of }) !== undefined;
}

/** Whether a sale is completed and was not given back whole. */
export function isSaleStanding(db: ReadableDb, saleId: string): boolean {
  return db.get(IS_STANDING, { saleId }) !== undefined;
}
