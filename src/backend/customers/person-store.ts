import { sql } from '../db/database.ts';

// Everything that is known of one person, table by table; records that were merged into them included. Read off the till's
// thread. What is hashed or belongs to the shop alone (costs, keys) is not about the person and not here.

export const PERSON_SALES = sql`
  SELECT t.receipt_number AS receipt, t.status, t.business_date AS businessDate, t.completed_at_ms AS atMs,
    t.total_minor AS totalMinor, t.refunded_minor AS refundedMinor, t.id AS saleId, r.text AS remark
  FROM customers c
  CROSS JOIN transactions t ON t.customer_id = c.id
  LEFT JOIN remarks r ON r.subject_id = t.id
  WHERE c.id = :customerId OR c.duplicate_of = :customerId
  ORDER BY t.created_at_ms`;

export const PERSON_ITEMS = sql`
  SELECT t.receipt_number AS receipt, COALESCE(o.name, i.name) AS name, i.quantity_thousandths AS quantityThousandths, i.net_minor AS netMinor,
    r.text AS remark
  FROM customers c
  CROSS JOIN transactions t ON t.customer_id = c.id
  CROSS JOIN transaction_items i ON i.transaction_id = t.id
  LEFT JOIN open_line_names o ON o.transaction_item_id = i.id
  LEFT JOIN remarks r ON r.subject_id = i.id
  WHERE c.id = :customerId OR c.duplicate_of = :customerId
  ORDER BY t.created_at_ms, i.id`;

export const PERSON_REFUNDS = sql`
  SELECT x.receipt_number AS receipt, t.receipt_number AS saleReceipt, x.business_date AS businessDate,
    x.created_at_ms AS atMs, x.amount_minor AS amountMinor, x.points_reversed AS pointsReversed,
    x.points_returned AS pointsReturned, x.deducted_minor AS deductedMinor, r.text AS remark
  FROM customers c
  CROSS JOIN transactions t ON t.customer_id = c.id
  CROSS JOIN refunds x ON x.transaction_id = t.id
  LEFT JOIN remarks r ON r.subject_id = x.id
  WHERE c.id = :customerId OR c.duplicate_of = :customerId
  ORDER BY x.created_at_ms`;

export const PERSON_POINTS = sql`
  SELECT p.at_ms AS atMs, p.business_date AS businessDate, p.kind, p.points, p.reason, p.expires_at_ms AS expiresAtMs,
    g.name AS programme, t.receipt_number AS receipt
  FROM customers c
  CROSS JOIN points_transactions p ON p.customer_id = c.id
  JOIN loyalty_programs g ON g.id = p.program_id
  LEFT JOIN transactions t ON t.id = p.transaction_id
  WHERE c.id = :customerId OR c.duplicate_of = :customerId
  ORDER BY p.seq`;

export const PERSON_AWARDS = sql`
  SELECT a.event, a.points, a.awarded_on AS awardedOn, a.counted_on AS countedOn, g.name AS programme
  FROM customers c
  CROSS JOIN event_awards a ON a.customer_id = c.id
  JOIN loyalty_programs g ON g.id = a.program_id
  WHERE c.id = :customerId OR c.duplicate_of = :customerId
  ORDER BY a.awarded_on, a.entry_id, a.rule_id`;

export const PERSON_EVENTS = sql`
  SELECT e.created_at_ms AS atMs, e.event_type AS type, e.event_source AS source, e.data, e.pii AS personal,
    (SELECT s.name FROM segments s WHERE s.id = json_extract(e.data, '$.segmentId')) AS segment
  FROM customers c
  CROSS JOIN customer_events e ON e.customer_id = c.id
  WHERE e.merchant_id = :merchantId
    AND (c.id = :customerId OR c.duplicate_of = :customerId)
  ORDER BY e.created_at_ms, e.id`;

export const PERSON_SCANS = sql`
  SELECT q.created_at_ms AS atMs, q.scan_source AS source, q.scan_result AS result, q.location
  FROM customers c
  CROSS JOIN qr_scan_logs q ON q.customer_id = c.id
  WHERE c.id = :customerId OR c.duplicate_of = :customerId
  ORDER BY q.created_at_ms`;

export const PERSON_VOUCHERS = sql`
  SELECT g.name AS campaign, u.code, v.status, v.claimed_at_ms AS claimedAtMs, v.expires_at_ms AS expiresAtMs,
    v.last_viewed_at_ms AS lastViewedAtMs, v.notification_preferences AS reminders, v.void_reason AS voidReason
  FROM customers c
  CROSS JOIN customer_vouchers v ON v.customer_id = c.id
  JOIN vouchers u ON u.id = v.voucher_id
  JOIN campaigns g ON g.id = v.campaign_id
  WHERE c.id = :customerId OR c.duplicate_of = :customerId
  ORDER BY v.claimed_at_ms, v.id`;

export const PERSON_REDEMPTIONS = sql`
  SELECT g.name AS campaign, u.code, d.redemption_type AS kind, d.uses, d.discount_amount_minor AS amountMinor,
    t.receipt_number AS receipt, d.used_at_ms AS atMs
  FROM customers c
  CROSS JOIN voucher_redemptions d ON d.customer_id = c.id
  JOIN campaigns g ON g.id = d.campaign_id
  LEFT JOIN vouchers u ON u.id = d.voucher_id
  LEFT JOIN transactions t ON t.id = d.transaction_id
  WHERE c.id = :customerId OR c.duplicate_of = :customerId
  ORDER BY d.used_at_ms, d.id`;

export const PERSON_ATTEMPTS = sql`
  SELECT a.attempted_at_ms AS atMs, a.kind, u.code, a.successful, a.failure_reason AS reason, a.location
  FROM customers c
  CROSS JOIN redemption_attempts a ON a.customer_id = c.id
  LEFT JOIN vouchers u ON u.id = a.voucher_id
  WHERE c.id = :customerId OR c.duplicate_of = :customerId
  ORDER BY a.attempted_at_ms, a.id`;

export const PERSON_NOT_GIVEN = sql`
  SELECT g.name AS campaign, n.reason, n.tried_on AS triedOn
  FROM customers c
  CROSS JOIN vouchers_not_given n ON n.customer_id = c.id
  JOIN campaigns g ON g.id = n.campaign_id
  WHERE n.given_at_ms IS NULL
    AND (c.id = :customerId OR c.duplicate_of = :customerId)
  ORDER BY n.tried_on, n.id`;

export const PERSON_CREDIT = sql`
  SELECT k.kind AS account, e.at_ms AS atMs, e.business_date AS businessDate, e.kind, e.amount_minor AS amountMinor, e.reason,
    e.expires_at_ms AS expiresAtMs, t.receipt_number AS receipt
  FROM customers c
  CROSS JOIN credit_accounts k ON k.customer_id = c.id
  CROSS JOIN store_credit_transactions e ON e.account_id = k.id
  LEFT JOIN transactions t ON t.id = e.transaction_id
  WHERE c.id = :customerId OR c.duplicate_of = :customerId
  ORDER BY e.seq`;

export const PERSON_PASSES = sql`
  SELECT k.name, k.kind AS pass, k.starts_at_ms AS startsAtMs, k.ends_at_ms AS endsAtMs, k.revoked_at_ms AS revokedAtMs,
    u.kind, u.units, u.at_ms AS atMs, u.reason, t.receipt_number AS receipt
  FROM customers c
  CROSS JOIN customer_packages k ON k.customer_id = c.id
  LEFT JOIN package_uses u ON u.package_id = k.id
  LEFT JOIN transactions t ON t.id = u.transaction_id
  WHERE c.id = :customerId OR c.duplicate_of = :customerId
  ORDER BY k.starts_at_ms, k.id, u.seq`;

/** What they answered at the customer's screen after a sale. */
export const PERSON_ANSWERS = sql`
  SELECT s.at_ms AS atMs, s.score, t.receipt_number AS receipt
  FROM customers c
  CROSS JOIN transactions t ON t.customer_id = c.id
  JOIN satisfaction_answers s ON s.transaction_id = t.id
  WHERE c.id = :customerId OR c.duplicate_of = :customerId
  ORDER BY s.at_ms, s.id`;

export const PERSON_EXPERIMENTS = sql`
  SELECT x.name AS experiment, e.variant_id AS variant, e.exposed_at_ms AS exposedAtMs, v.converted_at_ms AS convertedAtMs
  FROM customers c
  CROSS JOIN experiment_exposures e ON e.customer_id = c.id
  JOIN experiments x ON x.id = e.experiment_id
  LEFT JOIN experiment_conversions v ON v.experiment_id = e.experiment_id AND v.customer_id = e.customer_id
  WHERE c.id = :customerId OR c.duplicate_of = :customerId
  ORDER BY e.exposed_at_ms`;

/** A note that may speak of somebody else as well is not handed out. */
export const PERSON_ALERTS = sql`
  SELECT o.at_ms AS atMs, a.kind, o.facts, t.receipt_number AS receipt,
    CASE WHEN EXISTS (
      SELECT 1 FROM alert_occurrences x WHERE x.alert_id = o.alert_id AND x.customer_id IS NOT o.customer_id)
    THEN '' ELSE a.note END AS note
  FROM customers c
  CROSS JOIN alert_occurrences o ON o.customer_id = c.id
  JOIN alerts a ON a.id = o.alert_id
  LEFT JOIN transactions t ON t.id = o.transaction_id
  WHERE c.id = :customerId OR c.duplicate_of = :customerId
  ORDER BY o.at_ms, o.id`;
