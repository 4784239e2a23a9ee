import type { z } from 'zod';
import { type basicProgrammeSchema, basicRuleOf, defaultProgramme, programmeOf } from '#shop/points/programme.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { insertProgramme, insertProgrammeVersion, selectCurrentProgramme } from './programmes-store.ts';

/** The basic programme in force, as its form shows it. */
export interface ShownProgramme {
  readonly versionId: string;
  readonly version: number;
  readonly name: string;
  readonly pointsPerUnit: { readonly points: number; readonly perMinor: number };
  readonly minimumSpendMinor: number;
  readonly expiryMonths: number | null;
}

/** Returns the programme in force; refuses 'no-programme'. */
export function showProgramme({ db, shop }: ReadScope): Outcome<ShownProgramme> {
  const current = selectCurrentProgramme(db, shop.merchantId);
  if (current === null) return refuse('no-programme');
  const { versionId, version, programme } = current;
  return done({
    versionId,
    version,
    name: programme.name,
    pointsPerUnit: basicRuleOf(programme) ?? { points: 0, perMinor: 1 },
    minimumSpendMinor: programme.minimumSpendMinor,
    expiryMonths: programme.expiryMonths,
  });
}

/** No programme gives more than this for each minor unit: the points of the largest sale stay exact whole numbers. */
export const MOST_POINTS_PER_MINOR = 1;

/**
 * Publishes the next version of the programme. Sales made before keep the version that they used (C-11).
 * Refuses 'points-out-of-range' for more than one point per minor unit.
 */
export function publishProgramme(
  scope: CommandScope,
  input: z.output<typeof basicProgrammeSchema>,
): Outcome<{ versionId: string; version: number }> {
  const { db, shop, moment } = scope;
  const { merchantId } = shop;
  if (input.points > input.perMinor * MOST_POINTS_PER_MINOR)
    return refuse('points-out-of-range', { limit: MOST_POINTS_PER_MINOR });
  const current = selectCurrentProgramme(db, merchantId);
  const programId = current?.programId ?? scope.newId();
  if (current === null) {
    scope.fact(
      'loyalty_programs',
      insertProgramme(db, {
        id: programId,
        merchantId,
        name: input.name,
        isMain: 1,
        status: 'live',
        createdAtMs: moment.atMs,
      }),
    );
  }
  const version = (current?.version ?? 0) + 1;
  const id = scope.newId();
  const programme = programmeOf(input, current?.programme ?? defaultProgramme(shop.currency, input.name));
  const row = {
    id,
    merchantId,
    programId,
    version,
    programme,
    atMs: moment.trustedAtMs,
    staffId: scope.session.staffId,
  };
  scope.fact('loyalty_program_versions', insertProgrammeVersion(db, row));
  scope.changed({
    table: 'loyalty_program_versions',
    recordId: id,
    before: current === null ? null : { version: current.version, definition: JSON.stringify(current.programme) },
    after: { version, definition: JSON.stringify(programme) },
  });
  for (const topic of ['points', 'settings'] as const) scope.touch(topic);
  return done({ versionId: id, version });
}
