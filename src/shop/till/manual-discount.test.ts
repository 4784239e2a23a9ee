import { expect, test } from 'vitest';
import { allocateOverSale, discountOn, exceedsDiscountLimit } from './manual-discount.ts';
import type { PricedLine, PricedSale } from './sale.ts';

const line = (remainingMinor: number, change: object = {}) => ({
  remainingMinor,
  rateBasisPoints: 1_000,
  taxRateId: 'a',
  mark: 0,
  ...change,
});

test.each([
  [{ kind: 'amount', amountMinor: 3 }, 3],
  [{ kind: 'amount', amountMinor: 30 }, 10],
  [{ kind: 'percent', rateBasisPoints: 2_500 }, 3],
  [null, 0],
] as const)('a discount of %j on 10 takes %i off', (discount, minor) => {
  expect(discountOn(10, discount)).toBe(minor);
});

test('F35: a negative discount ends the operation', () => {
  expect(() => discountOn(10, { kind: 'amount', amountMinor: -1 })).toThrow('a discount is not negative');
});

test.each([
  ['the earlier of equal lines', [line(3), line(3)], [1, 0]],
  ['the higher rate', [line(3), line(3, { rateBasisPoints: 2_000 })], [0, 1]],
  ['of equal rates the first by id', [line(3, { taxRateId: 'c' }), line(3, { taxRateId: 'b' })], [0, 1]],
  [
    'of equal rates the first by id, wherever it stands',
    [line(3, { taxRateId: 'b' }), line(3, { taxRateId: 'c' })],
    [1, 0],
  ],
  ['the lower mark', [line(3, { mark: 2 }), line(3, { mark: 1 })], [0, 1]],
  ['the lower mark, wherever it stands', [line(3, { mark: 1 }), line(3, { mark: 2 })], [1, 0]],
  ['the rate before the mark', [line(3, { mark: 1 }), line(3, { mark: 2, rateBasisPoints: 2_000 })], [0, 1]],
  ['the id before the mark', [line(3, { mark: 1, taxRateId: 'c' }), line(3, { mark: 2, taxRateId: 'b' })], [0, 1]],
] as const)('the odd unit of a tie goes to %s', (_, lines, shares) => {
  for (const dearerFirst of [false, true]) expect(allocateOverSale(1, lines, dearerFirst)).toEqual(shares);
});

test('the dearer line gets the odd unit of a tie only where that is asked for, and only after rate and mark', () => {
  // 2 over 1, 3 and 4: exactly 0.25, 0.75 and 1: the remainders differ. 4 over 2 and 6: 1 and 3. 2 over 1 and 3: 0.5 and 1.5.
  expect(allocateOverSale(2, [line(1), line(3)], false)).toEqual([1, 1]);
  expect(allocateOverSale(2, [line(1), line(3)], true)).toEqual([0, 2]);
  expect(allocateOverSale(2, [line(1), line(3, { mark: 1 })], true)).toEqual([1, 1]);
});

test('a discount by hand may go as far as the limit, on each line and over the sale', () => {
  const sale = (lineDiscountMinor: number, manualDiscountMinor: number): PricedSale =>
    ({
      subtotalMinor: 200,
      manualDiscountMinor,
      lines: [{ grossMinor: 100, lineDiscountMinor } as PricedLine],
    }) as never;
  expect(exceedsDiscountLimit(sale(10, 20), 1_000)).toBe(false);
  expect(exceedsDiscountLimit(sale(11, 11), 1_000)).toBe(true);
  expect(exceedsDiscountLimit(sale(10, 21), 1_000)).toBe(true);
});
