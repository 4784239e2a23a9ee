import type { TracedStep } from '../money/trace.ts';
import type { ChosenOffers } from '../offers/choose-offers.ts';
import type { AfterOffers, DiscountedLine } from './price-sale.ts';
import type { PricedSale, SaleLineDraft } from './sale.ts';

/** The derivation of a sale in the order in which it was priced: one step for every amount. */
export function pricingSteps(
  lines: readonly DiscountedLine[],
  chosen: ChosenOffers | null,
  { saleDiscount, points, tax }: AfterOffers,
  sale: Omit<PricedSale, 'trace'>,
): TracedStep[] {
  const saleStep: TracedStep = {
    what: 'sale-discount',
    inputs: { baseMinor: saleDiscount.baseMinor, lines: lines.length, ...discountInputs(saleDiscount.discount) },
    operation: 'split-over-lines',
    rounding: 'largest-remainder',
    result: saleDiscount.amountMinor,
  };
  const steps = [
    ...lines.map(grossStep),
    ...lines.map(lineDiscountStep).filter(takesOff),
    ...(chosen?.trace ?? []),
    ...[saleStep].filter(takesOff),
  ];
  if (sale.pointsOff !== null) {
    const { programId, rewardId } = sale.pointsOff;
    steps.push({
      what: 'points-off',
      inputs: { programId, rewardId, wantedMinor: points.wantedMinor, upToMinor: points.baseMinor },
      operation: 'amount-up-to',
      rounding: 'largest-remainder',
      result: points.amountMinor,
    });
  }
  return [...steps, ...tax.trace, totalStep(sale)];
}

function takesOff({ result }: TracedStep): boolean {
  return result > 0;
}

function grossStep({ line, grossMinor }: DiscountedLine): TracedStep {
  return {
    what: 'line-gross',
    inputs: { lineId: line.lineId, unitPriceMinor: line.unitPriceMinor, quantityThousandths: line.quantityThousandths },
    operation: 'price-times-quantity',
    rounding: 'half-away-from-zero',
    result: grossMinor,
  };
}

function lineDiscountStep({ line, grossMinor, lineDiscountMinor }: DiscountedLine): TracedStep {
  const isRate = line.discount?.kind === 'percent';
  return {
    what: 'line-discount',
    inputs: { lineId: line.lineId, grossMinor, ...discountInputs(line.discount) },
    operation: isRate ? 'share-of-base' : 'amount-up-to-base',
    rounding: isRate ? 'half-away-from-zero' : 'none',
    result: lineDiscountMinor,
  };
}

function discountInputs(discount: SaleLineDraft['discount']): Record<string, number> {
  if (discount === null) return {};
  return discount.kind === 'percent'
    ? { rateBasisPoints: discount.rateBasisPoints }
    : { amountMinor: discount.amountMinor };
}

function totalStep(sale: Omit<PricedSale, 'trace'>): TracedStep {
  const { subtotalMinor, discountMinor, taxMinor, totalMinor } = sale;
  const taxAddedMinor = totalMinor - (subtotalMinor - discountMinor);
  return {
    what: 'total',
    inputs: { subtotalMinor, discountMinor, taxMinor, taxAddedMinor },
    operation: 'sum-of-lines',
    rounding: 'none',
    result: totalMinor,
  };
}
