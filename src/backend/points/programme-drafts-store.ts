import { type Programme, programmeSchema } from '#shop/points/programme.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';
import { type DraftMarks, type DraftRow, readDraft, type VersionInHistory } from '../terms-draft.ts';
import type { ProgrammeStatus } from './programmes-store.ts';

const SELECT_PROGRAMMES = sql`
  SELECT p.id AS programId, p.name, p.status, p.is_main AS isMain, v.id AS versionId, v.version,
    v.published_at_ms AS publishedAtMs, d.revision AS draftRevision, d.updated_at_ms AS draftAtMs
  FROM loyalty_programs p
  LEFT JOIN loyalty_program_versions v ON v.program_id = p.id AND v.version = (
    SELECT MAX(l.version)
    FROM loyalty_program_versions l
    WHERE l.program_id = p.id)
  LEFT JOIN loyalty_program_drafts d ON d.program_id = p.id
  WHERE p.merchant_id = :merchantId
    AND (p.status <> 'archived' OR v.id IS NOT NULL)
  ORDER BY p.is_main DESC, p.status DESC, p.created_at_ms, p.id`;

const SELECT_VERSIONS = sql`
  SELECT v.id AS versionId, v.version, v.published_at_ms AS publishedAtMs, s.name AS staffName
  FROM loyalty_program_versions v
  LEFT JOIN staff_members s ON s.id = v.published_by_staff_id
  WHERE v.program_id = :programId
    AND v.merchant_id = :merchantId
  ORDER BY v.version DESC
  LIMIT 200`;

const SELECT_DRAFT = sql`
  SELECT definition, based_on_version AS basedOnVersion, revision, updated_at_ms AS updatedAtMs
  FROM loyalty_program_drafts
  WHERE program_id = :programId
    AND merchant_id = :merchantId`;

const UPSERT_DRAFT = sql`
  INSERT INTO loyalty_program_drafts (
    program_id, merchant_id, definition, based_on_version, revision, staff_id, updated_at_ms)
  VALUES (:programId, :merchantId, :definition, :basedOnVersion, :revision, :staffId, :updatedAtMs)
  ON CONFLICT (program_id) DO UPDATE SET
    definition = excluded.definition,
    based_on_version = excluded.based_on_version,
    revision = excluded.revision,
    staff_id = excluded.staff_id,
    updated_at_ms = excluded.updated_at_ms`;

const DELETE_DRAFT = sql`
  DELETE FROM loyalty_program_drafts
  WHERE program_id = :programId
    AND merchant_id = :merchantId`;

const SET_PROGRAMME = sql`
  UPDATE loyalty_programs
  SET name = :name, status = :status
  WHERE id = :programId
    AND merchant_id = :merchantId`;

/** A programme as a list shows it. A version and a draft may both be there, or only one of them. */
export interface ProgrammeRow {
  readonly programId: string;
  readonly name: string;
  readonly status: ProgrammeStatus;
  readonly isMain: 0 | 1;
  readonly versionId: string | null;
  readonly version: number | null;
  readonly publishedAtMs: number | null;
  readonly draftRevision: number | null;
  readonly draftAtMs: number | null;
}

/** Every programme of the shop, the main one first; drafts that were given up are left out. */
export function selectProgrammes(db: ReadableDb, merchantId: string): ProgrammeRow[] {
  return db.all<ProgrammeRow>(SELECT_PROGRAMMES, { merchantId });
}

/** The published versions of a programme, the newest first: the last 200. */
export function selectVersions(db: ReadableDb, merchantId: string, programId: string): VersionInHistory[] {
  return db.all<VersionInHistory>(SELECT_VERSIONS, { merchantId, programId });
}

/** What a manager is working on. */
export interface ProgrammeDraft extends DraftMarks {
  readonly programme: Programme;
}

export function selectProgrammeDraft(db: ReadableDb, merchantId: string, programId: string): ProgrammeDraft | null {
  const draft = readDraft(db.get<DraftRow>(SELECT_DRAFT, { merchantId, programId }), programmeSchema);
  return draft === null ? null : { ...draft.marks, programme: draft.terms };
}

export function storeProgrammeDraft(
  db: WritableDb,
  draft: ProgrammeDraft & { readonly programId: string; readonly merchantId: string; readonly staffId: string },
): void {
  const { programme, ...row } = draft;
  db.runOne(UPSERT_DRAFT, { ...row, definition: JSON.stringify(programme) });
}

export function deleteProgrammeDraft(db: WritableDb, merchantId: string, programId: string): void {
  db.run(DELETE_DRAFT, { merchantId, programId });
}

export function setProgramme(
  db: WritableDb,
  row: {
    readonly programId: string;
    readonly merchantId: string;
    readonly name: string;
    readonly status: ProgrammeStatus;
  },
): void {
  db.runOne(SET_PROGRAMME, row);
}
