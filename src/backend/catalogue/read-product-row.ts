import { barcodeSchema, barcodeSpellings } from '#shop/catalogue/product.ts';
import { type NumberStyle, readPriceMinor, readRateBasisPoints } from '#shop/csv/number-text.ts';
import { foldForSearch, tidyName } from '#shop/customers/name.ts';
import { cutTo, lengthOf, tidiedLine } from '#shop/text/text-schema.ts';
import type { ReadableDb } from '../db/database.ts';
import type { ColumnNames, CsvRow } from '../read-csv.ts';
import type { Category } from './categories-store.ts';
import type { ProductRow, ProductValues } from './import-schemas.ts';
import { type Product, selectBarcodeOwner, selectProduct, selectProductIdBySku } from './products-store.ts';
import type { TaxRate } from './tax-rates-store.ts';

export type ProductColumn = 'name' | 'price' | 'sku' | 'barcode' | 'category' | 'tax' | 'weight';

export const PRODUCT_COLUMNS: ColumnNames<ProductColumn> = {
  name: ['name', 'nombre', 'product', 'producto', 'item', 'articulo', 'descripcion', 'description'],
  price: ['price', 'precio', 'precio de venta', 'pvp', 'unit price'],
  sku: ['sku', 'codigo interno', 'codigo', 'code', 'reference', 'referencia'],
  barcode: ['barcode', 'codigo de barras', 'ean', 'gtin', 'upc', 'barcodes'],
  category: ['category', 'categoria', 'rubro', 'grupo'],
  tax: ['tax', 'iva', 'impuesto', 'tax rate', 'vat', 'tasa'],
  weight: ['sold by weight', 'by weight', 'por peso', 'pesable'],
};

type RowError = ProductRow['errors'][number];

export interface ProductContext {
  readonly db: ReadableDb;
  readonly merchantId: string;
  readonly currency: string;
  readonly style: NumberStyle;
  readonly taxRates: readonly TaxRate[];
  readonly categories: readonly Category[];
  /** Products on sale by their folded name. */
  readonly productIdByName: Map<string, string>;
}

/** Reads the cells of a row; what cannot be read is told by column and stays out of the values. */
export function readProductValues(
  row: CsvRow<ProductColumn>,
  context: ProductContext,
): { values: ProductValues; errors: RowError[] } {
  const errors: RowError[] = [];
  const fail = (column: ProductColumn, code: string): null => {
    errors.push({ column, code });
    return null;
  };
  const name = tidyName(tidiedLine(row.cell('name')));
  if (name === '') fail('name', 'required');
  if (lengthOf(name) > 120) fail('name', 'too-long');
  const price = row.cell('price') === '' ? null : readPriceMinor(row.cell('price'), context.currency, context.style);
  const rate = row.cell('tax') === '' ? null : readRateBasisPoints(row.cell('tax'), context.style);
  const rateBasisPoints = rate === null ? null : rate.kind === 'number' ? rate.value : fail('tax', rate.code);
  if (rateBasisPoints !== null && !context.taxRates.some((known) => known.rateBasisPoints === rateBasisPoints))
    fail('tax', 'tax-rate-unknown');
  const sku = tidiedLine(row.cell('sku'));
  if (lengthOf(sku) > 64) fail('sku', 'too-long');
  const category = tidyName(tidiedLine(row.cell('category')));
  if (lengthOf(category) > 60) fail('category', 'too-long');
  const barcodes = row
    .cell('barcode')
    .split(/[\s|]+/)
    .filter((text) => text !== '');
  if (!barcodes.every((text) => barcodeSchema.safeParse(text).success)) fail('barcode', 'barcode-unreadable');
  return {
    values: {
      name: cutTo(name, 120),
      priceMinor: price === null ? null : price.kind === 'number' ? price.value : fail('price', price.code),
      sku: sku === '' ? null : cutTo(sku, 64),
      barcodes: barcodes.filter((text) => barcodeSchema.safeParse(text).success).slice(0, 5),
      category: category === '' ? null : cutTo(category, 60),
      rateBasisPoints: rateBasisPoints !== null && rateBasisPoints <= 10_000 ? rateBasisPoints : null,
      soldByWeight:
        row.cell('weight') === ''
          ? null
          : ['yes', 'si', '1', 'true', 'x', 'kg'].includes(foldForSearch(row.cell('weight'))),
    },
    errors,
  };
}

/** Which product the values mean: by SKU, then barcode, then name; and what stands against them. */
export function matchProduct(
  { db, merchantId, productIdByName }: ProductContext,
  values: ProductValues,
): { product: Product | null; errors: RowError[] } {
  const bySku = values.sku === null ? null : selectProductIdBySku(db, merchantId, values.sku);
  const owners = values.barcodes
    .map((barcode) => selectBarcodeOwner(db, merchantId, barcodeSpellings(barcode)))
    .filter((owner) => owner?.isActive === true)
    .map((owner) => owner?.productId ?? '');
  const found = bySku ?? owners[0] ?? productIdByName.get(foldForSearch(values.name)) ?? null;
  const errors = owners.every((owner) => owner === found) ? [] : [{ column: 'barcode', code: 'barcode-taken' }];
  return { product: found === null ? null : selectProduct(db, merchantId, found), errors };
}

/** The product as it would stand after the row; empty cells keep what is there. Null when a new one has no price. */
export function mergedWith(
  known: Product | null,
  values: ProductValues,
  context: ProductContext,
): MergedProduct | null {
  const priceMinor = values.priceMinor ?? known?.priceMinor ?? null;
  const rateOfRow = context.taxRates.find((rate) => rate.rateBasisPoints === values.rateBasisPoints);
  const taxRateId =
    rateOfRow?.taxRateId ?? known?.taxRateId ?? context.taxRates.find((rate) => rate.isDefault)?.taxRateId;
  if (priceMinor === null || taxRateId === undefined) return null;
  const categoryOfRow = values.category === null ? null : categoryNamed(context, values.category);
  return {
    name: values.name,
    sku: values.sku ?? known?.sku ?? null,
    barcodes: [...new Set([...(known?.barcodes ?? []), ...values.barcodes])],
    categoryId: values.category === null ? (known?.categoryId ?? null) : (categoryOfRow?.categoryId ?? null),
    newCategory: values.category !== null && categoryOfRow === null ? values.category : null,
    priceMinor,
    taxRateId,
    icon: known?.icon ?? 'package',
    soldByWeight: values.soldByWeight ?? known?.soldByWeight ?? false,
  };
}

/** Whether the row changes anything of the product. */
export function changesProduct(known: Product, merged: MergedProduct): boolean {
  return (
    merged.newCategory !== null ||
    merged.name !== known.name ||
    merged.sku !== known.sku ||
    merged.barcodes.length !== known.barcodes.length ||
    merged.categoryId !== known.categoryId ||
    merged.priceMinor !== known.priceMinor ||
    merged.taxRateId !== known.taxRateId ||
    merged.soldByWeight !== known.soldByWeight
  );
}

export interface MergedProduct {
  readonly name: string;
  readonly sku: string | null;
  readonly barcodes: readonly string[];
  readonly categoryId: string | null;
  /** The name of a category that the shop does not have yet. */
  readonly newCategory: string | null;
  readonly priceMinor: number;
  readonly taxRateId: string;
  readonly icon: string;
  readonly soldByWeight: boolean;
}

function categoryNamed({ categories }: ProductContext, name: string): Category | null {
  return categories.find((category) => foldForSearch(category.name) === foldForSearch(name)) ?? null;
}
