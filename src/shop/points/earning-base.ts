import { mulDiv, sumOf } from '../money/money.ts';
import { coversEverything, type ItemFilter, matchesFilter } from '../offers/item-filter.ts';
import type { Programme } from './programme.ts';

/**
 * What of a line counts for earning: its shares after every discount, as frozen in the sale. In a refund, what remains of
 * the line. Members left out are nothing: no product, no tags, no shares.
 */
export interface EarningLine {
  readonly lineId: string;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
  readonly productId?: string | null;
  readonly categoryId?: string | null;
  readonly tags?: readonly string[];
  /** 1000 = one piece; one piece where left out. */
  readonly quantityThousandths?: number;
  readonly freeThousandths?: number;
  /** Its share of discounts that apply to the whole sale, by hand or by offer. */
  readonly orderDiscountShareMinor?: number;
  /** Its share of points used as money off. */
  readonly pointsShareMinor?: number;
  /** A gift card, a top-up, a package: earns nothing. */
  readonly isStoredValue?: boolean;
}

/** A sale, or what remains of it, as the programme sees it. */
export interface EarningSale {
  readonly lines: readonly EarningLine[];
  readonly taxMode: 'inclusive' | 'exclusive';
  /** How the whole sale was paid, frozen: stored value and total, in minor units. Left out: nothing from stored value. */
  readonly paid?: { readonly storedValueMinor: number; readonly totalMinor: number };
}

/** The lines that can earn at all: no stored value, nothing that the programme excludes. */
export function earningLinesOf(sale: EarningSale, programme: Programme): EarningLine[] {
  const everythingElse = { productIds: [], categoryIds: [], tags: [], ...programme.exclude };
  return sale.lines.filter((line) => matchesFilter(line, everythingElse));
}

interface BaseGiven {
  readonly sale: EarningSale;
  readonly programme: Programme;
  readonly filter: ItemFilter;
}

/** The money of lines that counts under a filter, in minor units (LOYALTY.md 2). */
export function baseOfLines(lines: readonly EarningLine[], given: BaseGiven): number {
  return withoutStoredValue(countedOf(lines, given), given.sale, given.programme);
}

/** The same before the part that was paid from stored value is left out. */
export function countedOf(lines: readonly EarningLine[], { sale, programme, filter }: BaseGiven): number {
  const ignoresOrder = programme.discountsLower === 'in-filter-only' && !coversEverything(filter);
  const amounts = lines.map((line) => {
    const orderMinor = ignoresOrder ? (line.orderDiscountShareMinor ?? 0) : 0;
    const pointsMinor = programme.pointsDiscountLowers ? 0 : (line.pointsShareMinor ?? 0);
    return baseOfLine(line, sale.taxMode, programme.base, orderMinor + pointsMinor);
  });
  return sumOf(amounts);
}

/** A line's money by the base setting. `addedMinor` is taken as if it had not been taken off, with the line's share of tax. */
function baseOfLine(
  line: EarningLine,
  taxMode: EarningSale['taxMode'],
  base: Programme['base'],
  addedMinor: number,
): number {
  const baseMinor = BASE[base](line, taxMode);
  if (line.netMinor === 0) return addedMinor;
  return mulDiv(baseMinor, line.netMinor + addedMinor, line.netMinor, 'half-away-from-zero');
}

const BASE: {
  readonly [K in Programme['base']]: (line: EarningLine, taxMode: EarningSale['taxMode']) => number;
} = {
  'as-priced': (line) => line.netMinor,
  'with-tax': (line) => line.payableMinor,
  'before-tax': (line, taxMode) => (taxMode === 'inclusive' ? line.netMinor - line.taxMinor : line.netMinor),
};

/**
 * Where money from stored value does not earn, the same part of every base is left out: what was paid otherwise of the
 * whole sale. Being frozen, a refund of some lines leaves the part as it was, so that slices sum to the whole.
 */
function withoutStoredValue(baseMinor: number, { paid }: EarningSale, programme: Programme): number {
  if (programme.storedValueTenderCounts || paid === undefined || paid.storedValueMinor === 0) return baseMinor;
  const otherwiseMinor = paid.totalMinor - paid.storedValueMinor;
  return mulDiv(baseMinor, otherwiseMinor, paid.totalMinor, 'half-away-from-zero');
}
