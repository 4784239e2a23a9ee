import type { z } from 'zod';
import type { Outstanding } from '#shop/points/outstanding.ts';
import type { PointValue } from '#shop/points/programme.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { ReadScope } from '../context.ts';
import { selectCustomerName } from '../till/names-store.ts';
import type { ProgrammeSums } from './liability-store.ts';
import { type programmeIdSchema, rowOf } from './programme-drafts.ts';
import { selectProgrammeVersion } from './programmes-store.ts';

/** What a programme owes its customers, with the sums that explain it. */
export interface ShownLiability {
  readonly asOfMs: number;
  readonly pointValue: PointValue;
  readonly warnDays: number;
  readonly sums: ProgrammeSums;
  readonly outstanding: Omit<Outstanding, 'ending'>;
  readonly ending: readonly {
    readonly customerId: string;
    readonly name: string | null;
    readonly points: number;
    readonly expiresAtMs: number;
  }[];
}

/** Counts what is outstanding now, off the till's thread; refuses 'not-found' for a programme without a version. */
export async function showLiability(
  { db, env, shop, moment }: ReadScope,
  { programId }: z.output<typeof programmeIdSchema>,
): Promise<Outcome<ShownLiability>> {
  const { merchantId, timeZone: zone } = shop;
  const versionId = rowOf(db, merchantId, programId)?.versionId ?? null;
  const version = versionId === null ? null : selectProgrammeVersion(db, merchantId, versionId);
  if (version === null) return refuse('not-found');
  const { warnDays, pointValue } = version.programme;
  const asOfMs = moment.trustedAtMs;
  const task = { merchantId, programId, programme: { warnDays, pointValue }, zone, asOfMs };
  const { sums, outstanding } = await env.heavy.countLiability(task);
  const { ending, ...rest } = outstanding;
  const named = ending.map((each) => ({ ...each, name: selectCustomerName(db, each.customerId) }));
  return done({ asOfMs, pointValue, warnDays, sums, outstanding: rest, ending: named });
}
