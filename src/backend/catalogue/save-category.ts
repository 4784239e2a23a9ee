import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import {
  type Category,
  countProductsOfCategory,
  insertCategory,
  nextCategoryPosition,
  selectCategory,
  updateCategory,
} from './categories-store.ts';
import type { SaveCategoryInput } from './catalogue-schemas.ts';

/** Adds a category (at the end unless a position is given) or changes one. Refuses 'not-found' and 'changed-elsewhere'. */
export function saveCategory(
  scope: CommandScope,
  input: SaveCategoryInput,
): Outcome<{ categoryId: string; version: number }> {
  const { db, shop } = scope;
  const known = input.categoryId === undefined ? null : selectCategory(db, shop.merchantId, input.categoryId);
  if (input.categoryId !== undefined && known === null) return refuse('not-found', { kind: 'category' });
  if (known !== null && input.version !== undefined && input.version !== known.version) {
    return refuse('changed-elsewhere', { version: known.version });
  }
  const position = input.position ?? known?.position ?? nextCategoryPosition(db, shop.merchantId);
  const row = {
    id: known?.categoryId ?? scope.newId(),
    merchantId: shop.merchantId,
    name: input.name,
    color: input.color,
    position,
  };
  if (known === null) insertCategory(db, row);
  else updateCategory(db, { ...row, isActive: true });
  return done(record(scope, known, { ...row, isActive: true }));
}

/** Takes an empty category off the till. Refuses 'category-in-use' while products on sale stand in it. */
export function archiveCategory(
  scope: CommandScope,
  input: { categoryId: string },
): Outcome<{ categoryId: string; version: number }> {
  const { db, shop } = scope;
  const known = selectCategory(db, shop.merchantId, input.categoryId);
  if (known === null) return refuse('not-found', { kind: 'category' });
  const products = countProductsOfCategory(db, shop.merchantId, input.categoryId);
  if (products > 0) return refuse('category-in-use', { products });
  const row = {
    id: known.categoryId,
    merchantId: shop.merchantId,
    name: known.name,
    color: known.color,
    position: known.position,
  };
  updateCategory(db, { ...row, isActive: false });
  return done(record(scope, known, { ...row, isActive: false }));
}

type StoredCategory = {
  id: string;
  merchantId: string;
  name: string;
  color: string;
  position: number;
  isActive: boolean;
};

function record(
  scope: CommandScope,
  before: Category | null,
  after: StoredCategory,
): { categoryId: string; version: number } {
  const version = (before?.version ?? 0) + 1;
  const row = { ...after, version };
  scope.fact('categories', row);
  scope.changed({
    table: 'categories',
    recordId: after.id,
    before: before === null ? null : { ...before },
    after: row,
  });
  scope.touch('catalogue');
  return { categoryId: after.id, version };
}
