import { expect, test } from 'vitest';
import { averageSaleMinor, changeBasisPoints, isNewOn } from './measures.ts';

test('the average is net sales per basket, rounded half away from zero', () => {
  expect(averageSaleMinor({ netSalesMinor: 90_01, basketCount: 2 })).toBe(45_01);
  expect(averageSaleMinor({ netSalesMinor: -5_00, basketCount: 0 })).toBeNull();
});

test('a change needs something before', () => {
  expect([changeBasisPoints(100, 150), changeBasisPoints(200, 100), changeBasisPoints(0, 100)]).toEqual([
    5000,
    -5000,
    null,
  ]);
});

test('a customer is new on the day of the first visit', () => {
  expect([isNewOn('2026-03-14', '2026-03-14'), isNewOn('2026-03-15', '2026-03-14')]).toEqual([true, false]);
});
