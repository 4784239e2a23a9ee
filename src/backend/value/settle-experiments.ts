import { bucketOf, variantOf } from '#shop/experiments/assign-variant.ts';
import type { Experiment } from '#shop/experiments/experiment.ts';
import { businessDateOf } from '#shop/time/business-day.ts';
import { addDays } from '#shop/time/civil-date.ts';
import type { SystemScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import {
  deleteConversion,
  type Exposure,
  hasConverted,
  insertConversion,
  insertExposure,
  type RunningExperiment,
  selectConversionsOfSale,
  selectExposure,
  selectFirstSale,
  selectRunningExperiments,
} from '../experiments/experiments-store.ts';

/** A customer as an experiment sees them. */
interface Subject {
  readonly experimentId: string;
  readonly experiment: Experiment;
  readonly customerId: string;
  readonly exposure: Exposure;
  /** Null while the experiment runs. */
  readonly endedAtMs: number | null;
}

/**
 * Puts down that a customer is seen by every experiment that runs, where it is the first time (S2-29). The arm follows from
 * the two ids, and stays what it was. To be called where a customer is recognised: by a scan, and by a sale.
 */
export function exposeToExperiments(scope: SystemScope, customerId: string): void {
  for (const running of selectRunningExperiments(scope.db, scope.shop.merchantId)) expose(scope, running, customerId);
}

function expose(scope: SystemScope, { experimentId, experiment }: RunningExperiment, customerId: string): Subject {
  const { db, shop, moment } = scope;
  const known = selectExposure(db, experimentId, customerId);
  if (known !== null) return { experimentId, experiment, customerId, exposure: known, endedAtMs: null };
  const bucket = bucketOf(experimentId, customerId);
  const exposure = { variantId: variantOf(experiment.variants, bucket), exposedAtMs: moment.atMs };
  const row = { ...exposure, experimentId, customerId, merchantId: shop.merchantId, bucket };
  scope.fact('experiment_exposures', insertExposure(db, row));
  scope.touch('experiments');
  return { experimentId, experiment, customerId, exposure, endedAtMs: null };
}

/**
 * Settles what a completed sale means to the experiments that run: its customer has met them, and it may be the conversion
 * of theirs. To be called when the sale stands as completed and its redemptions are written. Nothing for nobody.
 */
export function settleExperiments(
  scope: SystemScope,
  { customerId }: { readonly saleId: string; readonly customerId: string | null },
): void {
  if (customerId === null) return;
  for (const running of selectRunningExperiments(scope.db, scope.shop.merchantId)) {
    const subject = expose(scope, running, customerId);
    if (!hasConverted(scope.db, subject.experimentId, customerId)) convert(scope, subject);
  }
}

/**
 * Takes back the conversions that a sale was, once it is cancelled or all of its money has come back; the next sale that
 * counts takes its place. To be called when the cancellation or the refund is written.
 */
export function takeBackConversions(scope: SystemScope, saleId: string): void {
  for (const subject of selectConversionsOfSale(scope.db, saleId)) {
    const { experimentId, customerId } = subject;
    const counting = firstSaleOf(scope, { ...subject, exposure: subject });
    if (counting?.saleId === saleId) continue;
    deleteConversion(scope.db, experimentId, customerId);
    if (counting === null) scope.fact('experiment_conversions', { experimentId, customerId, saleId: null });
    else convert(scope, { ...subject, exposure: subject });
    scope.touch('experiments');
  }
}

function convert(scope: SystemScope, subject: Subject): void {
  const { db, shop } = scope;
  const sale = firstSaleOf(scope, subject);
  if (sale === null) return;
  const { experimentId, customerId } = subject;
  const row = { experimentId, customerId, merchantId: shop.merchantId, saleId: sale.saleId, convertedAtMs: sale.atMs };
  scope.fact('experiment_conversions', insertConversion(db, row));
  scope.touch('experiments');
}

/**
 * The sale that is a customer's conversion: the first that stands, within the days of the experiment after the exposure, and
 * where uses are counted the arm's campaign was used in it. Where sales are counted it is one of a later business day, else
 * whoever is first seen by a sale would have converted by being seen.
 */
function firstSaleOf({ db, shop }: SystemScope, { experiment, customerId, exposure, endedAtMs }: Subject) {
  const exposedOn = businessDateOf(exposure.exposedAtMs, shop.timeZone, shop.dayStartsAtHour);
  const isOfUse = experiment.conversion === 'redemption';
  const arm = experiment.variants.find(({ variantId }) => variantId === exposure.variantId);
  return selectFirstSale(db, {
    merchantId: shop.merchantId,
    customerId,
    sinceMs: exposure.exposedAtMs,
    beforeMs: endedAtMs ?? Number.MAX_SAFE_INTEGER,
    fromDate: isOfUse ? exposedOn : addDays(exposedOn, 1),
    toDate: addDays(exposedOn, experiment.windowDays),
    campaignId: isOfUse ? (arm?.campaignId ?? null) : null,
  });
}

/**
 * Whether a campaign is a customer's in the experiments that run: 'own' where each of them that shows it shows it to them,
 * 'other' where one shows them something else; undefined for a campaign that no experiment shows.
 */
export function trialOf(
  { db, shop }: Pick<ReadScope, 'db' | 'shop'>,
  campaignId: string,
  customerId: string | null,
): 'own' | 'other' | undefined {
  const showing = selectRunningExperiments(db, shop.merchantId).filter(({ experiment }) =>
    experiment.variants.some((variant) => variant.campaignId === campaignId),
  );
  if (showing.length === 0) return undefined;
  if (customerId === null) return 'other';
  const isOwn = showing.every(({ experimentId, experiment }) => {
    const variantId =
      selectExposure(db, experimentId, customerId)?.variantId ??
      variantOf(experiment.variants, bucketOf(experimentId, customerId));
    return experiment.variants.some((variant) => variant.variantId === variantId && variant.campaignId === campaignId);
  });
  return isOwn ? 'own' : 'other';
}
