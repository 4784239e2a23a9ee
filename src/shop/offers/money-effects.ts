import { mulDiv, shareOf, sumOf } from '../money/money.ts';
import { UNIT_THOUSANDTHS } from '../money/unit-shares.ts';
import { itemAt } from '../must.ts';
import { at, lineOrder, wholeUnitsOf } from './basket.ts';
import type { OfferEffect } from './offer.ts';
import { type Applying, mostOf, spread, type Taken, type TakenStep } from './taken.ts';

type EffectOf<K extends OfferEffect['kind']> = Extract<OfferEffect, { kind: K }>;

/** A rate of the eligible lines together, rounded once, then cut by cap and budget. */
export function takePercent(applying: Applying, effect: EffectOf<'percent'>): Taken {
  const { offer, state, basket, covered } = applying;
  const leftMinor = leftOn(applying);
  const baseMinor =
    offer.basis === 'remaining'
      ? leftMinor
      : sumOf(covered.map((index) => at(basket.initialMinor, index) - at(state.freeMinor, index)));
  const upToMinor = mostOf(offer, leftMinor);
  const amountMinor = Math.min(shareOf(baseMinor, effect.rateBasisPoints), upToMinor);
  const step = rateStep(baseMinor, effect.rateBasisPoints, upToMinor);
  return { amountMinor, shares: spreadOverLeft(applying, amountMinor), units: null, step };
}

/** An amount off the eligible lines together, never more than they still cost. */
export function takeAmount(applying: Applying, effect: EffectOf<'amount'>): Taken {
  const upToMinor = mostOf(applying.offer, leftOn(applying));
  const amountMinor = Math.min(effect.amountMinor, upToMinor);
  const step = amountStep(effect.amountMinor, upToMinor);
  return { amountMinor, shares: spreadOverLeft(applying, amountMinor), units: null, step };
}

/** What each eligible line costs beyond the fixed price of its units that are not free. */
export function takeFixedPrice(applying: Applying, effect: EffectOf<'fixed-price'>): Taken {
  const { basket, state, eligible, offer } = applying;
  const above = basket.lines.map(() => 0);
  for (const index of eligible) {
    const { quantityThousandths } = itemAt(basket.lines, index);
    const paidThousandths = quantityThousandths - at(state.freeUnits, index) * UNIT_THOUSANDTHS;
    const fixedMinor = mulDiv(effect.unitPriceMinor, paidThousandths, UNIT_THOUSANDTHS, 'half-away-from-zero');
    above[index] = Math.max(0, at(state.remainingMinor, index) - fixedMinor);
  }
  const wantedMinor = sumOf(above);
  const amountMinor = mostOf(offer, wantedMinor);
  const shares = spread(applying, amountMinor, eligible, (index) => at(above, index));
  const step = { ...amountStep(wantedMinor, amountMinor), rounding: 'half-away-from-zero' as const };
  return { amountMinor, shares, units: null, step };
}

/** A rate of the cheapest eligible unit that is not free. */
export function takeCheapestPercent(applying: Applying, effect: EffectOf<'cheapest-percent'>): Taken {
  const { basket, state, eligible, offer } = applying;
  const shares = basket.lines.map(() => 0);
  const order = lineOrder(basket, state);
  let best: { readonly index: number; readonly unitMinor: number } | null = null;
  for (const index of eligible) {
    const units = wholeUnitsOf(itemAt(basket.lines, index)) - at(state.freeUnits, index);
    if (units <= 0) continue;
    const unitMinor = mulDiv(at(state.remainingMinor, index), 1, units, 'half-away-from-zero');
    if (unitMinor === 0) continue;
    const isBetter =
      best === null || unitMinor < best.unitMinor || (unitMinor === best.unitMinor && order(index, best.index) < 0);
    if (isBetter) best = { index, unitMinor };
  }
  const baseMinor = best?.unitMinor ?? 0;
  const leftMinor = best === null ? 0 : at(state.remainingMinor, best.index);
  const upToMinor = mostOf(offer, leftMinor);
  const amountMinor = Math.min(shareOf(baseMinor, effect.rateBasisPoints), upToMinor);
  if (best !== null) shares[best.index] = amountMinor;
  return { amountMinor, shares, units: null, step: rateStep(baseMinor, effect.rateBasisPoints, upToMinor) };
}

function leftOn({ state, eligible }: Applying): number {
  return sumOf(eligible.map((index) => at(state.remainingMinor, index)));
}

function spreadOverLeft(applying: Applying, amountMinor: number): number[] {
  return spread(applying, amountMinor, applying.eligible, (index) => at(applying.state.remainingMinor, index));
}

function rateStep(baseMinor: number, rateBasisPoints: number, upToMinor: number): TakenStep {
  const inputs = { rateBasisPoints, baseMinor, upToMinor };
  return { inputs, operation: 'rate-of-base', rounding: 'half-away-from-zero' };
}

function amountStep(wantedMinor: number, upToMinor: number): TakenStep {
  return { inputs: { wantedMinor, upToMinor }, operation: 'amount-up-to', rounding: 'none' };
}
