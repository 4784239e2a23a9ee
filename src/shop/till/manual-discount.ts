import { allocate } from '../money/allocate.ts';
import { shareOf } from '../money/money.ts';
import { itemAt, must } from '../must.ts';
import { compareText } from '../offers/basket.ts';
import type { Role } from '../staff/permissions.ts';
import type { ManualDiscount, PricedSale } from './sale.ts';

/** How far each role may go by itself, in basis points of what a line or the sale costs. */
export interface DiscountLimits {
  readonly cashier: number;
  readonly manager: number;
}

/** Returns what a manual discount takes off a base: rounded half away from zero, never above the base. */
export function discountOn(baseMinor: number, discount: ManualDiscount | null): number {
  if (discount === null) return 0;
  const wantedMinor = discount.kind === 'percent' ? shareOf(baseMinor, discount.rateBasisPoints) : discount.amountMinor;
  must(wantedMinor >= 0, 'a discount is not negative');
  return Math.min(wantedMinor, baseMinor);
}

/** What the split of an amount over a whole sale looks at. */
interface SplittableLine {
  readonly remainingMinor: number;
  readonly rateBasisPoints: number;
  readonly taxRateId: string;
  /** By what else later steps tell lines apart. */
  readonly mark: number;
}

/** An amount taken off the whole sale: on what, and each line's share. */
export interface SaleSplit {
  readonly baseMinor: number;
  readonly amountMinor: number;
  readonly shares: readonly number[];
}

/**
 * Splits an amount off the whole sale over its lines by largest remainder, ties to the earlier line. Only where a tie
 * would move a unit between lines of different tax or mark, and with it the total, the higher rate comes first, and the dearer line
 * where the caller asks for it (tax rounded per line, or another split to follow): so the total does not depend on the order
 * in which things were scanned.
 */
export function allocateOverSale(
  amountMinor: number,
  lines: readonly SplittableLine[],
  dearerFirst: boolean,
): readonly number[] {
  return allocate(
    amountMinor,
    lines.map((line) => line.remainingMinor),
    (indexA, indexB) => {
      const a = itemAt(lines, indexA);
      const b = itemAt(lines, indexB);
      const byTax = b.rateBasisPoints - a.rateBasisPoints || compareText(a.taxRateId, b.taxRateId);
      return byTax || a.mark - b.mark || (dearerFirst ? b.remainingMinor - a.remainingMinor : 0);
    },
  );
}

/** The limit of a person with these roles, in basis points; who has neither role at the till may give none. */
export function discountLimitOf(roles: readonly Role[], limits: DiscountLimits): number {
  const manager = roles.includes('manager') ? limits.manager : 0;
  const cashier = roles.includes('cashier') ? limits.cashier : 0;
  return Math.max(manager, cashier);
}

/**
 * Whether the manual discounts of a priced sale go beyond the limit: on any line by itself, or all of them together on
 * the sale, so that two small ones cannot add up to a large one.
 */
export function exceedsDiscountLimit(priced: PricedSale, limitBasisPoints: number): boolean {
  if (priced.manualDiscountMinor > shareOf(priced.subtotalMinor, limitBasisPoints)) return true;
  return priced.lines.some((line) => line.lineDiscountMinor > shareOf(line.grossMinor, limitBasisPoints));
}
