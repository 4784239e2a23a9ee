import type { SegmentRule } from '#shop/customers/segment-rule.ts';
import type { ReadWorker } from '../context.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_SEGMENTS = sql`
  SELECT id AS segmentId, name, kind, rule, version, member_count AS memberCount, computed_at_ms AS computedAtMs
  FROM segments
  WHERE merchant_id = :merchantId
    AND is_archived = 0
  ORDER BY name
  LIMIT 200`;

const SELECT_RULES = sql`
  SELECT id AS segmentId, rule
  FROM segments
  WHERE merchant_id = :merchantId
    AND is_archived = 0
    AND kind = 'rule'
  LIMIT 200`;

const SELECT_SEGMENT = sql`
  SELECT id AS segmentId, name, kind, rule, version, member_count AS memberCount, computed_at_ms AS computedAtMs
  FROM segments
  WHERE id = :segmentId
    AND merchant_id = :merchantId
    AND is_archived = 0`;

const UPSERT_SEGMENT = sql`
  INSERT INTO segments (id, merchant_id, name, kind, rule, updated_at_ms)
  VALUES (:segmentId, :merchantId, :name, :kind, :rule, :atMs)
  ON CONFLICT (id) DO UPDATE SET
    name = excluded.name,
    rule = excluded.rule,
    version = version + 1,
    updated_at_ms = excluded.updated_at_ms`;

const ARCHIVE_SEGMENT = sql`
  UPDATE segments
  SET is_archived = 1, version = version + 1, updated_at_ms = :atMs
  WHERE id = :segmentId`;

const MARK_COMPUTED = sql`
  UPDATE segments
  SET computed_at_ms = :atMs
  WHERE id = :segmentId`;

const SELECT_MEMBER_IDS = sql`
  SELECT customer_id AS customerId
  FROM segment_members
  WHERE segment_id = :segmentId`;

const SELECT_SEGMENTS_OF = sql`
  SELECT m.segment_id AS segmentId, s.name, s.kind
  FROM segment_members m
  JOIN segments s ON s.id = m.segment_id
  WHERE m.customer_id = :customerId
    AND s.is_archived = 0
  ORDER BY s.name`;

/** By name as the alphabet of Spanish has it: case and accents set aside, ñ after n. SQLite itself knows no such order. */
const SELECT_MEMBERS = sql`
  SELECT customerId, enteredAtMs, code, fullName, sortName
  FROM (
    SELECT m.customer_id AS customerId, m.entered_at_ms AS enteredAtMs, c.customer_code AS code,
      COALESCE(p.full_name, '') AS fullName,
      lower(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(COALESCE(p.full_name, ''), 'á', 'a'), 'Á', 'a'), 'é', 'e'), 'É', 'e'), 'í', 'i'), 'Í', 'i'), 'ó', 'o'), 'Ó', 'o'), 'ú', 'u'), 'Ú', 'u'), 'ü', 'u'), 'ñ', 'n~'), 'Ñ', 'n~')) AS sortName
    FROM segment_members m
    JOIN customers c ON c.id = m.customer_id
    LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
    WHERE m.segment_id = :segmentId)
  WHERE (sortName, customerId) > (:afterName, :afterId)
  ORDER BY sortName, customerId
  LIMIT :limit`;

const IS_MEMBER = sql`
  SELECT 1 AS found
  FROM segment_members
  WHERE segment_id = :segmentId
    AND customer_id = :customerId`;

const INSERT_MEMBER = sql`
  INSERT INTO segment_members (segment_id, customer_id, merchant_id, entered_at_ms)
  VALUES (:segmentId, :customerId, :merchantId, :atMs)
  ON CONFLICT (segment_id, customer_id) DO NOTHING`;

const DELETE_MEMBER = sql`
  DELETE FROM segment_members
  WHERE segment_id = :segmentId
    AND customer_id = :customerId`;

interface SegmentRow extends Omit<Segment, 'rule'> {
  readonly rule: string | null;
}

export interface Segment {
  readonly segmentId: string;
  readonly name: string;
  readonly kind: 'static' | 'rule';
  readonly rule: SegmentRule | null;
  readonly version: number;
  readonly memberCount: number;
  /** When the rule was last asked of everybody; null for a static segment and before the first time. */
  readonly computedAtMs: number | null;
}

export function selectSegments(db: ReadableDb, merchantId: string): Segment[] {
  return db.all<SegmentRow>(SELECT_SEGMENTS, { merchantId }).map(toSegment);
}

export function selectSegment(db: ReadableDb, merchantId: string, segmentId: string): Segment | null {
  const row = db.get<SegmentRow>(SELECT_SEGMENT, { merchantId, segmentId });
  return row === undefined ? null : toSegment(row);
}

/** The segments that follow from a rule. */
export function selectSegmentRules(db: ReadableDb, merchantId: string): { segmentId: string; rule: SegmentRule }[] {
  return db
    .all<{ segmentId: string; rule: string }>(SELECT_RULES, { merchantId })
    .map(({ segmentId, rule }) => ({ segmentId, rule: JSON.parse(rule) as SegmentRule }));
}

export function upsertSegment(
  db: WritableDb,
  given: Pick<Segment, 'segmentId' | 'name' | 'kind' | 'rule'> & { readonly merchantId: string; readonly atMs: number },
): void {
  db.runOne(UPSERT_SEGMENT, { ...given, rule: given.rule === null ? null : JSON.stringify(given.rule) });
}

export function archiveSegment(db: WritableDb, segmentId: string, atMs: number): void {
  db.runOne(ARCHIVE_SEGMENT, { segmentId, atMs });
}

export function markComputed(db: WritableDb, segmentId: string, atMs: number): void {
  db.runOne(MARK_COMPUTED, { segmentId, atMs });
}

export function selectMemberIds(db: ReadableDb, segmentId: string): string[] {
  return db.all<{ customerId: string }>(SELECT_MEMBER_IDS, { segmentId }).map((row) => row.customerId);
}

/** The segments that a customer is in. */
export function selectSegmentsOf(db: ReadableDb, customerId: string) {
  return db.all<Pick<Segment, 'segmentId' | 'name' | 'kind'>>(SELECT_SEGMENTS_OF, { customerId });
}

export interface SegmentMember {
  readonly customerId: string;
  readonly enteredAtMs: number;
  readonly code: string;
  readonly fullName: string;
  /** The name as it is sorted by. */
  readonly sortName: string;
}

/** A page of members by name; '' and '' begin. Sorts them all, so it is read off the till's thread. */
export function selectMembers(
  heavy: ReadWorker,
  given: { readonly segmentId: string; readonly afterName: string; readonly afterId: string; readonly limit: number },
): Promise<SegmentMember[]> {
  return heavy.all<SegmentMember>(SELECT_MEMBERS, given);
}

export function isMember(db: ReadableDb, segmentId: string, customerId: string): boolean {
  return db.get(IS_MEMBER, { segmentId, customerId }) !== undefined;
}

/** Puts a customer in; false when they were in already. */
export function insertMember(
  db: WritableDb,
  given: {
    readonly segmentId: string;
    readonly customerId: string;
    readonly merchantId: string;
    readonly atMs: number;
  },
): boolean {
  return db.run(INSERT_MEMBER, given) === 1;
}

/** Takes a customer out; false when they were not in. */
export function deleteMember(db: WritableDb, segmentId: string, customerId: string): boolean {
  return db.run(DELETE_MEMBER, { segmentId, customerId }) === 1;
}

function toSegment(row: SegmentRow): Segment {
  return { ...row, rule: row.rule === null ? null : (JSON.parse(row.rule) as SegmentRule) };
}
