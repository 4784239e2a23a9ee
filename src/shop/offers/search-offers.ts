import { mulDiv } from '../money/money.ts';
import { itemAt } from '../must.ts';
import { applyingOf, takeOffer } from './apply-offer.ts';
import { at, type Basket, type BasketState, startOf } from './basket.ts';
import { countedForMinimum } from './minimum.ts';
import type { Offer, OfferLimits } from './offer.ts';
import { afterTaken, type Taken } from './taken.ts';
import { countableUnits, dearestUnitMinor } from './unit-effects.ts';

/** Offers of a basket that apply together, by their place in it, with what each takes and what is then to pay. */
export interface OfferSet {
  readonly indexes: readonly number[];
  readonly taken: readonly Taken[];
  readonly state: BasketState;
  readonly payableMinor: number;
}

/** The question: which of the candidates together leave the least to pay. */
export interface OfferProblem {
  /** Its offers stand in the order of application. */
  readonly basket: Basket;
  /** Places of the offers that take something when they stand alone. */
  readonly candidates: readonly number[];
  readonly limits: OfferLimits;
  readonly prefer: (a: Offer, b: Offer) => number;
  /** What the customer pays when this is left on the lines. */
  readonly payableOf: (remainingMinor: readonly number[]) => number;
  /** Whether that is more than the sum of what is left: something is rounded after the offers. */
  readonly isRounded: boolean;
}

/** Lines looked at before the search gives up proving that nothing better exists: some 50 ms on a slow till. */
const WORK_LIMIT = 60_000;

/** Minor units by which rounding after the offers may help a set of them, beside one for each line's tax. */
const ROUNDINGS = 3;

/**
 * Returns the set of offers that leaves the least to pay; of equal ones the one with fewer offers, then with the offers
 * that are preferred. The search is exact until its work limit, which a dozen offers on an ordinary sale do not reach;
 * beyond it the best set found so far stands, which depends neither on the order of the lines nor on that of the offers.
 */
export function searchOffers(problem: OfferProblem): OfferSet {
  const { basket, candidates, limits } = problem;
  const start = startOf(basket);
  const none: OfferSet = {
    indexes: [],
    taken: [],
    state: start,
    payableMinor: problem.payableOf(start.remainingMinor),
  };
  const [only] = candidates;
  // Stryker disable next-line ConditionalExpression: a short cut; the search would find the same.
  if (only !== undefined && candidates.length === 1) return onlySet(problem, none, only);
  let best = greedySet(problem, none);
  let triesLeft = Math.ceil(WORK_LIMIT / (basket.lines.length + 10));
  const mostOf = savingBounds(problem, start);
  const visit = (from: number, set: OfferSet): void => {
    for (let place = from; place < candidates.length && triesLeft > 0; place += 1) {
      const leastMinor = set.payableMinor - mostOf(place, limits.maxOffers - set.indexes.length);
      if (leastMinor > best.payableMinor) return;
      const candidate = itemAt(candidates, place);
      if (!fits(problem, set, candidate)) continue;
      triesLeft -= 1;
      const next = withOffer(problem, set, candidate);
      if (next === null) continue;
      if (isBetter(problem, next, best)) best = next;
      visit(place + 1, next);
    }
  };
  visit(0, none);
  return best;
}

/** The set with one more offer, which comes after the others in the order of application; null where it takes nothing. */
export function withOffer(
  { basket, payableOf }: Pick<OfferProblem, 'basket' | 'payableOf'>,
  set: OfferSet,
  candidate: number,
): OfferSet | null {
  const { minimum } = itemAt(basket.offers, candidate);
  if (minimum !== null && countedForMinimum(basket, set.state, candidate, minimum) < minimum.amountMinor) return null;
  const taken = takeOffer(basket, set.state, candidate);
  if (taken.amountMinor === 0) return null;
  const state = afterTaken(set.state, taken);
  return {
    indexes: [...set.indexes, candidate],
    taken: [...set.taken, taken],
    state,
    payableMinor: payableOf(state.remainingMinor),
  };
}

/** What is best of one candidate: to take it, where that leaves less to pay. */
function onlySet(problem: OfferProblem, none: OfferSet, only: number): OfferSet {
  const set = fits(problem, none, only) ? withOffer(problem, none, only) : null;
  return set !== null && isBetter(problem, set, none) ? set : none;
}

/** Whether an offer may stand beside those of a set: exclusivity, the limit of its group and of the sale. */
function fits({ basket, limits }: OfferProblem, { indexes }: OfferSet, candidate: number): boolean {
  const offer = itemAt(basket.offers, candidate);
  const others = indexes.map((index) => itemAt(basket.offers, index));
  if (others.length >= limits.maxOffers) return false;
  if (others.some((other) => other.isExclusive || offer.isExclusive)) return false;
  return others.filter((other) => other.group === offer.group).length < limits.maxPerGroup;
}

/** A first good answer: the offers that take most alone, as long as they fit, in the order of application. */
function greedySet(problem: OfferProblem, none: OfferSet): OfferSet {
  const { basket, candidates, prefer } = problem;
  const preferred = (a: number, b: number): number => prefer(itemAt(basket.offers, a), itemAt(basket.offers, b));
  const alone = candidates
    .map((candidate) => ({
      candidate,
      payableMinor: (withOffer(problem, none, candidate) ?? none).payableMinor,
    }))
    .sort((a, b) => a.payableMinor - b.payableMinor || preferred(a.candidate, b.candidate));
  let chosen: readonly number[] = [];
  for (const { candidate } of alone) {
    if (fits(problem, { ...none, indexes: chosen }, candidate)) chosen = [...chosen, candidate];
  }
  const inOrder = [...chosen].sort((a, b) => a - b);
  const set = inOrder.reduce<OfferSet>((built, candidate) => withOffer(problem, built, candidate) ?? built, none);
  return isBetter(problem, set, none) ? set : none;
}

/** Whether a set leaves less to pay; of equal ones has fewer offers, then offers that are preferred. */
function isBetter({ basket, prefer }: OfferProblem, a: OfferSet, b: OfferSet): boolean {
  const preferredOf = ({ indexes }: OfferSet): Offer[] =>
    indexes.map((index) => itemAt(basket.offers, index)).sort(prefer);
  const byPreference = (): number => {
    const ofB = preferredOf(b);
    const orders = preferredOf(a).map((offer, place) => prefer(offer, itemAt(ofB, place)));
    return orders.find((order) => order !== 0) ?? 0;
  };
  return (a.payableMinor - b.payableMinor || a.indexes.length - b.indexes.length || byPreference()) < 0;
}

/** Returns the most that `slots` of the candidates from a place on can lower what is to pay, whatever came before. */
function savingBounds(problem: OfferProblem, start: BasketState): (place: number, slots: number) => number {
  const { basket, candidates } = problem;
  const highestRate = Math.max(0, ...basket.lines.map((line) => line.rateBasisPoints));
  const rateAdded = basket.taxMode === 'inclusive' ? 0 : highestRate;
  const slackMinor = problem.isRounded ? basket.lines.length + ROUNDINGS : 0;
  const withTax = (minor: number): number => minor + mulDiv(minor, rateAdded, 10_000, 'half-away-from-zero');
  const most = candidates.map(
    (candidate) => withTax(mostTakenBy(basket, start, candidate)) + (problem.isRounded ? 1 : 0),
  );
  const sums = candidates.map((_, place) => {
    const sorted = most.slice(place).sort((a, b) => b - a);
    let sum = 0;
    return sorted.map((minor) => (sum += minor));
  });
  return (place, slots) => slackMinor + at(itemAt(sums, place), Math.min(slots, candidates.length - place) - 1);
}

/** The most that an offer takes in any state: alone, but where units that are gone leave it dearer ones. */
function mostTakenBy(basket: Basket, start: BasketState, candidate: number): number {
  const applying = applyingOf(basket, start, candidate);
  const { effect } = applying.offer;
  if (effect.kind === 'free-units' || effect.kind === 'buy-take') {
    const units = effect.kind === 'free-units' ? effect.units : countableUnits(applying);
    return Math.min(units, countableUnits(applying)) * dearestUnitMinor(applying);
  }
  if (effect.kind === 'cheapest-percent') return dearestUnitMinor(applying);
  return takeOffer(basket, start, candidate).amountMinor;
}
