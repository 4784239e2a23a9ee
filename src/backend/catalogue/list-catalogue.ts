import type { ReadScope } from '../context.ts';
import { type Category, selectCategories } from './categories-store.ts';
import { type Product, selectProducts } from './products-store.ts';
import { selectTaxRates, type TaxRate } from './tax-rates-store.ts';

export interface Catalogue {
  readonly categories: readonly Category[];
  readonly products: readonly Product[];
  readonly taxRates: readonly TaxRate[];
  /** Product ids of the favourites grid, in its order. */
  readonly tiles: readonly string[];
}

/** The whole catalogue: the till keeps it and searches in it without asking again. */
export function listCatalogue({ db, shop }: ReadScope, withArchived: boolean): Catalogue {
  const products = selectProducts(db, shop.merchantId, withArchived);
  const tiles = products
    .filter((product) => product.isActive && product.tilePosition !== null)
    .sort((a, b) => (a.tilePosition ?? 0) - (b.tilePosition ?? 0))
    .map((product) => product.productId);
  return {
    categories: selectCategories(db, shop.merchantId),
    products,
    taxRates: selectTaxRates(db, shop.merchantId),
    tiles,
  };
}
