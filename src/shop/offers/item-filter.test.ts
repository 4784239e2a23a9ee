import { expect, test } from 'vitest';
import { coversEverything, EVERY_ITEM, itemFilterSchema, matchesFilter } from './item-filter.ts';

const item = { productId: 'p', categoryId: 'c', tags: ['t', 'u'] };

test.each([
  [{}, true],
  [{ productIds: ['p'] }, true],
  [{ productIds: ['q'] }, false],
  [{ categoryIds: ['c'] }, true],
  [{ categoryIds: ['d'] }, false],
  [{ tags: ['u'] }, true],
  [{ tags: ['v'] }, false],
  [{ productIds: ['q'], categoryIds: ['c'] }, true],
  [{ productIds: ['q'], tags: ['t'] }, true],
  [{ excludeProductIds: ['p'] }, false],
  [{ excludeCategoryIds: ['c'] }, false],
  [{ excludeTags: ['t'] }, false],
  [{ excludeTags: ['v'] }, true],
  [{ productIds: ['p'], excludeTags: ['t'] }, false],
])('%j covers the item: %s', (filter, isCovered) => {
  expect(matchesFilter(item, itemFilterSchema.parse(filter))).toBe(isCovered);
  expect(coversEverything(itemFilterSchema.parse(filter))).toBe(Object.keys(filter).length === 0);
});

test('an item that says nothing of itself is covered only by what names nothing', () => {
  expect(matchesFilter({}, EVERY_ITEM)).toBe(true);
  expect(matchesFilter({ productId: null, categoryId: null }, itemFilterSchema.parse({ productIds: ['p'] }))).toBe(
    false,
  );
  expect(matchesFilter({ productId: '' }, { ...EVERY_ITEM, excludeProductIds: [''] })).toBe(true);
  expect(matchesFilter({ categoryId: '' }, { ...EVERY_ITEM, excludeCategoryIds: [''] })).toBe(true);
  expect(itemFilterSchema.parse({})).toEqual(EVERY_ITEM);
});

test('C-38: stored value is covered by no filter', () => {
  const all = [EVERY_ITEM, itemFilterSchema.parse({ productIds: ['p'] })];
  expect(all.map((filter) => matchesFilter({ ...item, isStoredValue: true }, filter))).toEqual([false, false]);
  expect(all.map((filter) => matchesFilter({ ...item, isStoredValue: false }, filter))).toEqual([true, true]);
});
