import { EVERY_ITEM, type ItemFilter } from '#shop/offers/item-filter.ts';
import type { Offer, OfferEffect } from '#shop/offers/offer.ts';
import { type PricingPolicy, priceSale } from '#shop/till/price-sale.ts';
import type { ManualDiscount, PointsOff, PricedSale, SaleLineDraft } from '#shop/till/sale.ts';

/** A line of one piece without tax; the product's id and the line's are the same word. */
export function basketLine(id: string, unitPriceMinor: number): SaleLineDraft {
  return {
    lineId: id,
    productId: id,
    name: id,
    unitPriceMinor,
    quantityThousandths: 1000,
    taxRateId: 'none',
    categoryId: null,
    discount: null,
    note: '',
  };
}

/** The line with 15 per cent tax. */
export function taxed(line: SaleLineDraft): SaleLineDraft {
  return { ...line, taxRateId: 'fifteen' };
}

interface OfferChange extends Omit<Partial<Offer>, 'filter'> {
  readonly filter?: Partial<ItemFilter>;
}

/** An offer on single items in a group of its own. */
export function offer(code: string, effect: OfferEffect, { filter = {}, ...change }: OfferChange = {}): Offer {
  return {
    offerId: code,
    source: 'voucher',
    sourceId: code,
    code,
    group: code,
    scope: 'item',
    effect,
    filter: { ...EVERY_ITEM, ...filter },
    minimum: null,
    order: 0,
    isExclusive: false,
    basis: 'remaining',
    endsAtMs: null,
    budgetMinor: null,
    ...change,
  };
}

export function percentOff(
  code: string,
  rateBasisPoints: number,
  { capMinor = null, ...change }: OfferChange & { readonly capMinor?: number | null } = {},
): Offer {
  return offer(code, { kind: 'percent', rateBasisPoints, capMinor }, change);
}

export function amountOff(code: string, amountMinor: number, change: OfferChange = {}): Offer {
  return offer(code, { kind: 'amount', amountMinor }, change);
}

export function freeUnits(code: string, units: number, change: OfferChange = {}): Offer {
  return offer(code, { kind: 'free-units', units }, change);
}

/** Prices that include tax, in dollars, tax rounded per document. */
export const POLICY: PricingPolicy = {
  currency: 'USD',
  taxMode: 'inclusive',
  taxRounding: 'document',
  taxRates: [
    { taxRateId: 'none', name: 'None', rateBasisPoints: 0 },
    { taxRateId: 'ten', name: 'Ten', rateBasisPoints: 1000 },
    { taxRateId: 'fifteen', name: 'Fifteen', rateBasisPoints: 1500 },
  ],
  cashRounding: { stepMinor: 1, mode: 'nearest' },
};

/** The sale as priced; a refusal fails the test. */
export function priceOf(
  lines: readonly SaleLineDraft[],
  offers: readonly Offer[],
  policy: Partial<PricingPolicy> = {},
  more: { readonly discount?: ManualDiscount | null; readonly pointsOff?: PointsOff | null } = {},
): PricedSale {
  const lineIds = new Set(lines.map((line) => line.lineId));
  const distinct =
    lineIds.size === lines.length ? lines : lines.map((line, index) => ({ ...line, lineId: `${line.lineId}${index}` }));
  const sale = priceSale(
    { lines: distinct, discount: more.discount ?? null },
    { ...POLICY, ...policy },
    offers,
    more.pointsOff ?? null,
  );
  if ('reason' in sale) throw new Error(sale.reason);
  return sale;
}

/** The offers left out, by id and reason. */
export function skipsOf(sale: PricedSale): (readonly [string, string])[] {
  return sale.skippedOffers.map(({ offerId, reason }) => [offerId, reason] as const);
}
