import { expect, test } from 'vitest';
import { averageSaleMinor, changeBasisPoints, isNewOn, netSalesMinor } from './measures.ts';

test('net sales are sales less refunds, and the average is per sale, rounded half away from zero', () => {
  const sums = { grossSalesMinor: 100_01, salesCount: 2, refundsMinor: 10_00 };
  expect([netSalesMinor(sums), averageSaleMinor(sums)]).toEqual([90_01, 45_01]);
  expect(averageSaleMinor({ grossSalesMinor: 0, salesCount: 0, refundsMinor: 5_00 })).toBeNull();
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
