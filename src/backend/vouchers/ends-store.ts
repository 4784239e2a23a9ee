import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_REPUBLISHED = sql`
  SELECT c.id AS campaignId, MAX(v.published_at_ms) AS inForceSinceMs
  FROM campaigns c
  JOIN campaign_versions v ON v.campaign_id = c.id
  WHERE c.merchant_id = :merchantId
    AND c.is_archived = 0
    AND c.status IN ('live', 'paused')
  GROUP BY c.id
  HAVING COUNT(*) > 1
    AND MAX(v.published_at_ms) > :afterMs
  ORDER BY inForceSinceMs, c.id`;

const SELECT_CLAIMS = sql`
  SELECT q.id AS customerVoucherId, q.claimed_at_ms AS sinceMs, v.id AS voucherId,
    CASE WHEN v.batch_id IS NULL AND v.holder_customer_id = q.customer_id AND v.expires_at_ms = q.expires_at_ms
      THEN 1 ELSE 0 END AS isOwn,
    v.expires_at_ms AS voucherEndsAtMs
  FROM customer_vouchers q
  JOIN vouchers v ON v.id = q.voucher_id
  WHERE q.merchant_id = :merchantId
    AND q.status = 'CLAIMED'
    AND q.expires_at_ms = :endsAtMs
    AND q.campaign_id = :campaignId
    AND q.id > :afterId
  ORDER BY q.id
  LIMIT :limit`;

const SELECT_BEARERS = sql`
  SELECT id AS voucherId, created_at_ms AS sinceMs
  FROM vouchers
  WHERE merchant_id = :merchantId
    AND expires_at_ms = :endsAtMs
    AND expires_at_ms IS NOT NULL
    AND status NOT IN ('redeemed', 'expired', 'revoked')
    AND campaign_id = :campaignId
    AND batch_id IS NULL
    AND holder_customer_id IS NULL
    AND id > :afterId
  ORDER BY id
  LIMIT :limit`;

const SET_CLAIM_END = sql`
  UPDATE customer_vouchers
  SET expires_at_ms = :expiresAtMs, reminded_at_ms = NULL
  WHERE id = :id
    AND status = 'CLAIMED'`;

const SET_VOUCHER_END = sql`
  UPDATE vouchers
  SET expires_at_ms = :expiresAtMs
  WHERE id = :id`;

/** Campaigns that were published again after an instant (UTC ms), by when they were. */
export function selectRepublished(
  db: ReadableDb,
  of: { readonly merchantId: string; readonly afterMs: number },
): { readonly campaignId: string; readonly inForceSinceMs: number }[] {
  return db.all<{ campaignId: string; inForceSinceMs: number }>(SELECT_REPUBLISHED, of);
}

interface EndingPage {
  readonly merchantId: string;
  readonly campaignId: string;
  readonly endsAtMs: number;
  readonly afterId: string;
  readonly limit: number;
}

/** A claim that ends at an instant. */
export interface EndingClaim {
  readonly customerVoucherId: string;
  readonly voucherId: string;
  /** When it was claimed, UTC ms. */
  readonly sinceMs: number;
  /** Its code was given to its customer alone, and ends with it. */
  readonly isOwn: 0 | 1;
  readonly voucherEndsAtMs: number | null;
}

/** The claims of a campaign that end at an instant, by their ids. */
export function selectClaimsEndingAt(db: ReadableDb, page: EndingPage): EndingClaim[] {
  return db.all<EndingClaim>(SELECT_CLAIMS, { ...page });
}

/** The codes for whoever bears them that a campaign gave and that end at an instant, by their ids. */
export function selectBearersEndingAt(
  db: ReadableDb,
  page: EndingPage,
): { readonly voucherId: string; readonly sinceMs: number }[] {
  return db.all<{ voucherId: string; sinceMs: number }>(SELECT_BEARERS, { ...page });
}

/** Moves the end of a claim; its customer is reminded of the new one. */
export function setClaimEnd(db: WritableDb, row: { readonly id: string; readonly expiresAtMs: number | null }): void {
  db.runOne(SET_CLAIM_END, row);
}

export function setVoucherEnd(db: WritableDb, row: { readonly id: string; readonly expiresAtMs: number | null }): void {
  db.runOne(SET_VOUCHER_END, row);
}
