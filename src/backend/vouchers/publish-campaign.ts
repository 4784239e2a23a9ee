import { z } from 'zod';
import { barcodeSpellings } from '#shop/catalogue/product.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import type { Campaign } from '#shop/vouchers/campaign.ts';
import { voucherValueOf } from '#shop/vouchers/kinds/all-kinds.ts';
import { statusUnderLimit } from '#shop/vouchers/life-cycle.ts';
import { standingOf } from '#shop/vouchers/standing.ts';
import { codeKeyOf } from '#shop/vouchers/voucher-code.ts';
import { selectBarcodeOwner, selectProductIdBySku } from '../catalogue/products-store.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectGiftCard } from '../credit/credit-accounts-store.ts';
import { selectHeld } from '../value/holds-store.ts';
import { changeCampaign } from './campaign-drafts.ts';
import {
  deleteCampaignDraft,
  insertCampaignVersion,
  selectCampaign,
  selectCampaignDraft,
  type StoredCampaign,
} from './campaigns-store.ts';
import {
  insertVoucher,
  selectCampaignTotals,
  selectVoucher,
  selectVoucherByKey,
  setUsageLimit,
} from './vouchers-store.ts';

export const publishCampaignSchema = z.strictObject({ campaignId: idSchema, revision: z.int().min(1) });

/**
 * Publishes a draft as the campaign's next version; what was redeemed before keeps the version that it used. A campaign
 * with one code for everybody gets that code. Refuses 'changed-elsewhere' where the draft is not the one that was looked
 * at, 'campaign-published-meanwhile' {version} where it was begun from an older version than the one in force,
 * 'voucher-code-taken' {code} where another campaign, a gift card or an item has its code, 'campaign-ended', and 'not-found'.
 */
export function publishCampaignDraft(
  scope: CommandScope,
  { campaignId, revision }: z.output<typeof publishCampaignSchema>,
): Outcome<{ versionId: string; version: number }> {
  const { db, moment } = scope;
  const { merchantId } = scope.shop;
  const row = selectCampaign(db, merchantId, campaignId);
  const draft = selectCampaignDraft(db, merchantId, campaignId);
  if (row === null) return refuse('not-found');
  if (row.status === 'ended') return refuse('campaign-ended');
  // Gone with the version that somebody else published.
  if (draft === null || draft.revision !== revision) return refuse('changed-elsewhere');
  const latest = row.version?.version ?? 0;
  if (draft.basedOnVersion !== latest) return refuse('campaign-published-meanwhile', { version: latest });
  const taken = putGenericCode(scope, campaignId, draft.campaign);
  if (taken !== null) return taken;
  const version = { id: scope.newId(), merchantId, campaignId, version: latest + 1, campaign: draft.campaign };
  const published = { publishedAtMs: moment.trustedAtMs, publishedByStaffId: scope.session.staffId };
  scope.fact('campaign_versions', insertCampaignVersion(db, { ...version, ...published }));
  scope.changed({
    table: 'campaign_versions',
    recordId: version.id,
    before: row.version === null ? null : { version: latest, definition: JSON.stringify(row.version.campaign) },
    after: { version: version.version, definition: JSON.stringify(draft.campaign) },
  });
  deleteCampaignDraft(db, merchantId, campaignId);
  const status = row.status === 'draft' ? 'live' : row.status;
  changeCampaign(scope, row, { name: draft.campaign.name, status, isArchived: 0 });
  return done({ versionId: version.id, version: version.version });
}

/** A code once published stays good: one that a later version replaces is still the campaign's, with the limit it had. */
function putGenericCode(scope: CommandScope, campaignId: string, campaign: Campaign): Refusal | null {
  const { db, shop, session, moment } = scope;
  const { genericCode: code, benefit, limits } = campaign;
  if (code === null) return null;
  const codeKey = mustHave(codeKeyOf(code), 'the key of a code that its schema took');
  const known = selectVoucherByKey(db, shop.merchantId, codeKey);
  if (known !== null && known.campaignId !== campaignId) return refuse('voucher-code-taken', { code });
  if (known !== null) {
    limitGenericCode(scope, known.voucherId, limits.usesPerCode);
    return null;
  }
  if (selectGiftCard(db, shop.merchantId, codeKey) !== null) return refuse('voucher-code-taken', { code });
  if (isOfProduct(scope, code)) return refuse('voucher-code-taken', { code });
  const row = {
    id: scope.newId(),
    merchantId: shop.merchantId,
    campaignId,
    code,
    codeKey,
    type: benefit.kind,
    value: voucherValueOf(benefit),
    usageLimit: limits.usesPerCode,
    holderCustomerId: null,
    expiresAtMs: null,
    createdByStaffId: session.staffId,
    issuedByStaffId: null,
    createdAtMs: moment.atMs,
  };
  scope.fact('vouchers', insertVoucher(db, row));
  scope.changed({ table: 'vouchers', recordId: row.id, before: null, after: { code, campaignId } });
  return null;
}

/** Whether what is scanned as this code is an item: its number or barcode, which are asked first. */
function isOfProduct({ db, shop }: CommandScope, code: string): boolean {
  const skus = new Set([code, code.toUpperCase()]);
  const hasSku = [...skus].some((sku) => selectProductIdBySku(db, shop.merchantId, sku) !== null);
  return hasSku || selectBarcodeOwner(db, shop.merchantId, barcodeSpellings(code)) !== null;
}

/**
 * A code for everybody can be used as often as the newest version says: never less than it was used, with what payments
 * that wait have set aside. Whoever claimed its one use has it no longer alone when there are more.
 */
function limitGenericCode(scope: CommandScope, voucherId: string, wanted: number | null): void {
  const { db, shop, moment } = scope;
  const stored = mustHave(selectVoucher(db, shop.merchantId, voucherId), 'the voucher of a code that was published');
  const { usageCount, usageLimit: before } = stored;
  const held = selectHeld(db, { subjectKind: 'voucher', subjectId: voucherId, saleId: null, atMs: moment.trustedAtMs });
  const usageLimit = wanted === null ? null : Math.max(wanted, usageCount + held.uses);
  if (usageLimit === before) return;
  const status = statusUnderLimit(stored.status, usageCount, usageLimit);
  const holderCustomerId = usageLimit === 1 ? stored.holderCustomerId : null;
  setUsageLimit(db, { voucherId, usageLimit, status, holderCustomerId });
  scope.fact('vouchers', { id: voucherId, usageLimit, status, holderCustomerId });
  scope.changed({ table: 'vouchers', recordId: voucherId, before: { usageLimit: before }, after: { usageLimit } });
}

export const campaignStatusSchema = z.strictObject({
  campaignId: idSchema,
  to: z.enum(['live', 'paused', 'ended', 'archived', 'restored']),
});

/**
 * Pauses a campaign, lets it run on, ends it for ever, or puts it away and takes it out again; to what it is already
 * changes nothing. Refuses 'voucher-draft' for one that was never published, 'campaign-ended', 'campaign-running' where
 * what is put away still runs, and 'not-found'.
 */
export function setCampaignStatus(
  scope: CommandScope,
  { campaignId, to }: z.output<typeof campaignStatusSchema>,
): Outcome<{ status: StoredCampaign['status']; isArchived: boolean }> {
  const { db, shop } = scope;
  const row = selectCampaign(db, shop.merchantId, campaignId);
  if (row === null) return refuse('not-found');
  const change = to === 'archived' || to === 'restored' ? putAway(scope, row, to) : turn(scope, row, to);
  if ('reason' in change) return change;
  if (Object.entries(change).some(([key, value]) => row[key as keyof StoredCampaign] !== value)) {
    changeCampaign(scope, row, change);
  }
  const after = { ...row, ...change };
  return done({ status: after.status, isArchived: after.isArchived === 1 });
}

function turn({ moment, session }: CommandScope, row: StoredCampaign, to: 'live' | 'paused' | 'ended') {
  if (row.status === 'draft') return refuse('voucher-draft');
  if (row.status === to) return {};
  if (row.status === 'ended') return refuse('campaign-ended');
  const isPaused = to === 'paused';
  return {
    status: to,
    pausedAtMs: isPaused ? moment.trustedAtMs : null,
    pausedByStaffId: isPaused ? session.staffId : null,
    endedAtMs: to === 'ended' ? moment.trustedAtMs : null,
  };
}

/** What is over by its dates is ended by being put away. */
function putAway(scope: CommandScope, row: StoredCampaign, to: 'archived' | 'restored') {
  if (to === 'restored') return { isArchived: 0 as const };
  if (row.status === 'draft' || row.status === 'ended') return { isArchived: 1 as const };
  const { db, shop, moment } = scope;
  const totals = selectCampaignTotals(db, row.campaignId);
  const facts = { ...row, uses: { total: totals.uses }, spentMinor: totals.costMinor };
  if (standingOf(facts, moment.trustedAtMs, shop.timeZone) !== 'ended') return refuse('campaign-running');
  return { ...turn(scope, row, 'ended'), isArchived: 1 as const };
}
