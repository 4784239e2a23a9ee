import { sumOf } from '../money/money.ts';
import type { TaxMode } from '../money/tax.ts';
import type { TracedStep } from '../money/trace.ts';
import { itemAt } from '../must.ts';
import { at, type Basket, type BasketLine, basketOf, isEligible, startOf } from './basket.ts';
import { type AppliedOffer, MAX_OFFERED, type Offer, type OfferLimits, type SkippedOffer } from './offer.ts';
import { byApplication, byPreference } from './offer-order.ts';
import { type OfferProblem, type OfferSet, searchOffers, withOffer } from './search-offers.ts';
import { skippedAlone, skippedBeside, unmetConditions } from './skip-reason.ts';
import type { Taken } from './taken.ts';

/** What choosing needs of the world. */
export interface ChoosingGiven {
  readonly lines: readonly BasketLine[];
  readonly offers: readonly Offer[];
  readonly limits: OfferLimits;
  readonly taxMode: TaxMode;
  readonly minorPerMajor: number;
  /** What the customer pays when this is left on the lines. */
  readonly payableOf: (remainingMinor: readonly number[]) => number;
  /** Whether that is more than the sum of what is left: something is rounded after the offers. */
  readonly isRounded: boolean;
}

/** The offers that a sale gets, those that it does not get with the reason, and what is left of each line. */
export interface ChosenOffers {
  readonly applied: readonly AppliedOffer[];
  readonly skipped: readonly SkippedOffer[];
  /** By line, in the lines' order. */
  readonly remainingMinor: readonly number[];
  readonly offerShareMinor: readonly number[];
  /** The part of offerShareMinor that offers on the whole order took. */
  readonly orderShareMinor: readonly number[];
  readonly freeUnits: readonly number[];
  readonly trace: readonly TracedStep[];
}

/**
 * Returns which offers a sale gets: of what fits together (minimums, groups, exclusivity, the maximum) the set with which
 * the customer pays least, applied in the one order of LOYALTY.md 1; equal money is decided by the smaller nominal value,
 * the earlier end, the code. What does not apply is returned with its reason. Neither the order of the lines nor that of
 * the offers changes a total, and one more offer never makes a sale dearer.
 */
export function chooseOffers(given: ChoosingGiven): ChosenOffers {
  const sorted = given.offers.map(asFreeUnit).sort(byApplication);
  const { offered, beyond } = offeredOf(given.lines, sorted);
  const basket = basketOf(given.lines, offered, given.taxMode);
  const { candidates, skipped } = standingAlone(basket, given);
  const problem: OfferProblem = {
    basket,
    candidates,
    limits: given.limits,
    prefer: byPreference(given.minorPerMajor),
    payableOf: given.payableOf,
    isRounded: given.isRounded,
  };
  const set = searchOffers(problem);
  const beside = candidates
    .filter((candidate) => !set.indexes.includes(candidate))
    .map((candidate) => skippedBeside(problem, set, candidate));
  return { ...chosenOf(basket, set), skipped: [...skipped, ...beside, ...beyond] };
}

/**
 * Of more offers than are weighed, those that cover something come first, and among them what the customer asked for
 * before what applies by itself: a shop with many promotions leaves nobody's voucher out.
 */
function offeredOf(
  lines: readonly BasketLine[],
  sorted: readonly Offer[],
): { readonly offered: readonly Offer[]; readonly beyond: readonly SkippedOffer[] } {
  if (sorted.length <= MAX_OFFERED) return { offered: sorted, beyond: [] };
  const covering = sorted.filter((offer) => lines.some((line) => isEligible(line, offer)));
  const asked = covering.filter(({ source }) => source !== 'promotion');
  const byItself = covering.filter(({ source }) => source === 'promotion');
  const offered = [...asked, ...byItself].slice(0, MAX_OFFERED).sort(byApplication);
  const beyond = sorted
    .filter((offer) => !offered.includes(offer))
    .map((offer) => (covering.includes(offer) ? tooMany(offer, MAX_OFFERED) : coversNothing(offer)));
  return { offered, beyond };
}

function coversNothing({ offerId }: Offer): SkippedOffer {
  return { offerId, reason: 'no-eligible-item', facts: {} };
}

/** The whole price of the cheapest item off is a free unit and is treated as one. */
function asFreeUnit(offer: Offer): Offer {
  const { effect } = offer;
  if (effect.kind !== 'cheapest-percent' || effect.rateBasisPoints < 10_000) return offer;
  return { ...offer, effect: { kind: 'free-units', units: 1 } };
}

function tooMany({ offerId }: Offer, limit: number): SkippedOffer {
  return { offerId, reason: 'too-many', facts: { limit } };
}

function standingAlone(
  basket: Basket,
  { payableOf }: Pick<ChoosingGiven, 'payableOf'>,
): { readonly candidates: readonly number[]; readonly skipped: readonly SkippedOffer[] } {
  const none: OfferSet = { indexes: [], taken: [], state: startOf(basket), payableMinor: 0 };
  const candidates: number[] = [];
  const skipped: SkippedOffer[] = [];
  for (const index of basket.offers.keys()) {
    const unmet = unmetConditions(basket, itemAt(basket.offers, index));
    if (unmet !== null) skipped.push(unmet);
    else if (withOffer({ basket, payableOf }, none, index) !== null) candidates.push(index);
    else skipped.push(skippedAlone(basket, none.state, index));
  }
  return { candidates, skipped };
}

function chosenOf(basket: Basket, { indexes, taken, state }: OfferSet): Omit<ChosenOffers, 'skipped'> {
  const offers = indexes.map((index) => itemAt(basket.offers, index));
  const isOrder = offers.map((offer, place) => offer.scope === 'order' && itemAt(taken, place).units === null);
  return {
    applied: offers.map((offer, place) => appliedOf(basket, offer, itemAt(taken, place))),
    remainingMinor: state.remainingMinor,
    offerShareMinor: sharesOf(basket, taken),
    orderShareMinor: sharesOf(
      basket,
      taken.filter((_, place) => isOrder[place]),
    ),
    freeUnits: state.freeUnits,
    trace: offers.flatMap((offer, place) => stepsOf(basket, offer, itemAt(taken, place))),
  };
}

function sharesOf({ lines }: Basket, taken: readonly Taken[]): number[] {
  return lines.map((_, index) => taken.reduce((sum, { shares }) => sum + at(shares, index), 0));
}

function appliedOf({ lines }: Basket, offer: Offer, { amountMinor, shares, units }: Taken): AppliedOffer {
  const { offerId, source, sourceId, code, scope } = offer;
  const named = lines
    .map(({ lineId }, index) => ({ lineId, amountMinor: at(shares, index) }))
    .filter((share) => share.amountMinor > 0);
  const applied = { offerId, source, sourceId, code, scope, amountMinor, shares: named };
  return units === null ? applied : { ...applied, freeUnits: sumOf(units.free) };
}

function stepsOf({ lines }: Basket, { offerId, sourceId, effect }: Offer, taken: Taken): TracedStep[] {
  const { amountMinor, step, freeRuns = [] } = taken;
  const { inputs, operation, rounding } = step;
  const units = freeRuns.map(
    ({ index, count, unitMinor }): TracedStep => ({
      what: 'free-units',
      inputs: { offerId, lineId: itemAt(lines, index).lineId, units: count, unitMinor },
      operation: 'units-times-price',
      rounding: 'none',
      result: count * unitMinor,
    }),
  );
  const what = `offer-${effect.kind}`;
  return [...units, { what, inputs: { offerId, sourceId, ...inputs }, operation, rounding, result: amountMinor }];
}
