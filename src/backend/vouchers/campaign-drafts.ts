import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { MAX_AMOUNT_MINOR } from '#shop/money/money.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { lineText } from '#shop/text/text-schema.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import { type Campaign, campaignSchema } from '#shop/vouchers/campaign.ts';
import { CAMPAIGN_TEMPLATES, campaignFrom } from '#shop/vouchers/templates.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { draftChangeShape, reviseDraft } from '../terms-draft.ts';
import {
  type CampaignState,
  deleteCampaignDraft,
  insertCampaign,
  type StoredCampaign,
  selectCampaign,
  selectCampaignDraft,
  setCampaign,
  storeCampaignDraft,
} from './campaigns-store.ts';

export const campaignIdSchema = z.strictObject({ campaignId: idSchema });

export const templateSchema = z.strictObject({
  template: z.enum(CAMPAIGN_TEMPLATES),
  name: lineText({ max: 120 }),
  /** What a template takes off that takes off an amount, in minor units. */
  amountMinor: z.int().min(1).max(MAX_AMOUNT_MINOR),
});

/** Returns a campaign to begin from, with nothing written. */
export function campaignTemplate(
  { shop, moment }: ReadScope,
  { template, ...given }: z.output<typeof templateSchema>,
): Campaign {
  return campaignFrom(template, { ...given, today: localDateOf(moment.trustedAtMs, shop.timeZone) });
}

export const saveCampaignSchema = z.strictObject({
  /** Null begins a new campaign. */
  campaignId: idSchema.nullable(),
  campaign: campaignSchema,
  ...draftChangeShape,
});

/**
 * Keeps what a manager is working on; nothing is published by it. Refuses 'changed-elsewhere' where the draft is not the one
 * that was changed, 'campaign-ended', and 'not-found'.
 */
export function saveCampaignDraft(
  scope: CommandScope,
  input: z.output<typeof saveCampaignSchema>,
): Outcome<{ campaignId: string; revision: number; basedOnVersion: number }> {
  const { db, shop, moment, session } = scope;
  const { merchantId } = shop;
  const row = input.campaignId === null ? null : selectCampaign(db, merchantId, input.campaignId);
  if (input.campaignId !== null && row === null) return refuse('not-found');
  if (row?.status === 'ended') return refuse('campaign-ended');
  const campaignId = row?.campaignId ?? beginCampaign(scope, input.campaign.name);
  const before = selectCampaignDraft(db, merchantId, campaignId);
  const marks = reviseDraft(before, input, { latest: row?.version?.version ?? 0, atMs: moment.atMs });
  if ('reason' in marks) return marks;
  const draft = { campaign: input.campaign, ...marks };
  storeCampaignDraft(db, { ...draft, campaignId, merchantId, staffId: session.staffId });
  scope.touch('vouchers');
  const { revision, basedOnVersion } = marks;
  return done({ campaignId, revision, basedOnVersion });
}

function beginCampaign(scope: CommandScope, name: string): string {
  const { merchantId } = scope.shop;
  const id = scope.newId();
  const row = { id, merchantId, name, staffId: scope.session.staffId, createdAtMs: scope.moment.atMs };
  scope.fact('campaigns', insertCampaign(scope.db, row));
  scope.changed({ table: 'campaigns', recordId: id, before: null, after: { name, status: 'draft' } });
  return id;
}

/** Forgets a draft; a campaign that was never published is put away with it. Refuses 'not-found'. */
export function discardCampaignDraft(
  scope: CommandScope,
  { campaignId }: z.output<typeof campaignIdSchema>,
): Outcome<null> {
  const { merchantId } = scope.shop;
  const row = selectCampaign(scope.db, merchantId, campaignId);
  if (row === null) return refuse('not-found');
  deleteCampaignDraft(scope.db, merchantId, campaignId);
  if (row.version === null) changeCampaign(scope, row, { isArchived: 1 });
  scope.touch('vouchers');
  return done(null);
}

/** Changes what is decided of a campaign by hand, with its op and its audit row. */
export function changeCampaign(
  scope: CommandScope,
  { campaignId, version: _, ...before }: StoredCampaign,
  change: Partial<CampaignState>,
): void {
  const { merchantId } = scope.shop;
  const after = { ...before, ...change };
  setCampaign(scope.db, { campaignId, merchantId, ...after });
  scope.fact('campaigns', { id: campaignId, merchantId, ...after });
  scope.changed({ table: 'campaigns', recordId: campaignId, before: { ...before }, after });
  scope.touch('vouchers');
}
