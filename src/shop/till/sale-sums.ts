import { sumOf } from '../money/money.ts';
import { UNIT_THOUSANDTHS } from '../money/unit-shares.ts';
import { must } from '../must.ts';
import type { ChosenOffers } from '../offers/choose-offers.ts';
import type { AfterOffers, Pricing } from './price-sale.ts';
import type { AppliedPointsOff, PointsOff, PricedLine, PricedSale, TaxMode } from './sale.ts';

/** Returns the sale with the sums of its priced lines. */
export function totalsOf(
  { lines, pointsOff, policy }: Pricing,
  priced: readonly PricedLine[],
  chosen: ChosenOffers | null,
  { points, tax }: AfterOffers,
): Omit<PricedSale, 'trace'> {
  const manualDiscountMinor = sumOf(priced.map((line) => line.lineDiscountMinor + line.saleDiscountShareMinor));
  const otherMinor = sumOf(priced.map((line) => line.offerShareMinor + line.pointsShareMinor));
  return {
    currency: policy.currency,
    lines: priced,
    subtotalMinor: sumOf(priced.map((line) => line.grossMinor)),
    discountMinor: manualDiscountMinor + otherMinor,
    manualDiscountMinor,
    offers: chosen?.applied ?? [],
    skippedOffers: chosen?.skipped ?? [],
    pointsOff: pointsOff === null ? null : appliedPointsOf(pointsOff, points.amountMinor, priced),
    taxByRate: tax.taxByRate,
    taxMinor: sumOf(priced.map((line) => line.taxMinor)),
    totalMinor: sumOf(priced.map((line) => line.payableMinor)),
    itemCount: sumOf(lines.map(({ line }) => piecesOf(line.quantityThousandths))),
  };
}

function appliedPointsOf(
  { programId, rewardId, points }: PointsOff,
  amountMinor: number,
  priced: readonly PricedLine[],
): AppliedPointsOff {
  const shares = priced
    .map((line) => ({ lineId: line.lineId, amountMinor: line.pointsShareMinor }))
    .filter((share) => share.amountMinor > 0);
  return { programId, rewardId, points, amountMinor, shares };
}

function piecesOf(quantityThousandths: number): number {
  return quantityThousandths % UNIT_THOUSANDTHS === 0 ? quantityThousandths / UNIT_THOUSANDTHS : 1;
}

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
