import { type ReadableDb, sql } from '../db/database.ts';
import type { CampaignState } from './campaigns-store.ts';

const SELECT_CAMPAIGNS = sql`
  SELECT c.id AS campaignId, c.name, c.status, c.is_archived AS isArchived, c.paused_at_ms AS pausedAtMs,
    c.paused_by_staff_id AS pausedByStaffId, c.ended_at_ms AS endedAtMs, c.created_at_ms AS createdAtMs,
    d.revision AS draftRevision, v.id AS versionId
  FROM campaigns c
  LEFT JOIN campaign_drafts d ON d.campaign_id = c.id
  LEFT JOIN campaign_versions v ON v.campaign_id = c.id AND v.version = (
    SELECT MAX(l.version)
    FROM campaign_versions l
    WHERE l.campaign_id = c.id)
  WHERE c.merchant_id = :merchantId
    AND (v.id IS NOT NULL OR d.revision IS NOT NULL)
  ORDER BY c.created_at_ms DESC, c.id DESC
  LIMIT 1000`;

const COUNT_CODES = sql`
  SELECT (
      SELECT COUNT(*)
      FROM vouchers
      WHERE campaign_id = :campaignId AND batch_id IS NULL) + (
      SELECT COALESCE(SUM(made), 0)
      FROM voucher_batches
      WHERE campaign_id = :campaignId) AS codes`;

const COUNT_CLAIMS = sql`
  SELECT COUNT(*) AS claims, COALESCE(SUM(status = 'REDEEMED'), 0) AS used
  FROM customer_vouchers
  WHERE campaign_id = :campaignId
    AND status <> 'VOIDED'`;

/** By the text of what they say: an id stands in it nowhere but where it is meant. */
const SELECT_NAMING = sql`
  SELECT c.name
  FROM campaigns c
  LEFT JOIN campaign_drafts d ON d.campaign_id = c.id
  LEFT JOIN campaign_versions v ON v.campaign_id = c.id AND v.version = (
    SELECT MAX(l.version)
    FROM campaign_versions l
    WHERE l.campaign_id = c.id)
  WHERE c.merchant_id = :merchantId
    AND c.status <> 'ended'
    AND c.is_archived = 0
    AND (instr(d.definition, :segmentId) > 0
      OR instr(v.definition, :segmentId) > 0 AND COALESCE(v.definition ->> '$.validity.endsOn', :today) >= :today)
  ORDER BY c.name
  LIMIT 5`;

/** A campaign of the list. versionId null: only a draft as yet. */
export interface CampaignListRow extends CampaignState {
  readonly campaignId: string;
  readonly createdAtMs: number;
  readonly draftRevision: number | null;
  readonly versionId: string | null;
}

/** The campaigns of the shop, the newest first, drafts that were given up left out; the last 1,000. */
export function selectCampaigns(db: ReadableDb, merchantId: string): CampaignListRow[] {
  return db.all<CampaignListRow>(SELECT_CAMPAIGNS, { merchantId });
}

/** How many codes a campaign has. Those of batches are not counted one by one. */
export function countCodes(db: ReadableDb, campaignId: string): number {
  return db.get<{ codes: number }>(COUNT_CODES, { campaignId })?.codes ?? 0;
}

export interface ClaimCounts {
  readonly claims: number;
  readonly used: number;
}

/** How many claims a campaign has, and how many of them were used. */
export function countClaims(db: ReadableDb, campaignId: string): ClaimCounts {
  return db.get<ClaimCounts>(COUNT_CLAIMS, { campaignId }) ?? { claims: 0, used: 0 };
}

/** The names of campaigns that are not over and ask for a segment, in force or in a draft; the first five. today: '2026-07-11'. */
export function selectCampaignsNaming(
  db: ReadableDb,
  of: { readonly merchantId: string; readonly segmentId: string; readonly today: string },
): string[] {
  return db.all<{ name: string }>(SELECT_NAMING, of).map(({ name }) => name);
}
