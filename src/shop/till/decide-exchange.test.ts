import { expect, test } from 'vitest';
import { decideExchange } from './decide-exchange.ts';

const ROUNDING = { stepMinor: 50, mode: 'customer' } as const;

function exchange(returnedMinor: number, totalMinor: number, change: object = {}) {
  const given = {
    returnedMinor,
    totalMinor,
    tenderKind: 'cash',
    cashRounding: ROUNDING,
    mostHandedMinor: 10_000,
    ...change,
  };
  const { exchangedMinor, dueMinor, handedMinor } = decideExchange(given as Parameters<typeof decideExchange>[0]);
  return [exchangedMinor, dueMinor, handedMinor];
}

test.each([
  [1_000, 1_000, [1_000, 0, 0]],
  [1_000, 1_730, [1_000, 730, 0]],
  [1_730, 1_000, [1_000, 0, 750]],
  [0, 700, [0, 700, 0]],
  [700, 0, [0, 0, 700]],
])('T9: %i comes back, %i goes out', (returnedMinor, totalMinor, settled) => {
  expect(exchange(returnedMinor, totalMinor)).toEqual(settled);
});

test('T9: otherwise than in cash nothing is rounded', () => {
  expect(exchange(1_730, 1_000, { tenderKind: 'card' })).toEqual([1_000, 0, 730]);
});

test('T9: cash is rounded up only as far as was paid, and what is due is handed back whatever was', () => {
  expect(exchange(1_730, 1_000, { mostHandedMinor: 1_740 })).toEqual([1_000, 0, 740]);
  expect(exchange(1_730, 1_000, { mostHandedMinor: 1_730 })).toEqual([1_000, 0, 730]);
  expect(exchange(1_730, 1_000, { mostHandedMinor: 900 })).toEqual([1_000, 0, 730]);
});

test('F35: an exchange never begins below nothing', () => {
  for (const [returned, total] of [
    [-1, 5],
    [5, -1],
  ] as const)
    expect(() => exchange(returned, total)).toThrow('an exchange goes both ways');
});

test('T9: each amount of an exchange says where it came from', () => {
  const given = { tenderKind: 'cash', cashRounding: ROUNDING, mostHandedMinor: 10_000 } as const;
  expect(decideExchange({ ...given, returnedMinor: 1_000, totalMinor: 1_730 }).trace).toEqual([
    {
      what: 'exchanged',
      inputs: { wantedMinor: 1_000, upToMinor: 1_730 },
      operation: 'amount-up-to',
      rounding: 'none',
      result: 1_000,
    },
  ]);
  expect(decideExchange({ ...given, returnedMinor: 1_000, totalMinor: 1_000 }).trace).toHaveLength(1);
  expect(decideExchange({ ...given, returnedMinor: 1_730, totalMinor: 1_000 }).trace[1]).toEqual({
    what: 'handed-back',
    inputs: { returnedMinor: 1_730, exchangedMinor: 1_000, cashRoundingMinor: 20 },
    operation: 'returned-less-exchanged',
    rounding: 'none',
    result: 750,
  });
});
