import { expect, test } from 'vitest';
import type { PricedLine, PricedSale } from './sale.ts';
import { mustAddUp } from './sale-sums.ts';

const line = (change: Partial<PricedLine> = {}) =>
  ({ offerShareMinor: 1_00, netMinor: 9_00, taxMinor: 90, ...change }) as PricedLine;

/** 20.00 less an offer of 2.00, with a tenth of tax. */
const sale = (change: Partial<PricedSale> = {}) =>
  ({
    subtotalMinor: 20_00,
    discountMinor: 2_00,
    taxMinor: 1_80,
    totalMinor: 18_00,
    taxByRate: [{ taxMinor: 1_00 }, { taxMinor: 80 }],
    offers: [{ amountMinor: 1_50 }, { amountMinor: 50 }],
    lines: [line(), line()],
    ...change,
  }) as PricedSale;

test('F35: a sale whose parts sum to the whole is given back as it is', () => {
  const inclusive = sale();
  expect(mustAddUp(inclusive, 'inclusive')).toBe(inclusive);
  const exclusive = sale({ totalMinor: 19_80 });
  expect(mustAddUp(exclusive, 'exclusive')).toBe(exclusive);
  const free = sale({ lines: [line({ offerShareMinor: 2_00, netMinor: 0, taxMinor: 0 })] });
  expect(mustAddUp(free, 'inclusive')).toBe(free);
});

test.each([
  ['a total is subtotal less discount plus tax', { totalMinor: 18_01 }],
  ['a total is subtotal less discount plus tax', { totalMinor: 19_80 }],
  ['a total is subtotal less discount plus tax', { discountMinor: 1_99 }],
  ['tax by rate is tax by line', { taxByRate: [] }],
  ['offers are split whole', { lines: [line()] }],
  ['no share is negative', { lines: [line(), line({ netMinor: -1 })] }],
  ['no share is negative', { lines: [line({ taxMinor: -1 }), line()] }],
] as const)('F35: %s, or the operation ends (%j)', (message, change) => {
  expect(() => mustAddUp(sale(change as Partial<PricedSale>), 'inclusive')).toThrow(message);
});

test('F35: where prices exclude tax it is part of the total', () => {
  expect(() => mustAddUp(sale(), 'exclusive')).toThrow('a total is subtotal less discount plus tax');
});
