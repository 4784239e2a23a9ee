import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_CATEGORIES = sql`
  SELECT id, name, color, position, is_active, version
  FROM categories
  WHERE merchant_id = :merchantId
    AND is_active = 1
  ORDER BY position, name`;

const SELECT_CATEGORY = sql`
  SELECT id, name, color, position, is_active, version
  FROM categories
  WHERE id = :categoryId
    AND merchant_id = :merchantId`;

const NEXT_CATEGORY_POSITION = sql`
  SELECT COALESCE(MAX(position), -1) + 1 AS position
  FROM categories
  WHERE merchant_id = :merchantId`;

const INSERT_CATEGORY = sql`
  INSERT INTO categories (id, merchant_id, name, color, position, is_active, version)
  VALUES (:id, :merchantId, :name, :color, :position, 1, 1)`;

const UPDATE_CATEGORY = sql`
  UPDATE categories
  SET name = :name, color = :color, position = :position, is_active = :isActive, version = version + 1
  WHERE id = :id
    AND merchant_id = :merchantId`;

const COUNT_PRODUCTS_OF_CATEGORY = sql`
  SELECT COUNT(*) AS found
  FROM products
  WHERE category_id = :categoryId
    AND merchant_id = :merchantId
    AND is_active = 1`;

/** The shop's categories in their order on screen. */
export function selectCategories(db: ReadableDb, merchantId: string): Category[] {
  return db.all<CategoryRow>(SELECT_CATEGORIES, { merchantId }).map(toCategory);
}

export function selectCategory(db: ReadableDb, merchantId: string, categoryId: string): Category | null {
  const row = db.get<CategoryRow>(SELECT_CATEGORY, { merchantId, categoryId });
  return row === undefined ? null : toCategory(row);
}

export function nextCategoryPosition(db: ReadableDb, merchantId: string): number {
  return db.get<{ position: number }>(NEXT_CATEGORY_POSITION, { merchantId })?.position ?? 0;
}

export function insertCategory(db: WritableDb, category: NewCategory): void {
  db.runOne(INSERT_CATEGORY, { ...category });
}

export function updateCategory(db: WritableDb, category: NewCategory & { readonly isActive: boolean }): void {
  db.runOne(UPDATE_CATEGORY, { ...category, isActive: category.isActive ? 1 : 0 });
}

/** How many products on sale stand in the category. */
export function countProductsOfCategory(db: ReadableDb, merchantId: string, categoryId: string): number {
  return db.get<{ found: number }>(COUNT_PRODUCTS_OF_CATEGORY, { merchantId, categoryId })?.found ?? 0;
}

export interface Category {
  readonly categoryId: string;
  readonly name: string;
  readonly color: string;
  readonly position: number;
  readonly isActive: boolean;
  readonly version: number;
}

export interface NewCategory {
  readonly id: string;
  readonly merchantId: string;
  readonly name: string;
  readonly color: string;
  readonly position: number;
}

interface CategoryRow {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly position: number;
  readonly is_active: number;
  readonly version: number;
}

function toCategory(row: CategoryRow): Category {
  return {
    categoryId: row.id,
    name: row.name,
    color: row.color,
    position: row.position,
    isActive: row.is_active === 1,
    version: row.version,
  };
}
