import { barcodeSpellings } from '#shop/catalogue/product.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import type { CommandScope, JsonRow } from '../command-scope.ts';
import { selectPassPlan } from '../passes/pass-plans-store.ts';
import { selectCategory } from './categories-store.ts';
import type { SaveProductInput } from './catalogue-schemas.ts';
import {
  insertProduct,
  type Product,
  releaseBarcode,
  replaceBarcodes,
  selectBarcodeOwner,
  selectProduct,
  selectProductIdBySku,
  type StoredProduct,
  updateProduct,
} from './products-store.ts';
import { selectTaxRate } from './tax-rates-store.ts';

/**
 * Adds a product or changes one. Barcodes belong to one product on sale; an archived product gives its barcode away.
 * Refuses 'not-found', 'changed-elsewhere', 'barcode-taken' and 'sku-taken' (facts name the other product's id).
 */
export function saveProduct(
  scope: CommandScope,
  input: SaveProductInput,
): Outcome<{ productId: string; version: number }> {
  const { db, shop } = scope;
  const known = input.productId === undefined ? null : selectProduct(db, shop.merchantId, input.productId);
  const refusal = refusalOf(scope, input, known);
  if (refusal !== null) return refusal;
  const id = input.productId ?? scope.newId();
  const stored: StoredProduct = {
    id,
    merchantId: shop.merchantId,
    name: input.name,
    sku: input.sku,
    categoryId: input.categoryId,
    priceMinor: input.priceMinor,
    taxRateId: input.taxRateId,
    icon: input.icon,
    soldByWeight: input.soldByWeight,
    isStoredValue: input.isStoredValue || input.sells !== null,
    sells: input.sells,
    sellsPlanId: input.sellsPlanId,
    tags: input.tags,
    tilePosition: known?.tilePosition ?? null,
    atMs: scope.moment.atMs,
  };
  if (known === null) insertProduct(db, stored);
  else updateProduct(db, { ...stored, isActive: known.isActive });
  const barcodes = distinct(input.barcodes);
  for (const barcode of barcodes) takeFromArchived(scope, id, barcode);
  replaceBarcodes(db, shop.merchantId, id, barcodes);
  const version = (known?.version ?? 0) + 1;
  record(scope, known, { ...stored, barcodes, isActive: known?.isActive ?? true, version });
  return done({ productId: id, version });
}

/** Takes a product out of sale or puts it back. Its past sales and its barcodes stay with it. */
export function archiveProduct(
  scope: CommandScope,
  input: { productId: string; isActive?: boolean | undefined },
): Outcome<{ productId: string; version: number }> {
  const { db, shop } = scope;
  const known = selectProduct(db, shop.merchantId, input.productId);
  if (known === null) return refuse('not-found', { kind: 'product' });
  const isActive = input.isActive ?? false;
  if (isActive && known.sku !== null) {
    const owner = selectProductIdBySku(db, shop.merchantId, known.sku);
    if (owner !== null && owner !== known.productId) return refuse('sku-taken', { productId: owner });
  }
  const stored: StoredProduct = {
    id: known.productId,
    merchantId: shop.merchantId,
    name: known.name,
    sku: known.sku,
    categoryId: known.categoryId,
    priceMinor: known.priceMinor,
    taxRateId: known.taxRateId,
    icon: known.icon,
    soldByWeight: known.soldByWeight,
    isStoredValue: known.isStoredValue,
    sells: known.sells,
    sellsPlanId: known.sellsPlanId,
    tags: known.tags,
    tilePosition: isActive ? known.tilePosition : null,
    atMs: scope.moment.atMs,
  };
  updateProduct(db, { ...stored, isActive });
  record(scope, known, { ...stored, barcodes: known.barcodes, isActive, version: known.version + 1 });
  return done({ productId: known.productId, version: known.version + 1 });
}

function refusalOf(scope: CommandScope, input: SaveProductInput, known: Product | null): Refusal | null {
  const { db, shop } = scope;
  if (input.productId !== undefined && known === null) return refuse('not-found', { kind: 'product' });
  if (known !== null && input.version !== undefined && input.version !== known.version) {
    return refuse('changed-elsewhere', { version: known.version });
  }
  if (input.categoryId !== null && selectCategory(db, shop.merchantId, input.categoryId) === null) {
    return refuse('not-found', { kind: 'category' });
  }
  if (input.sellsPlanId !== null && selectPassPlan(db, shop.merchantId, input.sellsPlanId)?.isActive !== true) {
    return refuse('not-found', { kind: 'pass-plan' });
  }
  if (selectTaxRate(db, shop.merchantId, input.taxRateId)?.isActive !== true)
    return refuse('not-found', { kind: 'tax-rate' });
  if (input.sku !== null) {
    const owner = selectProductIdBySku(db, shop.merchantId, input.sku);
    if (owner !== null && owner !== input.productId) return refuse('sku-taken', { sku: input.sku, productId: owner });
  }
  for (const barcode of input.barcodes) {
    const owner = selectBarcodeOwner(db, shop.merchantId, barcodeSpellings(barcode));
    if (owner?.isActive === true && owner.productId !== input.productId) {
      return refuse('barcode-taken', { barcode, productId: owner.productId });
    }
  }
  return null;
}

/** Two spellings of one number on one product are one barcode. */
function distinct(barcodes: readonly string[]): string[] {
  const seen = new Set<string>();
  return barcodes.filter((barcode) => {
    const spellings = barcodeSpellings(barcode);
    const isKnown = spellings.some((spelling) => seen.has(spelling));
    for (const spelling of spellings) seen.add(spelling);
    return !isKnown;
  });
}

function takeFromArchived(scope: CommandScope, productId: string, barcode: string): void {
  const owner = selectBarcodeOwner(scope.db, scope.shop.merchantId, barcodeSpellings(barcode));
  if (owner !== null && owner.productId !== productId) releaseBarcode(scope.db, scope.shop.merchantId, owner.barcode);
}

function record(
  scope: CommandScope,
  before: Product | null,
  after: StoredProduct & { readonly barcodes: readonly string[]; readonly isActive: boolean; readonly version: number },
): void {
  const row: JsonRow = { ...after };
  scope.fact('products', row);
  scope.changed({ table: 'products', recordId: after.id, before: before === null ? null : { ...before }, after: row });
  scope.touch('catalogue');
}
