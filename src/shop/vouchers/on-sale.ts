import type { AppliedOffer, LineShare, Offer, SkippedOffer } from '../offers/offer.ts';
import { mustHave } from '../must.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { namesOf } from './audience.ts';
import { decidePromotion, decideVoucher, type Usable } from './decide-voucher.ts';
import { effectOf, usesTaken } from './kinds/all-kinds.ts';
import { namesOfConditions, saleConditionsOf } from './refuse-conditions.ts';
import type { CampaignFacts, Situation, VoucherFacts } from './voucher-facts.ts';

/** A voucher that a sale asks for. choiceLineId: the only line that it may cover; null for every eligible one. */
export interface AskedVoucher {
  readonly voucher: VoucherFacts;
  readonly campaign: CampaignFacts;
  readonly choiceLineId: string | null;
}

/** An offer with what gave it. voucherId is null for a promotion. */
interface GivenOffer {
  readonly offer: Offer;
  readonly voucherId: string | null;
  readonly campaignId: string;
  readonly usable: Usable;
  readonly facts: CampaignFacts;
}

/** What vouchers and promotions offer a sale: hand `offers` to pricing, and its answer to outcomesOnSale. */
export interface OffersOnSale {
  readonly offers: readonly Offer[];
  readonly given: readonly GivenOffer[];
  readonly refused: readonly RefusedVoucher[];
}

/** A voucher that was asked for and stays with its customer. */
export interface RefusedVoucher {
  readonly voucherId: string;
  readonly refusal: Refusal;
}

/** What is to be redeemed with the sale. amountMinor is the sum of the shares: what it cost. */
export interface AppliedVoucher {
  readonly voucherId: string | null;
  readonly campaignId: string;
  readonly offerId: string;
  readonly amountMinor: number;
  readonly shares: readonly LineShare[];
  readonly uses: number;
}

/**
 * Returns what the vouchers asked for and the automatic promotions offer a sale. Of one campaign with limits or a budget
 * one voucher at most is offered, so that together they cannot exceed them; the others are refused as 'group-taken'. The
 * order of asking changes nothing: vouchers are taken by their code.
 */
export function vouchersOnSale(
  asked: readonly AskedVoucher[],
  promotions: readonly CampaignFacts[],
  situation: Situation,
): OffersOnSale {
  const given: GivenOffer[] = [];
  const refused: RefusedVoucher[] = [];
  const known = new Set<string>();
  for (const each of [...asked].sort(byCode)) {
    const { voucherId } = each.voucher;
    if (known.has(voucherId)) continue;
    known.add(voucherId);
    const answer = offerOf(each, situation, given);
    if ('reason' in answer) refused.push({ voucherId, refusal: answer });
    else given.push(answer);
  }
  for (const facts of promotions) {
    const usable = decidePromotion(facts, situation);
    if (usable.kind === 'usable') given.push(promotionOf(facts, usable, situation));
  }
  return { offers: given.map(({ offer }) => offer), given, refused };
}

/**
 * Says what became of the offers in a priced sale: what is to be redeemed, and why the other vouchers are not used now.
 * Pricing applies no offer that takes nothing off, so nothing is redeemed for nothing.
 */
export function outcomesOnSale(
  onSale: OffersOnSale,
  priced: { readonly offers: readonly AppliedOffer[]; readonly skippedOffers: readonly SkippedOffer[] },
): { readonly applied: readonly AppliedVoucher[]; readonly refused: readonly RefusedVoucher[] } {
  const applied: AppliedVoucher[] = [];
  const refused: RefusedVoucher[] = [...onSale.refused];
  for (const { offer, voucherId, campaignId, usable, facts } of onSale.given) {
    const { offerId } = offer;
    const took = priced.offers.find((each) => each.offerId === offerId);
    if (took !== undefined) {
      const { amountMinor, shares, freeUnits = 0 } = took;
      const uses = usesTaken(usable.campaign.benefit, { freeUnits });
      applied.push({ voucherId, campaignId, offerId, amountMinor, shares, uses });
    } else if (voucherId !== null) {
      const skipped = priced.skippedOffers.find((each) => each.offerId === offerId);
      refused.push({ voucherId, refusal: refusalOf(skipped ?? { offerId, reason: 'nothing-left', facts: {} }, facts) });
    }
  }
  return { applied, refused };
}

function byCode(a: AskedVoucher, b: AskedVoucher): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function keyOf({ voucher }: AskedVoucher): string {
  return `${voucher.code}\n${voucher.voucherId}`;
}

function offerOf(asked: AskedVoucher, situation: Situation, given: readonly GivenOffer[]): GivenOffer | Refusal {
  const { voucher, campaign: facts, choiceLineId } = asked;
  const usable = decideVoucher(voucher, facts, situation);
  if (usable.kind === 'refused') return usable;
  const { campaignId } = facts;
  const sibling = given.find((each) => each.campaignId === campaignId);
  if (sibling !== undefined && isLimited(usable)) {
    return refuse('voucher-not-applied', { why: 'group-taken', byOfferId: sibling.offer.offerId });
  }
  const effect = effectOf(usable.campaign.benefit, usable.usesLeft ?? MOST_USES_AT_ONCE);
  if (effect === null) return refuse('voucher-needs-sale', { isGrant: true });
  const { voucherId, code } = voucher;
  const own = { offerId: `voucher:${voucherId}`, source: 'voucher', sourceId: voucherId, code } as const;
  return {
    offer: { ...sharedOf(usable, campaignId, situation), ...effect, ...own, onlyLineId: choiceLineId },
    voucherId,
    campaignId,
    usable,
    facts,
  };
}

/** More units than any sale has pieces: "all that are left" of a voucher without limit. */
const MOST_USES_AT_ONCE = 1_000;

/** Whether using two vouchers of the campaign at once could exceed something that each alone keeps. */
function isLimited({ campaign }: Usable): boolean {
  const { total, perDay, perCustomer, perCustomerPerDay, budgetMinor } = campaign.limits;
  return [total, perDay, perCustomer, perCustomerPerDay, budgetMinor].some((limit) => limit !== null);
}

function promotionOf(facts: CampaignFacts, usable: Usable, situation: Situation): GivenOffer {
  const { campaignId } = facts;
  const { benefit, name } = usable.campaign;
  const effect = mustHave(effectOf(benefit, usable.usesLeft ?? MOST_USES_AT_ONCE), 'the effect of a promotion');
  const own = { offerId: `promotion:${campaignId}`, source: 'promotion', sourceId: campaignId, code: name } as const;
  const offer = { ...sharedOf(usable, campaignId, situation), ...effect, ...own };
  return { offer, voucherId: null, campaignId, usable, facts };
}

type SharedOffer = Omit<Offer, 'offerId' | 'source' | 'sourceId' | 'code' | 'effect' | 'scope'>;

function sharedOf(
  { campaign, budgetLeftMinor, endsAtMs }: Usable,
  campaignId: string,
  situation: Situation,
): SharedOffer {
  const conditions = saleConditionsOf(campaign, situation);
  const { stacking, filter, minimum } = campaign;
  const { group, order, isExclusive, basis } = stacking;
  return {
    group: group === '' ? campaignId : group,
    filter,
    minimum,
    ...(conditions === undefined ? {} : { conditions }),
    order,
    isExclusive,
    basis,
    endsAtMs,
    budgetMinor: budgetLeftMinor,
  };
}

/** Why pricing left a voucher's offer out, as the till says it. */
function refusalOf({ reason, facts }: SkippedOffer, campaign: CampaignFacts): Refusal {
  if (reason === 'no-eligible-item') return refuse('voucher-no-eligible-item', namesOf('items', campaign));
  if (reason === 'conditions-not-met')
    return refuse('voucher-conditions', { ...facts, ...namesOfConditions(campaign) });
  if (reason !== 'minimum-not-met') return refuse('voucher-not-applied', { why: reason, ...facts });
  const { neededMinor, haveMinor } = facts;
  if (typeof neededMinor !== 'number' || typeof haveMinor !== 'number') return refuse('voucher-minimum-not-met', facts);
  return refuse('voucher-minimum-not-met', { neededMinor, haveMinor, missingMinor: neededMinor - haveMinor });
}
