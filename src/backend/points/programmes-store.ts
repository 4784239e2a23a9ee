import { defaultProgramme, type Programme, type ProgrammeVersion, programmeSchema } from '#shop/points/programme.ts';
import type { JsonRow } from '../command-scope.ts';
import type { ShopIdentity } from '../context.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_CURRENT = sql`
  SELECT v.id, v.program_id AS programId, v.version, v.definition
  FROM loyalty_program_versions v
  JOIN loyalty_programs p ON p.id = v.program_id
  WHERE v.merchant_id = :merchantId
    AND p.is_main = 1
  ORDER BY v.published_at_ms DESC, v.version DESC
  LIMIT 1`;

const SELECT_LIVE = sql`
  SELECT (
      SELECT v.id
      FROM loyalty_program_versions v
      WHERE v.program_id = p.id
      ORDER BY v.version DESC
      LIMIT 1) AS versionId
  FROM loyalty_programs p
  WHERE p.merchant_id = :merchantId
    AND p.status = 'live'
  ORDER BY p.is_main DESC, p.id`;

const SELECT_LIVE_AT = sql`
  SELECT (
      SELECT v.id
      FROM loyalty_program_versions v
      WHERE v.program_id = p.id AND v.published_at_ms <= :atMs
      ORDER BY v.version DESC
      LIMIT 1) AS versionId
  FROM loyalty_programs p
  WHERE p.merchant_id = :merchantId
    AND p.status = 'live'
  ORDER BY p.is_main DESC, p.id`;

const SELECT_VERSION = sql`
  SELECT id, program_id AS programId, version, definition
  FROM loyalty_program_versions
  WHERE id = :versionId
    AND merchant_id = :merchantId`;

const SELECT_PUBLISHED_AT = sql`
  SELECT published_at_ms AS publishedAtMs
  FROM loyalty_program_versions
  WHERE id = :versionId`;

const INSERT_PROGRAMME = sql`
  INSERT INTO loyalty_programs (id, merchant_id, name, is_main, status, created_at_ms)
  VALUES (:id, :merchantId, :name, :isMain, :status, :createdAtMs)`;

const INSERT_VERSION = sql`
  INSERT INTO loyalty_program_versions (
    id, merchant_id, program_id, version, definition, published_at_ms, published_by_staff_id)
  VALUES (:id, :merchantId, :programId, :version, :definition, :publishedAtMs, :publishedByStaffId)`;

interface VersionRow {
  readonly id: string;
  readonly programId: string;
  readonly version: number;
  readonly definition: string;
}

export type ProgrammeStatus = 'draft' | 'live' | 'archived';

/** A version with the programme that it belongs to. */
export interface StoredVersion extends ProgrammeVersion {
  readonly programId: string;
}

/** Versions by id. A published version never changes, so reading it again would give the same. */
const KNOWN_VERSIONS = new Map<string, StoredVersion>();
const MOST_KNOWN = 1000;

/** The version in force, or null where the merchant has no programme. */
export function selectCurrentProgramme(db: ReadableDb, merchantId: string): StoredVersion | null {
  const row = db.get<VersionRow>(SELECT_CURRENT, { merchantId });
  return row === undefined ? null : versionOf(row);
}

/** The version that a sale used, whatever has been published since (C-11). */
export function selectProgrammeVersion(db: ReadableDb, merchantId: string, versionId: string): StoredVersion | null {
  const row = db.get<VersionRow>(SELECT_VERSION, { merchantId, versionId });
  return row === undefined ? null : versionOf(row);
}

/** When a version was published, UTC ms; null where there is none. */
export function selectPublishedAtMs(db: ReadableDb, versionId: string): number | null {
  return db.get<{ publishedAtMs: number }>(SELECT_PUBLISHED_AT, { versionId })?.publishedAtMs ?? null;
}

/** The versions in force of all programmes that run, the main one first. */
export function selectLiveProgrammes(db: ReadableDb, merchantId: string): StoredVersion[] {
  return versionsOf(db, merchantId, db.all<{ versionId: string | null }>(SELECT_LIVE, { merchantId }));
}

/** The versions that were in force at an instant, of the programmes that still run. */
export function selectProgrammesAt(db: ReadableDb, merchantId: string, atMs: number): StoredVersion[] {
  return versionsOf(db, merchantId, db.all<{ versionId: string | null }>(SELECT_LIVE_AT, { merchantId, atMs }));
}

function versionsOf(
  db: ReadableDb,
  merchantId: string,
  rows: readonly { readonly versionId: string | null }[],
): StoredVersion[] {
  return rows.flatMap(({ versionId }) => {
    if (versionId === null) return [];
    return KNOWN_VERSIONS.get(versionId) ?? selectProgrammeVersion(db, merchantId, versionId) ?? [];
  });
}

function versionOf(row: VersionRow): StoredVersion {
  const known = KNOWN_VERSIONS.get(row.id);
  if (known !== undefined) return known;
  const programme = programmeSchema.parse(JSON.parse(row.definition));
  const version = { versionId: row.id, programId: row.programId, version: row.version, programme };
  if (KNOWN_VERSIONS.size >= MOST_KNOWN) KNOWN_VERSIONS.clear();
  KNOWN_VERSIONS.set(row.id, version);
  return version;
}

export interface NewVersion {
  readonly id: string;
  readonly merchantId: string;
  readonly programId: string;
  readonly version: number;
  readonly programme: Programme;
  readonly atMs: number;
  readonly staffId: string;
}

/** Publishes a version, for ever (L8), and returns its row for the op. */
export function insertProgrammeVersion(db: WritableDb, given: NewVersion): JsonRow {
  const row = {
    id: given.id,
    merchantId: given.merchantId,
    programId: given.programId,
    version: given.version,
    definition: JSON.stringify(given.programme),
    publishedAtMs: given.atMs,
    publishedByStaffId: given.staffId,
  };
  db.runOne(INSERT_VERSION, row);
  return row;
}

export function insertProgramme(
  db: WritableDb,
  row: {
    readonly id: string;
    readonly merchantId: string;
    readonly name: string;
    readonly isMain: 0 | 1;
    readonly status: ProgrammeStatus;
    readonly createdAtMs: number;
  },
): JsonRow {
  db.runOne(INSERT_PROGRAMME, row);
  return { ...row };
}

/** Writes the programme that a new shop starts with and returns the rows for the op. */
export function insertDefaultProgramme(
  db: WritableDb,
  given: { newId: () => string; shop: ShopIdentity; staffId: string; name: string; atMs: number },
): { table: string; row: JsonRow }[] {
  const { shop, staffId, name, atMs } = given;
  const { merchantId } = shop;
  const programId = given.newId();
  const programme = defaultProgramme(shop.currency, name.slice(0, 80));
  const version = { id: given.newId(), merchantId, programId, version: 1, programme, atMs, staffId };
  const live = { id: programId, merchantId, name, isMain: 1, status: 'live', createdAtMs: atMs } as const;
  return [
    { table: 'loyalty_programs', row: insertProgramme(db, live) },
    { table: 'loyalty_program_versions', row: insertProgrammeVersion(db, version) },
  ];
}
