import { type Refusal, type RefusalFacts, refuse } from '../refusal.ts';
import type { Campaign } from './campaign.ts';
import type { RestrictionNames, CampaignFacts, Situation } from './voucher-facts.ts';

/** Whether a campaign must know who the customer is: it asks something of them, or counts their uses. */
export function needsCustomer({ audience, limits }: Campaign): boolean {
  const { needsCustomer: isAsked, segmentIds, tierIds, isFirstPurchase } = audience;
  const counts = limits.perCustomer !== null || limits.perCustomerPerDay !== null;
  return isAsked || isFirstPurchase || counts || segmentIds.length > 0 || tierIds.length > 0;
}

/** Refuses where this shop or this person may not redeem it (S3-56). */
export function refusePlace(
  { audience }: Campaign,
  facts: Pick<CampaignFacts, 'restrictedTo'>,
  { shopId, staffId }: Situation,
): Refusal | null {
  const { shopIds, staffIds } = audience;
  if (shopIds.length > 0 && !shopIds.includes(shopId)) return refuse('voucher-wrong-shop', namesOf('shops', facts));
  return staffIds.length > 0 && !staffIds.includes(staffId)
    ? refuse('voucher-wrong-staff', namesOf('staff', facts))
    : null;
}

/** What a campaign is restricted to, by name, as a fact; none where the names are not known. */
export function namesOf(
  kind: Exclude<keyof RestrictionNames, 'conditions'>,
  { restrictedTo }: Pick<CampaignFacts, 'restrictedTo'>,
): RefusalFacts {
  const names = restrictedTo?.[kind] ?? [];
  return names.length === 0 ? {} : { names: names.join(', ') };
}

/** Refuses where an experiment that runs shows the campaign to others and something else to this customer. */
export function refuseOtherArm(
  { trial }: Pick<CampaignFacts, 'trial'>,
  { customer }: Pick<Situation, 'customer'>,
): Refusal | null {
  if (trial !== 'other') return null;
  return customer === null ? refuse('voucher-needs-customer') : refuse('voucher-other-arm');
}

/** Refuses where the customer is not among those that it is for: none known, segment, tier, first purchase. Asks no more than it needs. */
export function refuseCustomer(
  campaign: Campaign,
  facts: Pick<CampaignFacts, 'restrictedTo'>,
  { customer }: Pick<Situation, 'customer'>,
): Refusal | null {
  if (customer === null) return needsCustomer(campaign) ? refuse('voucher-needs-customer') : null;
  const { segmentIds, tierIds, isFirstPurchase } = campaign.audience;
  if (segmentIds.length > 0 && !segmentIds.some((id) => customer.segmentIds.includes(id)))
    return refuse('voucher-segment', namesOf('segments', facts));
  if (tierIds.length > 0 && !tierIds.some((id) => customer.tierIds.includes(id)))
    return refuse('voucher-tier', namesOf('tiers', facts));
  const sales = isFirstPurchase ? customer.completedSales : 0;
  return sales > 0 ? refuse('voucher-not-first-purchase', { sales }) : null;
}
