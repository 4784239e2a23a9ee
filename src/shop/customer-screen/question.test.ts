import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asksHowItWas, FEWEST_ANSWERS, satisfactionScore } from './question.ts';

const saleIdOf = (end: number): string => `01900000-0000-7000-8000-0000${end.toString(16).padStart(8, '0')}`;

test('S3-87: never, after every sale, or after one in n, and twice about one sale is the same', () => {
  const asked = (everySales: number): number =>
    Array.from({ length: 1_200 }, (_, end) => asksHowItWas(saleIdOf(end), everySales)).filter(Boolean).length;
  expect([0, 1, 2, 5, 100].map(asked)).toEqual([0, 1_200, 600, 240, 12]);
  expect(() => asksHowItWas(saleIdOf(1), -1)).toThrow('a whole number');
  expect(() => asksHowItWas(saleIdOf(1), 1.5)).toThrow('a whole number');
});

test('S3-87: a figure from ten answers on, each rounded once, half up', () => {
  expect(satisfactionScore(9, 45, 9)).toEqual({ answers: 9, averageHundredths: null, goodBasisPoints: null });
  expect(satisfactionScore(10, 50, 10)).toEqual({ answers: 10, averageHundredths: 500, goodBasisPoints: 10_000 });
  expect(satisfactionScore(16, 66, 11)).toMatchObject({ averageHundredths: 413, goodBasisPoints: 6_875 });
  const scores = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: FEWEST_ANSWERS, maxLength: 400 });
  fc.assert(
    fc.property(scores, (given) => {
      const sum = given.reduce((total, score) => total + score, 0);
      const good = given.filter((score) => score >= 4).length;
      const { averageHundredths, goodBasisPoints } = satisfactionScore(given.length, sum, good);
      expect(Math.abs((averageHundredths ?? 0) * given.length - sum * 100) * 2).toBeLessThanOrEqual(given.length);
      expect(Math.abs((goodBasisPoints ?? 0) * given.length - good * 10_000) * 2).toBeLessThanOrEqual(given.length);
    }),
  );
});
