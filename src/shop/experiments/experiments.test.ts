import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketOf, variantOf } from './assign-variant.ts';
import { compareArms } from './compare-arms.ts';
import { experimentSchema } from './experiment.ts';

const CAMPAIGN = '0191e7a0-0000-7000-8000-000000000001';
const arms = (...weights: number[]) => weights.map((weight, index) => ({ variantId: 'ABCDEF'.charAt(index), weight }));
const idOf = (number: number) => `0191e7a0-0000-7000-8000-${String(number).padStart(12, '0')}`;

test('C-47 S2-30: buckets 49 and 50 of 50/50 are A and B; bucket 95 of 50/40 is the first variant', () => {
  const half = arms(50, 50);
  expect([0, 49, 50, 99].map((bucket) => variantOf(half, bucket))).toEqual(['A', 'A', 'B', 'B']);
  expect([49, 50, 89, 90, 95].map((bucket) => variantOf(arms(50, 40), bucket))).toEqual(['A', 'B', 'B', 'A', 'A']);
});

test('C-47: the same customer gets the same bucket anywhere, and another one in another experiment', () => {
  expect(bucketOf(idOf(1), idOf(2))).toBe(bucketOf(idOf(1), idOf(2)));
  const buckets = Array.from({ length: 20 }, (_, index) => bucketOf(idOf(index), idOf(2)));
  expect(new Set(buckets).size).toBeGreaterThan(10);
  expect([bucketOf(idOf(1), idOf(2)), bucketOf('e', 'c')]).toEqual([PINNED, PINNED_SHORT]);
});

/** First six bytes of SHA-256 of 'experiment:customer' as a number, its rest by 100: counted by another tool. */
const PINNED = 92;
const PINNED_SHORT = 91;

test('buckets fall evenly: ten thousand customers, none of a hundred buckets far from its hundred', () => {
  const counts = Array.from({ length: 100 }, () => 0);
  for (let customer = 0; customer < 10_000; customer += 1) {
    const bucket = bucketOf(idOf(1), idOf(customer));
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(60);
  expect(Math.max(...counts)).toBeLessThan(145);
});

test('AN4: Newcombe’s own example, 56 of 70 against 48 of 80, once there are enough', () => {
  const scaled = compareArms({ exposures: 700, conversions: 560 }, { exposures: 800, conversions: 480 });
  expect(scaled).toMatchObject({ kind: 'enough', isClear: true });
  if (scaled.kind !== 'enough') throw new Error('not enough');
  expect(scaled.difference).toBeCloseTo(0.2, 12);
  const [low, high] = newcombeByHand(700, 560, 800, 480);
  expect(scaled.low).toBeCloseTo(low, 10);
  expect(scaled.high).toBeCloseTo(high, 10);
  const [lowOfPaper, highOfPaper] = newcombeByHand(70, 56, 80, 48);
  expect(lowOfPaper).toBeCloseTo(0.0524, 4);
  expect(highOfPaper).toBeCloseTo(0.3339, 4);
});

/** The score bounds as the two roots of |p - x/n| = z sqrt(p(1-p)/n), found by halving: no formula in common. */
function newcombeByHand(m: number, a: number, n: number, b: number): [number, number] {
  const root = (x: number, of: number, side: -1 | 1): number => {
    const share = x / of;
    let inside = share;
    let outside = side === 1 ? 1 : 0;
    for (let round = 0; round < 100; round += 1) {
      const middle = (inside + outside) / 2;
      const isIn = Math.abs(middle - share) <= 1.959963984540054 * Math.sqrt((middle * (1 - middle)) / of);
      if (isIn) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  const [p1, p2] = [a / m, b / n];
  const low = p1 - p2 - Math.sqrt((p1 - root(a, m, -1)) ** 2 + (root(b, n, 1) - p2) ** 2);
  return [low, p1 - p2 + Math.sqrt((root(a, m, 1) - p1) ** 2 + (p2 - root(b, n, -1)) ** 2)];
}

test('under a hundred exposures in either arm there is no answer yet', () => {
  const full = { exposures: 1000, conversions: 10 };
  expect(compareArms({ exposures: 99, conversions: 50 }, full)).toEqual({ kind: 'not-enough', needed: 100, have: 99 });
  expect(compareArms(full, { exposures: 0, conversions: 0 })).toEqual({ kind: 'not-enough', needed: 100, have: 0 });
  expect(compareArms(full, { exposures: 100, conversions: 0 })).toMatchObject({ kind: 'enough', isClear: false });
  expect(() => compareArms(full, { exposures: 100, conversions: 101 })).toThrow('only who was exposed');
});

test('an interval holds its difference, stays within one, and turns with the arms', () => {
  const arm = fc
    .integer({ min: 100, max: 5000 })
    .chain((exposures) => fc.record({ exposures: fc.constant(exposures), conversions: fc.nat(exposures) }));
  fc.assert(
    fc.property(arm, arm, (a, b) => {
      const [one, other] = [compareArms(a, b), compareArms(b, a)];
      if (one.kind !== 'enough' || other.kind !== 'enough') throw new Error('not enough');
      expect(one.low).toBeLessThanOrEqual(one.difference + 1e-12);
      expect(one.high).toBeGreaterThanOrEqual(one.difference - 1e-12);
      expect(Math.abs(one.low)).toBeLessThanOrEqual(1 + 1e-9);
      expect(one.low).toBeCloseTo(-other.high, 10);
      expect(one.isClear).toBe(other.isClear);
    }),
  );
});

const variant = (variantId: string, weight: number, campaignId: string | null = CAMPAIGN) => ({
  variantId,
  name: variantId,
  weight,
  campaignId,
});

test.each([
  ['weights over 100', { variants: [variant('a', 60), variant('b', 41)] }, 'variants'],
  ['one arm', { variants: [variant('a', 60)] }, 'variants'],
  ['two arms of one id', { variants: [variant('a', 50), variant('a', 50)] }, 'variants'],
  [
    'redemptions of an arm that is shown nothing',
    { variants: [variant('a', 50), variant('b', 50, null)], conversion: 'redemption' },
    'conversion',
  ],
])('%s: not an experiment', (_name, given, path) => {
  expect(
    experimentSchema.safeParse({ name: 'x', ...given }).error?.issues.map((issue) => issue.path.join('.')),
  ).toEqual([path]);
});

test('an experiment with a hold-out counts sales', () => {
  const read = experimentSchema.parse({ name: 'x', variants: [variant('a', 90), variant('none', 10, null)] });
  expect(read).toMatchObject({ conversion: 'sale', windowDays: 30 });
});
