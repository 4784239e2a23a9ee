import type { ClaimFacts } from '#shop/vouchers/voucher-facts.ts';
import type { JsonRow } from '../command-scope.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_CLAIM = sql`
  SELECT id AS customerVoucherId, status, claimed_at_ms AS claimedAtMs, claimed_sale_id AS claimedSaleId,
    expires_at_ms AS expiresAtMs
  FROM customer_vouchers
  WHERE customer_id = :customerId
    AND voucher_id = :voucherId`;

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

/** The claim of a customer on a voucher, or null. */
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

/** Puts a claim last into a wallet; returns the row for the op. */
export function insertClaim(
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
): JsonRow {
  const { customerId } = row;
  const last = db.get<{ walletOrder: number }>(SELECT_LAST_ORDER, { customerId })?.walletOrder ?? 0;
  const placed = { ...row, walletOrder: last + 1 };
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
