import type { JsonRow } from '../command-scope.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_BATCHES = sql`
  SELECT b.id AS batchId, b.kind, b.pattern, b.wanted, b.made, b.status, b.created_at_ms AS createdAtMs,
    b.ended_at_ms AS endedAtMs, s.name AS staffName,
    (SELECT v.usage_limit FROM vouchers v WHERE v.batch_id = b.id LIMIT 1) AS usesPerCode
  FROM voucher_batches b
  LEFT JOIN staff_members s ON s.id = b.created_by_staff_id
  WHERE b.campaign_id = :campaignId
    AND b.merchant_id = :merchantId
  ORDER BY b.created_at_ms DESC, b.id DESC
  LIMIT 200`;

const SELECT_BATCH = sql`
  SELECT id AS batchId, campaign_id AS campaignId, kind, pattern, wanted, made, status,
    created_by_staff_id AS createdByStaffId
  FROM voucher_batches
  WHERE id = :batchId
    AND merchant_id = :merchantId`;

const SELECT_RUNNING = sql`
  SELECT id AS batchId, campaign_id AS campaignId, kind, pattern, wanted, made, status,
    created_by_staff_id AS createdByStaffId
  FROM voucher_batches
  WHERE merchant_id = :merchantId
    AND status = 'running'
  ORDER BY id
  LIMIT 1`;

const SELECT_RUNNING_OF_CAMPAIGN = sql`
  SELECT id AS batchId
  FROM voucher_batches
  WHERE merchant_id = :merchantId
    AND status = 'running'
    AND campaign_id = :campaignId
  LIMIT 1`;

const SUM_OF_PATTERN = sql`
  SELECT COALESCE(SUM(made), 0) AS made
  FROM voucher_batches
  WHERE campaign_id = :campaignId
    AND merchant_id = :merchantId
    AND pattern = :pattern`;

const INSERT_BATCH = sql`
  INSERT INTO voucher_batches (
    id, merchant_id, campaign_id, kind, pattern, wanted, made, status, created_by_staff_id, created_at_ms, ended_at_ms)
  VALUES (
    :id, :merchantId, :campaignId, :kind, :pattern, :wanted, :made, :status, :createdByStaffId, :createdAtMs, :endedAtMs)`;

const SET_BATCH = sql`
  UPDATE voucher_batches
  SET wanted = :wanted, made = :made, status = :status, ended_at_ms = :endedAtMs
  WHERE id = :batchId`;

const INSERT_CODES = sql`
  INSERT INTO vouchers (
    id, merchant_id, campaign_id, batch_id, code, code_key, type, value, usage_limit, status, created_by_staff_id,
    created_at_ms)
  SELECT :idStem || (c.value ->> 0), :merchantId, :campaignId, :batchId, c.value ->> 1, c.value ->> 2, :type, :value,
    :usageLimit, :status, :createdByStaffId, :createdAtMs
  FROM json_each(:codes) c
  WHERE TRUE
  ON CONFLICT (merchant_id, code_key) DO NOTHING`;

const SELECT_WRITTEN = sql`
  SELECT substr(id, -3) AS place
  FROM vouchers
  WHERE id BETWEEN :idStem || '000' AND :idStem || 'fff'`;

/** The codes of a page of a batch, in the order in which they were made. */
export const CODES_OF_BATCH = sql`
  SELECT id AS voucherId, code, status, type, value, usage_limit AS usageLimit, usage_count AS usageCount,
    expires_at_ms AS expiresAtMs, created_at_ms AS createdAtMs
  FROM vouchers
  WHERE batch_id = :batchId
    AND merchant_id = :merchantId
    AND id > :afterId
  ORDER BY id
  LIMIT :most`;

/** The codes of a campaign that are of no batch: for everybody, or given to one customer each. */
export const CODES_OF_NO_BATCH = sql`
  SELECT id AS voucherId, code, status, type, value, usage_limit AS usageLimit, usage_count AS usageCount,
    expires_at_ms AS expiresAtMs, created_at_ms AS createdAtMs
  FROM vouchers
  WHERE campaign_id = :campaignId
    AND merchant_id = :merchantId
    AND batch_id IS NULL
    AND id > :afterId
  ORDER BY id
  LIMIT :most`;

const CODES_FROM = sql`
  SELECT id AS voucherId, code
  FROM vouchers
  WHERE batch_id = :batchId
    AND merchant_id = :merchantId
  ORDER BY id
  LIMIT :most OFFSET :before`;

const INSERT_IMPRESSION = sql`
  INSERT INTO voucher_impressions (id, merchant_id, voucher_id, kind, impressions, at_ms)
  VALUES (:id, :merchantId, :voucherId, :kind, :impressions, :atMs)`;

export type BatchStatus = 'running' | 'done' | 'cancelled';

/** A batch as it is shown. Instants are UTC ms. */
export interface ListedBatch {
  readonly batchId: string;
  readonly kind: 'made' | 'imported';
  /** '' for codes that came from a file. */
  readonly pattern: string;
  readonly wanted: number;
  readonly made: number;
  readonly status: BatchStatus;
  readonly createdAtMs: number;
  readonly endedAtMs: number | null;
  readonly staffName: string | null;
  /** As often as each of its codes can be used; null without limit. A campaign published later does not change it. */
  readonly usesPerCode: number | null;
}

export interface StoredBatch {
  readonly batchId: string;
  readonly campaignId: string;
  readonly kind: 'made' | 'imported';
  readonly pattern: string;
  readonly wanted: number;
  readonly made: number;
  readonly status: BatchStatus;
  readonly createdByStaffId: string;
}

/** The batches of a campaign, the newest first: the last 200. */
export function selectBatches(db: ReadableDb, merchantId: string, campaignId: string): ListedBatch[] {
  return db.all<ListedBatch>(SELECT_BATCHES, { merchantId, campaignId });
}

export function selectBatch(db: ReadableDb, merchantId: string, batchId: string): StoredBatch | null {
  return db.get<StoredBatch>(SELECT_BATCH, { merchantId, batchId }) ?? null;
}

/** The batch that is to be worked on: the oldest that is not done. */
export function selectRunningBatch(db: ReadableDb, merchantId: string): StoredBatch | null {
  return db.get<StoredBatch>(SELECT_RUNNING, { merchantId }) ?? null;
}

export function selectIsMaking(db: ReadableDb, merchantId: string, campaignId: string): boolean {
  return db.get(SELECT_RUNNING_OF_CAMPAIGN, { merchantId, campaignId }) !== undefined;
}

/** How many codes of a pattern a campaign has already. */
export function sumOfPattern(
  db: ReadableDb,
  of: { readonly merchantId: string; readonly campaignId: string; readonly pattern: string },
): number {
  return db.get<{ made: number }>(SUM_OF_PATTERN, of)?.made ?? 0;
}

/** Keeps a batch; returns the row for the op. */
export function insertBatch(
  db: WritableDb,
  row: Omit<StoredBatch, 'batchId'> & {
    readonly id: string;
    readonly merchantId: string;
    readonly createdAtMs: number;
    readonly endedAtMs: number | null;
  },
): JsonRow {
  db.runOne(INSERT_BATCH, row);
  return { ...row };
}

/** Keeps how far a batch is; returns the row for the op. */
export function setBatch(
  db: WritableDb,
  row: {
    readonly batchId: string;
    readonly wanted: number;
    readonly made: number;
    readonly status: BatchStatus;
    readonly endedAtMs: number | null;
  },
): JsonRow {
  db.runOne(SET_BATCH, row);
  return { ...row };
}

/** What all codes of a page have in common. idStem: all but the last three characters of their ids. */
export interface PageOfCodes {
  readonly idStem: string;
  readonly merchantId: string;
  readonly campaignId: string;
  readonly batchId: string;
  readonly type: string;
  readonly value: number;
  readonly usageLimit: number | null;
  readonly status: 'created' | 'published';
  readonly createdByStaffId: string;
  readonly createdAtMs: number;
}

/** Keeps codes [place, code, codeKey] but for those that somebody has already; returns how many were kept. */
export function insertCodes(
  db: WritableDb,
  page: PageOfCodes,
  codes: readonly (readonly [place: string, code: string, codeKey: string])[],
): number {
  return db.run(INSERT_CODES, { ...page, codes: JSON.stringify(codes) });
}

/** Which places of a page are kept. */
export function selectWrittenPlaces(db: ReadableDb, idStem: string): Set<string> {
  return new Set(db.all<{ place: string }>(SELECT_WRITTEN, { idStem }).map(({ place }) => place));
}

/** A code as a file shows it. */
export interface ExportedCode {
  readonly voucherId: string;
  readonly code: string;
  readonly status: string;
  readonly type: string;
  readonly value: number;
  readonly usageLimit: number | null;
  readonly usageCount: number;
  readonly expiresAtMs: number | null;
  readonly createdAtMs: number;
}

export interface CodeToPrint {
  readonly voucherId: string;
  readonly code: string;
}

/** Some codes of a batch in their order, those before left out. */
export function selectCodesFrom(
  db: ReadableDb,
  of: { readonly merchantId: string; readonly batchId: string; readonly before: number; readonly most: number },
): CodeToPrint[] {
  return db.all<CodeToPrint>(CODES_FROM, of);
}

/** Counts that a code was printed so many times. */
export function insertImpression(
  db: WritableDb,
  row: {
    readonly kind: 'print' | 'display';
    readonly id: string;
    readonly merchantId: string;
    readonly voucherId: string;
    readonly impressions: number;
    readonly atMs: number;
  },
): void {
  db.runOne(INSERT_IMPRESSION, row);
}
