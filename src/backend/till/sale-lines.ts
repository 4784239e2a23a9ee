import type { PricedLine, PricedSale, SaleDraft, TaxOfRate, TracedStep } from '#shop/till/sale.ts';
import type { CashRounding } from '#shop/money/cash-rounding.ts';
import type { SoldItem } from '#shop/till/earning-sale.ts';
import { soldValueOf } from '#shop/till/goods-sold.ts';
import { canonicalJson } from '#shop/audit/hash-chain.ts';
import { mustHave } from '#shop/must.ts';
import { exchangeOf, hasSameExchange } from './frozen-exchange.ts';
import type { SaleItemRow } from './sale-rows-store.ts';
import type { StoredItem, StoredSale } from './sales-store.ts';
import type { SaleLoyalty } from './taken-rewards.ts';
import { keptValueOf, type SoldValue } from '../value/kept-value.ts';

/** The rows of a sale's lines: what was asked for beside the shares that it was priced to. */
export function itemRowsOf(
  merchantId: string,
  draft: SaleDraft,
  priced: PricedSale,
  sold: readonly SoldValue[] = [],
): SaleItemRow[] {
  const rates = new Map(priced.taxByRate.map((rate) => [rate.taxRateId, rate.rateBasisPoints]));
  return draft.lines.map((line, position) => {
    const share = mustHave(priced.lines[position], 'a priced line for each line');
    return {
      id: line.lineId,
      merchantId,
      transactionId: draft.saleId,
      position,
      productId: line.productId,
      categoryId: line.categoryId,
      name: line.name,
      quantityThousandths: line.quantityThousandths,
      unitPriceMinor: line.unitPriceMinor,
      grossMinor: share.grossMinor,
      lineDiscountMinor: share.lineDiscountMinor,
      saleDiscountMinor: share.saleDiscountShareMinor,
      offerDiscountMinor: share.offerShareMinor,
      pointsDiscountMinor: share.pointsShareMinor,
      orderDiscountMinor: share.orderDiscountShareMinor,
      freeThousandths: share.freeThousandths,
      netMinor: share.netMinor,
      taxRateId: share.taxRateId,
      taxRateBasisPoints: line.isStoredValue === true ? 0 : mustHave(rates.get(share.taxRateId), 'the rate of a line'),
      taxMinor: share.taxMinor,
      payableMinor: share.payableMinor,
      isStoredValue: line.isStoredValue === true ? 1 : 0,
      soldKind: line.sells?.kind ?? null,
      soldSubjectId: sold.find(({ lineId }) => lineId === line.lineId)?.subjectId ?? null,
      tags: (line.tags ?? []).length === 0 ? null : JSON.stringify(line.tags),
      note: line.note,
    };
  });
}

/** What of a priced sale sells stored value, once its cash has been rounded; items stand in the order of its lines. */
export function soldValueIn(
  { lines, totalMinor }: Pick<PricedSale, 'lines' | 'totalMinor'>,
  items: readonly { readonly isStoredValue?: boolean }[],
  cashRoundingMinor = 0,
): number {
  const paid = lines.map(({ payableMinor }, position) => {
    const { isStoredValue = false } = mustHave(items[position], 'an item for each priced line');
    return { amountMinor: payableMinor, isStoredValue };
  });
  return soldValueOf(paid, totalMinor + cashRoundingMinor);
}

/** A sale as it was priced when its prices were frozen: nothing is computed again. */
export function pricedAsFrozen(sale: StoredSale, items: readonly StoredItem[]): PricedSale {
  return {
    currency: sale.currency,
    lines: items.map(frozenLineOf),
    subtotalMinor: sale.subtotalMinor,
    discountMinor: sale.discountMinor,
    manualDiscountMinor: items.reduce((sum, item) => sum + item.lineDiscountMinor + item.saleDiscountShareMinor, 0),
    offers: [],
    skippedOffers: [],
    pointsOff: null,
    taxByRate: JSON.parse(sale.taxByRate) as TaxOfRate[],
    taxMinor: sale.taxMinor,
    totalMinor: sale.totalMinor,
    itemCount: sale.itemCount,
    trace: JSON.parse(sale.trace) as TracedStep[],
  };
}

function frozenLineOf(item: StoredItem): PricedLine {
  const { lineId, grossMinor, lineDiscountMinor, saleDiscountShareMinor, netMinor, taxMinor, taxRateId, payableMinor } =
    item;
  const { offerShareMinor, pointsShareMinor, orderDiscountShareMinor, freeThousandths } = item;
  return {
    lineId,
    grossMinor,
    lineDiscountMinor,
    saleDiscountShareMinor,
    offerShareMinor,
    pointsShareMinor,
    orderDiscountShareMinor,
    freeThousandths,
    netMinor,
    taxMinor,
    taxRateId,
    payableMinor,
  };
}

/** Whether a draft still asks for exactly the lines that were frozen. */
export function isAsFrozen(draft: SaleDraft, items: readonly StoredItem[]): boolean {
  if (draft.lines.length !== items.length) return false;
  return draft.lines.every((line, position) => {
    const item = items[position];
    return (
      item !== undefined &&
      item.lineId === line.lineId &&
      item.quantityThousandths === line.quantityThousandths &&
      item.unitPriceMinor === line.unitPriceMinor
    );
  });
}

/** The rewards of a sale as they were kept with it, or null where it took none. */
export function loyaltyOf(sale: Pick<StoredSale, 'loyalty'>): SaleLoyalty | null {
  return sale.loyalty === null ? null : (JSON.parse(sale.loyalty) as SaleLoyalty);
}

/** Whether a draft still asks for the rewards that were frozen, of the same customer: their points are paid already. */
function hasSameRewards(draft: SaleDraft, sale: Pick<StoredSale, 'loyalty' | 'customerId'>): boolean {
  const frozen = loyaltyOf(sale);
  if (frozen === null) return draft.redemptions.length === 0;
  return draft.customerId === sale.customerId && canonicalJson(draft.redemptions) === canonicalJson(frozen.redemptions);
}

/** Whether a draft still asks for the vouchers and units that were frozen, of the same customer where any are used. */
function hasSameValue(
  { customerId, vouchers = [], passUses = [] }: SaleDraft,
  sale: Pick<StoredSale, 'value' | 'customerId'>,
): boolean {
  const kept = keptValueOf(sale);
  if (kept === null) return vouchers.length + passUses.length === 0;
  return customerId === sale.customerId && canonicalJson({ vouchers, passUses }) === canonicalJson(kept.asked);
}

/** The rule for cash that was frozen with a sale; null on one from before sales kept it. */
export function cashRoundingOf(sale: {
  readonly cashRoundingStepMinor: number | null;
  readonly cashRoundingMode: CashRounding['mode'] | null;
}): CashRounding | null {
  const { cashRoundingStepMinor: stepMinor, cashRoundingMode: mode } = sale;
  return stepMinor === null || mode === null ? null : { stepMinor, mode };
}

/** The lines of a stored sale as earning reads them. */
export function soldItemsOf(items: readonly StoredItem[]): SoldItem[] {
  return items.map((item) => ({
    ...item,
    discount: null,
    isStoredValue: item.isStoredValue === 1,
    tags: frozenTagsOf(item),
  }));
}

/** The tags that the product of a stored line had when its prices were frozen. */
export function frozenTagsOf({ tags }: { readonly tags: string | null }): readonly string[] {
  return tags === null ? [] : (JSON.parse(tags) as string[]);
}

/** Whether a draft still asks for all that was frozen when its payment began: lines, rewards, vouchers, passes and what comes back. */
export function isStillAsked(draft: SaleDraft, sale: StoredSale, items: readonly StoredItem[]): boolean {
  const isSame = isAsFrozen(draft, items) && hasSameRewards(draft, sale) && hasSameValue(draft, sale);
  return isSame && hasSameExchange(draft, exchangeOf(sale));
}

/** The whole derivation of a stored sale: the steps kept with it, and in front of them the gross of each line. */
export function traceOf(sale: Pick<StoredSale, 'trace'>, items: readonly StoredItem[]): TracedStep[] {
  const gross = items.map(
    (item): TracedStep => ({
      what: 'line-gross',
      inputs: {
        lineId: item.lineId,
        unitPriceMinor: item.unitPriceMinor,
        quantityThousandths: item.quantityThousandths,
      },
      operation: 'price-times-quantity',
      rounding: 'half-away-from-zero',
      result: item.grossMinor,
    }),
  );
  return [...gross, ...(JSON.parse(sale.trace) as TracedStep[])];
}
