import { must } from '../must.ts';

/** What was settled, and the part of it that sold credit, gift cards or passes; the rest is goods and services. */
export interface SplitAmount {
  readonly amountMinor: number;
  readonly soldValueMinor: number;
}

/** A line with what is paid for it, or with what of that comes back. */
interface PaidLine {
  readonly amountMinor: number;
  readonly isStoredValue: boolean;
}

/**
 * Returns what of a sale's amount sold stored value. Its cash rounding is of the goods as long as anything was paid for
 * them, and never makes less than nothing of them (decision 0031).
 */
export function soldValueOf(lines: readonly PaidLine[], amountMinor: number): number {
  const { goodsMinor, valueMinor } = sumsOf(lines);
  return goodsMinor === 0 && valueMinor > 0 ? amountMinor : Math.min(valueMinor, amountMinor);
}

/**
 * Returns what of a refund's amount takes sold stored value back: that of its lines, within what the sale sold of either
 * part and earlier refunds have not taken out yet. Refunds of the whole sale sum to both parts.
 */
export function returnedValueOf(
  sale: SplitAmount,
  earlier: SplitAmount,
  refund: { readonly amountMinor: number; readonly lines: readonly PaidLine[] },
): number {
  const { amountMinor } = refund;
  const valueLeftMinor = sale.soldValueMinor - earlier.soldValueMinor;
  const goodsLeftMinor = sale.amountMinor - earlier.amountMinor - valueLeftMinor;
  must(valueLeftMinor >= 0 && goodsLeftMinor >= 0, 'refunds took out no more than was sold');
  const leastMinor = Math.max(0, amountMinor - goodsLeftMinor);
  return Math.max(leastMinor, Math.min(soldValueOf(refund.lines, amountMinor), valueLeftMinor));
}

function sumsOf(lines: readonly PaidLine[]): { goodsMinor: number; valueMinor: number } {
  let goodsMinor = 0;
  let valueMinor = 0;
  for (const { amountMinor, isStoredValue } of lines) {
    if (isStoredValue) valueMinor += amountMinor;
    else goodsMinor += amountMinor;
  }
  return { goodsMinor, valueMinor };
}
