import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import type { Campaign } from '#shop/vouchers/campaign.ts';
import { voucherValueOf } from '#shop/vouchers/kinds/all-kinds.ts';
import { DEFAULT_PATTERN, isPattern, refusePattern } from '#shop/vouchers/voucher-code.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import {
  insertBatch,
  type ListedBatch,
  type PageOfCodes,
  selectBatch,
  selectBatches,
  selectIsMaking,
  setBatch,
  sumOfPattern,
} from './batches-store.ts';
import type { campaignIdSchema } from './campaign-drafts.ts';
import { selectCampaign, selectCampaignDraft } from './campaigns-store.ts';

export const startBatchSchema = z.strictObject({
  campaignId: idSchema,
  count: z.int().min(1).max(1_000_000),
  pattern: z
    .string()
    .max(40)
    .transform((text) => text.trim().toUpperCase())
    .refine(isPattern, { error: 'not a pattern' })
    .default(DEFAULT_PATTERN),
});

/**
 * Begins to make codes of a campaign; they are made page by page after this (make-codes.ts). Refuses 'not-found',
 * 'campaign-ended', 'campaign-without-codes' where one code serves everybody or none is needed, 'batch-running' while
 * others of this campaign are being made, and 'voucher-codes-too-few' {needed} where codes could be guessed.
 */
export function startBatch(
  scope: CommandScope,
  { campaignId, count, pattern }: z.output<typeof startBatchSchema>,
): Outcome<{ batchId: string }> {
  const { db, shop, moment, session } = scope;
  const { merchantId } = shop;
  const terms = termsOfCodes(scope, campaignId);
  if ('reason' in terms) return terms;
  if (selectIsMaking(db, merchantId, campaignId)) return refuse('batch-running');
  const tooFew = refusePattern(pattern, count + sumOfPattern(db, { merchantId, campaignId, pattern }));
  if (tooFew !== null) return tooFew;
  const row = { id: scope.newId(), merchantId, campaignId, kind: 'made' as const, pattern, wanted: count, made: 0 };
  const started = { createdByStaffId: session.staffId, createdAtMs: moment.atMs, endedAtMs: null };
  scope.fact('voucher_batches', insertBatch(db, { ...row, ...started, status: 'running' }));
  scope.changed({
    table: 'voucher_batches',
    recordId: row.id,
    before: null,
    after: { campaignId, pattern, wanted: count },
  });
  scope.touch('codes');
  return done({ batchId: row.id });
}

export const batchIdSchema = z.strictObject({ batchId: idSchema });

/** Makes no more codes of a batch; those that are made stay good. One that is done stays done. Refuses 'not-found'. */
export function cancelBatch(
  scope: CommandScope,
  { batchId }: z.output<typeof batchIdSchema>,
): Outcome<{ made: number; status: 'done' | 'cancelled' }> {
  const { db, shop, moment } = scope;
  const batch = selectBatch(db, shop.merchantId, batchId);
  if (batch === null) return refuse('not-found');
  const { made, wanted, status } = batch;
  if (status !== 'running') return done({ made, status });
  scope.fact('voucher_batches', setBatch(db, { batchId, wanted, made, status: 'cancelled', endedAtMs: moment.atMs }));
  scope.changed({
    table: 'voucher_batches',
    recordId: batchId,
    before: { status },
    after: { status: 'cancelled', made },
  });
  scope.touch('vouchers');
  return done({ made, status: 'cancelled' });
}

/** The batches of a campaign with how far each is, the newest first. Refuses 'not-found'. */
export function listBatches(
  { db, shop }: ReadScope,
  { campaignId }: z.output<typeof campaignIdSchema>,
): Outcome<{ batches: ListedBatch[]; defaultPattern: string }> {
  if (selectCampaign(db, shop.merchantId, campaignId) === null) return refuse('not-found');
  return done({ batches: selectBatches(db, shop.merchantId, campaignId), defaultPattern: DEFAULT_PATTERN });
}

/** What the codes of a campaign are, as its version in force or else its draft says. */
export type TermsOfCodes = Pick<PageOfCodes, 'type' | 'value' | 'usageLimit' | 'status'>;

/** Refuses where a campaign gets no codes of its own: 'not-found', 'campaign-ended', 'campaign-without-codes'. */
export function termsOfCodes({ db, shop }: Pick<ReadScope, 'db' | 'shop'>, campaignId: string): TermsOfCodes | Refusal {
  const row = selectCampaign(db, shop.merchantId, campaignId);
  if (row === null) return refuse('not-found');
  if (row.status === 'ended') return refuse('campaign-ended');
  const campaign: Campaign =
    row.version?.campaign ?? mustHave(selectCampaignDraft(db, shop.merchantId, campaignId), 'a draft').campaign;
  if (campaign.genericCode !== null || campaign.trigger === 'automatic') return refuse('campaign-without-codes');
  return {
    type: campaign.benefit.kind,
    value: voucherValueOf(campaign.benefit),
    usageLimit: campaign.limits.usesPerCode,
    status: row.version === null ? 'created' : 'published',
  };
}
