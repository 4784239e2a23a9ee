import { mustHave } from '#shop/must.ts';
import { type ReadableDb, sql } from '../db/database.ts';
import type { CampaignState } from '../vouchers/campaigns-store.ts';
import type { StoredVoucher } from '../vouchers/vouchers-store.ts';

/**
 * By its id, or by its look-up key, which is in one index with the id. The version in force is the newest.
 * One table and subqueries: with a second table beside it SQLite plans the statement anew at each run.
 */
const SELECT_ASKED = sql`
  SELECT v.id AS voucherId, v.campaign_id AS campaignId, v.code, v.status, v.is_active AS isActive,
    v.usage_limit AS usageLimit, v.usage_count AS usageCount, v.holder_customer_id AS holderCustomerId,
    v.created_by_staff_id AS createdByStaffId, v.issued_by_staff_id AS issuedByStaffId, v.issued_sale_id AS issuedSaleId,
    v.starts_at_ms AS startsAtMs, v.expires_at_ms AS expiresAtMs, v.revoked_at_ms AS revokedAtMs, (
      SELECT c.status
      FROM campaigns c
      WHERE c.id = v.campaign_id) AS campaignStatus, (
      SELECT l.id
      FROM campaign_versions l
      WHERE l.campaign_id = v.campaign_id
      ORDER BY l.version DESC
      LIMIT 1) AS versionId, (
      SELECT SUM(h.uses)
      FROM value_holds h
      WHERE h.subject_kind = 'voucher'
        AND h.subject_id = v.id
        AND h.sale_id <> :saleId
        AND (h.ends_at_ms IS NULL OR h.ends_at_ms > :atMs)) AS heldUses,
    EXISTS (
      SELECT 1
      FROM experiments e
      WHERE e.merchant_id = :merchantId
        AND e.status = 'running') AS isTried,
    EXISTS (
      SELECT 1
      FROM customer_vouchers q
      WHERE q.customer_id = :customerId
        AND q.voucher_id = v.id) AS isClaimed,
    EXISTS (
      SELECT 1
      FROM customers u
      WHERE u.id = :customerId
        AND u.merchant_id = :merchantId
        AND u.duplicate_of IS NULL) AS isMember
  FROM vouchers v
  WHERE v.id = COALESCE(:voucherId, (
      SELECT k.id
      FROM vouchers k
      WHERE k.merchant_id = :merchantId
        AND k.code_key = :codeKey))
    AND v.merchant_id = :merchantId`;

/**
 * What was used of a campaign, what the sales that still run have set aside of it, and what one customer used, with the records
 * merged into theirs; :customerId null: nobody's. In one statement, for the calls cost more than the rows.
 */
const SELECT_CAMPAIGN_USES = sql`
  SELECT held.heldUses, held.heldMinor, own.usesOfCustomer, own.usesOfCustomerToday, COALESCE((
      SELECT t.uses
      FROM campaign_totals t
      WHERE t.campaign_id = :campaignId), 0) AS uses, COALESCE((
      SELECT t.cost_minor
      FROM campaign_totals t
      WHERE t.campaign_id = :campaignId), 0) AS costMinor, COALESCE((
      SELECT d.uses
      FROM campaign_days d
      WHERE d.campaign_id = :campaignId
        AND d.civil_date = :civilDate), 0) AS usesOfDay
  FROM (
    SELECT COALESCE(SUM(v.uses), 0) AS heldUses, COALESCE(SUM(v.amount_minor), 0) AS heldMinor
    FROM value_holds v
    WHERE v.subject_kind = 'campaign'
      AND v.subject_id = :campaignId
      AND v.sale_id <> :saleId
      AND (v.ends_at_ms IS NULL OR v.ends_at_ms > :atMs)) held
  CROSS JOIN (
    SELECT COALESCE(SUM(found.uses), 0) AS usesOfCustomer,
      COALESCE(SUM(CASE WHEN found.civilDate = :civilDate THEN found.uses ELSE 0 END), 0) AS usesOfCustomerToday
    FROM (
      SELECT r.civil_date AS civilDate, r.uses - COALESCE((
          SELECT SUM(b.uses)
          FROM voucher_rollbacks b
          WHERE b.redemption_id = r.id), 0) AS uses
      FROM voucher_redemptions r
      WHERE r.customer_id = :customerId
        AND r.campaign_id = :campaignId
      UNION ALL
      SELECT r.civil_date AS civilDate, r.uses - COALESCE((
          SELECT SUM(b.uses)
          FROM voucher_rollbacks b
          WHERE b.redemption_id = r.id), 0) AS uses
      FROM customers d
      CROSS JOIN voucher_redemptions r ON r.customer_id = d.id AND r.campaign_id = :campaignId
      WHERE d.duplicate_of = :customerId) found) own`;

/** Which voucher is meant: by its id, or by its look-up key (codeKeyOf). */
export type VoucherKey = { readonly voucherId: string } | { readonly codeKey: string };

/** A voucher with how its campaign stands. isTried: some experiment runs. */
export interface AskedVoucherRow extends StoredVoucher {
  readonly campaignStatus: CampaignState['status'];
  /** Null: never published. */
  readonly versionId: string | null;
  /** Set aside by other sales that still run; null: nothing ever was. */
  readonly heldUses: number | null;
  readonly isTried: 0 | 1;
  /** Whether the customer in question is one, and not merged into another. */
  readonly isMember: 0 | 1;
  /** Whether it is in their wallet, or was. */
  readonly isClaimed: 0 | 1;
}

/** Everything that the common voucher asks of the database, in one statement; atMs is trusted time, UTC ms. */
export function selectAskedVoucher(
  db: ReadableDb,
  merchantId: string,
  key: VoucherKey,
  of: { readonly customerId: string | null; readonly saleId: string | null; readonly atMs: number },
): AskedVoucherRow | null {
  const [voucherId, codeKey] = 'codeKey' in key ? [null, key.codeKey] : [key.voucherId, null];
  const row = db.get<AskedVoucherRow>(SELECT_ASKED, { ...of, merchantId, voucherId, codeKey, saleId: of.saleId ?? '' });
  return row ?? null;
}

export interface CampaignUsesRow {
  readonly uses: number;
  readonly costMinor: number;
  readonly usesOfDay: number;
  readonly heldUses: number;
  readonly heldMinor: number;
  readonly usesOfCustomer: number;
  readonly usesOfCustomerToday: number;
}

/**
 * What was used of a campaign in all and on a civil day, by everybody and by one customer, rollbacks taken off, and what other
 * sales have set aside.
 */
export function selectCampaignUses(
  db: ReadableDb,
  of: {
    readonly campaignId: string;
    readonly customerId: string | null;
    readonly civilDate: string;
    readonly saleId: string | null;
    readonly atMs: number;
  },
): CampaignUsesRow {
  const row = db.get<CampaignUsesRow>(SELECT_CAMPAIGN_USES, { ...of, saleId: of.saleId ?? '' });
  return mustHave(row, 'one row of sums');
}
