import { itemAt } from '../must.ts';
import { at, type Basket, type BasketState, eligibleLines } from './basket.ts';
import { takeAmount, takeCheapestPercent, takeFixedPrice, takePercent } from './money-effects.ts';
import type { OfferEffect } from './offer.ts';
import type { Applying, Taken } from './taken.ts';
import { takeBuyTake, takeFreeUnits } from './unit-effects.ts';

type EffectOf<K extends OfferEffect['kind']> = Extract<OfferEffect, { kind: K }>;

/** One function per kind of effect. A new kind is one more member of OfferEffect and one more line here. */
const TAKE_BY_KIND: {
  readonly [K in OfferEffect['kind']]: (applying: Applying, effect: EffectOf<K>) => Taken;
} = {
  percent: takePercent,
  amount: takeAmount,
  'free-units': takeFreeUnits,
  'buy-take': takeBuyTake,
  'fixed-price': takeFixedPrice,
  'cheapest-percent': takeCheapestPercent,
};

/** Returns what an offer takes off in this state; its minimum is not looked at. Never more than a line still costs. */
export function takeOffer(basket: Basket, state: BasketState, offerIndex: number): Taken {
  const applying = applyingOf(basket, state, offerIndex);
  const { effect } = applying.offer;
  const take = TAKE_BY_KIND[effect.kind] as (applying: Applying, effect: OfferEffect) => Taken;
  return take(applying, effect);
}

/** What an offer looks at in this state. */
export function applyingOf(basket: Basket, state: BasketState, offerIndex: number): Applying {
  const offer = itemAt(basket.offers, offerIndex);
  const covered = eligibleLines(basket, offerIndex);
  const eligible = covered.filter((index) => at(state.remainingMinor, index) > 0);
  return { basket, state, offer, covered, eligible };
}
