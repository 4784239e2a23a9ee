import { expect, test } from 'vitest';
import { isInWindow, updateWaitsFor } from './may-take-over.ts';

const QUIET = {
  window: { fromHour: 2, untilHour: 5 },
  localHour: 3,
  openPayments: 0,
  openSales: 0,
  isSomebodyAtWork: false,
};

test('S3-77: the window holds its first hour and not its last, also over midnight', () => {
  const hours = (fromHour: number, untilHour: number): number[] =>
    Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => isInWindow({ fromHour, untilHour }, hour));
  expect(hours(2, 5)).toEqual([2, 3, 4]);
  expect(hours(22, 1)).toEqual([0, 22, 23]);
  expect(hours(23, 0)).toEqual([23]);
  expect(hours(7, 7)).toHaveLength(24);
});

test.each([
  [{}, null],
  [{ window: null }, 'by-hand'],
  [{ localHour: 1 }, 'hour'],
  [{ localHour: 5 }, 'hour'],
  [{ openPayments: 1, openSales: 1, isSomebodyAtWork: true }, 'payment'],
  [{ openSales: 2, isSomebodyAtWork: true }, 'sale'],
  [{ isSomebodyAtWork: true }, 'person'],
] as const)(
  'S3-77: a new version takes over only in the window and while nothing goes on: %j waits for %s',
  (now, waits) => {
    expect(updateWaitsFor({ ...QUIET, ...now })).toBe(waits);
  },
);
