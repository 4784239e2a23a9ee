import type { ScreenIdle } from '#shop/customer-screen/screen-state.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import type { Campaign } from '#shop/vouchers/campaign.ts';
import type { BackendEnv, ShopIdentity } from '../context.ts';
import { selectCampaign } from '../vouchers/campaigns-store.ts';
import { selectCampaignsAtSale } from '../vouchers/sale-campaigns-store.ts';

/** A promotion that runs today, for everybody and without an end by number: what an idle screen may promise. Or null. */
export function readOffer(env: BackendEnv, { merchantId, timeZone }: ShopIdentity): ScreenIdle['offer'] {
  const { read } = env.db;
  const today = localDateOf(env.time.now().trustedMs, timeZone);
  for (const { campaignId, atSale } of selectCampaignsAtSale(read, merchantId)) {
    if (atSale !== 'promotion') continue;
    const campaign = selectCampaign(read, merchantId, campaignId)?.version?.campaign;
    if (campaign !== undefined && isForEverybody(campaign) && runsOn(campaign, today))
      return { name: campaign.name, endsOn: campaign.validity.endsOn };
  }
  return null;
}

function isForEverybody({ audience, conditions, limits }: Campaign): boolean {
  const { segmentIds, tierIds, shopIds, staffIds, isFirstPurchase, needsCustomer } = audience;
  const isOpen = [segmentIds, tierIds, shopIds, staffIds].every((ids) => ids.length === 0);
  const isUnlimited = limits.total === null && limits.perDay === null && limits.budgetMinor === null;
  return isOpen && isUnlimited && !isFirstPurchase && !needsCustomer && conditions === null;
}

function runsOn({ validity }: Campaign, today: string): boolean {
  const { startsOn, endsOn, recurrence } = validity;
  return (startsOn === null || startsOn <= today) && (endsOn === null || today <= endsOn) && recurrence === null;
}
