import { z } from 'zod';
import { type Programme, programmeSchema } from '#shop/points/programme.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { draftChangeShape, reviseDraft, type VersionInHistory } from '../terms-draft.ts';
import {
  deleteProgrammeDraft,
  type ProgrammeDraft,
  type ProgrammeRow,
  selectProgrammeDraft,
  selectProgrammes,
  selectVersions,
  setProgramme,
  storeProgrammeDraft,
} from './programme-drafts-store.ts';
import { insertProgramme, selectProgrammeVersion } from './programmes-store.ts';

export const programmeIdSchema = z.strictObject({ programId: z.uuid() });
export const versionIdSchema = z.strictObject({ versionId: z.uuid() });

export const saveDraftSchema = z.strictObject({
  /** Null begins a new programme. */
  programId: z.uuid().nullable(),
  programme: programmeSchema,
  ...draftChangeShape,
});

export const archiveSchema = z.strictObject({ programId: z.uuid(), isArchived: z.boolean() });

/** Every programme of the shop with its version in force and whether somebody is working on a draft. */
export function listProgrammes({ db, shop }: ReadScope): ProgrammeRow[] {
  return selectProgrammes(db, shop.merchantId);
}

/** A programme for its editor: what is in force, the draft, and its history. */
export interface ProgrammeDetail {
  readonly programId: string;
  readonly status: ProgrammeRow['status'];
  readonly isMain: boolean;
  readonly live: { readonly versionId: string; readonly version: number; readonly programme: Programme } | null;
  readonly draft: ProgrammeDraft | null;
  readonly versions: readonly VersionInHistory[];
}

/** Returns a programme with its draft and its versions; refuses 'not-found'. */
export function showProgrammeDetail(
  { db, shop }: ReadScope,
  { programId }: z.output<typeof programmeIdSchema>,
): Outcome<ProgrammeDetail> {
  const { merchantId } = shop;
  const row = rowOf(db, merchantId, programId);
  if (row === null) return refuse('not-found');
  const version = row.versionId === null ? null : selectProgrammeVersion(db, merchantId, row.versionId);
  return done({
    programId,
    status: row.status,
    isMain: row.isMain === 1,
    live:
      version === null
        ? null
        : { versionId: version.versionId, version: version.version, programme: version.programme },
    draft: selectProgrammeDraft(db, merchantId, programId),
    versions: selectVersions(db, merchantId, programId),
  });
}

/** Returns a version as it was published, for ever; refuses 'not-found'. */
export function showProgrammeVersion(
  { db, shop }: ReadScope,
  { versionId }: z.output<typeof versionIdSchema>,
): Outcome<{ version: number; programme: Programme }> {
  const found = selectProgrammeVersion(db, shop.merchantId, versionId);
  return found === null ? refuse('not-found') : done({ version: found.version, programme: found.programme });
}

export function rowOf(db: ReadScope['db'], merchantId: string, programId: string): ProgrammeRow | null {
  return selectProgrammes(db, merchantId).find((row) => row.programId === programId) ?? null;
}

/**
 * Keeps what a manager is working on; nothing is published by it. Refuses 'changed-elsewhere' where the draft is not the one
 * that was changed, and 'not-found'.
 */
export function saveProgrammeDraft(
  scope: CommandScope,
  input: z.output<typeof saveDraftSchema>,
): Outcome<{ programId: string; revision: number; basedOnVersion: number }> {
  const { db, shop, moment, session } = scope;
  const { merchantId } = shop;
  const row = input.programId === null ? null : rowOf(db, merchantId, input.programId);
  if (input.programId !== null && row === null) return refuse('not-found');
  const programId = row?.programId ?? beginProgramme(scope, input.programme.name);
  const before = selectProgrammeDraft(db, merchantId, programId);
  const marks = reviseDraft(before, input, { latest: row?.version ?? 0, atMs: moment.atMs });
  if ('reason' in marks) return marks;
  const draft = { programme: input.programme, ...marks };
  storeProgrammeDraft(db, { ...draft, programId, merchantId, staffId: session.staffId });
  scope.touch('programmes');
  const { revision, basedOnVersion } = marks;
  return done({ programId, revision, basedOnVersion });
}

function beginProgramme(scope: CommandScope, name: string): string {
  const { merchantId } = scope.shop;
  const id = scope.newId();
  const row = { id, merchantId, name, isMain: 0, status: 'draft', createdAtMs: scope.moment.atMs } as const;
  scope.fact('loyalty_programs', insertProgramme(scope.db, row));
  scope.changed({ table: 'loyalty_programs', recordId: id, before: null, after: { name, status: 'draft' } });
  return id;
}

/** Forgets a draft; a programme that was never published goes with it. Refuses 'not-found'. */
export function discardProgrammeDraft(
  scope: CommandScope,
  { programId }: z.output<typeof programmeIdSchema>,
): Outcome<null> {
  const { merchantId } = scope.shop;
  const row = rowOf(scope.db, merchantId, programId);
  if (row === null) return refuse('not-found');
  deleteProgrammeDraft(scope.db, merchantId, programId);
  if (row.version === null) changeProgramme(scope, row, { status: 'archived' });
  scope.touch('programmes');
  return done(null);
}

/**
 * Ends a programme, or lets it run again: an archived one gives no points, and what customers have of it stays.
 * Refuses 'main-programme' and 'not-found'.
 */
export function archiveProgramme(
  scope: CommandScope,
  { programId, isArchived }: z.output<typeof archiveSchema>,
): Outcome<null> {
  const row = rowOf(scope.db, scope.shop.merchantId, programId);
  if (row === null || row.version === null) return refuse('not-found');
  if (row.isMain === 1) return refuse('main-programme');
  changeProgramme(scope, row, { status: isArchived ? 'archived' : 'live' });
  for (const topic of ['points', 'programmes'] as const) scope.touch(topic);
  return done(null);
}

/** Changes the name or status of a programme's row, with its op and its audit row. */
export function changeProgramme(
  scope: CommandScope,
  { programId, name, status }: Pick<ProgrammeRow, 'programId' | 'name' | 'status'>,
  change: Partial<Pick<ProgrammeRow, 'name' | 'status'>>,
): void {
  const after = { name, status, ...change };
  if (after.name === name && after.status === status) return;
  const { merchantId } = scope.shop;
  setProgramme(scope.db, { programId, merchantId, ...after });
  scope.fact('loyalty_programs', { id: programId, merchantId, ...after });
  scope.changed({ table: 'loyalty_programs', recordId: programId, before: { name, status }, after });
}
