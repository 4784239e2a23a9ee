import { z } from 'zod';
import { mulDiv } from '#shop/money/money.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { soughtText } from '#shop/text/text-schema.ts';
import type { Campaign } from '#shop/vouchers/campaign.ts';
import { voucherValueOf } from '#shop/vouchers/kinds/all-kinds.ts';
import { type CampaignStanding, mostUses, standingOf } from '#shop/vouchers/standing.ts';
import { endOf, startOf } from '#shop/vouchers/validity.ts';
import { codeKeyOf } from '#shop/vouchers/voucher-code.ts';
import type { ReadScope } from '../context.ts';
import { selectStaffMember } from '../staff/staff-store.ts';
import type { VersionInHistory } from '../terms-draft.ts';
import type { campaignIdSchema } from './campaign-drafts.ts';
import {
  type CampaignDraft,
  selectCampaign,
  selectCampaignDraft,
  selectCampaignVersion,
  selectCampaignVersions,
} from './campaigns-store.ts';
import { type CampaignListRow, countClaims, countCodes, selectCampaigns } from './campaign-list-store.ts';
import { countNotGiven } from './not-given-store.ts';
import { type CampaignTotals, type FoundVoucher, selectCampaignTotals, selectVoucherByKey } from './vouchers-store.ts';

const TABS = ['all', 'live', 'scheduled', 'paused', 'ended', 'archived'] as const;
type Tab = (typeof TABS)[number];

export const listCampaignsSchema = z.strictObject({ tab: z.enum(TABS), query: soughtText({ max: 120 }) });

/** One row of the list of vouchers. Rates are in basis points, instants UTC ms. */
export interface ListedCampaign {
  readonly campaignId: string;
  readonly voucherId: string | null;
  readonly name: string;
  readonly code: string | null;
  readonly codeCount: number;
  readonly kind: Campaign['benefit']['kind'];
  readonly value: number;
  /** Of what is free for so many paid pieces: how many are paid; null for other kinds. */
  readonly paidUnits: number | null;
  readonly uses: number;
  readonly limit: number | null;
  readonly claims: number;
  readonly claimsUsedBasisPoints: number | null;
  readonly startsAtMs: number | null;
  readonly endsAtMs: number | null;
  readonly standing: CampaignStanding;
  readonly hasDraft: boolean;
}

/**
 * The campaigns of a tab, the newest first, with how each stands. What is looked for is a part of the name, or a whole code:
 * also one of a batch finds its campaign.
 */
export function listCampaigns(
  scope: ReadScope,
  { tab, query }: z.output<typeof listCampaignsSchema>,
): { rows: ListedCampaign[]; counts: Record<Tab, number> } {
  const { db, shop } = scope;
  const all = selectCampaigns(db, shop.merchantId).map((row) => sortedIn(scope, row));
  const counts = { all: 0, live: 0, scheduled: 0, paused: 0, ended: 0, archived: 0 };
  for (const { tabs } of all) for (const each of tabs) counts[each] += 1;
  const codeKey = codeKeyOf(query);
  const found = codeKey === null ? null : selectVoucherByKey(db, shop.merchantId, codeKey);
  const sought = query.toLocaleLowerCase();
  const rows = all.filter(
    ({ tabs, row, campaign }) =>
      tabs.includes(tab) &&
      (sought === '' || campaign.name.toLocaleLowerCase().includes(sought) || row.campaignId === found?.campaignId),
  );
  return { rows: rows.map((each) => listed(scope, each)), counts };
}

interface SortedCampaign {
  readonly row: CampaignListRow;
  readonly campaign: Campaign;
  readonly totals: CampaignTotals;
  readonly standing: CampaignStanding;
  readonly tabs: readonly Tab[];
}

function sortedIn({ db, shop, moment }: ReadScope, row: CampaignListRow): SortedCampaign {
  const { merchantId } = shop;
  const version = row.versionId === null ? null : selectCampaignVersion(db, merchantId, row.versionId);
  const campaign =
    version?.campaign ?? mustHave(selectCampaignDraft(db, merchantId, row.campaignId), 'what is listed').campaign;
  const totals = selectCampaignTotals(db, row.campaignId);
  const facts = { ...row, version, uses: { total: totals.uses }, spentMinor: totals.costMinor };
  const standing = standingOf(facts, moment.trustedAtMs, shop.timeZone);
  return { row, campaign, totals, standing, tabs: tabsOf(row, standing) };
}

function tabsOf({ isArchived }: CampaignListRow, standing: CampaignStanding): readonly Tab[] {
  if (isArchived === 1) return ['archived'];
  switch (standing) {
    case 'draft':
      return ['all'];
    case 'live':
    case 'automatic':
      return ['all', 'live'];
    case 'scheduled':
    case 'paused':
      return ['all', standing];
    case 'used-up':
    case 'ended':
      return ['all', 'ended'];
  }
}

function listed({ db, shop }: ReadScope, { row, campaign, totals, standing }: SortedCampaign): ListedCampaign {
  const { campaignId } = row;
  const { claims, used } = countClaims(db, campaignId);
  const { name, benefit, validity } = campaign;
  const voucher = genericOf(db, shop.merchantId, campaignId, campaign);
  return {
    campaignId,
    voucherId: voucher?.voucherId ?? null,
    name,
    code: campaign.genericCode,
    codeCount: countCodes(db, campaignId),
    kind: benefit.kind,
    value: voucherValueOf(benefit),
    paidUnits: benefit.kind === 'buy-take' ? benefit.buyUnits : null,
    uses: totals.uses,
    limit: mostUses(campaign),
    claims,
    claimsUsedBasisPoints: claims === 0 ? null : mulDiv(used, 10_000, claims, 'half-away-from-zero'),
    startsAtMs: startOf(validity, shop.timeZone),
    endsAtMs: row.endedAtMs ?? endOf(validity, shop.timeZone),
    standing,
    hasDraft: row.draftRevision !== null,
  };
}

/** The voucher with the code that everybody uses; a draft's code may still belong to another campaign. */
function genericOf(
  db: ReadScope['db'],
  merchantId: string,
  campaignId: string,
  { genericCode }: Campaign,
): FoundVoucher | null {
  const codeKey = genericCode === null ? null : codeKeyOf(genericCode);
  const voucher = codeKey === null ? null : selectVoucherByKey(db, merchantId, codeKey);
  return voucher?.campaignId === campaignId ? voucher : null;
}

/** A campaign for its page and its editor: what is in force, the draft, its code, its figures in all, and its history. */
export interface CampaignDetail {
  readonly campaignId: string;
  readonly status: CampaignListRow['status'];
  readonly isArchived: boolean;
  readonly standing: CampaignStanding;
  readonly pausedAtMs: number | null;
  readonly pausedByName: string | null;
  readonly endedAtMs: number | null;
  readonly startsAtMs: number | null;
  readonly endsAtMs: number | null;
  readonly live: { readonly versionId: string; readonly version: number; readonly campaign: Campaign } | null;
  readonly draft: CampaignDraft | null;
  readonly voucher: FoundVoucher | null;
  readonly codeCount: number;
  readonly uses: number;
  readonly redemptions: number;
  readonly costMinor: number;
  readonly claims: number;
  readonly claimsUsed: number;
  /** Customers whom its rule meant and who got nothing, by the reason. */
  readonly notGiven: readonly { readonly reason: string; readonly customers: number }[];
  readonly versions: readonly VersionInHistory[];
}

/** Returns a campaign with its draft and its versions; refuses 'not-found'. */
export function showCampaign(
  { db, shop, moment }: ReadScope,
  { campaignId }: z.output<typeof campaignIdSchema>,
): Outcome<CampaignDetail> {
  const { merchantId, timeZone } = shop;
  const row = selectCampaign(db, merchantId, campaignId);
  if (row === null) return refuse('not-found');
  const { version } = row;
  const draft = selectCampaignDraft(db, merchantId, campaignId);
  const shown = version?.campaign ?? draft?.campaign ?? null;
  const totals = selectCampaignTotals(db, campaignId);
  const { claims, used } = countClaims(db, campaignId);
  const facts = { ...row, uses: { total: totals.uses }, spentMinor: totals.costMinor };
  return done({
    campaignId,
    status: row.status,
    isArchived: row.isArchived === 1,
    standing: standingOf(facts, moment.trustedAtMs, timeZone),
    pausedAtMs: row.pausedAtMs,
    pausedByName:
      row.pausedByStaffId === null ? null : (selectStaffMember(db, merchantId, row.pausedByStaffId)?.name ?? null),
    endedAtMs: row.endedAtMs,
    startsAtMs: shown === null ? null : startOf(shown.validity, timeZone),
    endsAtMs: row.endedAtMs ?? (shown === null ? null : endOf(shown.validity, timeZone)),
    live:
      version === null ? null : { versionId: version.versionId, version: version.version, campaign: version.campaign },
    draft,
    voucher: shown === null ? null : genericOf(db, merchantId, campaignId, shown),
    codeCount: countCodes(db, campaignId),
    ...totals,
    claims,
    claimsUsed: used,
    notGiven: countNotGiven(db, campaignId),
    versions: selectCampaignVersions(db, merchantId, campaignId),
  });
}
