import type { PricingPolicy } from '#shop/till/price-sale.ts';
import type { SaleDraft, SaleLineDraft } from '#shop/till/sale.ts';
import type { LineSells } from '#shop/till/value-on-sale.ts';
import { selectRatesInForce } from '../catalogue/tax-rates-store.ts';
import type { BackendEnv, ShopIdentity } from '../context.ts';
import type { ReadableDb } from '../db/database.ts';
import { type CurrentPrice, hasCategory, selectPrice } from './prices-store.ts';

/** What queries and commands both have. */
export interface ShopScope {
  readonly db: ReadableDb;
  readonly env: BackendEnv;
  readonly shop: ShopIdentity;
}

/** How the shop counts now: its settings and the tax rates in force. */
export function pricingPolicyOf({ db, env, shop }: ShopScope): PricingPolicy {
  const { taxMode, taxRounding, cashRounding } = env.settings();
  return {
    currency: shop.currency,
    taxMode,
    taxRounding,
    taxRates: selectRatesInForce(db, shop.merchantId),
    cashRounding,
  };
}

/** A line whose price in the catalogue is no longer the one on the draft. */
interface ChangedPrice {
  readonly lineId: string;
  readonly priceMinor: number;
}

/** A draft under the catalogue of now. */
export interface CurrentDraft {
  /** The draft's own prices; tax, category, tags and kind of each product as the catalogue has them now. */
  readonly draft: SaleDraft;
  readonly changedPrices: readonly ChangedPrice[];
}

/**
 * Returns the draft with tax, category and tags from the catalogue, and the lines whose price has changed since. Preview and
 * commit both read a draft through this. Lines without a product carry an open amount; a product that this merchant
 * does not have counts as one.
 */
export function currentDraftOf({ db, shop }: ShopScope, draft: SaleDraft): CurrentDraft {
  const changedPrices: ChangedPrice[] = [];
  const prices = new Map<string, CurrentPrice | null>();
  const lines = draft.lines.map((line): SaleLineDraft => {
    if (line.productId === null) {
      const isKnown = line.categoryId === null || hasCategory(db, shop.merchantId, line.categoryId);
      return openLineOf(isKnown ? line : { ...line, categoryId: null });
    }
    let price = prices.get(line.productId);
    if (price === undefined) {
      price = selectPrice(db, shop.merchantId, line.productId);
      prices.set(line.productId, price);
    }
    if (price === null) return openLineOf({ ...line, productId: null, categoryId: null });
    if (price.priceMinor !== line.unitPriceMinor)
      changedPrices.push({ lineId: line.lineId, priceMinor: price.priceMinor });
    const { taxRateId, categoryId, isStoredValue, tags } = price;
    const { sells: asked, ...goods } = line;
    const sells = sellsOf(price, asked);
    return {
      ...goods,
      taxRateId,
      categoryId,
      ...(isStoredValue ? { isStoredValue } : {}),
      ...(tags.length > 0 ? { tags } : {}),
      ...(sells ? { sells } : {}),
    };
  });
  return { draft: { ...draft, lines }, changedPrices };
}

/** An open amount that sells credit or a card is stored value as a product that does; a package has a price of its own. */
function openLineOf(line: SaleLineDraft): SaleLineDraft {
  return line.sells === undefined ? line : { ...line, isStoredValue: true };
}

/** What a product sells; the draft says only which card. */
function sellsOf({ sells, sellsPlanId }: CurrentPrice, asked: LineSells | undefined): LineSells | null {
  if (sells === 'credit') return { kind: 'credit' };
  if (sells === 'gift-card') return { kind: 'gift-card', code: asked?.kind === 'gift-card' ? asked.code : null };
  return sells === 'package' && sellsPlanId !== null ? { kind: 'package', planId: sellsPlanId } : null;
}

/** The draft with the catalogue's prices in place of its own. */
export function withCurrentPrices({ draft, changedPrices }: CurrentDraft): SaleDraft {
  const changed = new Map(changedPrices.map(({ lineId, priceMinor }) => [lineId, priceMinor]));
  return {
    ...draft,
    lines: draft.lines.map((line) => ({ ...line, unitPriceMinor: changed.get(line.lineId) ?? line.unitPriceMinor })),
  };
}
