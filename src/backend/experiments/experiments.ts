import { z } from 'zod';
import { type Comparison, compareArms } from '#shop/experiments/compare-arms.ts';
import { type Experiment, experimentSchema } from '#shop/experiments/experiment.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { isGrant } from '#shop/vouchers/kinds/all-kinds.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { selectCampaign } from '../vouchers/campaigns-store.ts';
import {
  type ArmCount,
  armsOf,
  COUNT_ARMS,
  deleteExperiment,
  selectExperiment,
  selectExperiments,
  selectRunningExperiments,
  setExperimentState,
  type StoredExperiment,
  storeExperiment,
} from './experiments-store.ts';

export const experimentIdSchema = z.strictObject({ experimentId: idSchema });

/** The experiments of the shop, the newest first. */
export function listExperiments({ db, shop }: ReadScope): StoredExperiment[] {
  return selectExperiments(db, shop.merchantId);
}

/** An arm with what was counted of it; conversion in basis points, null where nobody was exposed. */
export interface ShownArm extends ArmCount {
  readonly name: string;
  readonly weight: number;
  readonly campaignId: string | null;
  readonly campaignName: string | null;
  /** Against the arm that the others are measured by; null for that arm itself. */
  readonly comparison: Comparison | null;
}

export interface ExperimentDetail extends StoredExperiment {
  readonly arms: readonly ShownArm[];
  /** The arm that the others are measured by: the one that is shown nothing, else the first. */
  readonly againstVariantId: string;
}

/** Returns an experiment with its arms as they stand now, counted off the till's thread; refuses 'not-found'. */
export async function showExperiment(
  { db, env, shop }: ReadScope,
  { experimentId }: z.output<typeof experimentIdSchema>,
): Promise<Outcome<ExperimentDetail>> {
  const found = selectExperiment(db, shop.merchantId, experimentId);
  if (found === null) return refuse('not-found');
  const counted = armsOf(found.experiment, await env.heavy.all<ArmCount>(COUNT_ARMS, { experimentId }));
  const [first] = counted;
  const against = counted.find(({ campaignId }) => campaignId === null) ?? first;
  if (against === undefined) return refuse('not-found');
  const arms = counted.map((arm) => ({
    ...arm,
    campaignName: arm.campaignId === null ? null : (selectCampaign(db, shop.merchantId, arm.campaignId)?.name ?? null),
    comparison: arm.variantId === against.variantId ? null : compareArms(arm, against),
  }));
  return done({ ...found, arms, againstVariantId: against.variantId });
}

export const saveExperimentSchema = z.strictObject({
  /** Null begins a new one. */
  experimentId: idSchema.nullable(),
  experiment: experimentSchema,
  /** The revision that the change was made on; 0 for a new one. */
  revision: z.int().min(0),
});

/**
 * Keeps the draft of an experiment; nobody is assigned by it. Refuses 'changed-elsewhere' where the draft is not the one that
 * was changed, 'experiment-running' and 'experiment-ended' for what does not change any more, and 'not-found'.
 */
export function saveExperiment(
  scope: CommandScope,
  { experimentId: givenId, experiment, revision }: z.output<typeof saveExperimentSchema>,
): Outcome<{ experimentId: string; revision: number }> {
  const { db, shop, session, moment } = scope;
  const before = givenId === null ? null : selectExperiment(db, shop.merchantId, givenId);
  if (givenId !== null && before === null) return refuse('not-found');
  const fixed = before === null ? null : refuseFixed(before);
  if (fixed !== null) return fixed;
  if ((before?.revision ?? 0) !== revision) return refuse('changed-elsewhere');
  const experimentId = before?.experimentId ?? scope.newId();
  const kept = {
    experimentId,
    merchantId: shop.merchantId,
    experiment,
    revision: revision + 1,
    staffId: session.staffId,
    createdAtMs: before?.createdAtMs ?? moment.atMs,
  };
  scope.fact('experiments', storeExperiment(db, kept));
  audit(scope, experimentId, before, { status: 'draft', definition: JSON.stringify(experiment) });
  return done({ experimentId, revision: kept.revision });
}

/** Forgets a draft. Refuses 'experiment-running', 'experiment-ended', and 'not-found'. */
export function discardExperiment(
  scope: CommandScope,
  { experimentId }: z.output<typeof experimentIdSchema>,
): Outcome<null> {
  const before = selectExperiment(scope.db, scope.shop.merchantId, experimentId);
  if (before === null) return refuse('not-found');
  const fixed = refuseFixed(before);
  if (fixed !== null) return fixed;
  deleteExperiment(scope.db, experimentId);
  scope.fact('experiments', { experimentId, status: 'discarded' });
  audit(scope, experimentId, before, null);
  return done(null);
}

export const startExperimentSchema = z.strictObject({ experimentId: idSchema, revision: z.int().min(1) });

/**
 * Starts an experiment: from now on customers are assigned, and its terms do not change. Refuses 'changed-elsewhere',
 * 'experiment-campaign-missing' {campaignId} where an arm's campaign is not published or has ended,
 * 'experiment-arms-alike' where they all show the same, 'experiment-campaign-tried' {campaignId} where another that runs shows it,
 * 'experiment-use-not-counted' {campaignId} where uses count and an arm gives outside of sales, 'experiment-running',
 * 'experiment-ended', and 'not-found'.
 */
export function startExperiment(
  scope: CommandScope,
  { experimentId, revision }: z.output<typeof startExperimentSchema>,
): Outcome<{ startedAtMs: number }> {
  const { db, shop, moment } = scope;
  const before = selectExperiment(db, shop.merchantId, experimentId);
  if (before === null) return refuse('not-found');
  const fixed = refuseFixed(before);
  if (fixed !== null) return fixed;
  if (before.revision !== revision) return refuse('changed-elsewhere');
  const missing = missingCampaignOf(scope, before.experiment);
  if (missing !== null) return refuse('experiment-campaign-missing', { campaignId: missing });
  if (new Set(before.experiment.variants.map(({ campaignId }) => campaignId)).size === 1)
    return refuse('experiment-arms-alike');
  const tried = triedCampaignOf(scope, before.experiment);
  if (tried !== null) return refuse('experiment-campaign-tried', { campaignId: tried });
  const uncounted = uncountedCampaignOf(scope, before.experiment);
  if (uncounted !== null) return refuse('experiment-use-not-counted', { campaignId: uncounted });
  const startedAtMs = moment.atMs;
  turn(scope, before, { status: 'running', startedAtMs, endedAtMs: null });
  return done({ startedAtMs });
}

/** The first campaign of an arm that nobody could use: never published, ended, or gone. */
function missingCampaignOf({ db, shop }: CommandScope, { variants }: Experiment): string | null {
  const isMissing = (campaignId: string) => {
    const campaign = selectCampaign(db, shop.merchantId, campaignId);
    return campaign === null || campaign.version === null || campaign.status === 'ended';
  };
  return variants.flatMap(({ campaignId }) => campaignId ?? []).find(isMissing) ?? null;
}

/** The first campaign that another experiment shows already: with two, who is in the arm of one is refused by the other. */
function triedCampaignOf({ db, shop }: CommandScope, { variants }: Experiment): string | null {
  const running = selectRunningExperiments(db, shop.merchantId).flatMap(({ experiment }) => experiment.variants);
  const isTried = (campaignId: string) => running.some((variant) => variant.campaignId === campaignId);
  return variants.flatMap(({ campaignId }) => campaignId ?? []).find(isTried) ?? null;
}

/** The first campaign whose uses no sale would count, where uses count: it gives credit or units, not a discount. */
function uncountedCampaignOf({ db, shop }: CommandScope, { variants, conversion }: Experiment): string | null {
  if (conversion === 'sale') return null;
  const isGiven = (campaignId: string) => {
    const version = selectCampaign(db, shop.merchantId, campaignId)?.version ?? null;
    return version !== null && isGrant(version.campaign.benefit);
  };
  return variants.flatMap(({ campaignId }) => campaignId ?? []).find(isGiven) ?? null;
}

/** Ends an experiment for ever; what was counted stays. To one that has ended already it changes nothing. Refuses 'not-found'. */
export function endExperiment(
  scope: CommandScope,
  { experimentId }: z.output<typeof experimentIdSchema>,
): Outcome<{ endedAtMs: number }> {
  const { db, shop, moment } = scope;
  const before = selectExperiment(db, shop.merchantId, experimentId);
  if (before === null || before.status === 'draft') return refuse('not-found');
  if (before.endedAtMs !== null) return done({ endedAtMs: before.endedAtMs });
  const endedAtMs = moment.atMs;
  turn(scope, before, { status: 'ended', startedAtMs: before.startedAtMs, endedAtMs });
  return done({ endedAtMs });
}

function refuseFixed({ status }: StoredExperiment): Refusal | null {
  if (status === 'draft') return null;
  return refuse(status === 'running' ? 'experiment-running' : 'experiment-ended');
}

function turn(
  scope: CommandScope,
  before: StoredExperiment,
  state: Pick<StoredExperiment, 'status' | 'startedAtMs' | 'endedAtMs'>,
): void {
  const { experimentId } = before;
  setExperimentState(scope.db, { experimentId, ...state });
  scope.fact('experiments', { experimentId, ...state });
  audit(scope, experimentId, before, { status: state.status });
  scope.touch('vouchers');
}

function audit(
  scope: CommandScope,
  recordId: string,
  before: StoredExperiment | null,
  after: { readonly status: string; readonly definition?: string } | null,
): void {
  const was = before === null ? null : { status: before.status, definition: JSON.stringify(before.experiment) };
  scope.changed({ table: 'experiments', recordId, before: was, after });
  scope.touch('experiments');
}
