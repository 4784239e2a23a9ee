import { CATEGORY_COLORS } from '#shop/catalogue/product.ts';
import { numberStyleOf } from '#shop/csv/number-text.ts';
import { foldForSearch } from '#shop/customers/name.ts';
import { uuidV5 } from '#shop/ids/uuid.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { type CsvRow, eachInTurns, readCsv } from '../read-csv.ts';
import { refusalError } from '../trpc.ts';
import { MOST_BARCODES } from './catalogue-schemas.ts';
import { selectCategories } from './categories-store.ts';
import type { ImportProductsInput, ProductRow, ProductValues } from './import-schemas.ts';
import {
  insertProduct,
  type Product,
  replaceBarcodes,
  selectProduct,
  selectProducts,
  updateProduct,
} from './products-store.ts';
import {
  changesProduct,
  matchProduct,
  type MergedProduct,
  mergedWith,
  PRODUCT_COLUMNS,
  type ProductColumn,
  type ProductContext,
  readProductValues,
} from './read-product-row.ts';
import { saveCategory } from './save-category.ts';
import { selectTaxRates } from './tax-rates-store.ts';

/** Says what each row of a file would do, writing nothing. Throws the refusal 'import-unreadable'. */
export async function previewProducts(scope: ReadScope, { csvText }: { csvText: string }) {
  const table = readCsv(csvText, PRODUCT_COLUMNS);
  if (table === null || !table.columns.includes('name')) throw refusalError(refuse('import-unreadable'));
  const context = contextOf(scope);
  const seen = new Set<string>();
  const rows = await eachInTurns(table.rows, (row) => previewRow(row, context, seen));
  const counts = { create: 0, update: 0, skip: 0, error: 0 };
  for (const row of rows) counts[row.action] += 1;
  return { columns: table.columns, rows, counts };
}

function previewRow(row: CsvRow<ProductColumn>, context: ProductContext, seen: Set<string>): ProductRow {
  const { values, errors } = readProductValues(row, context);
  const decided = decide(context, values);
  const problems = [
    ...errors,
    ...decided.errors.filter((error) => !errors.some((known) => known.column === error.column)),
  ];
  const keys = [
    values.sku === null ? null : `sku ${values.sku}`,
    ...values.barcodes,
    `name ${values.name.toLowerCase()}`,
  ];
  if (keys.some((key) => key !== null && seen.has(key))) problems.push({ column: 'name', code: 'duplicate' });
  for (const key of keys) if (key !== null) seen.add(key);
  const action = problems.length > 0 ? 'error' : decided.action;
  const priceMinor = decided.merged?.priceMinor ?? values.priceMinor;
  return { line: row.line, action, name: values.name, priceMinor, errors: problems, values };
}

interface Decided {
  readonly action: 'create' | 'update' | 'skip' | 'error';
  readonly product: Product | null;
  readonly merged: MergedProduct | null;
  readonly errors: ProductRow['errors'];
}

function decide(context: ProductContext, values: ProductValues): Decided {
  const { product, errors } = matchProduct(context, values);
  const merged = mergedWith(product, values, context);
  const all =
    merged === null ? [...errors, { column: 'price', code: 'required' }] : [...errors, ...unfitValues(merged)];
  if (all.length > 0 || merged === null) return { action: 'error', product, merged, errors: all };
  if (product === null) return { action: 'create', product, merged, errors: [] };
  return { action: changesProduct(product, merged) ? 'update' : 'skip', product, merged, errors: [] };
}

/** Rows come back from the screen, which is not trusted: what could not stand in the catalogue is told, not written. */
function unfitValues({ name, barcodes }: MergedProduct): ProductRow['errors'] {
  const errors = name === '' ? [{ column: 'name', code: 'required' }] : [];
  return barcodes.length <= MOST_BARCODES ? errors : [...errors, { column: 'barcode', code: 'too-long' }];
}

/**
 * Writes one page of an import in one transaction; what a row does is decided anew on the shop as it is. Categories that the
 * shop does not have are added. A product's id is derived from the import and the line: no retry adds twice.
 */
export function importProducts(scope: CommandScope, input: ImportProductsInput): Outcome<ImportedProducts> {
  const result = { created: 0, updated: 0, skipped: 0, errors: [] as ImportedProducts['errors'] };
  const written: (readonly (string | number | null)[])[] = [];
  let context = contextOf(scope);
  for (const { line, values } of input.rows) {
    const id = uuidV5(input.importId, `product:${line}`);
    const { action, product, merged, errors } = decide(context, values);
    if (action === 'error' || merged === null) result.errors.push(...errors.map((error) => ({ line, ...error })));
    else if (action === 'skip' || (product === null && selectProduct(scope.db, scope.shop.merchantId, id) !== null))
      result.skipped += 1;
    else {
      const categoryId =
        merged.newCategory === null ? merged.categoryId : addCategory(scope, merged.newCategory, context);
      if (merged.newCategory !== null)
        context = { ...context, categories: selectCategories(scope.db, scope.shop.merchantId) };
      context.productIdByName.set(foldForSearch(merged.name), product?.productId ?? id);
      written.push(write(scope, product, { ...merged, categoryId }, product?.productId ?? id));
      if (product === null) result.created += 1;
      else result.updated += 1;
    }
  }
  if (written.length > 0) {
    const columns = ['id', 'name', 'priceMinor', 'sku', 'categoryId', 'taxRateId', 'barcodes'];
    scope.fact('products', { merchantId: scope.shop.merchantId, columns, rows: written, atMs: scope.moment.atMs });
  }
  const { created, updated, skipped } = result;
  const after = { fromLine: input.fromLine, created, updated, skipped, rows: written };
  scope.changed({ table: 'products', recordId: input.importId, before: null, after });
  scope.touch('catalogue');
  return done(result);
}

export interface ImportedProducts {
  readonly created: number;
  readonly updated: number;
  readonly skipped: number;
  readonly errors: { readonly line: number; readonly column: string; readonly code: string }[];
}

function write(
  scope: CommandScope,
  known: Product | null,
  merged: MergedProduct,
  id: string,
): readonly (string | number | null)[] {
  const { merchantId } = scope.shop;
  const { name, sku, categoryId, priceMinor, taxRateId, icon, soldByWeight } = merged;
  const stored = {
    id,
    merchantId,
    name,
    sku,
    categoryId,
    priceMinor,
    taxRateId,
    icon,
    soldByWeight,
    isStoredValue: known?.isStoredValue ?? false,
    sells: known?.sells ?? null,
    sellsPlanId: known?.sellsPlanId ?? null,
    tags: known?.tags ?? [],
    tilePosition: known?.tilePosition ?? null,
    atMs: scope.moment.atMs,
  };
  if (known === null) insertProduct(scope.db, stored);
  else updateProduct(scope.db, { ...stored, isActive: true });
  replaceBarcodes(scope.db, merchantId, id, merged.barcodes);
  return [id, name, priceMinor, sku, categoryId, taxRateId, merged.barcodes.join(' ')];
}

/** Adds a category in the next of the six tints. */
function addCategory(scope: CommandScope, name: string, { categories }: ProductContext): string {
  const color = CATEGORY_COLORS[categories.length % CATEGORY_COLORS.length] ?? 'f';
  const outcome = saveCategory(scope, { name, color });
  if (outcome.kind === 'refused') throw new Error('a new category is never refused');
  return outcome.value.categoryId;
}

function contextOf({ db, shop, env }: Pick<ReadScope, 'db' | 'shop' | 'env'>): ProductContext {
  return {
    db,
    merchantId: shop.merchantId,
    currency: shop.currency,
    style: numberStyleOf(env.settings().region),
    taxRates: selectTaxRates(db, shop.merchantId),
    categories: selectCategories(db, shop.merchantId),
    productIdByName: new Map(
      selectProducts(db, shop.merchantId, false).map(({ name, productId }) => [foldForSearch(name), productId]),
    ),
  };
}
