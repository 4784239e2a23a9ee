import { z } from 'zod';
import { mulDiv } from '#shop/money/money.ts';
import type { Programme } from '#shop/points/programme.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import { changeProgramme, rowOf } from './programme-drafts.ts';
import { deleteProgrammeDraft, selectProgrammeDraft } from './programme-drafts-store.ts';
import { MOST_POINTS_PER_MINOR } from './programme.ts';
import { insertProgrammeVersion, selectProgrammeVersion } from './programmes-store.ts';

export const publishDraftSchema = z.strictObject({ programId: z.uuid(), revision: z.int().min(1) });

/**
 * Publishes a draft as the programme's next version; sales made before keep the version that they used (C-11). Refuses
 * 'changed-elsewhere' where the draft is not the one that was looked at, 'programme-published-meanwhile' {version} where it
 * was begun from an older version than the one in force, 'points-out-of-range', and 'not-found'.
 */
export function publishProgrammeDraft(
  scope: CommandScope,
  { programId, revision }: z.output<typeof publishDraftSchema>,
): Outcome<{ versionId: string; version: number }> {
  const { db, moment } = scope;
  const { merchantId } = scope.shop;
  const row = rowOf(db, merchantId, programId);
  const draft = selectProgrammeDraft(db, merchantId, programId);
  if (row === null || draft === null) return refuse('not-found');
  if (draft.revision !== revision) return refuse('changed-elsewhere');
  const latest = row.version ?? 0;
  if (draft.basedOnVersion !== latest) return refuse('programme-published-meanwhile', { version: latest });
  if (givesTooMuch(draft.programme)) return refuse('points-out-of-range', { limit: MOST_POINTS_PER_MINOR });
  const before = row.versionId === null ? null : selectProgrammeVersion(db, merchantId, row.versionId);
  const version = { id: scope.newId(), merchantId, programId, version: latest + 1, programme: draft.programme };
  const { staffId } = scope.session;
  scope.fact('loyalty_program_versions', insertProgrammeVersion(db, { ...version, atMs: moment.trustedAtMs, staffId }));
  scope.changed({
    table: 'loyalty_program_versions',
    recordId: version.id,
    before: before === null ? null : { version: latest, definition: JSON.stringify(before.programme) },
    after: { version: version.version, definition: JSON.stringify(draft.programme) },
  });
  deleteProgrammeDraft(db, merchantId, programId);
  changeProgramme(scope, row, { name: draft.programme.name, status: 'live' });
  for (const topic of ['points', 'settings', 'programmes'] as const) scope.touch(topic);
  return done({ versionId: version.id, version: version.version });
}

/** The points of the largest sale stay exact whole numbers. */
function givesTooMuch({ rules }: Programme): boolean {
  return rules.some(
    (rule) =>
      rule.kind === 'spend' &&
      mulDiv(rule.points, rule.multiplierBasisPoints, 10_000, 'floor') > rule.perMinor * MOST_POINTS_PER_MINOR,
  );
}
