import { type Campaign, type CampaignVersion, campaignSchema } from '#shop/vouchers/campaign.ts';
import type { JsonRow } from '../command-scope.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';
import { type DraftMarks, type DraftRow, readDraft, type VersionInHistory } from '../terms-draft.ts';

const SELECT_CAMPAIGN = sql`
  SELECT c.id AS campaignId, c.name, c.status, c.is_archived AS isArchived, c.paused_at_ms AS pausedAtMs,
    c.paused_by_staff_id AS pausedByStaffId, c.ended_at_ms AS endedAtMs, (
      SELECT v.id
      FROM campaign_versions v
      WHERE v.campaign_id = c.id
      ORDER BY v.version DESC
      LIMIT 1) AS versionId
  FROM campaigns c
  WHERE c.id = :campaignId
    AND c.merchant_id = :merchantId`;

const INSERT_CAMPAIGN = sql`
  INSERT INTO campaigns (id, merchant_id, name, status, created_by_staff_id, created_at_ms)
  VALUES (:id, :merchantId, :name, 'draft', :staffId, :createdAtMs)`;

const SET_CAMPAIGN = sql`
  UPDATE campaigns
  SET name = :name, status = :status, is_archived = :isArchived, paused_at_ms = :pausedAtMs,
    paused_by_staff_id = :pausedByStaffId, ended_at_ms = :endedAtMs
  WHERE id = :campaignId
    AND merchant_id = :merchantId`;

const SELECT_VERSION = sql`
  SELECT id, campaign_id AS campaignId, version, definition
  FROM campaign_versions
  WHERE id = :versionId
    AND merchant_id = :merchantId`;

const SELECT_VERSIONS = sql`
  SELECT v.id AS versionId, v.version, v.published_at_ms AS publishedAtMs, s.name AS staffName
  FROM campaign_versions v
  LEFT JOIN staff_members s ON s.id = v.published_by_staff_id
  WHERE v.campaign_id = :campaignId
    AND v.merchant_id = :merchantId
  ORDER BY v.version DESC
  LIMIT 50`;

const INSERT_VERSION = sql`
  INSERT INTO campaign_versions (
    id, merchant_id, campaign_id, version, definition, published_at_ms, published_by_staff_id)
  VALUES (:id, :merchantId, :campaignId, :version, :definition, :publishedAtMs, :publishedByStaffId)`;

const SELECT_DRAFT = sql`
  SELECT definition, based_on_version AS basedOnVersion, revision, updated_at_ms AS updatedAtMs
  FROM campaign_drafts
  WHERE campaign_id = :campaignId
    AND merchant_id = :merchantId`;

const UPSERT_DRAFT = sql`
  INSERT INTO campaign_drafts (
    campaign_id, merchant_id, definition, based_on_version, revision, staff_id, updated_at_ms)
  VALUES (:campaignId, :merchantId, :definition, :basedOnVersion, :revision, :staffId, :updatedAtMs)
  ON CONFLICT (campaign_id) DO UPDATE SET
    definition = excluded.definition,
    based_on_version = excluded.based_on_version,
    revision = excluded.revision,
    staff_id = excluded.staff_id,
    updated_at_ms = excluded.updated_at_ms`;

const DELETE_DRAFT = sql`
  DELETE FROM campaign_drafts
  WHERE campaign_id = :campaignId
    AND merchant_id = :merchantId`;

/** What was decided of a campaign by hand, beside its terms. */
export interface CampaignState {
  readonly name: string;
  readonly status: 'draft' | 'live' | 'paused' | 'ended';
  readonly isArchived: 0 | 1;
  readonly pausedAtMs: number | null;
  readonly pausedByStaffId: string | null;
  readonly endedAtMs: number | null;
}

/** A campaign with the version in force; null: never published. */
export interface StoredCampaign extends CampaignState {
  readonly campaignId: string;
  readonly version: CampaignVersion | null;
}

export function selectCampaign(db: ReadableDb, merchantId: string, campaignId: string): StoredCampaign | null {
  const row = db.get<CampaignState & { campaignId: string; versionId: string | null }>(SELECT_CAMPAIGN, {
    campaignId,
    merchantId,
  });
  if (row === undefined) return null;
  const { versionId, ...campaign } = row;
  return { ...campaign, version: versionId === null ? null : selectCampaignVersion(db, merchantId, versionId) };
}

export function insertCampaign(
  db: WritableDb,
  row: {
    readonly id: string;
    readonly merchantId: string;
    readonly name: string;
    readonly staffId: string;
    readonly createdAtMs: number;
  },
): JsonRow {
  db.runOne(INSERT_CAMPAIGN, row);
  return { ...row, status: 'draft' };
}

export function setCampaign(
  db: WritableDb,
  row: CampaignState & { readonly campaignId: string; readonly merchantId: string },
): void {
  db.runOne(SET_CAMPAIGN, { ...row });
}

/** Versions by id: a published one never changes and is never deleted, so nothing has to be read of it again. */
const KNOWN_VERSIONS = new Map<string, { readonly merchantId: string; readonly version: CampaignVersion }>();
const MOST_KNOWN = 2000;

/** A published version as it was published, for ever. */
export function selectCampaignVersion(db: ReadableDb, merchantId: string, versionId: string): CampaignVersion | null {
  const known = KNOWN_VERSIONS.get(versionId);
  if (known?.merchantId === merchantId) return known.version;
  const row = db.get<{ id: string; campaignId: string; version: number; definition: string }>(SELECT_VERSION, {
    versionId,
    merchantId,
  });
  if (row === undefined) return null;
  const campaign = campaignSchema.parse(JSON.parse(row.definition));
  const version = { versionId: row.id, campaignId: row.campaignId, version: row.version, campaign };
  if (KNOWN_VERSIONS.size >= MOST_KNOWN) KNOWN_VERSIONS.clear();
  KNOWN_VERSIONS.set(row.id, { merchantId, version });
  return version;
}

/** The published versions of a campaign, the newest first: the last 50. */
export function selectCampaignVersions(db: ReadableDb, merchantId: string, campaignId: string): VersionInHistory[] {
  return db.all<VersionInHistory>(SELECT_VERSIONS, { campaignId, merchantId });
}

/** Publishes a version; returns the row for the op. */
export function insertCampaignVersion(
  db: WritableDb,
  given: {
    readonly id: string;
    readonly merchantId: string;
    readonly campaignId: string;
    readonly version: number;
    readonly campaign: Campaign;
    readonly publishedAtMs: number;
    readonly publishedByStaffId: string;
  },
): JsonRow {
  const { campaign, ...rest } = given;
  const row = { ...rest, definition: JSON.stringify(campaign) };
  db.runOne(INSERT_VERSION, row);
  return row;
}

/** What a manager is working on. */
export interface CampaignDraft extends DraftMarks {
  readonly campaign: Campaign;
}

export function selectCampaignDraft(db: ReadableDb, merchantId: string, campaignId: string): CampaignDraft | null {
  const draft = readDraft(db.get<DraftRow>(SELECT_DRAFT, { campaignId, merchantId }), campaignSchema);
  return draft === null ? null : { ...draft.marks, campaign: draft.terms };
}

export function storeCampaignDraft(
  db: WritableDb,
  draft: CampaignDraft & { readonly campaignId: string; readonly merchantId: string; readonly staffId: string },
): void {
  const { campaign, ...row } = draft;
  db.runOne(UPSERT_DRAFT, { ...row, definition: JSON.stringify(campaign) });
}

export function deleteCampaignDraft(db: WritableDb, merchantId: string, campaignId: string): void {
  db.run(DELETE_DRAFT, { campaignId, merchantId });
}
