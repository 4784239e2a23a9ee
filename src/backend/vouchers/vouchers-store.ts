import type { Benefit } from '#shop/vouchers/kinds/all-kinds.ts';
import type { VoucherStatus } from '#shop/vouchers/life-cycle.ts';
import type { JsonRow } from '../command-scope.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_BY_KEY = sql`
  SELECT id AS voucherId, campaign_id AS campaignId, code, status
  FROM vouchers
  WHERE merchant_id = :merchantId
    AND code_key = :codeKey`;

const SELECT_VOUCHER = sql`
  SELECT id AS voucherId, campaign_id AS campaignId, code, status, is_active AS isActive, usage_limit AS usageLimit,
    usage_count AS usageCount, holder_customer_id AS holderCustomerId, created_by_staff_id AS createdByStaffId,
    issued_by_staff_id AS issuedByStaffId, issued_sale_id AS issuedSaleId, starts_at_ms AS startsAtMs, expires_at_ms AS expiresAtMs,
    revoked_at_ms AS revokedAtMs, created_at_ms AS createdAtMs, batch_id AS batchId
  FROM vouchers
  WHERE id = :voucherId
    AND merchant_id = :merchantId`;

const SELECT_LAST_USE = sql`
  SELECT trusted_at_ms AS atMs, terminal_id AS terminalId,
    (SELECT name FROM terminals WHERE id = terminal_id) AS terminalName
  FROM voucher_redemptions
  WHERE voucher_id = :voucherId
  ORDER BY used_at_ms DESC
  LIMIT 1`;

const BIND_HOLDER = sql`
  UPDATE vouchers
  SET holder_customer_id = COALESCE(holder_customer_id, :customerId), status = :status
  WHERE id = :voucherId`;

const REVOKE = sql`
  UPDATE vouchers
  SET status = 'revoked', is_active = 0, revoked_at_ms = :atMs
  WHERE id = :voucherId`;

const SET_LIMIT = sql`
  UPDATE vouchers
  SET usage_limit = :usageLimit, status = :status, holder_customer_id = :holderCustomerId
  WHERE id = :voucherId`;

const INSERT_VOUCHER = sql`
  INSERT INTO vouchers (
    id, merchant_id, campaign_id, code, code_key, type, value, usage_limit, status, expires_at_ms, holder_customer_id,
    created_by_staff_id, issued_by_staff_id, issued_sale_id, issue_key, created_at_ms)
  VALUES (
    :id, :merchantId, :campaignId, :code, :codeKey, :type, :value, :usageLimit, :status, :expiresAtMs,
    :holderCustomerId, :createdByStaffId, :issuedByStaffId, :issuedSaleId, :issueKey, :createdAtMs)`;

const SELECT_BY_ISSUE_KEY = sql`
  SELECT id AS voucherId
  FROM vouchers
  WHERE issue_key = :issueKey
    AND merchant_id = :merchantId`;

const SELECT_TOTALS = sql`
  SELECT uses, redemption_count AS redemptions, cost_minor AS costMinor
  FROM campaign_totals
  WHERE campaign_id = :campaignId`;

/** A voucher as a look-up by its code finds it. */
export interface FoundVoucher {
  readonly voucherId: string;
  readonly campaignId: string;
  readonly code: string;
  readonly status: VoucherStatus;
}

/** The voucher with a look-up key (codeKeyOf), or null. */
export function selectVoucherByKey(db: ReadableDb, merchantId: string, codeKey: string): FoundVoucher | null {
  return db.get<FoundVoucher>(SELECT_BY_KEY, { merchantId, codeKey }) ?? null;
}

/** A voucher as it is kept. */
export interface StoredVoucher extends FoundVoucher {
  readonly isActive: 0 | 1;
  readonly usageLimit: number | null;
  readonly usageCount: number;
  readonly holderCustomerId: string | null;
  readonly createdByStaffId: string | null;
  readonly issuedByStaffId: string | null;
  readonly issuedSaleId: string | null;
  readonly startsAtMs: number | null;
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
  readonly createdAtMs: number;
  readonly batchId: string | null;
}

export function selectVoucher(db: ReadableDb, merchantId: string, voucherId: string): StoredVoucher | null {
  return db.get<StoredVoucher>(SELECT_VOUCHER, { merchantId, voucherId }) ?? null;
}

export function selectLastUse(
  db: ReadableDb,
  voucherId: string,
): { atMs: number; terminalId: string; terminalName: string } | null {
  return db.get<{ atMs: number; terminalId: string; terminalName: string }>(SELECT_LAST_USE, { voucherId }) ?? null;
}

/** Keeps how far a voucher has come and, where customerId is given, that nobody else can use it. */
export function bindHolder(
  db: WritableDb,
  row: { readonly voucherId: string; readonly customerId: string | null; readonly status: VoucherStatus },
): void {
  db.runOne(BIND_HOLDER, row);
}

/** Keeps how often a voucher can be used from now on, and what follows from it. */
export function setUsageLimit(
  db: WritableDb,
  row: Pick<StoredVoucher, 'voucherId' | 'usageLimit' | 'status' | 'holderCustomerId'>,
): void {
  const { voucherId, usageLimit, status, holderCustomerId } = row;
  db.runOne(SET_LIMIT, { voucherId, usageLimit, status, holderCustomerId });
}

export function revokeVoucherRow(db: WritableDb, voucherId: string, atMs: number): void {
  db.runOne(REVOKE, { voucherId, atMs });
}

export interface NewVoucher {
  readonly id: string;
  readonly merchantId: string;
  readonly campaignId: string;
  readonly code: string;
  readonly codeKey: string;
  readonly type: Benefit['kind'];
  readonly value: number;
  /** Null: as often as the campaign lets it. */
  readonly usageLimit: number | null;
  readonly holderCustomerId: string | null;
  readonly expiresAtMs: number | null;
  readonly createdByStaffId: string | null;
  readonly issuedByStaffId: string | null;
  /** The sale that gave it. */
  readonly issuedSaleId?: string | null;
  /** What the system gives by itself: the id that follows from its cause (issueKeyOf). */
  readonly issueKey?: string | null;
  readonly createdAtMs: number;
}

/** Keeps a voucher; returns the row for the op. */
export function insertVoucher(db: WritableDb, { issuedSaleId = null, issueKey = null, ...given }: NewVoucher): JsonRow {
  const row = { ...given, status: 'published', issuedSaleId, issueKey };
  db.runOne(INSERT_VOUCHER, row);
  return row;
}

/** The voucher that was given for a cause, or null. */
export function selectIssuedVoucher(db: ReadableDb, merchantId: string, issueKey: string): StoredVoucher | null {
  const found = db.get<{ voucherId: string }>(SELECT_BY_ISSUE_KEY, { merchantId, issueKey });
  return found === undefined ? null : selectVoucher(db, merchantId, found.voucherId);
}

/** What was used of a campaign, rollbacks taken off. */
export interface CampaignTotals {
  readonly uses: number;
  readonly redemptions: number;
  readonly costMinor: number;
}

export function selectCampaignTotals(db: ReadableDb, campaignId: string): CampaignTotals {
  return db.get<CampaignTotals>(SELECT_TOTALS, { campaignId }) ?? { uses: 0, redemptions: 0, costMinor: 0 };
}
