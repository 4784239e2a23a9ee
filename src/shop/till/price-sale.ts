import type { CashRounding } from '../money/cash-rounding.ts';
import { minorPerMajor } from '../money/currency.ts';
import { isAmountMinor, MAX_AMOUNT_MINOR, mulDiv, sumOf } from '../money/money.ts';
import { UNIT_THOUSANDTHS } from '../money/unit-shares.ts';
import { must } from '../must.ts';
import { type ChosenOffers, chooseOffers } from '../offers/choose-offers.ts';
import { matchesFilter } from '../offers/item-filter.ts';
import { DEFAULT_OFFER_LIMITS, type Offer, type OfferLimits } from '../offers/offer.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { allocateOverSale, discountOn, type SaleSplit } from './manual-discount.ts';
import { pricingSteps } from './pricing-steps.ts';
import type {
  AppliedPointsOff,
  PointsOff,
  PricedLine,
  PricedSale,
  SaleDraft,
  SaleLineDraft,
  TaxMode,
  TaxRounding,
} from './sale.ts';
import { computeTax, type SaleTax, type TaxableLine, totalTaxOf } from './sale-tax.ts';

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
  /** Five and one of a group where it is not given (C-24). */
  readonly offerLimits?: OfferLimits;
}

/** A line as pricing reads it: the tags of its product come from the catalogue. */
export type PriceableLine = SaleLineDraft & {
  readonly tags?: readonly string[];
  /** By what later decisions tell lines apart: between lines of different marks no tie is left to their place. */
  readonly mark?: number;
};

/** What pricing reads of a draft. */
export interface PriceableSale {
  readonly lines: readonly PriceableLine[];
  readonly discount: SaleDraft['discount'];
}

/**
 * Returns the sale with every number that follows from it, in the order of LOYALTY.md 1: line gross, manual line
 * discounts, free items, item-level offers, order-level offers, the manual discount of the sale on what they leave, points
 * as money off, tax. Every amount taken off is split over the lines, so that each line knows its share for ever. The totals
 * depend neither on the order of the lines nor on that of the offers. Refuses 'amount-too-large' and, for a tax rate that
 * is not known, 'not-found'; an offer that does not apply is no refusal, it is returned as skipped with its reason.
 */
export function priceSale(
  draft: PriceableSale,
  policy: PricingPolicy,
  offers: readonly Offer[] = [],
  pointsOff: PointsOff | null = null,
): PricedSale | Refusal {
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
  return assemble({ lines, saleDiscount: draft.discount, offers, pointsOff, policy });
}

/** Quantity in thousandths x unit price, rounded half away from zero to the minor unit, once per line. */
export function grossOf(line: Pick<SaleLineDraft, 'unitPriceMinor' | 'quantityThousandths'>): number {
  must(line.quantityThousandths > 0 && line.unitPriceMinor >= 0, 'a line has a quantity and a price');
  return mulDiv(line.unitPriceMinor, line.quantityThousandths, UNIT_THOUSANDTHS, 'half-away-from-zero');
}

/** A line after its manual discount: where offers begin. */
export interface DiscountedLine {
  readonly line: PriceableLine;
  readonly rate: TaxRate;
  readonly grossMinor: number;
  readonly lineDiscountMinor: number;
}

interface Pricing {
  readonly lines: readonly DiscountedLine[];
  readonly saleDiscount: SaleDraft['discount'];
  readonly offers: readonly Offer[];
  readonly pointsOff: PointsOff | null;
  readonly policy: PricingPolicy;
}

/** What is taken off after the offers, and the tax on what is then left. */
export interface AfterOffers {
  readonly saleDiscount: SaleSplit & Pick<SaleDraft, 'discount'>;
  readonly points: SaleSplit & { readonly wantedMinor: number };
  readonly tax: SaleTax;
}

function assemble(pricing: Pricing): PricedSale {
  const { lines, policy } = pricing;
  const discountedMinor = lines.map((line) => line.grossMinor - line.lineDiscountMinor);
  const chosen = pricing.offers.length === 0 ? null : offersOf(pricing);
  const after = takeAfterOffers(pricing, chosen?.remainingMinor ?? discountedMinor);
  const priced = lines.map((line, index) => pricedLineOf(line, index, chosen, after, policy.taxMode));
  const sale = totalsOf(pricing, priced, chosen, after);
  mustAddUp(sale, policy);
  return { ...sale, trace: pricingSteps(lines, chosen, after, sale) };
}

function offersOf(pricing: Pricing): ChosenOffers {
  const { lines, offers, policy } = pricing;
  return chooseOffers({
    lines: lines.map(({ line, rate, grossMinor, lineDiscountMinor }) => ({
      lineId: line.lineId,
      productId: line.productId,
      categoryId: line.categoryId,
      tags: line.tags ?? [],
      quantityThousandths: line.quantityThousandths,
      grossMinor,
      lineDiscountMinor,
      taxRateId: rate.taxRateId,
      rateBasisPoints: rate.rateBasisPoints,
      mark: tieMarkOf(pricing, line),
    })),
    offers,
    limits: policy.offerLimits ?? DEFAULT_OFFER_LIMITS,
    taxMode: policy.taxMode,
    minorPerMajor: minorPerMajor(policy.currency),
    payableOf: (remainingMinor) => payableOf(pricing, remainingMinor),
    isRounded: !saysEnough(pricing),
  });
}

/** Where prices include tax and points pay every item, less left is less to pay whatever follows: what is left says enough. */
function saysEnough({ policy, pointsOff }: Pricing): boolean {
  return policy.taxMode === 'inclusive' && pointsOff?.filter === undefined;
}

/** What the customer pays when offers leave this. */
function payableOf(pricing: Pricing, remainingMinor: readonly number[]): number {
  if (saysEnough(pricing)) return sumOf(remainingMinor);
  const { taxable } = splitAfterOffers(pricing, remainingMinor);
  const netMinor = sumOf(taxable.map((line) => line.netMinor));
  return pricing.policy.taxMode === 'inclusive' ? netMinor : netMinor + totalTaxOf(taxable, pricing.policy);
}

function takeAfterOffers(pricing: Pricing, offered: readonly number[]): AfterOffers {
  const { saleDiscount, points, taxable } = splitAfterOffers(pricing, offered);
  return {
    saleDiscount: { ...saleDiscount, discount: pricing.saleDiscount },
    points: { ...points, wantedMinor: pricing.pointsOff?.amountMinor ?? 0 },
    tax: computeTax(taxable, pricing.policy),
  };
}

/** The manual discount of the sale and points as money off, each on what is left. */
function splitAfterOffers(
  pricing: Pricing,
  offered: readonly number[],
): { readonly saleDiscount: SaleSplit; readonly points: SaleSplit; readonly taxable: readonly TaxableLine[] } {
  const saleDiscount = splitOf(pricing, offered, discountOn(sumOf(offered), pricing.saleDiscount));
  const left = offered.map((minor, index) => minor - (saleDiscount.shares[index] ?? 0));
  const points = pointsSplitOf(pricing, left);
  const taxable = pricing.lines.map(({ rate }, index) => ({
    rate,
    netMinor: (left[index] ?? 0) - (points.shares[index] ?? 0),
  }));
  return { saleDiscount, points, taxable };
}

/** Points pay the lines that they may pay, up to what is left of them. */
function pointsSplitOf(pricing: Pricing, left: readonly number[]): SaleSplit {
  const { pointsOff, lines } = pricing;
  if (pointsOff === null) return { baseMinor: 0, amountMinor: 0, shares: [] };
  must(pointsOff.amountMinor >= 0 && pointsOff.points >= 0, 'points as money are not negative');
  const payable = left.map((minor, index) => minor * markOf(pricing, lines[index]?.line));
  return splitOf(pricing, payable, Math.min(pointsOff.amountMinor, sumOf(payable)));
}

function tieMarkOf(pricing: Pricing, line: PriceableLine): number {
  return 2 * (line.mark ?? 0) + markOf(pricing, line);
}

/** 1 for a line that points may pay. */
function markOf({ pointsOff }: Pricing, line: PriceableLine | undefined): 0 | 1 {
  const filter = pointsOff?.filter;
  return filter === undefined || (line !== undefined && matchesFilter(line, filter)) ? 1 : 0;
}

function splitOf(pricing: Pricing, base: readonly number[], amountMinor: number): SaleSplit {
  const { lines, pointsOff, policy } = pricing;
  if (amountMinor === 0) return { baseMinor: sumOf(base), amountMinor, shares: [] };
  const splittable = lines.map(({ line, rate }, index) => ({
    remainingMinor: base[index] ?? 0,
    rateBasisPoints: rate.rateBasisPoints,
    taxRateId: rate.taxRateId,
    mark: tieMarkOf(pricing, line),
  }));
  const dearerFirst = policy.taxRounding === 'line' || pointsOff !== null;
  return { baseMinor: sumOf(base), amountMinor, shares: allocateOverSale(amountMinor, splittable, dearerFirst) };
}

function pricedLineOf(
  { line, rate, grossMinor, lineDiscountMinor }: DiscountedLine,
  index: number,
  chosen: ChosenOffers | null,
  { saleDiscount, points, tax }: AfterOffers,
  taxMode: TaxMode,
): PricedLine {
  const saleDiscountShareMinor = saleDiscount.shares[index] ?? 0;
  const offerShareMinor = chosen?.offerShareMinor[index] ?? 0;
  const pointsShareMinor = points.shares[index] ?? 0;
  const taxMinor = tax.taxMinorByLine[index] ?? 0;
  const netMinor = grossMinor - lineDiscountMinor - saleDiscountShareMinor - offerShareMinor - pointsShareMinor;
  return {
    lineId: line.lineId,
    grossMinor,
    lineDiscountMinor,
    saleDiscountShareMinor,
    offerShareMinor,
    pointsShareMinor,
    orderDiscountShareMinor: saleDiscountShareMinor + (chosen?.orderShareMinor[index] ?? 0),
    freeThousandths: (chosen?.freeUnits[index] ?? 0) * UNIT_THOUSANDTHS,
    netMinor,
    taxMinor,
    taxRateId: rate.taxRateId,
    payableMinor: taxMode === 'inclusive' ? netMinor : netMinor + taxMinor,
  };
}

function totalsOf(
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
    pointsOff: pointsOff === null ? null : appliedPointsOf(pointsOff, points, priced),
    taxByRate: tax.taxByRate,
    taxMinor: sumOf(priced.map((line) => line.taxMinor)),
    totalMinor: sumOf(priced.map((line) => line.payableMinor)),
    itemCount: sumOf(lines.map(({ line }) => piecesOf(line.quantityThousandths))),
  };
}

function appliedPointsOf(
  { programId, rewardId, points }: PointsOff,
  { amountMinor }: SaleSplit,
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

/** Money is checked twice: parts sum to the whole, nothing is negative, tax by rate equals tax by line. */
function mustAddUp(sale: Omit<PricedSale, 'trace'>, policy: PricingPolicy): void {
  const added = policy.taxMode === 'exclusive' ? sale.taxMinor : 0;
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
}
