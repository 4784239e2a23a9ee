import { sumOf } from '../money/money.ts';
import { coversEverything, type FilterableItem, type ItemFilter, matchesFilter } from '../offers/item-filter.ts';

const ONCE_BASIS_POINTS = 10_000;

/** What a programme gives on single items now: which items earn at all, and the promotions on some of them that hold. */
export interface EarnsMore {
  readonly earning: readonly ItemFilter[];
  readonly promotions: readonly { readonly filter: ItemFilter; readonly multiplierBasisPoints: number }[];
}

/**
 * Returns by how much an item earns more than it would alone, in basis points: 20000 = twice. Promotions add up (C-51); one
 * on everything sets no item apart, and an item that earns nothing has nothing to multiply.
 */
export function itemMultiplier(item: FilterableItem, { earning, promotions }: EarnsMore): number {
  if (!earning.some((filter) => matchesFilter(item, filter))) return ONCE_BASIS_POINTS;
  const held = promotions.filter(({ filter }) => !coversEverything(filter) && matchesFilter(item, filter));
  return sumOf([
    ONCE_BASIS_POINTS,
    ...held.map(({ multiplierBasisPoints }) => multiplierBasisPoints - ONCE_BASIS_POINTS),
  ]);
}
