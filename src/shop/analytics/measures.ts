import { mulDiv } from '../money/money.ts';

/** The sums of a day, or of an hour, from which the measures are made. */
export interface DaySums {
  readonly grossSalesMinor: number;
  readonly salesCount: number;
  readonly refundsMinor: number;
}

/** Net sales: what completed sales brought less what refunds handed back on that day, in minor units. May be negative. */
export function netSalesMinor(sums: Pick<DaySums, 'grossSalesMinor' | 'refundsMinor'>): number {
  return sums.grossSalesMinor - sums.refundsMinor;
}

/** Net sales per completed sale, rounded half away from zero; null where there was none. */
export function averageSaleMinor(sums: DaySums): number | null {
  if (sums.salesCount <= 0) return null;
  return mulDiv(netSalesMinor(sums), 1, sums.salesCount, 'half-away-from-zero');
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
