import type { ClaimFacts } from '#shop/vouchers/voucher-facts.ts';
import type { JsonRow } from '../command-scope.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

/** One that went with the sale that gave it is as if it had never been. */
const SELECT_CLAIM = sql`
  SELECT id AS customerVoucherId, status, claimed_at_ms AS claimedAtMs, claimed_sale_id AS claimedSaleId,
    expires_at_ms AS expiresAtMs
  FROM customer_vouchers
  WHERE customer_id = :customerId
    AND voucher_id = :voucherId
    AND void_reason IS NOT 'GIVEN_BACK'`;

const SELECT_GIVEN_BACK = sql`
  SELECT id
  FROM customer_vouchers
  WHERE customer_id = :customerId
    AND voucher_id = :voucherId
    AND void_reason = 'GIVEN_BACK'`;

const REOPEN_CLAIM = sql`
  UPDATE customer_vouchers
  SET status = 'CLAIMED', void_reason = NULL, claimed_at_ms = :claimedAtMs, claimed_sale_id = :claimedSaleId,
    expires_at_ms = :expiresAtMs, wallet_order = :walletOrder, last_viewed_at_ms = NULL, reminded_at_ms = NULL
  WHERE id = :id`;

const SELECT_CLAIMS = sql`
  SELECT id AS customerVoucherId, voucher_id AS voucherId, campaign_id AS campaignId, status,
    wallet_order AS walletOrder, claimed_at_ms AS claimedAtMs, expires_at_ms AS expiresAtMs,
    last_viewed_at_ms AS lastViewedAtMs, COALESCE(json_extract(notification_preferences, '$.expiry'), 1) AS isReminded
  FROM customer_vouchers
  WHERE customer_id = :customerId
  LIMIT 500`;

const INSERT_CLAIM = sql`
  INSERT INTO customer_vouchers (
    id, merchant_id, customer_id, voucher_id, campaign_id, claimed_at_ms, claimed_sale_id, expires_at_ms, wallet_order)
  VALUES (
    :id, :merchantId, :customerId, :voucherId, :campaignId, :claimedAtMs, :claimedSaleId, :expiresAtMs, :walletOrder)`;

const SELECT_LAST_ORDER = sql`
  SELECT COALESCE(MAX(wallet_order), 0) AS walletOrder
  FROM customer_vouchers
  WHERE customer_id = :customerId`;

const SET_WALLET_ORDER = sql`
  UPDATE customer_vouchers
  SET wallet_order = :walletOrder
  WHERE id = :id`;

const SET_VIEWED = sql`
  UPDATE customer_vouchers
  SET last_viewed_at_ms = :lastViewedAtMs
  WHERE id = :id`;

const SET_REMINDER = sql`
  UPDATE customer_vouchers
  SET notification_preferences = :notificationPreferences
  WHERE id = :id`;

/** The claim of a customer on a voucher, or null; null also where it went with the sale that gave it. */
export function selectClaim(
  db: ReadableDb,
  customerId: string,
  voucherId: string,
): (ClaimFacts & { readonly customerVoucherId: string }) | null {
  return db.get<ClaimFacts & { readonly customerVoucherId: string }>(SELECT_CLAIM, { customerId, voucherId }) ?? null;
}

export interface ClaimRow extends Omit<ClaimFacts, 'claimedSaleId'> {
  readonly customerVoucherId: string;
  readonly voucherId: string;
  readonly campaignId: string;
  readonly walletOrder: number;
  readonly lastViewedAtMs: number | null;
  /** Whether the customer is reminded before it ends, where the campaign reminds. */
  readonly isReminded: 0 | 1;
}

/** Everything in a customer's wallet, in no order; at most 500. */
export function selectClaims(db: ReadableDb, customerId: string): ClaimRow[] {
  return db.all<ClaimRow>(SELECT_CLAIMS, { customerId });
}

/**
 * Puts a claim last into a wallet, or opens the one again that went with the sale that gave it. Returns the row for the op,
 * with the id that it has.
 */
export function putClaim(
  db: WritableDb,
  row: {
    readonly id: string;
    readonly merchantId: string;
    readonly customerId: string;
    readonly voucherId: string;
    readonly campaignId: string;
    readonly claimedAtMs: number;
    readonly claimedSaleId: string | null;
    readonly expiresAtMs: number | null;
  },
): JsonRow & { readonly id: string } {
  const { customerId, voucherId, claimedAtMs, claimedSaleId, expiresAtMs } = row;
  const last = db.get<{ walletOrder: number }>(SELECT_LAST_ORDER, { customerId })?.walletOrder ?? 0;
  const walletOrder = last + 1;
  const before = db.get<{ id: string }>(SELECT_GIVEN_BACK, { customerId, voucherId });
  if (before !== undefined) {
    const reopened = { id: before.id, claimedAtMs, claimedSaleId, expiresAtMs, walletOrder };
    db.runOne(REOPEN_CLAIM, reopened);
    return { ...reopened, status: 'CLAIMED', voidReason: null, lastViewedAtMs: null, remindedAtMs: null };
  }
  const placed = { ...row, walletOrder };
  db.runOne(INSERT_CLAIM, placed);
  return placed;
}

export function setWalletOrder(db: WritableDb, row: { readonly id: string; readonly walletOrder: number }): void {
  db.runOne(SET_WALLET_ORDER, row);
}

export function setViewed(db: WritableDb, row: { readonly id: string; readonly lastViewedAtMs: number }): void {
  db.runOne(SET_VIEWED, row);
}

export function setReminder(
  db: WritableDb,
  row: { readonly id: string; readonly notificationPreferences: string },
): void {
  db.runOne(SET_REMINDER, row);
}
