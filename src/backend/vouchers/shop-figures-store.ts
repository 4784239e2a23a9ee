import { sql } from '../db/database.ts';

// Statements for the reading worker: they go through all that happened in a span of time.

/** What every voucher and campaign of the shop adds up to in a span of time; merged records are one person. */
export const COUNT_SHOP_FUNNEL = sql`
  SELECT (
      SELECT COALESCE(SUM(impressions), 0)
      FROM voucher_impressions 
      WHERE merchant_id = :merchantId AND at_ms >= :fromMs AND at_ms < :toMs) AS impressions, (
      SELECT COUNT(*)
      FROM qr_scan_logs
      WHERE merchant_id = :merchantId AND created_at_ms >= :fromMs AND created_at_ms < :toMs
        AND voucher_id IS NOT NULL) AS scans, (
      SELECT COUNT(DISTINCT COALESCE(c.duplicate_of, found.customerId))
      FROM (
        SELECT DISTINCT COALESCE(s.customer_id, s.erased_person, v.holder_customer_id) AS customerId
        FROM qr_scan_logs s
        JOIN vouchers v ON v.id = s.voucher_id
        WHERE s.merchant_id = :merchantId AND s.created_at_ms >= :fromMs AND s.created_at_ms < :toMs) found
      LEFT JOIN customers c ON c.id = found.customerId) AS uniqueScanners, (
      SELECT COUNT(*)
      FROM customer_vouchers
      WHERE merchant_id = :merchantId AND claimed_at_ms >= :fromMs AND claimed_at_ms < :toMs
        AND status <> 'VOIDED') AS claims, (
      SELECT COUNT(*)
      FROM customer_vouchers
      WHERE merchant_id = :merchantId AND claimed_at_ms >= :fromMs AND claimed_at_ms < :toMs
        AND status = 'REDEEMED') AS claimsUsed`;

export const COUNT_SHOP_USES = sql`
  SELECT COALESCE(SUM(found.redemptions), 0) AS redemptions, COUNT(found.customerId) AS customers,
    COALESCE(SUM(found.customerId IS NOT NULL AND found.redemptions > 1), 0) AS repeatCustomers
  FROM (
    SELECT COALESCE(c.duplicate_of, r.customer_id) AS customerId, COUNT(*) AS redemptions
    FROM voucher_redemptions r
    LEFT JOIN customers c ON c.id = r.customer_id
    WHERE r.merchant_id = :merchantId
      AND r.business_date BETWEEN :fromDate AND :toDate
      AND r.uses > COALESCE((
        SELECT SUM(b.uses)
        FROM voucher_rollbacks b
        WHERE b.redemption_id = r.id), 0)
    GROUP BY 1) found`;

export const SELECT_TOP_CAMPAIGNS = sql`
  SELECT c.id AS campaignId, c.name, SUM(d.uses) AS uses, SUM(d.cost_minor) AS costMinor
  FROM campaigns c
  JOIN campaign_days d ON d.campaign_id = c.id
  WHERE c.merchant_id = :merchantId
    AND d.civil_date BETWEEN :fromDate AND :toDate
  GROUP BY c.id
  HAVING SUM(d.uses) > 0
  ORDER BY uses DESC, c.name
  LIMIT 10`;

export const COUNT_SHOP_REFUSED = sql`
  SELECT failure_reason AS reason, COUNT(*) AS attempts
  FROM redemption_attempts
  WHERE merchant_id = :merchantId
    AND attempted_at_ms >= :fromMs
    AND attempted_at_ms < :toMs
    AND successful = 0
    AND failure_reason IS NOT NULL
  GROUP BY failure_reason
  ORDER BY attempts DESC, reason`;

/** How many customers hold so many vouchers now that they have not used yet. */
export const COUNT_WALLETS = sql`
  SELECT found.vouchers, COUNT(*) AS customers
  FROM (
    SELECT COUNT(*) AS vouchers
    FROM customer_vouchers
    WHERE merchant_id = :merchantId
      AND status = 'CLAIMED'
      AND (expires_at_ms IS NULL OR expires_at_ms > :atMs)
    GROUP BY customer_id) found
  GROUP BY found.vouchers
  ORDER BY found.vouchers`;
