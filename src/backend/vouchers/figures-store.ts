import { type ReadableDb, sql } from '../db/database.ts';

/** Which voucher, or campaign with all of its vouchers, and from when until when; voucherId null: all of them. */
export interface FiguresTask {
  readonly campaignId: string;
  readonly voucherId: string | null;
  readonly fromMs: number;
  readonly toMs: number;
}

const COUNT_IMPRESSIONS = sql`
  SELECT i.kind, SUM(i.impressions) AS impressions
  FROM vouchers v
  JOIN voucher_impressions i ON i.voucher_id = v.id
  WHERE v.campaign_id = :campaignId
    AND v.impressions > 0
    AND (:voucherId IS NULL OR v.id = :voucherId)
    AND i.at_ms >= :fromMs
    AND i.at_ms < :toMs
  GROUP BY i.kind`;

/** A scan with nobody at the till is its holder's, where the voucher has one. */
const SELECT_SCANS = sql`
  SELECT s.voucher_id AS voucherId, COALESCE(s.customer_id, s.erased_person, v.holder_customer_id) AS customerId,
    concat_ws(' ', s.scan_type, s.scan_source, s.shop_id, s.business_date) AS place, s.created_at_ms AS atMs
  FROM vouchers v
  JOIN qr_scan_logs s ON s.voucher_id = v.id
  WHERE v.campaign_id = :campaignId
    AND v.scan_count > 0
    AND (:voucherId IS NULL OR v.id = :voucherId)
    AND s.created_at_ms >= :fromMs
    AND s.created_at_ms < :toMs`;

const SELECT_CLAIMS = sql`
  SELECT voucher_id AS voucherId, customer_id AS customerId, claimed_at_ms AS atMs
  FROM customer_vouchers
  WHERE campaign_id = :campaignId
    AND (:voucherId IS NULL OR voucher_id = :voucherId)
    AND status <> 'VOIDED'
    AND claimed_at_ms >= :fromMs
    AND claimed_at_ms < :toMs`;

const SELECT_USES = sql`
  SELECT id AS redemptionId, voucher_id AS voucherId, customer_id AS customerId, used_at_ms AS atMs, uses,
    discount_amount_minor AS costMinor
  FROM voucher_redemptions
  WHERE campaign_id = :campaignId
    AND (:voucherId IS NULL OR voucher_id = :voucherId)
    AND used_at_ms >= :fromMs
    AND used_at_ms < :toMs`;

/** Whatever was given back of the uses of that span, whenever it was. */
const SELECT_ROLLBACKS = sql`
  SELECT b.redemption_id AS redemptionId, b.uses, b.amount_minor AS amountMinor
  FROM voucher_redemptions r
  CROSS JOIN voucher_rollbacks b ON b.redemption_id = r.id
  WHERE r.campaign_id = :campaignId
    AND r.used_at_ms >= :fromMs
    AND r.used_at_ms < :toMs`;

const SELECT_MERGED = sql`
  SELECT id AS customerId, duplicate_of AS intoCustomerId
  FROM customers
  WHERE duplicate_of IS NOT NULL
    AND merchant_id = :merchantId`;

const COUNT_REFUSED = sql`
  SELECT a.failure_reason AS reason, COUNT(*) AS attempts
  FROM redemption_attempts a
  CROSS JOIN vouchers v ON v.id = a.voucher_id
  WHERE a.merchant_id = :merchantId
    AND a.attempted_at_ms >= :fromMs
    AND a.attempted_at_ms < :toMs
    AND a.successful = 0
    AND a.failure_reason IS NOT NULL
    AND v.campaign_id = :campaignId
    AND (:voucherId IS NULL OR v.id = :voucherId)
  GROUP BY a.failure_reason
  ORDER BY attempts DESC, reason`;

/** Something that a customer did with a voucher; null: nobody known, or no voucher (a promotion). */
export interface Step {
  readonly voucherId: string | null;
  readonly customerId: string | null;
  readonly atMs: number;
}

/** place: type, source, shop and business date of the scan, a space between each: few, so that they are taken apart once. */
export interface ScanStep extends Step {
  readonly voucherId: string;
  readonly place: string;
}

export interface ClaimStep extends Step {
  readonly voucherId: string;
  readonly customerId: string;
}

/** A redemption; uses 0: all of it was given back. */
export interface UseStep extends Step {
  readonly redemptionId: string;
  readonly uses: number;
  readonly costMinor: number;
}

export interface RefusedCount {
  readonly reason: string;
  readonly attempts: number;
}

export function countImpressions(db: ReadableDb, task: FiguresTask): { kind: string; impressions: number }[] {
  return db.all(COUNT_IMPRESSIONS, { ...task });
}

export function selectScansOfCampaign(db: ReadableDb, task: FiguresTask): ScanStep[] {
  return db.all<ScanStep>(SELECT_SCANS, { ...task });
}

export function selectClaimsOfCampaign(db: ReadableDb, task: FiguresTask): ClaimStep[] {
  return db.all<ClaimStep>(SELECT_CLAIMS, { ...task });
}

export function selectUsesOfCampaign(db: ReadableDb, task: FiguresTask): UseStep[] {
  return db.all<UseStep>(SELECT_USES, { ...task });
}

/** What was given back of redemptions, each time that it was. */
export function selectRollbacksOfCampaign(
  db: ReadableDb,
  task: FiguresTask,
): { redemptionId: string; uses: number; amountMinor: number }[] {
  const { campaignId, fromMs, toMs } = task;
  return db.all(SELECT_ROLLBACKS, { campaignId, fromMs, toMs });
}

/** The records that were merged into another, and into which. */
export function selectMergedRecords(
  db: ReadableDb,
  merchantId: string,
): { customerId: string; intoCustomerId: string }[] {
  return db.all(SELECT_MERGED, { merchantId });
}

export function countRefused(db: ReadableDb, merchantId: string, task: FiguresTask): RefusedCount[] {
  return db.all<RefusedCount>(COUNT_REFUSED, { ...task, merchantId });
}
