import { mustHave } from '#shop/must.ts';
import { refuse } from '#shop/refusal.ts';
import type { PricedSale, SaleDraft, SaleLineDraft } from '#shop/till/sale.ts';
import type { VoucherDraft } from '#shop/till/value-on-sale.ts';
import type { CampaignFacts, Situation } from '#shop/vouchers/voucher-facts.ts';
import {
  type AskedVoucher,
  type OffersOnSale,
  outcomesOnSale,
  type RefusedVoucher,
  vouchersOnSale,
} from '#shop/vouchers/on-sale.ts';
import { type CampaignAtSale, selectCampaignsAtSale } from '../vouchers/sale-campaigns-store.ts';
import type { KeptRedemption } from './kept-value.ts';
import { type Leaving, NOTHING_LEAVES } from './leaving.ts';
import { type FactsScope, readCampaignFacts, readCustomer, readVoucher } from './voucher-facts.ts';

/** What a draft says of whom and what vouchers are for. */
export type AskingSale = Pick<SaleDraft, 'saleId' | 'customerId' | 'lines' | 'vouchers'>;

/** What goods that come back in the same ticket take away, and what is asked for besides the draft's vouchers. */
interface AskedBesides {
  readonly leaving?: Leaving;
  readonly more?: readonly VoucherDraft[];
}

/** What vouchers and promotions offer a sale, with the terms that each stands for. */
export interface SaleVouchers {
  readonly onSale: OffersOnSale;
  readonly campaigns: ReadonlyMap<string, CampaignFacts>;
  readonly codes: ReadonlyMap<string, string>;
  /** The campaigns that do something at every sale by themselves. */
  readonly atSale: readonly CampaignAtSale[];
}

/** What became of them: what is to be redeemed, and which vouchers stay with their customer and why. */
export interface SaleVoucherOutcome {
  readonly redemptions: readonly KeptRedemption[];
  readonly refused: readonly RefusedVoucher[];
}

const NOTHING: SaleVouchers = {
  onSale: { offers: [], given: [], refused: [] },
  campaigns: new Map(),
  codes: new Map(),
  atSale: [],
};

/**
 * Reads what vouchers and automatic promotions offer a sale, by trusted time: preview and commit both. A sale without
 * vouchers in a shop without promotions reads one index entry.
 */
export function readSaleVouchers(
  scope: FactsScope,
  sale: AskingSale,
  { leaving = NOTHING_LEAVES, more = [] }: AskedBesides = {},
): SaleVouchers {
  const { db, shop } = scope;
  const asked = [...(sale.vouchers ?? []), ...more];
  const atSale = selectCampaignsAtSale(db, shop.merchantId);
  const promotions = atSale.filter((campaign) => campaign.atSale === 'promotion');
  if (asked.length + promotions.length === 0) return { ...NOTHING, atSale };
  const { saleId, customerId } = sale;
  const customer = customerId === null ? null : readCustomer(scope, customerId);
  const known: AskedVoucher[] = [];
  const unknown: RefusedVoucher[] = [];
  const campaigns = new Map<string, CampaignFacts>();
  const codes = new Map<string, string>();
  const situations: Situation[] = [];
  for (const { voucherId, choice } of asked) {
    const read = readVoucher(scope, { voucherId }, { customerId, saleId }, customer);
    if (read === null) {
      unknown.push({ voucherId, refusal: refuse('voucher-unknown') });
      continue;
    }
    const { voucher, facts, situation } = read;
    if (leaving.voucherIds.has(voucherId)) {
      unknown.push({ voucherId, refusal: refuse('voucher-revoked', { atMs: scope.moment.trustedAtMs }) });
      continue;
    }
    const standing = leaving.claimedIds.has(voucherId) ? { ...voucher, claim: null } : voucher;
    known.push({ voucher: standing, campaign: facts, choiceLineId: chosenLine(sale.lines, choice) });
    campaigns.set(facts.campaignId, facts);
    codes.set(voucherId, voucher.code);
    situations.push(situation);
  }
  const automatic = promotions.map(({ campaignId }) => readCampaignFacts(scope, campaignId, { customerId, saleId }));
  for (const facts of automatic) campaigns.set(facts.campaignId, facts);
  const { zone, shopId, staffId } = { zone: shop.timeZone, shopId: shop.shopId, staffId: scope.session.staffId };
  const atMs = scope.moment.trustedAtMs;
  const situation = situations[0] ?? { atMs, zone, shopId, staffId, customer, saleId };
  const onSale = vouchersOnSale(known, automatic, situation);
  return { onSale: { ...onSale, refused: [...unknown, ...onSale.refused] }, campaigns, codes, atSale };
}

/** The choice names a line, or a product that stands on one; a choice that stands nowhere covers nothing. */
function chosenLine(lines: readonly SaleLineDraft[], choice: string | null): string | null {
  if (choice === null) return null;
  const line = lines.find(({ lineId }) => lineId === choice) ?? lines.find(({ productId }) => productId === choice);
  return line?.lineId ?? choice;
}

/** Says what became of the offers in a sale that was priced with them. */
export function outcomeOf(
  { onSale, campaigns, codes }: SaleVouchers,
  priced: Pick<PricedSale, 'offers' | 'skippedOffers'>,
): SaleVoucherOutcome {
  const { applied, refused } = outcomesOnSale(onSale, priced);
  const redemptions = applied.map(({ voucherId, campaignId, offerId, amountMinor, uses }): KeptRedemption => {
    const { version } = mustHave(campaigns.get(campaignId) ?? null, 'the campaign of an offer');
    const { versionId, campaign } = mustHave(version, 'the version of a campaign that runs');
    const { name, benefit } = campaign;
    const code = voucherId === null ? name : mustHave(codes.get(voucherId) ?? null, 'the code of a voucher');
    return { voucherId, campaignId, versionId, offerId, kind: benefit.kind, code, name, amountMinor, uses };
  });
  return { redemptions, refused };
}
