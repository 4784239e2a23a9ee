import type { TieBreak } from '../money/allocate.ts';
import type { TaxMode } from '../money/tax.ts';
import { UNIT_THOUSANDTHS } from '../money/unit-shares.ts';
import { itemAt } from '../must.ts';
import { matchesFilter } from './item-filter.ts';
import type { Offer } from './offer.ts';

/** A line as offers see it: its gross and what was taken off it by hand. */
export interface BasketLine {
  readonly lineId: string;
  readonly productId: string | null;
  readonly categoryId: string | null;
  readonly tags: readonly string[];
  /** No offer covers it. */
  readonly isStoredValue?: boolean;
  readonly quantityThousandths: number;
  readonly grossMinor: number;
  readonly lineDiscountMinor: number;
  readonly taxRateId: string;
  readonly rateBasisPoints: number;
  /** By what else later steps tell lines apart: lines of one mark are the same to them. */
  readonly mark: number;
}

/** The lines with the offers that ask for them. Nothing in it changes while offers are tried. */
export interface Basket {
  readonly lines: readonly BasketLine[];
  readonly offers: readonly Offer[];
  /** Bit n is set where a line is eligible for offer n: what follows for a line depends on it. */
  readonly eligibility: readonly number[];
  /** Before any offer. */
  readonly initialMinor: readonly number[];
  readonly taxMode: TaxMode;
}

/** What the offers applied so far have left, by line. */
export interface BasketState {
  readonly remainingMinor: readonly number[];
  /** Of what was taken off, the price of the units that are free. */
  readonly freeMinor: readonly number[];
  readonly freeUnits: readonly number[];
  /** The first units of a line that an offer made free or counted: none counts twice. */
  readonly countedUnits: readonly number[];
}

/** Returns the basket of offers that are at most 30 (asserted by who sorts them): an eligibility fits into one integer. */
export function basketOf(lines: readonly BasketLine[], offers: readonly Offer[], taxMode: TaxMode): Basket {
  const eligibility = lines.map((line) =>
    offers.reduce((mask, offer, bit) => (isEligible(line, offer) ? mask | (1 << bit) : mask), 0),
  );
  return {
    lines,
    offers,
    eligibility,
    initialMinor: lines.map((line) => line.grossMinor - line.lineDiscountMinor),
    taxMode,
  };
}

/** Whether an offer covers a line. */
export function isEligible(line: BasketLine, { filter, onlyLineId }: Offer): boolean {
  return (onlyLineId == null || onlyLineId === line.lineId) && matchesFilter(line, filter);
}

/** The state before any offer. */
export function startOf(basket: Basket): BasketState {
  const none = basket.lines.map(() => 0);
  return {
    remainingMinor: basket.initialMinor,
    freeMinor: none,
    freeUnits: none,
    countedUnits: basket.lines.map(worthlessUnitsOf),
  };
}

/** The first units of a line that cost nothing already, where others cost something: to make them free would be no gift. */
function worthlessUnitsOf(line: BasketLine): number {
  const units = wholeUnitsOf(line);
  if (units === 0) return 0;
  const { unitMinor, cheaperUnits } = unitPricesOf(line, units);
  return unitMinor === 1 ? cheaperUnits : 0;
}

/**
 * What each of a line's whole units costs after its discount by hand, which is split over them in order: the first
 * `cheaperUnits` cost one minor unit less than `unitMinor`.
 */
export function unitPricesOf(
  { grossMinor, lineDiscountMinor }: BasketLine,
  units: number,
): { readonly unitMinor: number; readonly cheaperUnits: number } {
  const cheaperUnits = lineDiscountMinor % units;
  return { unitMinor: (grossMinor - (lineDiscountMinor - cheaperUnits)) / units, cheaperUnits };
}

/** The lines that an offer covers, by their place. */
export function eligibleLines(basket: Basket, offerIndex: number): number[] {
  const bit = 1 << offerIndex;
  const indexes: number[] = [];
  for (const [index, mask] of basket.eligibility.entries()) if ((mask & bit) !== 0) indexes.push(index);
  return indexes;
}

/** Whole units of a line; a weighed quantity has none. */
export function wholeUnitsOf({ quantityThousandths }: BasketLine): number {
  return quantityThousandths % UNIT_THOUSANDTHS === 0 ? quantityThousandths / UNIT_THOUSANDTHS : 0;
}

/**
 * Decides ties between lines by everything that later steps look at, so that totals do not depend on the order of
 * scanning: the higher tax first, then the offers that still cover it, then the dearer. What is still equal is
 * interchangeable, and the earlier line comes first.
 */
export function lineOrder(basket: Basket, state: BasketState): TieBreak {
  return (a, b) => {
    const lineA = itemAt(basket.lines, a);
    const lineB = itemAt(basket.lines, b);
    return (
      lineB.rateBasisPoints - lineA.rateBasisPoints ||
      compareText(lineA.taxRateId, lineB.taxRateId) ||
      lineA.mark - lineB.mark ||
      at(basket.eligibility, a) - at(basket.eligibility, b) ||
      at(state.remainingMinor, b) - at(state.remainingMinor, a) ||
      at(basket.initialMinor, b) - at(basket.initialMinor, a) ||
      lineA.quantityThousandths - lineB.quantityThousandths ||
      lineA.grossMinor - lineB.grossMinor ||
      at(state.countedUnits, a) - at(state.countedUnits, b) ||
      at(state.freeUnits, a) - at(state.freeUnits, b) ||
      at(state.freeMinor, a) - at(state.freeMinor, b)
    );
  };
}

/** The number at a place that exists; 0 beyond. */
export function at(numbers: readonly number[], index: number): number {
  return numbers[index] ?? 0;
}

/** Orders text by code units: the same everywhere. */
export function compareText(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}
