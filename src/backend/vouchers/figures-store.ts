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

const COUNT_SCANS = sql`
  SELECT s.scan_type AS scanType, s.scan_source AS scanSource, s.shop_id AS shopId, COUNT(*) AS scans
  FROM vouchers v
  JOIN qr_scan_logs s ON s.voucher_id = v.id
  WHERE v.campaign_id = :campaignId
    AND v.scan_count > 0
    AND (:voucherId IS NULL OR v.id = :voucherId)
    AND s.created_at_ms >= :fromMs
    AND s.created_at_ms < :toMs
  GROUP BY s.scan_type, s.scan_source, s.shop_id`;

/** A scan with nobody at the till is its holder's, where the voucher has one. */
const COUNT_SCANNERS = sql`
  SELECT COUNT(DISTINCT COALESCE(s.customer_id, v.holder_customer_id)) AS people
  FROM vouchers v
  JOIN qr_scan_logs s ON s.voucher_id = v.id
  WHERE v.campaign_id = :campaignId
    AND v.scan_count > 0
    AND (:voucherId IS NULL OR v.id = :voucherId)
    AND s.created_at_ms >= :fromMs
    AND s.created_at_ms < :toMs`;

const COUNT_SCANS_BY_DAY = sql`
  SELECT s.business_date AS businessDate, COUNT(*) AS scans,
    COUNT(DISTINCT COALESCE(s.customer_id, v.holder_customer_id)) AS people
  FROM vouchers v
  JOIN qr_scan_logs s ON s.voucher_id = v.id
  WHERE v.campaign_id = :campaignId
    AND v.scan_count > 0
    AND (:voucherId IS NULL OR v.id = :voucherId)
    AND s.created_at_ms >= :fromMs
    AND s.created_at_ms < :toMs
  GROUP BY s.business_date
  ORDER BY s.business_date DESC
  LIMIT 366`;

/** The spans of so many ms with the most scans. */
const SELECT_BUSIEST = sql`
  SELECT COUNT(*) AS scans, s.created_at_ms / CAST(:spanMs AS INTEGER) AS span
  FROM vouchers v
  JOIN qr_scan_logs s ON s.voucher_id = v.id
  WHERE v.campaign_id = :campaignId
    AND v.scan_count > 0
    AND (:voucherId IS NULL OR v.id = :voucherId)
    AND s.created_at_ms >= :fromMs
    AND s.created_at_ms < :toMs
  GROUP BY span
  ORDER BY scans DESC, span
  LIMIT 1`;

/**
 * Claims with the last scan before them, by their customer, or of the customer's own voucher by whomever, and the first use
 * after them that stands.
 */
const SELECT_CLAIMS = sql`
  SELECT c.claimed_at_ms AS claimedAtMs, c.voucher_id AS voucherId, NULLIF(MAX(COALESCE((
    SELECT s.created_at_ms
    FROM qr_scan_logs s
    WHERE s.customer_id = c.customer_id
      AND +s.voucher_id = c.voucher_id
      AND s.created_at_ms <= c.claimed_at_ms
    ORDER BY s.created_at_ms DESC
    LIMIT 1), 0), COALESCE((
    SELECT s.created_at_ms
    FROM qr_scan_logs s
    WHERE s.voucher_id = c.voucher_id
      AND v.holder_customer_id = c.customer_id
      AND s.created_at_ms <= c.claimed_at_ms
    ORDER BY s.created_at_ms DESC
    LIMIT 1), 0)), 0) AS scannedAtMs, (
    SELECT r.used_at_ms
    FROM voucher_redemptions r
    WHERE r.voucher_id = c.voucher_id
      AND r.customer_id = c.customer_id
      AND r.used_at_ms >= c.claimed_at_ms
      AND r.uses > COALESCE((
        SELECT SUM(b.uses)
        FROM voucher_rollbacks b
        WHERE b.redemption_id = r.id), 0)
    ORDER BY r.used_at_ms
    LIMIT 1) AS usedAtMs
  FROM customer_vouchers c
  JOIN vouchers v ON v.id = c.voucher_id
  WHERE c.campaign_id = :campaignId
    AND (:voucherId IS NULL OR c.voucher_id = :voucherId)
    AND c.status <> 'VOIDED'
    AND c.claimed_at_ms >= :fromMs
    AND c.claimed_at_ms < :toMs`;

const SELECT_USES = sql`
  SELECT r.customer_id AS customerId, r.uses - COALESCE((
    SELECT SUM(b.uses)
    FROM voucher_rollbacks b
    WHERE b.redemption_id = r.id), 0) AS uses, r.discount_amount_minor - COALESCE((
    SELECT SUM(b.amount_minor)
    FROM voucher_rollbacks b
    WHERE b.redemption_id = r.id), 0) AS costMinor
  FROM voucher_redemptions r
  WHERE r.campaign_id = :campaignId
    AND (:voucherId IS NULL OR r.voucher_id = :voucherId)
    AND r.used_at_ms >= :fromMs
    AND r.used_at_ms < :toMs`;

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

export interface ScanCount {
  readonly scanType: string;
  readonly scanSource: string;
  readonly shopId: string;
  readonly scans: number;
}

/** Scans of a business day, and how many known people made them. */
export interface ScanDay {
  readonly businessDate: string;
  readonly scans: number;
  readonly people: number;
}

export interface ClaimSpan {
  readonly claimedAtMs: number;
  readonly voucherId: string;
  readonly scannedAtMs: number | null;
  readonly usedAtMs: number | null;
}

/** A redemption as it stands, what was given back taken off; uses 0: all of it was. */
export interface UseRow {
  readonly customerId: string | null;
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

export function countScans(db: ReadableDb, task: FiguresTask): ScanCount[] {
  return db.all<ScanCount>(COUNT_SCANS, { ...task });
}

export function countScanners(db: ReadableDb, task: FiguresTask): number {
  return db.get<{ people: number }>(COUNT_SCANNERS, { ...task })?.people ?? 0;
}

/** The last 366 days with a scan, the newest first. */
export function countScansByDay(db: ReadableDb, task: FiguresTask): ScanDay[] {
  return db.all<ScanDay>(COUNT_SCANS_BY_DAY, { ...task });
}

/** The most scans in any span of so many ms, spans counted from 1970 on. */
export function countBusiest(db: ReadableDb, task: FiguresTask, spanMs: number): number {
  return db.get<{ scans: number }>(SELECT_BUSIEST, { ...task, spanMs })?.scans ?? 0;
}

export function selectClaimsOfCampaign(db: ReadableDb, task: FiguresTask): ClaimSpan[] {
  return db.all<ClaimSpan>(SELECT_CLAIMS, { ...task });
}

export function selectUsesOfCampaign(db: ReadableDb, task: FiguresTask): UseRow[] {
  return db.all<UseRow>(SELECT_USES, { ...task });
}

export function countRefused(db: ReadableDb, merchantId: string, task: FiguresTask): RefusedCount[] {
  return db.all<RefusedCount>(COUNT_REFUSED, { ...task, merchantId });
}
