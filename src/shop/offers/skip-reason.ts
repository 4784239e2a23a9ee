import { itemAt } from '../must.ts';
import { applyingOf, takeOffer } from './apply-offer.ts';
import { type Basket, type BasketState, eligibleLines, wholeUnitsOf } from './basket.ts';
import { judgeConditions, missingText, type SaleFact } from './judge-conditions.ts';
import { countedForMinimum, judgeInBasket } from './minimum.ts';
import type { Offer, SkippedOffer } from './offer.ts';
import type { OfferProblem, OfferSet } from './search-offers.ts';
import { countableUnits } from './unit-effects.ts';

/** Says what an offer's conditions miss in the sale; null where they hold or it has none. Other offers change nothing in it. */
export function unmetConditions(basket: Basket, { offerId, conditions }: Offer): SkippedOffer | null {
  if (conditions === undefined) return null;
  const ofSale = (fact: SaleFact) => judgeInBasket(basket, fact);
  if (judgeConditions(conditions, ofSale).canHold) return null;
  return { offerId, reason: 'conditions-not-met', facts: { missing: missingText(conditions, ofSale) } };
}

/** Says why an offer takes nothing even when it stands alone. */
export function skippedAlone(basket: Basket, state: BasketState, index: number): SkippedOffer {
  const { offer, eligible } = applyingOf(basket, state, index);
  const { offerId, effect } = offer;
  if (eligible.length === 0) return { offerId, reason: 'no-eligible-item', facts: {} };
  const short = shortOfMinimum(basket, state, index);
  if (short !== null) return short;
  const needsUnits = effect.kind === 'free-units' || effect.kind === 'buy-take' || effect.kind === 'cheapest-percent';
  if (needsUnits && !eligibleLines(basket, index).some((line) => wholeUnitsOf(itemAt(basket.lines, line)) > 0)) {
    return { offerId, reason: 'no-eligible-item', facts: {} };
  }
  if (effect.kind === 'buy-take') {
    const haveUnits = countableUnits(applyingOf(basket, state, index));
    return { offerId, reason: 'minimum-not-met', facts: { neededUnits: effect.buyUnits + 1, haveUnits } };
  }
  return { offerId, reason: 'nothing-left', facts: {} };
}

/** Says why an offer that would take something is not in the set that saves most. */
export function skippedBeside({ basket, limits }: OfferProblem, set: OfferSet, index: number): SkippedOffer {
  const { offer } = applyingOf(basket, set.state, index);
  const { offerId, group } = offer;
  const others = set.indexes.map((other) => itemAt(basket.offers, other));
  const alone = others.find((other) => other.isExclusive) ?? (offer.isExclusive ? others[0] : undefined);
  if (alone !== undefined) return { offerId, reason: 'exclusive', facts: { byOfferId: alone.offerId } };
  const rivals = others.filter((other) => other.group === group);
  if (rivals.length >= limits.maxPerGroup) {
    return { offerId, reason: 'group-taken', facts: { byOfferId: itemAt(rivals, 0).offerId } };
  }
  if (others.length >= limits.maxOffers) return { offerId, reason: 'too-many', facts: { limit: limits.maxOffers } };
  const short = shortOfMinimum(basket, set.state, index);
  if (short !== null) return short;
  const { amountMinor } = takeOffer(basket, set.state, index);
  return amountMinor === 0
    ? { offerId, reason: 'nothing-left', facts: {} }
    : { offerId, reason: 'smaller', facts: { amountMinor } };
}

function shortOfMinimum(basket: Basket, state: BasketState, index: number): SkippedOffer | null {
  const { offerId, minimum } = itemAt(basket.offers, index);
  if (minimum === null) return null;
  const haveMinor = countedForMinimum(basket, state, index, minimum);
  const neededMinor = minimum.amountMinor;
  if (haveMinor >= neededMinor) return null;
  return { offerId, reason: 'minimum-not-met', facts: { neededMinor, haveMinor } };
}
