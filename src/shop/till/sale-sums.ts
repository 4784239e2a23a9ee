import { sumOf } from '../money/money.ts';
import { must } from '../must.ts';
import type { PricedSale, TaxMode } from './sale.ts';

/**
 * Returns a priced sale once its parts sum to the whole, tax by rate equals tax by line and nothing is negative: money is
 * checked twice.
 */
export function mustAddUp<T extends Omit<PricedSale, 'trace'>>(sale: T, taxMode: TaxMode): T {
  const added = taxMode === 'exclusive' ? sale.taxMinor : 0;
  must(
    sale.totalMinor === sale.subtotalMinor - sale.discountMinor + added,
    'a total is subtotal less discount plus tax',
  );
  must(sumOf(sale.taxByRate.map((rate) => rate.taxMinor)) === sale.taxMinor, 'tax by rate is tax by line');
  must(
    sumOf(sale.offers.map((offer) => offer.amountMinor)) === sumOf(sale.lines.map((line) => line.offerShareMinor)),
    'offers are split whole',
  );
  must(
    sale.lines.every((line) => line.netMinor >= 0 && line.taxMinor >= 0),
    'no share is negative',
  );
  return sale;
}
