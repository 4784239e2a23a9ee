import type { LineSells } from '#shop/till/value-on-sale.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_PRICE = sql`
  SELECT price_minor AS priceMinor, tax_rate_id AS taxRateId, category_id AS categoryId,
    is_stored_value AS isStoredValue, sells, sells_plan_id AS sellsPlanId, tags
  FROM products
  WHERE id = :productId
    AND merchant_id = :merchantId`;

const SELECT_CATEGORY = sql`
  SELECT id
  FROM categories
  WHERE id = :categoryId
    AND merchant_id = :merchantId`;

/** What the catalogue says of a product now. */
export interface CurrentPrice {
  readonly priceMinor: number;
  readonly taxRateId: string;
  readonly categoryId: string | null;
  readonly isStoredValue: boolean;
  /** What it sells of value, and the plan of a package. */
  readonly sells: LineSells['kind'] | null;
  readonly sellsPlanId: string | null;
  readonly tags: readonly string[];
}

type PriceRow = Omit<CurrentPrice, 'isStoredValue' | 'tags'> & { readonly isStoredValue: 0 | 1; readonly tags: string };

/** Price, tax, category, tags and kind of a product, archived or not: a cart may hold what was just taken off the shelf. */
export function selectPrice(db: ReadableDb, merchantId: string, productId: string): CurrentPrice | null {
  const row = db.get<PriceRow>(SELECT_PRICE, { merchantId, productId });
  if (row === undefined) return null;
  return { ...row, isStoredValue: row.isStoredValue === 1, tags: row.tags === '[]' ? [] : JSON.parse(row.tags) };
}

/** Whether this merchant has the category, archived or not. */
export function hasCategory(db: ReadableDb, merchantId: string, categoryId: string): boolean {
  return db.get(SELECT_CATEGORY, { merchantId, categoryId }) !== undefined;
}
