import { z } from 'zod';
import { type Comparison, compareArms } from '#shop/experiments/compare-arms.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { sumOf } from '#shop/money/money.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { startOfLocalDay } from '#shop/time/business-day.ts';
import { addDays } from '#shop/time/civil-date.ts';
import { civilDateSchema } from '#shop/time/date-schema.ts';
import { type FigureAlert, figureAlerts } from '#shop/vouchers/figure-alerts.ts';
import { type FunnelCounts, type FunnelRates, funnelRates } from '#shop/vouchers/funnel.ts';
import type { ReadScope } from '../context.ts';
import { type ArmCount, armsOf, COUNT_ARMS, selectExperiments } from '../experiments/experiments-store.ts';
import { selectCampaign } from './campaigns-store.ts';
import type { CountedFigures } from './count-figures.ts';
import type { RefusedCount } from './figures-store.ts';
import {
  COUNT_SHOP_FUNNEL,
  COUNT_SHOP_REFUSED,
  COUNT_SHOP_USES,
  COUNT_WALLETS,
  SELECT_TOP_CAMPAIGNS,
} from './shop-figures-store.ts';
import { selectVoucher } from './vouchers-store.ts';

export const campaignFiguresSchema = z.strictObject({
  campaignId: idSchema,
  /** One voucher of the campaign; null: all of it. */
  voucherId: idSchema.nullable().default(null),
  /** Civil dates of the shop, both included; null: from the first day on, until now. */
  fromDate: civilDateSchema.nullable().default(null),
  toDate: civilDateSchema.nullable().default(null),
});

/** A campaign's figures with the shares that follow, and its uplift where an experiment with a hold-out shows it. */
export interface CampaignFigures extends CountedFigures {
  readonly rates: FunnelRates;
  readonly uplift: { readonly experimentId: string; readonly name: string; readonly comparison: Comparison } | null;
}

/**
 * Counts what became of a voucher or a campaign (S0-44 and on), off the till's thread; nothing is kept of it. Refuses
 * 'not-found'.
 */
export async function showCampaignFigures(
  scope: ReadScope,
  { campaignId, voucherId, fromDate, toDate }: z.output<typeof campaignFiguresSchema>,
): Promise<Outcome<CampaignFigures>> {
  const { db, env, shop } = scope;
  const { merchantId, timeZone } = shop;
  if (selectCampaign(db, merchantId, campaignId) === null) return refuse('not-found');
  if (voucherId !== null && selectVoucher(db, merchantId, voucherId)?.campaignId !== campaignId) {
    return refuse('not-found');
  }
  const fromMs = fromDate === null ? 0 : startOfLocalDay(fromDate, timeZone);
  const toMs = toDate === null ? Number.MAX_SAFE_INTEGER : startOfLocalDay(addDays(toDate, 1), timeZone);
  const counted = await env.heavy.countFigures({ merchantId, campaignId, voucherId, fromMs, toMs });
  const uplift = voucherId === null ? await upliftOf(scope, campaignId) : null;
  return done({ ...counted, rates: funnelRates(counted.counts), uplift });
}

/** What the newest experiment tells that shows the campaign to some and nothing to others. */
async function upliftOf({ db, env, shop }: ReadScope, campaignId: string): Promise<CampaignFigures['uplift']> {
  const found = selectExperiments(db, shop.merchantId).find(
    ({ status, experiment: { variants } }) =>
      status !== 'draft' &&
      variants.some((variant) => variant.campaignId === campaignId) &&
      variants.some((variant) => variant.campaignId === null),
  );
  if (found === undefined) return null;
  const { experimentId, experiment } = found;
  const arms = armsOf(experiment, await env.heavy.all<ArmCount>(COUNT_ARMS, { experimentId }));
  const shown = arms.find((arm) => arm.campaignId === campaignId);
  const heldOut = arms.find((arm) => arm.campaignId === null);
  if (shown === undefined || heldOut === undefined) return null;
  return { experimentId, name: experiment.name, comparison: compareArms(shown, heldOut) };
}

export const shopFiguresSchema = z
  .strictObject({ fromDate: civilDateSchema, toDate: civilDateSchema })
  .refine(({ fromDate, toDate }) => fromDate <= toDate, { path: ['toDate'], error: 'ends before it starts' });

/** What all vouchers of the shop came to in a span of days. */
export interface ShopFigures {
  readonly counts: FunnelCounts;
  readonly rates: FunnelRates;
  readonly topCampaigns: readonly {
    readonly campaignId: string;
    readonly name: string;
    readonly uses: number;
    readonly costMinor: number;
  }[];
  readonly refused: readonly RefusedCount[];
  readonly alerts: readonly FigureAlert[];
  /** How many customers hold so many vouchers to use now, whatever the span (S0-64). */
  readonly walletSizes: readonly { readonly vouchers: number; readonly customers: number }[];
}

/** Counts the vouchers of the shop between two civil dates, both included, off the till's thread (AN4, AN8). */
export async function showShopFigures(
  { env, shop, moment }: ReadScope,
  { fromDate, toDate }: z.output<typeof shopFiguresSchema>,
): Promise<ShopFigures> {
  const { merchantId, timeZone } = shop;
  const days = { merchantId, fromDate, toDate };
  const fromMs = startOfLocalDay(fromDate, timeZone);
  const span = { merchantId, fromMs, toMs: startOfLocalDay(addDays(toDate, 1), timeZone) };
  const { heavy } = env;
  const [[funnel = NO_FUNNEL], [uses = NO_USES], topCampaigns, refused, walletSizes] = await Promise.all([
    heavy.all<Omit<FunnelCounts, keyof typeof NO_USES>>(COUNT_SHOP_FUNNEL, span),
    heavy.all<typeof NO_USES>(COUNT_SHOP_USES, days),
    heavy.all<ShopFigures['topCampaigns'][number]>(SELECT_TOP_CAMPAIGNS, days),
    heavy.all<RefusedCount>(COUNT_SHOP_REFUSED, span),
    heavy.all<ShopFigures['walletSizes'][number]>(COUNT_WALLETS, { merchantId, atMs: moment.trustedAtMs }),
  ]);
  const counts = { ...funnel, ...uses };
  const rates = funnelRates(counts);
  const alerts = figureAlerts({ counts, rates, refused: sumOf(refused.map(({ attempts }) => attempts)) });
  return { counts, rates, topCampaigns, refused, walletSizes, alerts };
}

const NO_FUNNEL = { impressions: 0, scans: 0, uniqueScanners: 0, claims: 0, claimsUsed: 0 };
const NO_USES = { redemptions: 0, customers: 0, repeatCustomers: 0 };
