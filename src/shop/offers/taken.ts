import { allocate } from '../money/allocate.ts';
import type { Rounding } from '../money/trace.ts';
import { itemAt } from '../must.ts';
import { at, type Basket, type BasketState, lineOrder } from './basket.ts';
import type { Offer } from './offer.ts';

/** What an offer takes off a basket in a state: one share per line of the basket, 0 for most. */
export interface Taken {
  readonly amountMinor: number;
  readonly shares: readonly number[];
  /** Units made free and units that count towards this offer (the free ones among them), by line; null for none. */
  readonly units: { readonly free: readonly number[]; readonly counted: readonly number[] } | null;
  readonly step: TakenStep;
  /** The units that were made free, by their line and price, for the trace. */
  readonly freeRuns?: readonly UnitRun[];
}

/** Units of one line that cost the same. */
export interface UnitRun {
  readonly index: number;
  readonly count: number;
  readonly unitMinor: number;
}

/** How the amount came about, for the trace. */
export interface TakenStep {
  readonly inputs: Readonly<Record<string, string | number | null>>;
  readonly operation: string;
  readonly rounding: Rounding;
}

/** What an effect looks at. */
export interface Applying {
  readonly basket: Basket;
  readonly state: BasketState;
  readonly offer: Offer;
  /** The eligible lines. */
  readonly covered: readonly number[];
  /** Those of them that still cost something. */
  readonly eligible: readonly number[];
}

/** The most that an offer may take: what is left, its cap, what its giver can still spend. */
export function mostOf({ effect, budgetMinor }: Offer, leftMinor: number): number {
  const capMinor = effect.kind === 'percent' ? effect.capMinor : null;
  return Math.min(leftMinor, capMinor ?? leftMinor, budgetMinor ?? leftMinor);
}

/** Splits an amount over some lines by weight, largest remainder; every other line gets 0. */
export function spread(
  { basket, state }: Applying,
  amountMinor: number,
  indexes: readonly number[],
  weightOf: (index: number) => number,
): number[] {
  const shares = basket.lines.map(() => 0);
  const order = lineOrder(basket, state);
  const parts = allocate(amountMinor, indexes.map(weightOf), (a, b) => order(itemAt(indexes, a), itemAt(indexes, b)));
  for (const [part, index] of indexes.entries()) shares[index] = at(parts, part);
  return shares;
}

/** The state after an offer. */
export function afterTaken(state: BasketState, { shares, units }: Taken): BasketState {
  const remainingMinor = state.remainingMinor.map((minor, index) => minor - at(shares, index));
  if (units === null) return { ...state, remainingMinor };
  return {
    remainingMinor,
    freeMinor: state.freeMinor.map((minor, index) => minor + at(shares, index)),
    freeUnits: state.freeUnits.map((count, index) => count + at(units.free, index)),
    countedUnits: state.countedUnits.map((count, index) => count + at(units.counted, index)),
  };
}
