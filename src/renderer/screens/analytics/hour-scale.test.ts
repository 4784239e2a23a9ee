import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisMarks, hoursToDraw, runningTotals } from './hour-scale.ts';

const sold = (hour: number, salesMinor = 1_000) => ({ hour, salesMinor, salesCount: 1 });

test('hours are drawn from the first to the last sale, at least ten, with zeros between', () => {
  const drawn = hoursToDraw([sold(9), sold(12)], 4);
  expect(drawn.map((figure) => figure.hour)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  expect(drawn.find((figure) => figure.hour === 10)).toEqual({ hour: 10, salesMinor: 0, salesCount: 0 });
});

test('a day that starts at four keeps the small hours at its end', () => {
  const drawn = hoursToDraw([sold(20), sold(1)], 4);
  expect(drawn.map((figure) => figure.hour)).toEqual([18, 19, 20, 21, 22, 23, 0, 1, 2, 3]);
});

test('no sales draw no hours', () => {
  expect(hoursToDraw([], 4)).toEqual([]);
});

test('every hour with a sale is drawn once, whenever the day starts', () => {
  const hours = fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1 });
  fc.assert(
    fc.property(hours, fc.integer({ min: 0, max: 23 }), (busy, start) => {
      const drawn = hoursToDraw(
        busy.map((hour) => sold(hour)),
        start,
      ).map((figure) => figure.hour);
      expect(new Set(drawn).size).toBe(drawn.length);
      for (const hour of busy) expect(drawn).toContain(hour);
    }),
  );
});

test('axis marks are few, whole, even and reach the largest value', () => {
  expect(axisMarks(0)).toEqual([0]);
  expect(axisMarks(90_900)).toEqual([0, 25_000, 50_000, 75_000, 100_000]);
  expect(axisMarks(3)).toEqual([0, 1, 2, 3]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000_000_000 }), (max) => {
      const marks = axisMarks(max);
      expect(marks.length).toBeLessThanOrEqual(6);
      expect(marks.at(-1)).toBeGreaterThanOrEqual(max);
      expect(marks.every((mark) => Number.isInteger(mark))).toBe(true);
    }),
  );
});

test('running totals end at the sum', () => {
  expect(runningTotals([1, 0, 4])).toEqual([1, 1, 5]);
});
