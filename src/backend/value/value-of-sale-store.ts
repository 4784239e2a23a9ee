import type { JsonRow } from '../command-scope.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_REDEMPTIONS = sql`
  SELECT r.voucher_id AS voucherId, r.campaign_id AS campaignId, COALESCE(v.code, '') AS code,
    json_extract(c.definition, '$.name') AS name, r.discount_amount_minor AS amountMinor
  FROM voucher_redemptions r
  JOIN campaign_versions c ON c.id = r.campaign_version_id
  LEFT JOIN vouchers v ON v.id = r.voucher_id
  WHERE r.transaction_id = :saleId
    AND r.granted_kind IS NULL
  ORDER BY r.id`;

const SELECT_SPENDS = sql`
  SELECT e.account_id AS accountId, a.kind, -SUM(e.amount_minor) AS spentMinor, (
      SELECT SUM(b.amount_minor)
      FROM store_credit_transactions b
      WHERE b.account_id = e.account_id
        AND b.seq <= MAX(e.seq)) AS leftMinor
  FROM store_credit_transactions e
  JOIN credit_accounts a ON a.id = e.account_id
  WHERE e.transaction_id = :saleId
    AND e.kind = 'spend'
  GROUP BY e.account_id
  ORDER BY MIN(e.seq)`;

const SELECT_PASS_USES = sql`
  SELECT u.package_id AS passId, p.name, -SUM(u.units) AS used, p.ends_at_ms AS endsAtMs, (
      SELECT SUM(b.units)
      FROM package_uses b
      WHERE b.package_id = u.package_id
        AND b.seq <= MAX(u.seq)) AS left
  FROM package_uses u
  JOIN customer_packages p ON p.id = u.package_id
  WHERE u.transaction_id = :saleId
    AND u.kind = 'use'
  GROUP BY u.package_id
  ORDER BY MIN(u.seq)`;

const SELECT_SOLD_CREDIT = sql`
  SELECT e.account_id AS subjectId, a.code, e.amount_minor AS amountMinor, (
      SELECT SUM(b.amount_minor)
      FROM store_credit_transactions b
      WHERE b.account_id = e.account_id
        AND b.seq <= e.seq) AS leftMinor
  FROM store_credit_transactions e
  JOIN credit_accounts a ON a.id = e.account_id
  WHERE e.transaction_id = :saleId
    AND e.kind = 'top-up'
  ORDER BY e.seq`;

const SELECT_SOLD_PASSES = sql`
  SELECT u.transaction_item_id AS lineId, p.name, u.units, p.ends_at_ms AS endsAtMs
  FROM package_uses u
  JOIN customer_packages p ON p.id = u.package_id
  WHERE u.transaction_id = :saleId
    AND u.kind = 'grant'
  ORDER BY u.seq`;

const SELECT_ISSUED = sql`
  SELECT v.id AS voucherId, v.code, c.name, v.usage_limit AS uses, v.expires_at_ms AS endsAtMs
  FROM vouchers v
  JOIN campaigns c ON c.id = v.campaign_id
  WHERE v.issued_sale_id = :saleId
  UNION ALL
  SELECT v.id, v.code, c.name, NULL, s.ends_at_ms
  FROM sale_coupons s
  JOIN vouchers v ON v.id = s.voucher_id
  JOIN campaigns c ON c.id = v.campaign_id
  WHERE s.transaction_id = :saleId
  ORDER BY 1`;

const INSERT_COUPON = sql`
  INSERT INTO sale_coupons (transaction_id, voucher_id, merchant_id, ends_at_ms)
  VALUES (:transactionId, :voucherId, :merchantId, :endsAtMs)
  ON CONFLICT DO NOTHING`;

export interface SaleRedemptionRow {
  readonly voucherId: string | null;
  readonly campaignId: string;
  readonly code: string;
  readonly name: string;
  readonly amountMinor: number;
}

/** What vouchers and promotions took off a sale, in the order in which they were redeemed. */
export function selectSaleRedemptions(db: ReadableDb, saleId: string): SaleRedemptionRow[] {
  return db.all<SaleRedemptionRow>(SELECT_REDEMPTIONS, { saleId });
}

export interface SaleSpendRow {
  readonly accountId: string;
  readonly kind: 'credit' | 'gift-card';
  readonly spentMinor: number;
  /** On the account when the sale had been paid. */
  readonly leftMinor: number;
}

export function selectSaleSpends(db: ReadableDb, saleId: string): SaleSpendRow[] {
  return db.all<SaleSpendRow>(SELECT_SPENDS, { saleId });
}

export interface SalePassRow {
  readonly passId: string;
  readonly name: string;
  readonly used: number;
  readonly left: number;
  readonly endsAtMs: number | null;
}

export function selectSalePasses(db: ReadableDb, saleId: string): SalePassRow[] {
  return db.all<SalePassRow>(SELECT_PASS_USES, { saleId });
}

export interface SoldCreditRow {
  readonly subjectId: string;
  readonly code: string | null;
  readonly amountMinor: number;
  readonly leftMinor: number;
}

/** What lines of a sale put on accounts, in their order. */
export function selectSoldCredit(db: ReadableDb, saleId: string): SoldCreditRow[] {
  return db.all<SoldCreditRow>(SELECT_SOLD_CREDIT, { saleId });
}

export interface SoldPassRow {
  readonly lineId: string;
  readonly name: string;
  readonly units: number;
  readonly endsAtMs: number | null;
}

export function selectSoldPasses(db: ReadableDb, saleId: string): SoldPassRow[] {
  return db.all<SoldPassRow>(SELECT_SOLD_PASSES, { saleId });
}

export interface IssuedRow {
  readonly voucherId: string;
  readonly code: string;
  readonly name: string;
  readonly uses: number | null;
  readonly endsAtMs: number | null;
}

/** The vouchers that a sale gave. */
export function selectIssuedBySale(db: ReadableDb, saleId: string): IssuedRow[] {
  return db.all<IssuedRow>(SELECT_ISSUED, { saleId });
}

/** Keeps that the receipt of a sale bears a code for everybody, good until an instant; returns the row for the op. */
export function insertSaleCoupon(
  db: WritableDb,
  row: {
    readonly transactionId: string;
    readonly voucherId: string;
    readonly merchantId: string;
    readonly endsAtMs: number | null;
  },
): JsonRow {
  db.run(INSERT_COUPON, row);
  return row;
}
