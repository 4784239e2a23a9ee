import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';
import type { ProductSells } from './catalogue-schemas.ts';

const SELECT_PRODUCTS = sql`
  SELECT p.id, p.name, p.sku, p.category_id, p.price_minor, p.tax_rate_id, p.icon, p.sold_by_weight, p.is_stored_value, p.sells,
    p.sells_plan_id, p.tags, p.tile_position,
    p.is_active, p.version,
    (SELECT json_group_array(b.barcode) FROM product_barcodes b WHERE b.product_id = p.id) AS barcodes
  FROM products p
  WHERE p.merchant_id = :merchantId
    AND (p.is_active = 1 OR :withArchived = 1)
  ORDER BY p.name COLLATE NOCASE`;

const SELECT_PRODUCT = sql`
  SELECT p.id, p.name, p.sku, p.category_id, p.price_minor, p.tax_rate_id, p.icon, p.sold_by_weight, p.is_stored_value, p.sells,
    p.sells_plan_id, p.tags, p.tile_position,
    p.is_active, p.version,
    (SELECT json_group_array(b.barcode) FROM product_barcodes b WHERE b.product_id = p.id) AS barcodes
  FROM products p
  WHERE p.id = :productId
    AND p.merchant_id = :merchantId`;

const SELECT_PRODUCT_BY_SKU = sql`
  SELECT id AS productId
  FROM products
  WHERE merchant_id = :merchantId
    AND sku = :sku
    AND is_active = 1`;

const SELECT_BARCODE_OWNER = sql`
  SELECT b.product_id AS productId, p.is_active AS isActive, b.barcode
  FROM product_barcodes b
  JOIN products p ON p.id = b.product_id
  WHERE b.merchant_id = :merchantId
    AND b.barcode IN (SELECT value FROM json_each(:spellings))
  ORDER BY p.is_active DESC
  LIMIT 1`;

const INSERT_PRODUCT = sql`
  INSERT INTO products (
    id, merchant_id, name, sku, category_id, price_minor, tax_rate_id, icon, sold_by_weight, is_stored_value, sells,
    sells_plan_id, tags, tile_position, is_active, version, created_at_ms, updated_at_ms)
  VALUES (
    :id, :merchantId, :name, :sku, :categoryId, :priceMinor, :taxRateId, :icon, :soldByWeight, :isStoredValue, :sells,
    :sellsPlanId, :tags, :tilePosition, 1, 1, :atMs, :atMs)`;

const UPDATE_PRODUCT = sql`
  UPDATE products
  SET name = :name, sku = :sku, category_id = :categoryId, price_minor = :priceMinor, tax_rate_id = :taxRateId,
    icon = :icon, sold_by_weight = :soldByWeight, is_stored_value = :isStoredValue, sells = :sells,
    sells_plan_id = :sellsPlanId, tags = :tags, tile_position = :tilePosition, is_active = :isActive,
    version = version + 1, updated_at_ms = :atMs
  WHERE id = :id
    AND merchant_id = :merchantId`;

const DELETE_BARCODES = sql`
  DELETE FROM product_barcodes
  WHERE product_id = :productId`;

const DELETE_BARCODE = sql`
  DELETE FROM product_barcodes
  WHERE merchant_id = :merchantId
    AND barcode = :barcode`;

const INSERT_BARCODE = sql`
  INSERT INTO product_barcodes (merchant_id, barcode, product_id)
  VALUES (:merchantId, :barcode, :productId)`;

const CLEAR_TILES = sql`
  UPDATE products
  SET tile_position = NULL
  WHERE merchant_id = :merchantId
    AND tile_position IS NOT NULL`;

const SET_TILE = sql`
  UPDATE products
  SET tile_position = :position
  WHERE id = :productId
    AND merchant_id = :merchantId
    AND is_active = 1`;

/** The shop's products by name; archived ones only when asked for. */
export function selectProducts(db: ReadableDb, merchantId: string, withArchived: boolean): Product[] {
  return db.all<ProductRow>(SELECT_PRODUCTS, { merchantId, withArchived: withArchived ? 1 : 0 }).map(toProduct);
}

export function selectProduct(db: ReadableDb, merchantId: string, productId: string): Product | null {
  const row = db.get<ProductRow>(SELECT_PRODUCT, { merchantId, productId });
  return row === undefined ? null : toProduct(row);
}

export function selectProductIdBySku(db: ReadableDb, merchantId: string, sku: string): string | null {
  return db.get<{ productId: string }>(SELECT_PRODUCT_BY_SKU, { merchantId, sku })?.productId ?? null;
}

/** Who holds a barcode in any of its spellings: a product on sale before an archived one. */
export function selectBarcodeOwner(
  db: ReadableDb,
  merchantId: string,
  spellings: readonly string[],
): BarcodeOwner | null {
  const row = db.get<{ productId: string; isActive: number; barcode: string }>(SELECT_BARCODE_OWNER, {
    merchantId,
    spellings: JSON.stringify(spellings),
  });
  return row === undefined ? null : { productId: row.productId, isActive: row.isActive === 1, barcode: row.barcode };
}

export function insertProduct(db: WritableDb, product: StoredProduct): void {
  db.runOne(INSERT_PRODUCT, parametersOf(product));
}

export function updateProduct(db: WritableDb, product: StoredProduct & { readonly isActive: boolean }): void {
  db.runOne(UPDATE_PRODUCT, { ...parametersOf(product), isActive: product.isActive ? 1 : 0 });
}

/** Gives a product exactly these barcodes. */
export function replaceBarcodes(
  db: WritableDb,
  merchantId: string,
  productId: string,
  barcodes: readonly string[],
): void {
  db.run(DELETE_BARCODES, { productId });
  for (const barcode of barcodes) db.runOne(INSERT_BARCODE, { merchantId, productId, barcode });
}

/** Frees a barcode of an archived product for another one. */
export function releaseBarcode(db: WritableDb, merchantId: string, barcode: string): void {
  db.runOne(DELETE_BARCODE, { merchantId, barcode });
}

/** Puts these products on the favourites grid in this order, and no others. Returns how many were on sale. */
export function arrangeTiles(db: WritableDb, merchantId: string, productIds: readonly string[]): number {
  db.run(CLEAR_TILES, { merchantId });
  let placed = 0;
  for (const [position, productId] of productIds.entries())
    placed += db.run(SET_TILE, { merchantId, productId, position });
  return placed;
}

export interface Product {
  readonly productId: string;
  readonly name: string;
  readonly sku: string | null;
  readonly barcodes: readonly string[];
  readonly categoryId: string | null;
  readonly priceMinor: number;
  readonly taxRateId: string;
  /** The name of a lucide icon. */
  readonly icon: string;
  readonly isActive: boolean;
  readonly soldByWeight: boolean;
  /** Sells credit, a gift card or the like: earns nothing, and nothing is taken off it. */
  readonly isStoredValue: boolean;
  /** What its line gives out; sellsPlanId is the plan of a package. */
  readonly sells: ProductSells | null;
  readonly sellsPlanId: string | null;
  /** Words by which vouchers, rewards and rules cover it or leave it out. */
  readonly tags: readonly string[];
  readonly tilePosition: number | null;
  readonly version: number;
}

export interface StoredProduct {
  readonly id: string;
  readonly merchantId: string;
  readonly name: string;
  readonly sku: string | null;
  readonly categoryId: string | null;
  readonly priceMinor: number;
  readonly taxRateId: string;
  readonly icon: string;
  readonly soldByWeight: boolean;
  readonly isStoredValue: boolean;
  /** What its line gives out; sellsPlanId is the plan of a package. */
  readonly sells: ProductSells | null;
  readonly sellsPlanId: string | null;
  /** Words by which vouchers, rewards and rules cover it or leave it out. */
  readonly tags: readonly string[];
  readonly tilePosition: number | null;
  readonly atMs: number;
}

export interface BarcodeOwner {
  readonly productId: string;
  readonly isActive: boolean;
  /** The spelling under which it is kept. */
  readonly barcode: string;
}

interface ProductRow {
  readonly id: string;
  readonly name: string;
  readonly sku: string | null;
  readonly category_id: string | null;
  readonly price_minor: number;
  readonly tax_rate_id: string;
  readonly icon: string;
  readonly sold_by_weight: number;
  readonly is_stored_value: number;
  readonly sells: ProductSells | null;
  readonly sells_plan_id: string | null;
  readonly tags: string;
  readonly tile_position: number | null;
  readonly is_active: number;
  readonly version: number;
  readonly barcodes: string;
}

function parametersOf(product: StoredProduct) {
  const { id, merchantId, name, sku, categoryId, priceMinor, taxRateId, icon, sells, sellsPlanId, tilePosition, atMs } =
    product;
  const flags = { soldByWeight: product.soldByWeight ? 1 : 0, isStoredValue: product.isStoredValue ? 1 : 0 };
  return {
    id,
    merchantId,
    name,
    sku,
    categoryId,
    priceMinor,
    taxRateId,
    icon,
    ...flags,
    sells,
    sellsPlanId,
    tags: JSON.stringify(product.tags),
    tilePosition,
    atMs,
  };
}

function toProduct(row: ProductRow): Product {
  return {
    productId: row.id,
    name: row.name,
    sku: row.sku,
    barcodes: JSON.parse(row.barcodes) as string[],
    categoryId: row.category_id,
    priceMinor: row.price_minor,
    taxRateId: row.tax_rate_id,
    icon: row.icon,
    isActive: row.is_active === 1,
    soldByWeight: row.sold_by_weight === 1,
    isStoredValue: row.is_stored_value === 1,
    sells: row.sells,
    sellsPlanId: row.sells_plan_id,
    tags: JSON.parse(row.tags) as string[],
    tilePosition: row.tile_position,
    version: row.version,
  };
}
