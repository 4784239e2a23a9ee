import { expect, test } from 'vitest';
import type { Product } from '../till-types.ts';
import { matchProducts, splitCount } from './match-products.ts';

const product = (name: string, more: Partial<Product> = {}): Product => ({
  productId: name,
  name,
  sku: null,
  barcodes: [],
  categoryId: null,
  priceMinor: 1000,
  taxRateId: 't',
  icon: 'package',
  isActive: true,
  soldByWeight: false,
  isStoredValue: false,
  sells: null,
  sellsPlanId: null,
  tags: [],
  tilePosition: null,
  version: 1,
  ...more,
});
const goods = [
  product('Chipa guasu'),
  product('Café con leche', { barcodes: ['7840058001234'] }),
  product('Flat white', { sku: 'FW-01' }),
  product('White chocolate'),
  product('Old coffee', { isActive: false }),
];
const found = (text: string) => matchProducts(goods, text, 10).map((each) => each.name);

test('accents and case do not matter, and the start of the name comes first', () => {
  expect(found('cafe')).toEqual(['Café con leche']);
  expect(found('WHITE')).toEqual(['White chocolate', 'Flat white']);
  expect(found('gua chi')).toEqual(['Chipa guasu']);
});

test('a whole barcode, its ending or a SKU finds the one product', () => {
  expect(found('7840058001234')).toEqual(['Café con leche']);
  expect(found('1234')).toEqual(['Café con leche']);
  expect(found('fw-01')).toEqual(['Flat white']);
});

test('what is not on sale is not found, and nothing typed lists everything on sale', () => {
  expect(found('old')).toEqual([]);
  expect(found('')).toHaveLength(4);
});

test('a count before the name is split off', () => {
  expect(splitCount('3 x flat')).toEqual({ count: 3, words: 'flat' });
  expect(splitCount('12*chipa')).toEqual({ count: 12, words: 'chipa' });
  expect(splitCount('7 up')).toEqual({ count: 1, words: '7 up' });
  expect(splitCount('0x chipa')).toEqual({ count: 1, words: 'chipa' });
});
