import { z } from 'zod';
import { programmeSchema } from '#shop/points/programme.ts';
import type { WhatIfResult } from '#shop/points/what-if.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { rolesMay } from '#shop/staff/permissions.ts';
import { addDays } from '#shop/time/civil-date.ts';
import type { BackendEnv, ReadScope, RequestContext } from '../context.ts';
import { selectCustomerNames } from './what-if-store.ts';

export const whatIfSchema = z.strictObject({
  programId: z.uuid(),
  programme: programmeSchema,
  days: z.int().min(1).max(366).default(90),
  /** Which part of the points is expected to be used, and what is left of a sale after its direct cost. */
  redeemedBasisPoints: z.int().min(0).max(10_000),
  marginBasisPoints: z.int().min(1).max(10_000),
});

export const whatIfRunSchema = z.strictObject({ runId: z.uuid() });

/** How far a run is; `result` once it is done. */
export interface WhatIfState {
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly doneSales: number;
  readonly totalSales: number;
  readonly fromDate: string;
  readonly result: WhatIfResult | null;
}

interface Run {
  shown: WhatIfState;
  readonly clientId: string;
  readonly stop: AbortController;
}

const MOST_KEPT = 20;

/** The runs of each process, the newest last; they are gone with it. */
const RUNS = new WeakMap<BackendEnv, Map<string, Run>>();

function runsOf(env: BackendEnv): Map<string, Run> {
  const known = RUNS.get(env) ?? new Map<string, Run>();
  RUNS.set(env, known);
  return known;
}

/**
 * Starts to play the shop's past sales under a draft, off the till's thread, and returns at once. A client has one run: a
 * new one stops the last. Nothing is written.
 */
export function startWhatIf(
  { env, clientId, scope }: RequestContext & { readonly scope: ReadScope },
  input: z.output<typeof whatIfSchema>,
): Outcome<{ runId: string }> {
  const { programId, programme, redeemedBasisPoints, marginBasisPoints } = input;
  const runs = runsOf(env);
  for (const run of runs.values()) if (run.clientId === clientId) run.stop.abort();
  for (const old of [...runs.keys()].slice(0, -MOST_KEPT)) runs.delete(old);
  const fromDate = addDays(scope.moment.businessDate, 1 - input.days);
  const runId = env.newId();
  const stop = new AbortController();
  const run: Run = {
    shown: { state: 'running', doneSales: 0, totalSales: 0, fromDate, result: null },
    clientId,
    stop,
  };
  runs.set(runId, run);
  const { merchantId, timeZone: zone } = scope.shop;
  const assumptions = { redeemedBasisPoints, marginBasisPoints };
  const task = { merchantId, programId, programme, zone, fromDate, assumptions };
  const onProgress = (doneSales: number, totalSales: number): void => {
    run.shown = { ...run.shown, doneSales, totalSales };
  };
  env.heavy.replaySales(task, { onProgress, signal: stop.signal }).then(
    (result) => {
      run.shown = { ...run.shown, state: result === null ? 'stopped' : 'done', result };
    },
    (cause: unknown) => {
      run.shown = { ...run.shown, state: 'failed' };
      env.logError('what-if', cause);
    },
  );
  return done({ runId });
}

/**
 * Returns how far a run is, with the names of who would gain and lose for those who may see customers. Refuses 'not-found'
 * for one that is not known any more.
 */
export function showWhatIf(
  { db, env, shop, session }: ReadScope,
  { runId }: z.output<typeof whatIfRunSchema>,
): Outcome<ShownWhatIf> {
  const run = runsOf(env).get(runId);
  if (run === undefined) return refuse('not-found');
  const { result } = run.shown;
  const maySee = result !== null && rolesMay(session.roles, 'customers.read');
  const ids = maySee ? [...result.gained, ...result.lost].map(({ customerId }) => customerId) : [];
  return done({ ...run.shown, names: selectCustomerNames(db, shop.merchantId, ids) });
}

/** The names are read at each asking and kept nowhere. */
export interface ShownWhatIf extends WhatIfState {
  readonly names: Readonly<Record<string, string>>;
}

/** Ends a run; refuses 'not-found' for one that is not known any more. */
export function stopWhatIf(
  { env }: RequestContext,
  { runId }: z.output<typeof whatIfRunSchema>,
): Outcome<{ runId: string }> {
  const run = runsOf(env).get(runId);
  if (run === undefined) return refuse('not-found');
  run.stop.abort();
  return done({ runId });
}
