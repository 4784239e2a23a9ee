import { mulDiv } from '../money/money.ts';

/** The sums of a day, of an hour or of a customer, from which the average is made. */
export interface BasketSums {
  /** Goods and services sold less what came back. May be negative. */
  readonly netSalesMinor: number;
  /** Completed sales but those of nothing but stored value. */
  readonly basketCount: number;
}

/** Net sales per completed sale, rounded half away from zero; null where there was none. */
export function averageSaleMinor({ netSalesMinor, basketCount }: BasketSums): number | null {
  return basketCount <= 0 ? null : mulDiv(netSalesMinor, 1, basketCount, 'half-away-from-zero');
}

/** The change from one number to another in basis points, rounded half away from zero; null where there was nothing before. */
export function changeBasisPoints(before: number, now: number): number | null {
  if (before <= 0) return null;
  return mulDiv(now - before, 10_000, before, 'half-away-from-zero');
}

/** A customer is new on the business date of the first visit, and returning on every later one. */
export function isNewOn(businessDate: string, firstVisitDate: string): boolean {
  return businessDate === firstVisitDate;
}
