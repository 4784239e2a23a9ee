import { describe, expect, test } from 'vitest';
import { decideNegative } from './decide-negative.ts';
import { liabilityOf } from './liability.ts';
import { foldLots, type LedgerEntry } from './lots.ts';

describe('C-10: sale A earned 50, sale B used them, A is returned', () => {
  const value = { points: 50, perMinor: 1_00 };
  const at = (day: number) => Date.parse(`2026-01-0${day}T10:00-03:00`);
  const entry = (
    entryId: string,
    kind: LedgerEntry['kind'],
    points: number,
    day: number,
    reverses: string | null = null,
  ) => ({
    entryId,
    kind,
    points,
    atMs: at(day),
    expiresAtMs: null,
    reversesEntryId: reverses,
  });
  const history = [entry('A', 'earn', 50, 1), entry('B', 'redeem', -50, 2), entry('R', 'reverse_earn', -50, 3, 'A')];
  const decide = (
    policy: 'ALLOW_NEGATIVE' | 'FLOOR_AT_ZERO' | 'DEDUCT_CASH',
    refundMinor = 50_00,
    balanceAfter?: number,
  ) => {
    const after = balanceAfter ?? foldLots(history, at(3)).balance;
    return decideNegative({ policy, balanceAfter: after, reversedPoints: 50, refundMinor, pointValue: value });
  };

  test('C-10: ALLOW_NEGATIVE leaves -50, and the next sale of 30.00 gives -20', () => {
    expect(decide('ALLOW_NEGATIVE')).toEqual({ adjustPoints: 0, reason: null, deductedMinor: 0, trace: [] });
    const next = foldLots([...history, entry('C', 'earn', 30, 4)], at(4));
    expect(next).toMatchObject({ balance: -20, spendablePoints: -20 });
  });

  test('C-10: FLOOR_AT_ZERO gives 50 back with the reason FLOORED', () => {
    expect(decide('FLOOR_AT_ZERO')).toMatchObject({ adjustPoints: 50, reason: 'FLOORED', deductedMinor: 0 });
    expect(foldLots([...history, entry('F', 'adjust', 50, 3)], at(3)).balance).toBe(0);
    expect(decide('FLOOR_AT_ZERO').trace).toEqual([
      {
        what: 'floored',
        inputs: { balanceAfter: -50, reversedPoints: 50 },
        operation: 'up-to-zero',
        rounding: 'none',
        result: 50,
      },
    ]);
  });

  test('C-10: DEDUCT_CASH keeps 1.00: the refund pays 49.00 and the balance is 0', () => {
    expect(decide('DEDUCT_CASH')).toMatchObject({ adjustPoints: 50, reason: 'DEDUCTED', deductedMinor: 1_00 });
    expect(decide('DEDUCT_CASH').trace).toEqual([
      {
        what: 'deducted',
        inputs: { points: 50, perMinor: 100, pointsPer: 50 },
        operation: 'points-times-value',
        rounding: 'floor',
        result: 100,
      },
    ]);
  });

  test('money covers what it can; the rest stays owed; a part of a point is never paid for', () => {
    expect(decide('DEDUCT_CASH', 50)).toMatchObject({ adjustPoints: 25, deductedMinor: 50 });
    expect(decide('DEDUCT_CASH', 0)).toMatchObject({ adjustPoints: 0, reason: null, deductedMinor: 0 });
    expect(decide('DEDUCT_CASH', 1)).toMatchObject({ adjustPoints: 0, reason: null, deductedMinor: 0 });
  });

  test('what is kept is rounded down, in the customer’s favour', () => {
    const uneven = { points: 3, perMinor: 5 };
    const of = {
      policy: 'DEDUCT_CASH',
      balanceAfter: -1,
      reversedPoints: 1,
      refundMinor: 2,
      pointValue: uneven,
    } as const;
    expect(decideNegative(of)).toMatchObject({ adjustPoints: 1, deductedMinor: 1 });
  });

  test('a refund without points or money is one too', () => {
    const nothing = { adjustPoints: 0, reason: null, deductedMinor: 0, trace: [] };
    const of = {
      policy: 'DEDUCT_CASH',
      balanceAfter: -1,
      reversedPoints: 0,
      refundMinor: 0,
      pointValue: value,
    } as const;
    expect(decideNegative(of)).toEqual(nothing);
  });

  test('only what this refund took below zero is made up for', () => {
    expect(decide('FLOOR_AT_ZERO', 50_00, -80).adjustPoints).toBe(50);
    expect(decide('FLOOR_AT_ZERO', 50_00, -20).adjustPoints).toBe(20);
    expect(decide('FLOOR_AT_ZERO', 50_00, 0)).toEqual({ adjustPoints: 0, reason: null, deductedMinor: 0, trace: [] });
  });

  test('L9: a refund never takes or hands back less than nothing', () => {
    const of = { policy: 'DEDUCT_CASH', balanceAfter: -1, pointValue: value } as const;
    expect(() => decideNegative({ ...of, reversedPoints: -1, refundMinor: 0 })).toThrow(
      'a refund takes back and hands back',
    );
    expect(() => decideNegative({ ...of, reversedPoints: 0, refundMinor: -1 })).toThrow(
      'a refund takes back and hands back',
    );
  });
});

test.each([
  [600, 12_00],
  [1, 2],
  [0, 0],
  [-50, 0],
])('PT29: %i points outstanding would cost %i', (points, minor) => {
  expect(liabilityOf(points, { points: 50, perMinor: 1_00 })).toBe(minor);
  expect(liabilityOf(1, { points: 3, perMinor: 1 })).toBe(1);
});
