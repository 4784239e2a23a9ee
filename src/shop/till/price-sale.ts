import type { CashRounding } from '../money/cash-rounding.ts';
import { isAmountMinor, MAX_AMOUNT_MINOR, mulDiv, sumOf } from '../money/money.ts';
import type { TracedStep } from '../money/trace.ts';
import { must } from '../must.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { allocateSaleDiscount, discountOn } from './manual-discount.ts';
import type { PricedLine, PricedSale, SaleDraft, SaleLineDraft, TaxMode, TaxOfRate, TaxRounding } from './sale.ts';
import { computeTax, type TaxableLine } from './sale-tax.ts';

/** A tax rate in force. rateBasisPoints: 1000 = 10 %. */
interface TaxRate {
  readonly taxRateId: string;
  readonly name: string;
  readonly rateBasisPoints: number;
}

/** How the shop counts: read from its settings, frozen in the sale. */
export interface PricingPolicy {
  readonly currency: string;
  readonly taxMode: TaxMode;
  readonly taxRounding: TaxRounding;
  readonly taxRates: readonly TaxRate[];
  readonly cashRounding: CashRounding;
}

/** What pricing reads of a draft. */
export type PriceableSale = Pick<SaleDraft, 'lines' | 'discount'>;

/**
 * Returns the sale with every number that follows from it, in the order of LOYALTY.md 1: line gross, manual line
 * discounts, the manual discount of the sale, tax. (Offers and points as money off take their places in between.)
 * Every amount taken off is split over the lines, so that each line knows its share for ever. The totals do not depend
 * on the order of the lines. Refuses 'amount-too-large' and, for a tax rate that is not known, 'not-found'.
 */
export function priceSale(draft: PriceableSale, policy: PricingPolicy): PricedSale | Refusal {
  const rates = new Map(policy.taxRates.map((rate) => [rate.taxRateId, rate]));
  const lines: DiscountedLine[] = [];
  for (const line of draft.lines) {
    const rate = rates.get(line.taxRateId);
    if (rate === undefined) return refuse('not-found', { kind: 'tax-rate', taxRateId: line.taxRateId });
    const grossMinor = grossOf(line);
    if (!isAmountMinor(grossMinor)) return refuse('amount-too-large', { limitMinor: MAX_AMOUNT_MINOR });
    lines.push({ line, rate, grossMinor, lineDiscountMinor: discountOn(grossMinor, line.discount) });
  }
  if (sumOf(lines.map((line) => line.grossMinor)) > MAX_AMOUNT_MINOR) {
    return refuse('amount-too-large', { limitMinor: MAX_AMOUNT_MINOR });
  }
  return assemble(lines, draft, policy);
}

/** Quantity in thousandths x unit price, rounded half away from zero to the minor unit, once per line. */
export function grossOf(line: Pick<SaleLineDraft, 'unitPriceMinor' | 'quantityThousandths'>): number {
  must(line.quantityThousandths > 0 && line.unitPriceMinor >= 0, 'a line has a quantity and a price');
  return mulDiv(line.unitPriceMinor, line.quantityThousandths, 1000, 'half-away-from-zero');
}

interface DiscountedLine {
  readonly line: SaleLineDraft;
  readonly rate: TaxRate;
  readonly grossMinor: number;
  readonly lineDiscountMinor: number;
}

function assemble(lines: readonly DiscountedLine[], draft: PriceableSale, policy: PricingPolicy): PricedSale {
  const remaining = lines.map((line) => line.grossMinor - line.lineDiscountMinor);
  const saleDiscountMinor = discountOn(sumOf(remaining), draft.discount);
  const shares = allocateSaleDiscount(
    saleDiscountMinor,
    lines.map((line, index) => ({ remainingMinor: remaining[index] ?? 0, ...taxKeyOf(line) })),
    policy.taxRounding,
  );
  const taxable: TaxableLine[] = lines.map(({ rate }, index) => ({
    rate,
    netMinor: (remaining[index] ?? 0) - (shares[index] ?? 0),
  }));
  const tax = computeTax(taxable, policy);
  const priced = lines.map((line, index) =>
    pricedLineOf(line, shares[index] ?? 0, tax.taxMinorByLine[index] ?? 0, policy.taxMode),
  );
  const sale = totalsOf(priced, lines, tax.taxByRate, policy);
  mustAddUp(sale, policy);
  return {
    ...sale,
    trace: [...discountSteps(lines, saleDiscountMinor, sumOf(remaining)), ...tax.trace, totalStep(sale)],
  };
}

function taxKeyOf(line: DiscountedLine): { rateBasisPoints: number; taxRateId: string } {
  return { rateBasisPoints: line.rate.rateBasisPoints, taxRateId: line.rate.taxRateId };
}

function pricedLineOf(line: DiscountedLine, shareMinor: number, taxMinor: number, taxMode: TaxMode): PricedLine {
  const netMinor = line.grossMinor - line.lineDiscountMinor - shareMinor;
  return {
    lineId: line.line.lineId,
    grossMinor: line.grossMinor,
    lineDiscountMinor: line.lineDiscountMinor,
    saleDiscountShareMinor: shareMinor,
    offerShareMinor: 0,
    pointsShareMinor: 0,
    orderDiscountShareMinor: shareMinor,
    freeThousandths: 0,
    netMinor,
    taxMinor,
    taxRateId: line.rate.taxRateId,
    payableMinor: taxMode === 'inclusive' ? netMinor : netMinor + taxMinor,
  };
}

function totalsOf(
  priced: readonly PricedLine[],
  lines: readonly DiscountedLine[],
  taxByRate: readonly TaxOfRate[],
  policy: PricingPolicy,
): Omit<PricedSale, 'trace'> {
  return {
    currency: policy.currency,
    lines: priced,
    subtotalMinor: sumOf(priced.map((line) => line.grossMinor)),
    discountMinor: sumOf(priced.map((line) => line.lineDiscountMinor + line.saleDiscountShareMinor)),
    manualDiscountMinor: sumOf(priced.map((line) => line.lineDiscountMinor + line.saleDiscountShareMinor)),
    offers: [],
    skippedOffers: [],
    pointsOff: null,
    taxByRate,
    taxMinor: sumOf(priced.map((line) => line.taxMinor)),
    totalMinor: sumOf(priced.map((line) => line.payableMinor)),
    itemCount: sumOf(lines.map(({ line }) => piecesOf(line.quantityThousandths))),
  };
}

function piecesOf(quantityThousandths: number): number {
  return quantityThousandths % 1000 === 0 ? quantityThousandths / 1000 : 1;
}

/** Money is checked twice: parts sum to the whole, nothing is negative, tax by rate equals tax by line. */
function mustAddUp(sale: Omit<PricedSale, 'trace'>, policy: PricingPolicy): void {
  const added = policy.taxMode === 'exclusive' ? sale.taxMinor : 0;
  must(
    sale.totalMinor === sale.subtotalMinor - sale.discountMinor + added,
    'a total is subtotal less discount plus tax',
  );
  must(sumOf(sale.taxByRate.map((rate) => rate.taxMinor)) === sale.taxMinor, 'tax by rate is tax by line');
  must(
    sale.lines.every((line) => line.netMinor >= 0 && line.taxMinor >= 0),
    'no share is negative',
  );
}

function discountSteps(lines: readonly DiscountedLine[], saleDiscountMinor: number, baseMinor: number): TracedStep[] {
  const steps: TracedStep[] = lines.map(({ line, grossMinor }) => ({
    what: 'line-gross',
    inputs: { lineId: line.lineId, unitPriceMinor: line.unitPriceMinor, quantityThousandths: line.quantityThousandths },
    operation: 'price-times-quantity',
    rounding: 'half-away-from-zero',
    result: grossMinor,
  }));
  for (const { line, grossMinor, lineDiscountMinor } of lines) {
    if (lineDiscountMinor > 0) {
      steps.push({
        what: 'line-discount',
        inputs: { lineId: line.lineId, grossMinor, ...discountInputs(line.discount) },
        operation: line.discount?.kind === 'percent' ? 'share-of-base' : 'amount-up-to-base',
        rounding: line.discount?.kind === 'percent' ? 'half-away-from-zero' : 'none',
        result: lineDiscountMinor,
      });
    }
  }
  if (saleDiscountMinor > 0) {
    steps.push({
      what: 'sale-discount',
      inputs: { baseMinor, lines: lines.length },
      operation: 'split-over-lines',
      rounding: 'largest-remainder',
      result: saleDiscountMinor,
    });
  }
  return steps;
}

function discountInputs(discount: SaleLineDraft['discount']): Record<string, number> {
  if (discount === null) return {};
  return discount.kind === 'percent'
    ? { rateBasisPoints: discount.rateBasisPoints }
    : { amountMinor: discount.amountMinor };
}

function totalStep(sale: Omit<PricedSale, 'trace'>): TracedStep {
  const { subtotalMinor, discountMinor, taxMinor, totalMinor } = sale;
  return {
    what: 'total',
    inputs: { subtotalMinor, discountMinor, taxMinor },
    operation: 'sum-of-lines',
    rounding: 'none',
    result: totalMinor,
  };
}
