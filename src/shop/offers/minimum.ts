import { sumOf } from '../money/money.ts';
import { taxOn } from '../money/tax.ts';
import { itemAt } from '../must.ts';
import { at, type Basket, type BasketState, eligibleLines } from './basket.ts';
import type { OfferMinimum } from './offer.ts';

/**
 * Returns what counts towards an offer's minimum: the eligible items or the whole sale after discounts by hand, without
 * the units that other offers made free, with or without tax (C-19). What other offers took off does not count against it.
 */
export function countedForMinimum(
  basket: Basket,
  state: BasketState,
  offerIndex: number,
  { of, withTax }: OfferMinimum,
): number {
  const indexes = of === 'sale' ? basket.lines.keys() : eligibleLines(basket, offerIndex);
  const byRate = new Map<number, number>();
  for (const index of indexes) {
    const rate = itemAt(basket.lines, index).rateBasisPoints;
    const amountMinor = at(basket.initialMinor, index) - at(state.freeMinor, index);
    byRate.set(rate, (byRate.get(rate) ?? 0) + amountMinor);
  }
  const shelfMinor = sumOf([...byRate.values()]);
  if (withTax === (basket.taxMode === 'inclusive')) return shelfMinor;
  const taxMinor = sumOf([...byRate].map(([rate, amountMinor]) => taxOn(amountMinor, rate, basket.taxMode)));
  return basket.taxMode === 'inclusive' ? shelfMinor - taxMinor : shelfMinor + taxMinor;
}
