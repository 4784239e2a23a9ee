import fc from 'fast-check';
import { expect, test } from 'vitest';
import { returnedValueOf, soldValueOf } from './goods-sold.ts';

const goods = (amountMinor: number) => ({ amountMinor, isStoredValue: false });
const value = (amountMinor: number) => ({ amountMinor, isStoredValue: true });

test('what was rounded of the cash is of the goods, of a card alone it is of the card', () => {
  expect(soldValueOf([goods(100), value(400)], 500)).toBe(400);
  expect(soldValueOf([goods(110), value(400)], 500)).toBe(400);
  expect(soldValueOf([value(410)], 400)).toBe(400);
  expect(soldValueOf([value(395)], 400)).toBe(400);
  expect(soldValueOf([goods(10), value(410)], 400)).toBe(400);
  expect(soldValueOf([goods(0), value(395)], 400)).toBe(400);
  expect(soldValueOf([goods(395)], 400)).toBe(0);
  expect(soldValueOf([goods(0)], 0)).toBe(0);
});

test('a refund takes out of each part what came back of it, and never more than is left', () => {
  const sale = { amountMinor: 500, soldValueMinor: 400 };
  const none = { amountMinor: 0, soldValueMinor: 0 };
  expect(returnedValueOf(sale, none, { amountMinor: 100, lines: [goods(110)] })).toBe(0);
  expect(returnedValueOf(sale, none, { amountMinor: 410, lines: [value(400)] })).toBe(400);
  expect(returnedValueOf(sale, none, { amountMinor: 390, lines: [value(400)] })).toBe(390);
  expect(returnedValueOf(sale, none, { amountMinor: 110, lines: [goods(110)] })).toBe(10);
  expect(
    returnedValueOf(sale, { amountMinor: 390, soldValueMinor: 390 }, { amountMinor: 110, lines: [goods(110)] }),
  ).toBe(10);
});

test('S1-23: refunds in whatever slices stay within both parts, and all of them together are both parts', () => {
  const amount = fc.integer({ min: 0, max: 1_000 });
  const line = fc.record({ amountMinor: amount, isStoredValue: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: -25, max: 25 }),
      fc.array(fc.record({ line: fc.nat(4), percent: fc.nat(100), rounding: fc.integer({ min: -25, max: 25 }) })),
      (lines, rounding, slices) => {
        const linesMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        const paidMinor = Math.max(0, linesMinor + rounding);
        const sale = { amountMinor: paidMinor, soldValueMinor: soldValueOf(lines, paidMinor) };
        const left = lines.map((each) => ({ ...each }));
        let earlier = { amountMinor: 0, soldValueMinor: 0 };
        const refund = (back: typeof lines, amountMinor: number) => {
          const soldValueMinor = returnedValueOf(sale, earlier, { amountMinor, lines: back });
          expect(soldValueMinor >= 0 && soldValueMinor <= amountMinor).toBe(true);
          earlier = {
            amountMinor: earlier.amountMinor + amountMinor,
            soldValueMinor: earlier.soldValueMinor + soldValueMinor,
          };
          expect(earlier.soldValueMinor).toBeLessThanOrEqual(sale.soldValueMinor);
          expect(earlier.amountMinor - earlier.soldValueMinor).toBeLessThanOrEqual(paidMinor - sale.soldValueMinor);
        };
        for (const slice of slices) {
          const from = left[slice.line % left.length];
          if (from === undefined) continue;
          const amountMinor = Math.floor((from.amountMinor * slice.percent) / 100);
          from.amountMinor -= amountMinor;
          const settledMinor = Math.min(paidMinor - earlier.amountMinor, Math.max(0, amountMinor + slice.rounding));
          refund([{ amountMinor, isStoredValue: from.isStoredValue }], settledMinor);
        }
        refund(left, paidMinor - earlier.amountMinor);
        expect(earlier).toEqual(sale);
      },
    ),
  );
});
