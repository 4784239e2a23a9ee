import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppRouter } from '#backend/router.ts';
import type { Campaign } from '#shop/vouchers/campaign.ts';
import { useApi } from '../../ui/api-context.ts';
import { useFormat } from '../../ui/format.ts';
import { type ItemChoices, itemChoicesOf } from '../../ui/item-choices.ts';
import { shopNowMs } from '../../ui/shop-clock.ts';
import type { Tone } from '../../ui/tag.tsx';
import type { CampaignWords } from './campaign-sentence.ts';

type Outputs = inferRouterOutputs<AppRouter>;
export type ListedCampaign = Outputs['vouchers']['list']['rows'][number];
export type CampaignDetail = Outputs['vouchers']['detail'];
export type CheckedVoucher = Outputs['vouchers']['check'];
export type PassPlan = Outputs['passes']['plans'][number];
export type ShownCode = Outputs['vouchers']['code'];
export type Redemption = Outputs['vouchers']['redemptions'][number];
export type Standing = ListedCampaign['standing'];

export const TABS = ['all', 'live', 'scheduled', 'paused', 'ended', 'archived'] as const;
export type Tab = (typeof TABS)[number];

export const STANDING_TONES: Readonly<Record<Standing, Tone>> = {
  live: 'success',
  automatic: 'info',
  scheduled: 'neutral',
  paused: 'warning',
  'used-up': 'neutral',
  ended: 'neutral',
  draft: 'neutral',
};

const FOUND_SHOWN = 6;

/** The campaigns of a tab; the last answer stays while the next is on its way. */
export function useCampaigns(tab: Tab, query: string) {
  return useQuery(useApi().vouchers.list.queryOptions({ tab, query }, { placeholderData: keepPreviousData }));
}

export function useCampaign(campaignId: string) {
  return useQuery(useApi().vouchers.detail.queryOptions({ campaignId }));
}

export function useFoundCustomers(text: string) {
  return useQuery(
    useApi().customers.search.queryOptions(
      { text, limit: FOUND_SHOWN },
      { enabled: text.trim() !== '', placeholderData: keepPreviousData },
    ),
  );
}

/** What passes can be made of. */
export function usePassPlans() {
  return useQuery(useApi().passes.plans.queryOptions()).data ?? [];
}

interface Named {
  readonly id: string;
  readonly name: string;
}
const NOTHING: readonly never[] = [];

/** What a campaign can name: items, groups, tiers of the main programme, people. */
export interface CampaignChoices {
  readonly items: ItemChoices;
  readonly segments: readonly Named[];
  readonly tiers: readonly Named[];
  readonly staff: readonly Named[];
}

export function useCampaignChoices(): CampaignChoices {
  const api = useApi();
  const catalogue = useQuery(api.catalogue.list.queryOptions({ withArchived: true })).data;
  const segments = useQuery(api.segments.list.queryOptions()).data;
  const staff = useQuery(api.staff.list.queryOptions()).data;
  const programmes = useQuery(api.points.programmes.queryOptions()).data;
  const programId = programmes?.find(({ isMain }) => isMain === 1)?.programId ?? '';
  const programme = useQuery(
    api.points.programmeDetail.queryOptions({ programId }, { enabled: programId !== '' }),
  ).data;
  return useMemo(
    () => ({
      items: itemChoicesOf(catalogue),
      segments: segments?.segments.map(({ segmentId, name }) => ({ id: segmentId, name })) ?? NOTHING,
      tiers: programme?.live?.programme.tiers?.levels.map(({ tierId, name }) => ({ id: tierId, name })) ?? NOTHING,
      staff: staff?.map(({ staffId, name }) => ({ id: staffId, name })) ?? NOTHING,
    }),
    [catalogue, segments, staff, programme],
  );
}

/** The words for sentences about campaigns, with the names of what they mention. */
export function useCampaignWords(choices: CampaignChoices): CampaignWords {
  const { t } = useTranslation('vouchers');
  const { t: common } = useTranslation('common');
  const format = useFormat();
  const nameIn = (named: readonly Named[]) => (id: string) =>
    named.find((each) => each.id === id)?.name ?? common('items.gone');
  return {
    t,
    common,
    format,
    today: format.dateKey(shopNowMs()),
    productName: nameIn(choices.items.products),
    categoryName: nameIn(choices.items.categories),
    tierName: nameIn(choices.tiers),
    segmentName: nameIn(choices.segments),
    staffName: nameIn(choices.staff),
  };
}

/** What is shown of a campaign: what is in force, or the draft that was never published. */
export function shownCampaign({ live, draft }: Pick<CampaignDetail, 'live' | 'draft'>): Campaign | null {
  return live?.campaign ?? draft?.campaign ?? null;
}
