import type { Offer, OfferEffect } from '../offers/offer.ts';
import { coversEverything } from '../offers/item-filter.ts';
import type { Reward } from './programme-rewards.ts';

/** A reward that takes something off the sale by an offer; a rate reward pays with points instead. */
export type OfferReward = Exclude<Reward, { kind: 'rate' }>;

/**
 * Returns the offer that a reward becomes: pricing decides what it takes off. Each use of a reward is a group of its own,
 * so that two different rewards stack (LOYALTY.md 1).
 */
export function offerOfReward(
  reward: OfferReward,
  given: { readonly offerId: string; readonly onlyLineId: string | null },
): Offer {
  const { effect, scope } = OFFER_BY_KIND[reward.kind](reward as never);
  return {
    offerId: given.offerId,
    source: 'reward',
    sourceId: reward.rewardId,
    code: reward.rewardId,
    group: given.offerId,
    scope: coversEverything(reward.filter) ? scope : 'item',
    effect,
    filter: reward.filter,
    onlyLineId: given.onlyLineId,
    minimum: null,
    order: 0,
    isExclusive: false,
    basis: 'remaining',
    endsAtMs: null,
    budgetMinor: null,
  };
}

type RewardOf<K extends OfferReward['kind']> = Extract<OfferReward, { kind: K }>;

/** One function per kind of reward. */
const OFFER_BY_KIND: {
  readonly [K in OfferReward['kind']]: (reward: RewardOf<K>) => {
    readonly effect: OfferEffect;
    readonly scope: Offer['scope'];
  };
} = {
  fixed: ({ amountMinor }) => ({ effect: { kind: 'amount', amountMinor }, scope: 'order' }),
  percentage: ({ rateBasisPoints, capMinor }) => ({
    effect: { kind: 'percent', rateBasisPoints, capMinor },
    scope: 'order',
  }),
  'free-product': ({ units }) => ({ effect: { kind: 'free-units', units }, scope: 'item' }),
  'free-choice': () => ({ effect: { kind: 'free-units', units: 1 }, scope: 'item' }),
  'cheapest-item': ({ rateBasisPoints }) => ({ effect: { kind: 'cheapest-percent', rateBasisPoints }, scope: 'item' }),
};
