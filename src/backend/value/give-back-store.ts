import type { CreditKind } from '#shop/credit/credit-entry.ts';
import type { PaidWithValue } from '#shop/till/sold-value.ts';
import type { VoucherStatus } from '#shop/vouchers/life-cycle.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';
import type { StandingClaim } from './merge-parts-store.ts';

const SELECT_PAID = sql`
  SELECT t.id AS tenderId, t.kind, t.amount_minor AS amountMinor, t.account_id AS accountId, t.pass_id AS passId,
    t.transaction_item_id AS lineId, t.uses,
    COALESCE((SELECT SUM(x.amount_minor) FROM refund_tenders x WHERE x.of_tender_id = t.id), 0) AS returnedMinor,
    COALESCE((
      SELECT SUM(b.units)
      FROM package_uses u
      CROSS JOIN package_uses b ON b.reverses_id = u.id
      WHERE u.transaction_item_id = t.transaction_item_id AND u.package_id = t.pass_id AND u.kind = 'use'), 0) AS returnedUses
  FROM transaction_tenders t
  WHERE t.transaction_id = :saleId
    AND t.status = 'approved'
    AND t.kind IN ('credit', 'gift-card', 'package')
  ORDER BY t.at_ms, t.id`;

const SELECT_USES = sql`
  SELECT u.id AS entryId, -u.units AS units,
    COALESCE((SELECT SUM(b.units) FROM package_uses b WHERE b.reverses_id = u.id), 0) AS goneUnits
  FROM package_uses u
  WHERE u.transaction_item_id = :lineId
    AND u.package_id = :passId
    AND u.kind = 'use'
  ORDER BY u.seq`;

const SELECT_CREDIT = sql`
  SELECT e.id AS entryId, e.kind, abs(e.amount_minor) AS amountMinor, e.tender_id AS tenderId,
    COALESCE((SELECT SUM(abs(b.amount_minor)) FROM store_credit_transactions b WHERE b.reverses_id = e.id), 0) AS goneMinor
  FROM store_credit_transactions e
  WHERE e.transaction_id = :saleId
    AND e.account_id = :accountId
    AND e.reverses_id IS NULL
  ORDER BY e.seq`;

const SELECT_GRANTS = sql`
  SELECT u.id AS entryId, u.units,
    COALESCE((SELECT -SUM(b.units) FROM package_uses b WHERE b.reverses_id = u.id), 0) AS goneUnits
  FROM package_uses u
  WHERE u.transaction_id = :saleId
    AND u.package_id = :passId
    AND u.kind = 'grant'
  ORDER BY u.seq`;

const SELECT_SOLD = sql`
  SELECT id AS lineId, sold_kind AS kind, sold_subject_id AS subjectId
  FROM transaction_items
  WHERE transaction_id = :saleId
    AND sold_subject_id IS NOT NULL
  ORDER BY position`;

const SELECT_REDEMPTIONS = sql`
  SELECT r.id AS redemptionId, r.campaign_id AS campaignId, r.voucher_id AS voucherId, r.customer_id AS customerId, r.uses,
    r.discount_amount_minor AS amountMinor, r.status_before AS statusBefore, v.status,
    c.definition,
    COALESCE((SELECT SUM(b.uses) FROM voucher_rollbacks b WHERE b.redemption_id = r.id), 0) AS rolledBackUses,
    COALESCE((SELECT SUM(b.amount_minor) FROM voucher_rollbacks b WHERE b.redemption_id = r.id), 0) AS rolledBackMinor
  FROM voucher_redemptions r
  JOIN campaign_versions c ON c.id = r.campaign_version_id
  LEFT JOIN vouchers v ON v.id = r.voucher_id
  WHERE r.transaction_id = :saleId
    AND r.granted_id IS NULL
  ORDER BY r.id`;

const SELECT_CLAIM = sql`
  SELECT v.id AS customerVoucherId, v.customer_id AS customerId, v.voucher_id AS voucherId, v.status,
    v.void_reason AS voidReason, v.claimed_at_ms AS claimedAtMs, v.claimed_sale_id AS claimedSaleId,
    v.expires_at_ms AS expiresAtMs
  FROM customers c
  JOIN customer_vouchers v ON v.customer_id = COALESCE(c.duplicate_of, c.id)
  WHERE c.id = :customerId
    AND v.voucher_id = :voucherId`;

const SELECT_ISSUED = sql`
  SELECT id AS voucherId, usage_count AS usageCount
  FROM vouchers
  WHERE issued_sale_id = :saleId
    AND status NOT IN ('redeemed', 'expired', 'revoked')`;

const SELECT_OPEN_CLAIMS = sql`
  SELECT id AS customerVoucherId, customer_id AS customerId, voucher_id AS voucherId, status, void_reason AS voidReason,
    claimed_at_ms AS claimedAtMs, claimed_sale_id AS claimedSaleId, expires_at_ms AS expiresAtMs
  FROM customer_vouchers
  WHERE voucher_id = :voucherId
    AND status = 'CLAIMED'
  LIMIT 100`;

const INSERT_ROLLBACK = sql`
  INSERT INTO voucher_rollbacks (
    id, merchant_id, redemption_id, refund_id, uses, amount_minor, reason, staff_id, at_ms, group_id)
  VALUES (:id, :merchantId, :redemptionId, :refundId, :uses, :amountMinor, :reason, :staffId, :atMs, :groupId)`;

const UPDATE_VOUCHER = sql`
  UPDATE vouchers
  SET status = :status, revoked_at_ms = :revokedAtMs
  WHERE id = :id`;

/** A tender of stored value, with what came back of it and the account or pass that it came from. */
export interface StoredPayment extends PaidWithValue {
  readonly accountId: string | null;
  readonly passId: string | null;
}

/** What stored value paid of a sale, in tender order. */
export function selectPaidWithValue(db: ReadableDb, saleId: string): StoredPayment[] {
  return db.all<StoredPayment>(SELECT_PAID, { saleId });
}

/** An entry of units that a sale booked, and how many of them have been reversed. */
export interface BookedUnits {
  readonly entryId: string;
  readonly units: number;
  readonly goneUnits: number;
}

export function selectUsesOfLine(
  db: ReadableDb,
  of: { readonly lineId: string; readonly passId: string },
): BookedUnits[] {
  return db.all<BookedUnits>(SELECT_USES, { ...of });
}

export function selectGrantsOfSale(
  db: ReadableDb,
  of: { readonly saleId: string; readonly passId: string },
): BookedUnits[] {
  return db.all<BookedUnits>(SELECT_GRANTS, { ...of });
}

/** An entry of credit that a sale booked; amounts above zero, and how much of it has been reversed. */
export interface BookedCredit {
  readonly entryId: string;
  readonly kind: CreditKind;
  readonly amountMinor: number;
  readonly tenderId: string | null;
  readonly goneMinor: number;
}

export function selectCreditOfSale(
  db: ReadableDb,
  of: { readonly saleId: string; readonly accountId: string },
): BookedCredit[] {
  return db.all<BookedCredit>(SELECT_CREDIT, { ...of });
}

/** A line that sold stored value, and the account or pass that it filled. */
export interface SoldSubject {
  readonly lineId: string;
  readonly kind: 'credit' | 'gift-card' | 'package';
  readonly subjectId: string;
}

export function selectSoldSubjects(db: ReadableDb, saleId: string): SoldSubject[] {
  return db.all<SoldSubject>(SELECT_SOLD, { saleId });
}

/** A voucher or promotion that took something off a sale, with what was given back of it. */
export interface RedemptionOfSale {
  readonly redemptionId: string;
  readonly campaignId: string;
  readonly voucherId: string | null;
  readonly customerId: string | null;
  readonly uses: number;
  readonly amountMinor: number;
  readonly statusBefore: VoucherStatus | null;
  readonly status: VoucherStatus | null;
  /** JSON of the campaign's version under which it was used. */
  readonly definition: string;
  readonly rolledBackUses: number;
  readonly rolledBackMinor: number;
}

/** The name of a redemption's campaign, as it was when it was used. */
export function campaignNameOf({ definition }: RedemptionOfSale): string {
  return (JSON.parse(definition) as { name: string }).name;
}

export function selectRedemptionsOfSale(db: ReadableDb, saleId: string): RedemptionOfSale[] {
  return db.all<RedemptionOfSale>(SELECT_REDEMPTIONS, { saleId });
}

/** The claim of a customer on a voucher, or of the one that their record was merged into. */
export function selectStandingClaim(db: ReadableDb, customerId: string, voucherId: string): StandingClaim | null {
  return db.get<StandingClaim>(SELECT_CLAIM, { customerId, voucherId }) ?? null;
}

/** A voucher that a sale gave out and that can still be used; usageCount: how often it was. */
export interface IssueOfSale {
  readonly voucherId: string;
  readonly usageCount: number;
}

export function selectIssuesOfSale(db: ReadableDb, saleId: string): IssueOfSale[] {
  return db.all<IssueOfSale>(SELECT_ISSUED, { saleId });
}

/** The claims on a voucher that were not used. */
export function selectOpenClaims(db: ReadableDb, voucherId: string): StandingClaim[] {
  return db.all<StandingClaim>(SELECT_OPEN_CLAIMS, { voucherId });
}

export interface RollbackRow {
  readonly id: string;
  readonly merchantId: string;
  readonly redemptionId: string;
  readonly refundId: string | null;
  readonly uses: number;
  readonly amountMinor: number;
  readonly reason: 'refund' | 'cancel' | 'manual';
  readonly staffId: string | null;
  readonly atMs: number;
  readonly groupId: string;
}

/** Gives uses and money of a redemption back; the voucher's count and the campaign's totals follow by trigger. */
export function insertRollback(db: WritableDb, row: RollbackRow): void {
  db.runOne(INSERT_ROLLBACK, { ...row });
}

export function updateVoucherStatus(
  db: WritableDb,
  row: { readonly id: string; readonly status: VoucherStatus; readonly revokedAtMs: number | null },
): void {
  db.runOne(UPDATE_VOUCHER, row);
}
