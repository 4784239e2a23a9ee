import { arrangeFavourites } from '../catalogue/arrange-favourites.ts';
import { saveCategory } from '../catalogue/save-category.ts';
import { saveProduct } from '../catalogue/save-product.ts';
import { selectTaxRates } from '../catalogue/tax-rates-store.ts';
import type { RunThen } from '../command.ts';
import type { BackendEnv, Session, ShopIdentity } from '../context.ts';
import { DEMO_CATEGORIES } from './cafe.ts';

/** A product as the history sells it. */
export interface SoldProduct {
  readonly productId: string;
  readonly categoryId: string;
  readonly name: string;
  readonly priceMinor: number;
  readonly taxRateId: string;
  readonly weight: number;
  /** 0 coffee, 1 cold drinks, 2 bakery, 3 lunch, 4 sweets, 5 retail. */
  readonly part: number;
}

const SAVE_CATEGORY = { action: 'catalogue.saveCategory', permission: 'catalogue.edit', handle: saveCategory } as const;
const SAVE_PRODUCT = { action: 'catalogue.saveProduct', permission: 'catalogue.edit', handle: saveProduct } as const;
const ARRANGE_TILES = {
  action: 'catalogue.arrangeTiles',
  permission: 'catalogue.edit',
  handle: arrangeFavourites,
} as const;

/** Writes categories, products and the favourites grid through the catalogue's own commands. */
export function writeDemoCatalogue(
  run: RunThen,
  given: { env: BackendEnv; shop: ShopIdentity; manager: Session; atMs: number; language: 'en' | 'es' },
): SoldProduct[] {
  const { env, shop, manager, atMs, language } = given;
  const rates = selectTaxRates(env.db.read, shop.merchantId);
  const rateOf = (basisPoints: number): string => {
    const found = rates.find((rate) => rate.rateBasisPoints === basisPoints) ?? rates[0];
    if (found === undefined) throw new Error('the shop has no tax rates');
    return found.taxRateId;
  };
  const tiles: { productId: string; tile: number }[] = [];
  const sold = DEMO_CATEGORIES.flatMap((category, part) => {
    const { categoryId } = run(SAVE_CATEGORY, manager, atMs, { name: category.name[language], color: category.color });
    return category.products.map((product): SoldProduct => {
      const taxRateId = rateOf(product.isBasicFood === true ? 500 : 1000);
      const { productId } = run(SAVE_PRODUCT, manager, atMs, {
        name: product.name[language],
        sku: null,
        barcodes: product.barcode === undefined ? [] : [product.barcode],
        categoryId,
        priceMinor: product.priceMinor,
        taxRateId,
        icon: product.icon,
        soldByWeight: false,
        isStoredValue: false,
        sells: null,
        sellsPlanId: null,
        tags: [],
      });
      if (product.tile !== undefined) tiles.push({ productId, tile: product.tile });
      const { priceMinor, weight } = product;
      return { productId, categoryId, name: product.name[language], priceMinor, taxRateId, weight, part };
    });
  });
  const order = tiles.sort((a, b) => a.tile - b.tile).map(({ productId }) => productId);
  run(ARRANGE_TILES, manager, atMs, { productIds: order });
  return sold;
}
