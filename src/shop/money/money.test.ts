import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BugError } from '../must.ts';
import { allocate } from './allocate.ts';
import { cashRoundingFor, NO_CASH_ROUNDING, roundCashBack, roundCashDue } from './cash-rounding.ts';
import { countingUnitMinor, CURRENCY_CODES, exponentOf } from './currency.ts';
import { mulDiv, shareOf, sumOf } from './money.ts';
import { naturalNotes } from './natural-notes.ts';

const safe = fc.maxSafeInteger();

test('F35: a product and quotient is exact and rounded once, at any size', () => {
  fc.assert(
    fc.property(safe, safe, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (value, multiplier, divisor) => {
      const exact = BigInt(value) * BigInt(multiplier);
      const by = BigInt(divisor);
      const magnitude = exact < 0n ? -exact : exact;
      const floor = exact >= 0n ? magnitude / by : -((magnitude + by - 1n) / by);
      const half = ((exact < 0n ? -1n : 1n) * (magnitude * 2n + by)) / (by * 2n);
      for (const [rounding, expected] of [
        ['floor', floor],
        ['half-away-from-zero', half],
      ] as const) {
        const isSafe = Number.isSafeInteger(Number(expected)) && BigInt(Number(expected)) === expected;
        if (isSafe) expect(mulDiv(value, multiplier, divisor, rounding)).toBe(Number(expected) || 0);
        else expect(() => mulDiv(value, multiplier, divisor, rounding)).toThrow(BugError);
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([
  [5, 1, 2, 'half-away-from-zero', 3],
  [-5, 1, 2, 'half-away-from-zero', -3],
  [-5, 1, 2, 'floor', -3],
  [5, 1, 2, 'floor', 2],
  [49_95, 1, 100, 'floor', 49],
] as const)('%i x %i / %i by %s is %i', (value, multiplier, divisor, rounding, expected) => {
  expect(mulDiv(value, multiplier, divisor, rounding)).toBe(expected);
});

test('F35: amounts that are not whole or not safe end the operation', () => {
  expect(() => sumOf([0.5])).toThrow(BugError);
  expect(() => sumOf([Number.MAX_SAFE_INTEGER, 1])).toThrow(BugError);
  expect(() => mulDiv(Number.NaN, 1, 1, 'floor')).toThrow(BugError);
  expect(() => mulDiv(1, 1, 0, 'floor')).toThrow(BugError);
});

test('a rate of a tenth rounds half away from zero', () => {
  expect([shareOf(10_05, 1000), shareOf(10_04, 1000)]).toEqual([1_01, 1_00]);
});

test('F35: parts sum to the whole, are whole, and none exceeds its weight', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1_000_000_000_000 }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 0, max: 10_000 }),
      (weights, rateBasisPoints) => {
        const total = shareOf(sumOf(weights), rateBasisPoints);
        fc.pre(sumOf(weights) > 0 || total === 0);
        const parts = allocate(total, weights);
        expect(sumOf(parts)).toBe(total);
        for (const [index, part] of parts.entries()) {
          expect(Number.isSafeInteger(part) && part >= 0 && part <= (weights[index] ?? 0)).toBe(true);
          const exact = Number((BigInt(total) * BigInt(weights[index] ?? 0)) / BigInt(sumOf(weights) || 1));
          expect(part === exact || part === exact + 1).toBe(true);
        }
      },
    ),
  );
});

test.each([
  [[1000, 1000, 1000], 1000, [334, 333, 333]],
  [[5000, 2000], 1000, [714, 286]],
  [[1, 3], 2, [1, 1]],
  [[0, 5], 3, [0, 3]],
])('splitting over %j: %i is %j', (weights, total, parts) => {
  expect(allocate(total, weights)).toEqual(parts);
});

test('PYG has no decimals, USD two, KWD three; defaults scale with it', () => {
  expect(['PYG', 'USD', 'KWD', 'CLF'].map(exponentOf)).toEqual([0, 2, 3, 4]);
  expect(['PYG', 'USD', 'KWD'].map(countingUnitMinor)).toEqual([1000, 100, 1000]);
  expect(new Set(CURRENCY_CODES).size).toBe(CURRENCY_CODES.length);
  for (const code of ['EUR', 'GBP', 'BRL', 'ARS', 'UYU', 'BOB', 'CHF', 'JPY', 'XCG', 'ZWG'])
    expect(CURRENCY_CODES).toContain(code);
});

test('natural notes: exact first, then the next three', () => {
  expect(naturalNotes(90_900, 'PYG')).toEqual([90_900, 91_000, 95_000, 100_000]);
  expect(naturalNotes(17_35, 'USD')).toEqual([17_35, 18_00, 20_00, 50_00]);
  expect(naturalNotes(0, 'USD')).toEqual([0]);
  for (const currency of CURRENCY_CODES) {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), (due) => {
        const notes = naturalNotes(due, currency);
        expect(notes).toHaveLength(4);
        expect(notes[0]).toBe(due);
        expect([...notes].sort((a, b) => a - b)).toEqual(notes);
        expect(new Set(notes).size).toBe(4);
      }),
      { numRuns: 20 },
    );
  }
});

test('cash rounding follows the region: Paraguay in the customer’s favour, Switzerland to the nearest', () => {
  const paraguay = cashRoundingFor('PY', 'PYG');
  expect([roundCashDue(90_913, paraguay), roundCashBack(90_913, paraguay), roundCashDue(90_950, paraguay)]).toEqual([
    90_900, 90_950, 90_950,
  ]);
  const swiss = cashRoundingFor('CH', 'CHF');
  expect([roundCashDue(10_02, swiss), roundCashDue(10_03, swiss), roundCashBack(10_02, swiss)]).toEqual([
    10_00, 10_05, 10_00,
  ]);
  expect(cashRoundingFor('US', 'USD')).toEqual(NO_CASH_ROUNDING);
  expect(cashRoundingFor('PY', 'USD')).toEqual(NO_CASH_ROUNDING);
  expect(cashRoundingFor('__proto__', 'USD')).toEqual(NO_CASH_ROUNDING);
});

test('F35: cash rounding moves an amount by less than one step, towards the customer where the region says so', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000_000_000 }),
      fc.integer({ min: 1, max: 1000 }),
      (amount, stepMinor) => {
        const favour = { stepMinor, mode: 'customer' } as const;
        const due = roundCashDue(amount, favour);
        const back = roundCashBack(amount, favour);
        expect(due % stepMinor === 0 && back % stepMinor === 0).toBe(true);
        expect(due <= amount && amount - due < stepMinor && back >= amount && back - amount < stepMinor).toBe(true);
        expect(Math.abs(roundCashDue(amount, { stepMinor, mode: 'nearest' }) - amount) * 2).toBeLessThanOrEqual(
          stepMinor,
        );
      },
    ),
  );
});
