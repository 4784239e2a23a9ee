import { expect, test } from 'vitest';
import { EVERY_ITEM } from '../offers/item-filter.ts';
import { itemMultiplier } from './earns-more.ts';

const BAKERY = { ...EVERY_ITEM, categoryIds: ['bakery'] };
const DONUT = { productId: 'donut', categoryId: 'bakery' };
const double = (filter: typeof EVERY_ITEM) => ({ filter, multiplierBasisPoints: 20_000 });

test.each([
  ['what it covers', DONUT, 20_000],
  ['what it does not cover', { productId: 'tea', categoryId: 'drinks' }, 10_000],
  ['a gift card of the category', { ...DONUT, isStoredValue: true }, 10_000],
])('a promotion on the bakery doubles %s', (_, item, multiplier) => {
  expect(itemMultiplier(item, { earning: [EVERY_ITEM], promotions: [double(BAKERY)] })).toBe(multiplier);
});

test('C-51: promotions add up, one on everything sets no item apart', () => {
  const promotions = [double(BAKERY), { ...double(BAKERY), multiplierBasisPoints: 15_000 }, double(EVERY_ITEM)];
  expect(itemMultiplier(DONUT, { earning: [EVERY_ITEM], promotions })).toBe(25_000);
});

test('an item that earns nothing has nothing to double', () => {
  const earning = [{ ...EVERY_ITEM, excludeProductIds: ['donut'] }];
  expect(itemMultiplier(DONUT, { earning, promotions: [double(BAKERY)] })).toBe(10_000);
});
