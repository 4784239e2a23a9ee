import type { CashRounding } from '../money/cash-rounding.ts';
import { minorPerMajor } from '../money/currency.ts';
import { MAX_AMOUNT_MINOR, mulDiv, sumOf } from '../money/money.ts';
import { UNIT_THOUSANDTHS } from '../money/unit-shares.ts';
import { itemAt, must } from '../must.ts';
import { type ChosenOffers, chooseOffers } from '../offers/choose-offers.ts';
import { EVERY_ITEM, matchesFilter } from '../offers/item-filter.ts';
import { DEFAULT_OFFER_LIMITS, type Offer, type OfferLimits } from '../offers/offer.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { allocateOverSale, discountOn, type SaleSplit } from './manual-discount.ts';
import { pricingSteps } from './pricing-steps.ts';
import type { PointsOff, PricedLine, PricedSale, SaleDraft, SaleLineDraft, TaxMode, TaxRounding } from './sale.ts';
import { mustAddUp, totalsOf } from './sale-sums.ts';
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

/** A line as pricing reads it. */
export type PriceableLine = SaleLineDraft & {
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
 * as money off, tax (none on stored value: what it buys is taxed, W13). Every amount taken off is split over the lines, so that each line knows its share for ever. The totals
 * depend neither on the order of the lines nor on that of the offers. Refuses 'amount-too-large' and, for a tax rate that
 * is not known, 'not-found'; an offer that does not apply is no refusal, it is returned as skipped with its reason.
 */
export function priceSale(
  draft: PriceableSale,
  policy: PricingPolicy,
  offers: readonly Offer[] = [],
  pointsOff: PointsOff | null = null,
): PricedSale | Refusal {
  const sale = readSale(draft, policy);
  return 'reason' in sale ? sale : priceRead(sale, offers, pointsOff);
}

/** A sale that can be priced: whatever offers and points are given, it is not refused any more. */
export interface ReadSale {
  readonly lines: readonly DiscountedLine[];
  readonly saleDiscount: SaleDraft['discount'];
  readonly policy: PricingPolicy;
}

/** Returns the sale as pricing begins with it, each line after its manual discount. Refuses what priceSale refuses. */
export function readSale(draft: PriceableSale, policy: PricingPolicy): ReadSale | Refusal {
  const rates = new Map(policy.taxRates.map((rate) => [rate.taxRateId, rate]));
  const lines: DiscountedLine[] = [];
  for (const line of draft.lines) {
    const rate = rates.get(line.taxRateId);
    if (rate === undefined) return refuse('not-found', { kind: 'tax-rate', taxRateId: line.taxRateId });
    if (!Number.isSafeInteger(line.unitPriceMinor * line.quantityThousandths)) return tooLarge();
    const grossMinor = grossOf(line);
    const lineDiscountMinor = discountOn(goodsOf(line, grossMinor), line.discount);
    lines.push({ line, rate, grossMinor, lineDiscountMinor });
  }
  if (sumOf(lines.map((line) => line.grossMinor)) > MAX_AMOUNT_MINOR) return tooLarge();
  return { lines, saleDiscount: draft.discount, policy };
}

function tooLarge(): Refusal {
  return refuse('amount-too-large', { limitMinor: MAX_AMOUNT_MINOR });
}

/** Quantity in thousandths x unit price, rounded half away from zero to the minor unit, once per line. */
export function grossOf(line: Pick<SaleLineDraft, 'unitPriceMinor' | 'quantityThousandths'>): number {
  must(line.quantityThousandths > 0 && line.unitPriceMinor >= 0, 'a line has a quantity and a price');
  return mulDiv(line.unitPriceMinor, line.quantityThousandths, UNIT_THOUSANDTHS, 'half-away-from-zero');
}

/** What of an amount can be taken off a line: from stored value nothing is, it is worth what it costs (C-38). */
function goodsOf({ isStoredValue }: Pick<PriceableLine, 'isStoredValue'>, minor: number): number {
  return isStoredValue === true ? 0 : minor;
}

/** A line after its manual discount: where offers begin. */
export interface DiscountedLine {
  readonly line: PriceableLine;
  readonly rate: TaxRate;
  readonly grossMinor: number;
  readonly lineDiscountMinor: number;
}

/** A sale that was read, with what is taken off it. */
export interface Pricing extends ReadSale {
  readonly offers: readonly Offer[];
  readonly pointsOff: PointsOff | null;
}

/** What is taken off after the offers, and the tax on what is then left. */
export interface AfterOffers {
  readonly saleDiscount: SaleSplit & Pick<SaleDraft, 'discount'>;
  readonly points: SaleSplit & { readonly wantedMinor: number };
  readonly tax: SaleTax;
}

/** Returns a sale that was read with every number that follows from it, as priceSale does. */
export function priceRead(sale: ReadSale, offers: readonly Offer[], pointsOff: PointsOff | null): PricedSale {
  const pricing: Pricing = { ...sale, offers, pointsOff };
  const { lines, policy } = pricing;
  const discountedMinor = lines.map((line) => line.grossMinor - line.lineDiscountMinor);
  // Stryker disable next-line ConditionalExpression: a short cut; no offers would be chosen from none.
  const chosen = pricing.offers.length === 0 ? null : offersOf(pricing);
  const after = takeAfterOffers(pricing, chosen?.remainingMinor ?? discountedMinor);
  const priced = lines.map((line, index) => pricedLineOf(line, index, chosen, after, policy.taxMode));
  const totals = mustAddUp(totalsOf(pricing, priced, chosen, after), policy.taxMode);
  return { ...totals, trace: pricingSteps(lines, chosen, after, totals) };
}

function offersOf(pricing: Pricing): ChosenOffers {
  const { lines, offers, policy } = pricing;
  return chooseOffers({
    lines: lines.map(({ line, rate, grossMinor, lineDiscountMinor }) => ({
      lineId: line.lineId,
      productId: line.productId,
      categoryId: line.categoryId,
      tags: line.tags ?? [],
      ...(line.isStoredValue === true ? { isStoredValue: true } : {}),
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
  const goods = offered.map((minor, index) => goodsOf(itemAt(pricing.lines, index).line, minor));
  const saleDiscount = splitOf(pricing, goods, discountOn(sumOf(goods), pricing.saleDiscount));
  const left = offered.map((minor, index) => minor - (saleDiscount.shares[index] ?? 0));
  const points = pointsSplitOf(pricing, left);
  const taxable = pricing.lines.map(({ line, rate }, index) => ({
    rate: line.isStoredValue === true ? null : rate,
    netMinor: (left[index] ?? 0) - (points.shares[index] ?? 0),
  }));
  return { saleDiscount, points, taxable };
}

/** Points pay the lines that they may pay, up to what is left of them. */
function pointsSplitOf(pricing: Pricing, left: readonly number[]): SaleSplit {
  const { pointsOff, lines } = pricing;
  if (pointsOff === null) return { baseMinor: 0, amountMinor: 0, shares: [] };
  must(pointsOff.amountMinor >= 0 && pointsOff.points >= 0, 'points as money are not negative');
  const payable = left.map((minor, index) => minor * markOf(pricing, itemAt(lines, index).line));
  return splitOf(pricing, payable, Math.min(pointsOff.amountMinor, sumOf(payable)));
}

function tieMarkOf(pricing: Pricing, line: PriceableLine): number {
  return 2 * (line.mark ?? 0) + markOf(pricing, line);
}

/** 1 for a line that points may pay. */
function markOf({ pointsOff }: Pricing, line: PriceableLine): 0 | 1 {
  return matchesFilter(line, pointsOff?.filter ?? EVERY_ITEM) ? 1 : 0;
}

function splitOf(pricing: Pricing, base: readonly number[], amountMinor: number): SaleSplit {
  const { lines, pointsOff, policy } = pricing;
  // Stryker disable next-line ConditionalExpression: a short cut; nothing would be split into nothings.
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
