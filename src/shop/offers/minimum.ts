import { sumOf } from '../money/money.ts';
import { taxOn } from '../money/tax.ts';
import { UNIT_THOUSANDTHS } from '../money/unit-shares.ts';
import { itemAt } from '../must.ts';
import { at, type Basket, type BasketState, eligibleLines } from './basket.ts';
import { matchesFilter } from './item-filter.ts';
import { type Judgement, known, type SaleFact } from './judge-conditions.ts';
import type { OfferMinimum } from './offer.ts';

/**
 * Returns what counts towards an offer's minimum: the eligible items or the whole sale after discounts by hand, without
 * the units that other offers made free, with or without tax (C-19). What other offers took off does not count against it,
 * and stored value that is bought counts for nothing: it is still money.
 */
export function countedForMinimum(
  basket: Basket,
  state: BasketState,
  offerIndex: number,
  { of, withTax }: OfferMinimum,
): number {
  const indexes = of === 'sale' ? goodsLines(basket) : eligibleLines(basket, offerIndex);
  return amountOf(basket, indexes, withTax, (index) => at(basket.initialMinor, index) - at(state.freeMinor, index));
}

function goodsLines({ lines }: Basket): number[] {
  return [...lines.keys()].filter((index) => itemAt(lines, index).isStoredValue !== true);
}

function amountOf(
  basket: Basket,
  indexes: readonly number[],
  withTax: boolean,
  minorOf: (index: number) => number,
): number {
  const byRate = new Map<number, number>();
  for (const index of indexes) {
    const rate = itemAt(basket.lines, index).rateBasisPoints;
    byRate.set(rate, (byRate.get(rate) ?? 0) + minorOf(index));
  }
  const shelfMinor = sumOf([...byRate.values()]);
  if (withTax === (basket.taxMode === 'inclusive')) return shelfMinor;
  const taxMinor = sumOf([...byRate].map(([rate, amountMinor]) => taxOn(amountMinor, rate, basket.taxMode)));
  return basket.taxMode === 'inclusive' ? shelfMinor - taxMinor : shelfMinor + taxMinor;
}

/**
 * Judges what conditions ask of a sale: its items after discounts by hand, before any offer, so that neither the order of
 * lines nor other offers change the answer. Stored value counts for nothing.
 */
export function judgeInBasket(basket: Basket, fact: SaleFact): Judgement {
  const covered = [...basket.lines.entries()].filter(([, line]) => matchesFilter(line, fact.filter));
  if (fact.kind === 'quantity') {
    const thousandths = sumOf(covered.map(([, line]) => line.quantityThousandths));
    return known(thousandths >= fact.atLeast * UNIT_THOUSANDTHS);
  }
  if (fact.kind === 'variety') {
    const products = new Set(covered.flatMap(([, { productId }]) => productId ?? []));
    return known(products.size >= fact.atLeast);
  }
  const indexes = covered.map(([index]) => index);
  const amountMinor = amountOf(basket, indexes, fact.withTax, (index) => at(basket.initialMinor, index));
  return known(amountMinor >= fact.amountMinor);
}
