import type { Benefit } from '#shop/vouchers/kinds/all-kinds.ts';
import type { VoucherStatus } from '#shop/vouchers/life-cycle.ts';
import type { JsonRow } from '../command-scope.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_BY_KEY = sql`
  SELECT id AS voucherId, campaign_id AS campaignId, code, status
  FROM vouchers
  WHERE merchant_id = :merchantId
    AND code_key = :codeKey`;

const INSERT_VOUCHER = sql`
  INSERT INTO vouchers (
    id, merchant_id, campaign_id, code, code_key, type, value, usage_limit, status, expires_at_ms, holder_customer_id,
    created_by_staff_id, issued_by_staff_id, created_at_ms)
  VALUES (
    :id, :merchantId, :campaignId, :code, :codeKey, :type, :value, :usageLimit, 'published', :expiresAtMs,
    :holderCustomerId, :createdByStaffId, :issuedByStaffId, :createdAtMs)`;

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
  readonly createdAtMs: number;
}

/** Keeps a voucher; returns the row for the op. */
export function insertVoucher(db: WritableDb, row: NewVoucher): JsonRow {
  db.runOne(INSERT_VOUCHER, { ...row });
  return { ...row };
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
