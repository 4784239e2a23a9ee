import type { ClaimStatus, VoucherStatus } from '#shop/vouchers/life-cycle.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_ENDED_CLAIMS = sql`
  SELECT id AS customerVoucherId, customer_id AS customerId, voucher_id AS voucherId, campaign_id AS campaignId,
    expires_at_ms AS endsAtMs
  FROM customer_vouchers
  WHERE merchant_id = :merchantId
    AND status = 'CLAIMED'
    AND expires_at_ms <= :nowMs
  ORDER BY expires_at_ms
  LIMIT :limit`;

const SELECT_ENDED_VOUCHERS = sql`
  SELECT id AS voucherId, status
  FROM vouchers
  WHERE merchant_id = :merchantId
    AND expires_at_ms IS NOT NULL
    AND expires_at_ms <= :nowMs
    AND status NOT IN ('redeemed', 'expired', 'revoked')
  ORDER BY expires_at_ms
  LIMIT :limit`;

/** What ends soon and was not told yet, by its end; ids tell apart what ends together. */
const SELECT_ENDING_CLAIMS = sql`
  SELECT v.id AS customerVoucherId, v.customer_id AS customerId, v.voucher_id AS voucherId, v.campaign_id AS campaignId,
    v.expires_at_ms AS endsAtMs
  FROM customer_vouchers v
  JOIN customers c ON c.id = v.customer_id AND c.status = 'active'
  WHERE v.merchant_id = :merchantId
    AND v.status = 'CLAIMED'
    AND v.expires_at_ms > :nowMs
    AND v.expires_at_ms <= :untilMs
    AND v.reminded_at_ms IS NULL
    AND COALESCE(json_extract(v.notification_preferences, '$.expiry'), 1) = 1
    AND (v.expires_at_ms, v.id) > (:afterMs, :afterId)
  ORDER BY v.expires_at_ms, v.id
  LIMIT :limit`;

const SET_CLAIM_STATUS = sql`
  UPDATE customer_vouchers
  SET status = :status
  WHERE id = :id`;

const SET_VOUCHER_STATUS = sql`
  UPDATE vouchers
  SET status = :status
  WHERE id = :id`;

const SET_REMINDED = sql`
  UPDATE customer_vouchers
  SET reminded_at_ms = :remindedAtMs
  WHERE id = :id`;

const SELECT_ISSUING = sql`
  SELECT c.id AS campaignId, MIN(v.published_at_ms) AS publishedAtMs,
    MAX(v.published_at_ms) AS inForceSinceMs
  FROM campaigns c
  JOIN campaign_versions v ON v.campaign_id = c.id
  WHERE c.merchant_id = :merchantId
    AND c.is_archived = 0
    AND c.status = 'live'
  GROUP BY c.id`;

const HAS_ISSUED = sql`
  SELECT 1 AS found
  FROM vouchers
  WHERE issue_key = :issueKey`;

const SELECT_SEGMENT_PAGE = sql`
  SELECT m.customer_id AS customerId
  FROM segment_members m
  JOIN customers c ON c.id = m.customer_id AND c.status = 'active'
  WHERE m.segment_id = :segmentId
    AND m.customer_id > :afterId
  ORDER BY m.customer_id
  LIMIT :limit`;

const SELECT_NEW_CUSTOMERS = sql`
  SELECT customer_number AS customerNumber, id AS customerId
  FROM customers
  WHERE customer_number > :afterNumber
    AND +merchant_id = :merchantId
    AND created_at_ms >= :fromMs
    AND status = 'active'
    AND duplicate_of IS NULL
  ORDER BY customer_number
  LIMIT :limit`;

const SELECT_AWAY = sql`
  SELECT last_visit_at_ms AS lastVisitMs, customer_number AS customerNumber, id AS customerId
  FROM customers
  WHERE merchant_id = :merchantId
    AND last_visit_at_ms < :beforeMs
    AND (last_visit_at_ms, customer_number) > (:afterMs, :afterNumber)
    AND status = 'active'
    AND duplicate_of IS NULL
  ORDER BY last_visit_at_ms, customer_number
  LIMIT :limit`;

const SELECT_REFERRALS = sql`
  SELECT r.friend_id AS friendId, COALESCE(b.duplicate_of, b.id) AS referrerId,
    EXISTS (SELECT 1 FROM transactions t WHERE t.customer_id = r.friend_id AND t.status = 'completed') AS hasBought
  FROM referrals r
  JOIN customers b ON b.id = r.referrer_id
  WHERE r.merchant_id = :merchantId
    AND r.friend_id > :afterId
    AND r.at_ms >= :fromMs
  ORDER BY r.friend_id
  LIMIT :limit`;

/** A claim that a job looks at; endsAtMs is UTC ms. */
export interface DueClaim {
  readonly customerVoucherId: string;
  readonly customerId: string;
  readonly voucherId: string;
  readonly campaignId: string;
  readonly endsAtMs: number;
}

interface Due {
  readonly merchantId: string;
  readonly nowMs: number;
  readonly limit: number;
}

/** Claims whose time is over, the longest ago first. */
export function selectEndedClaims(db: ReadableDb, due: Due): DueClaim[] {
  return db.all<DueClaim>(SELECT_ENDED_CLAIMS, { ...due });
}

/** Vouchers whose own time is over. */
export function selectEndedVouchers(
  db: ReadableDb,
  due: Due,
): { readonly voucherId: string; readonly status: VoucherStatus }[] {
  return db.all<{ voucherId: string; status: VoucherStatus }>(SELECT_ENDED_VOUCHERS, { ...due });
}

/** Claims that end within a time and whose customers were not reminded. */
export function selectEndingClaims(
  db: ReadableDb,
  due: Due & { readonly untilMs: number; readonly afterMs: number; readonly afterId: string },
): DueClaim[] {
  return db.all<DueClaim>(SELECT_ENDING_CLAIMS, { ...due });
}

export function setClaimStatus(db: WritableDb, row: { readonly id: string; readonly status: ClaimStatus }): void {
  db.runOne(SET_CLAIM_STATUS, row);
}

export function setVoucherStatus(db: WritableDb, row: { readonly id: string; readonly status: VoucherStatus }): void {
  db.runOne(SET_VOUCHER_STATUS, row);
}

export function setReminded(db: WritableDb, row: { readonly id: string; readonly remindedAtMs: number }): void {
  db.runOne(SET_REMINDED, row);
}

/** A campaign that runs, with when its first version was published and the one that is in force. */
export interface RunningCampaign {
  readonly campaignId: string;
  readonly publishedAtMs: number;
  readonly inForceSinceMs: number;
}

export function selectRunningCampaigns(db: ReadableDb, merchantId: string): RunningCampaign[] {
  return db.all<RunningCampaign>(SELECT_ISSUING, { merchantId });
}

/** Whether something was given for a cause (issueKeyOf). */
export function hasIssued(db: ReadableDb, issueKey: string): boolean {
  return db.get(HAS_ISSUED, { issueKey }) !== undefined;
}

/** Members of a segment by their ids. */
export function selectSegmentPage(
  db: ReadableDb,
  page: { readonly segmentId: string; readonly afterId: string; readonly limit: number },
): { readonly customerId: string }[] {
  return db.all<{ customerId: string }>(SELECT_SEGMENT_PAGE, page);
}

export interface NumberedCustomer {
  readonly customerNumber: number;
  readonly customerId: string;
}

/** Who joined since an instant, by their numbers. */
export function selectNewCustomers(
  db: ReadableDb,
  page: { readonly merchantId: string; readonly fromMs: number; readonly afterNumber: number; readonly limit: number },
): NumberedCustomer[] {
  return db.all<NumberedCustomer>(SELECT_NEW_CUSTOMERS, page);
}

/** Who was here last before an instant, the longest away first. */
export function selectAway(
  db: ReadableDb,
  page: {
    readonly merchantId: string;
    readonly beforeMs: number;
    readonly afterMs: number;
    readonly afterNumber: number;
    readonly limit: number;
  },
): (NumberedCustomer & { readonly lastVisitMs: number })[] {
  return db.all<NumberedCustomer & { lastVisitMs: number }>(SELECT_AWAY, page);
}

/** Who brought whom since an instant, and whether the friend has bought something. */
export function selectReferralPage(
  db: ReadableDb,
  page: { readonly merchantId: string; readonly fromMs: number; readonly afterId: string; readonly limit: number },
): { readonly friendId: string; readonly referrerId: string; readonly hasBought: 0 | 1 }[] {
  return db.all<{ friendId: string; referrerId: string; hasBought: 0 | 1 }>(SELECT_REFERRALS, page);
}
