import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amountSaleOf, computeEarning, type EarningLine, type EarningSale } from './earning.ts';
import type { EarningContext } from './earning-context.ts';
import { type ProgrammeVersion, programmeSchema } from './programme.ts';
import { computeReversal } from './reverse-earning.ts';

const ZONE = 'America/Asuncion';
const SPEND = { ruleId: 'base', kind: 'spend', points: 1, perMinor: 100 };

function versionOf(change: object = {}): ProgrammeVersion {
  return { versionId: 'v1', version: 1, programme: programmeSchema.parse({ name: 'P', rules: [SPEND], ...change }) };
}

function contextAt(change: Partial<EarningContext> = {}): EarningContext {
  const atMs = Date.parse('2026-03-10T15:00Z');
  return { atMs, zone: ZONE, tierId: null, segmentIds: [], used: {}, programmePointsToday: 0, ...change };
}

const line = (netMinor: number, change: Partial<EarningLine> = {}): EarningLine => ({
  lineId: `l${netMinor}`,
  netMinor,
  taxMinor: 0,
  payableMinor: netMinor,
  ...change,
});
const saleOf = (...lines: EarningLine[]): EarningSale => ({ lines, taxMode: 'inclusive' });
const pointsOf = (sale: EarningSale, version: ProgrammeVersion, context: EarningContext | null = null): number =>
  computeEarning(sale, version, context).points;
const use = (change: object) => ({ pointsToday: 0, timesToday: 0, pointsEver: 0, timesThisYear: 0, ...change });

test('C-1: one line of 49.95 earns 49 points', () => {
  expect(pointsOf(saleOf(line(49_95)), versionOf())).toBe(49);
});

test('C-2: three lines of 16.65 earn 49: floored once per sale, never per line', () => {
  expect(pointsOf(saleOf(line(16_65), line(16_65), line(16_65)), versionOf())).toBe(49);
});

test('C-3: 1 per 10.00 gives 10 for 105.00; 2 for 21.50, and 1 where only the 19.90 before tax count', () => {
  const perTen = { rules: [{ ...SPEND, perMinor: 1000 }] };
  expect(computeEarning(amountSaleOf(105_00), versionOf(perTen), null).points).toBe(10);
  const taxed = saleOf(line(21_50, { taxMinor: 1_60 }));
  expect(pointsOf(taxed, versionOf(perTen))).toBe(2);
  expect(pointsOf(taxed, versionOf({ ...perTen, base: 'before-tax' }))).toBe(1);
});

test.each([
  [4_00, 15_000, 6],
  [5_00, 15_000, 7],
  [5_00, 30_000, 15],
  [3_99, 15_000, 4],
  [1_00, 19_999, 1],
])('C-4: base %i with a rule multiplier of %i basis points earns %i, floored again', (netMinor, multiplier, points) => {
  const version = versionOf({ rules: [{ ...SPEND, multiplierBasisPoints: multiplier }] });
  expect(pointsOf(saleOf(line(netMinor)), version)).toBe(points);
});

test('C-5: after 10 percent off, 90.00 earns 90 and 135.00 earns 135', () => {
  const discounted = (net: number, share: number) => line(net, { orderDiscountShareMinor: share });
  expect(pointsOf(saleOf(discounted(90_00, 10_00)), versionOf())).toBe(90);
  expect(pointsOf(saleOf(discounted(90_00, 10_00), discounted(45_00, 5_00)), versionOf())).toBe(135);
});

describe('C-6: a programme that earns on Food only, with 10 percent off the whole order', () => {
  const food = { categoryId: 'food', orderDiscountShareMinor: 10_00 };
  const sale = saleOf(line(90_00, food), line(45_00, { categoryId: 'other', orderDiscountShareMinor: 5_00 }));
  const onFood = (discountsLower: string) =>
    versionOf({ rules: [{ ...SPEND, filter: { categoryIds: ['food'] } }], discountsLower });

  test('C-6: the share of Food counts: 90; with the setting, only discounts inside Food lower: 100', () => {
    expect(pointsOf(sale, onFood('all'))).toBe(90);
    expect(pointsOf(sale, onFood('in-filter-only'))).toBe(100);
  });

  test('C-6: a discount on Food itself lowers in both settings, and a rule on everything never ignores the order', () => {
    const own = saleOf(line(90_00, { categoryId: 'food' }), line(50_00, { categoryId: 'other' }));
    expect([pointsOf(own, onFood('all')), pointsOf(own, onFood('in-filter-only'))]).toEqual([90, 90]);
    expect(pointsOf(sale, versionOf({ discountsLower: 'in-filter-only' }))).toBe(135);
  });

  test('the ignored share takes its part of the tax with it, by every base', () => {
    const taxed = (taxMode: EarningSale['taxMode'], payableMinor: number): EarningSale => ({
      lines: [{ ...line(90_00, food), taxMinor: 9_00, payableMinor }],
      taxMode,
    });
    const onFoodBy = (base: string) =>
      versionOf({ rules: [{ ...SPEND, filter: { categoryIds: ['food'] } }], discountsLower: 'in-filter-only', base });
    expect(pointsOf(taxed('inclusive', 90_00), onFoodBy('before-tax'))).toBe(90);
    expect(pointsOf(taxed('exclusive', 99_00), onFoodBy('with-tax'))).toBe(110);
    expect(pointsOf(taxed('exclusive', 99_00), onFoodBy('before-tax'))).toBe(100);
    const free = saleOf(line(0, food));
    expect(pointsOf(free, onFoodBy('as-priced'))).toBe(10);
  });
});

describe('C-7: 1 per 10.00, lines 9.00, 5.00, 5.00, 1.90, 1.00 earned 2', () => {
  const lines = [9_00, 5_00, 5_00, 1_90, 1_00].map((net, index) => line(net, { lineId: String(index) }));
  const version = versionOf({ rules: [{ ...SPEND, perMinor: 1000 }] });
  const earned = computeEarning(saleOf(...lines), version, null);
  const reverse = (gone: number[], alreadyReversedPoints = 0) =>
    computeReversal({
      earned,
      alreadyReversedPoints,
      remaining: saleOf(...lines.filter((_, index) => !gone.includes(index))),
      version,
      context: null,
    });

  test.each([
    [[4], 0],
    [[1], 1],
    [[1, 2], 1],
    [[0, 1, 2, 4], 2],
    [[0, 1, 2, 3, 4], 2],
  ])('C-7: a refund of lines %j takes back %i', (gone, points) => {
    expect(reverse(gone).points).toBe(points);
  });

  test('C-7: two refunds of 5.00 in a row take back 1 in all', () => {
    const first = reverse([1]);
    expect([first.points, reverse([1, 2], first.points).points]).toEqual([1, 0]);
    expect(first.parts).toEqual([{ ruleId: 'base', name: '', kind: 'base', points: -1 }]);
    expect(first.trace).toEqual([
      {
        what: 'points-reversed',
        inputs: { earnedPoints: 2, remainingPoints: 1, alreadyReversedPoints: 0, programmeVersion: 1 },
        operation: 'earned-minus-remaining',
        rounding: 'none',
        result: 1,
      },
    ]);
  });

  test('nothing is taken back twice, nor given by a refund', () => {
    expect(reverse([0, 1, 2, 3, 4], 2).points).toBe(0);
    expect(reverse([], 0)).toMatchObject({ points: 0, parts: [] });
  });
});

test('a refund goes by the frozen context, and says what each part lost', () => {
  const version = versionOf({
    rules: [SPEND, { ...SPEND, ruleId: 'gold', perMinor: 1000 }],
    promotions: [{ promotionId: 'p', multiplierBasisPoints: 20_000, filter: { productIds: ['x'] } }],
    tiers: { levels: [{ tierId: 'gold', name: 'Gold', threshold: 0, multiplierBasisPoints: 20_000 }] },
  });
  const context = contextAt({ tierId: 'gold' });
  const kept = line(60_00);
  const earned = computeEarning(saleOf(kept, line(40_00, { productId: 'x' })), version, context);
  expect(earned.points).toBe(110 + 110 + 44);
  const given = { earned, alreadyReversedPoints: 0, version, context };
  const half = computeReversal({ ...given, remaining: saleOf(kept) });
  expect(half.points).toBe(264 - 132);
  expect(half.parts.map(({ kind, ruleId, points }) => [kind, ruleId, points])).toEqual([
    ['base', 'base', -40],
    ['base', 'gold', -4],
    ['tier', 'gold', -44],
    ['promotion', 'p', -44],
  ]);
  const all = computeReversal({ ...given, remaining: saleOf() });
  expect(all.parts.map(({ points }) => points)).toEqual([-100, -10, -110, -44]);
  expect(computeReversal({ ...given, earned: { points: 264 }, remaining: saleOf() }).parts).toEqual([]);
});

test('C-11: a refund goes by the frozen version: 50 back, whatever rules came after', () => {
  const version = versionOf();
  const earned = computeEarning(saleOf(line(50_00)), version, null);
  const given = { earned, alreadyReversedPoints: 0, remaining: saleOf(), version, context: null };
  expect(computeReversal(given).points).toBe(50);
  const doubled = versionOf({ rules: [{ ...SPEND, points: 2 }] });
  expect(computeEarning(saleOf(line(50_00)), doubled, null).points).toBe(100);
});

test('C-37: 265.00 paid with 100.00 of points earns 0.1 per 1.00 of the 165.00 paid: 16', () => {
  const version = versionOf({ rules: [{ ...SPEND, perMinor: 1000 }] });
  expect(pointsOf(saleOf(line(165_00, { pointsShareMinor: 100_00 })), version)).toBe(16);
});

describe('C-38: stored value', () => {
  const paid = { storedValueMinor: 50_00, totalMinor: 100_00 };

  test('C-38: paying with it earns like money; selling it earns nothing', () => {
    expect(pointsOf({ ...saleOf(line(100_00)), paid }, versionOf())).toBe(100);
    expect(pointsOf(saleOf(line(50_00, { isStoredValue: true })), versionOf())).toBe(0);
    const visit = versionOf({ rules: [{ ruleId: 'v', kind: 'visit', points: 5 }] });
    expect(pointsOf(saleOf(line(50_00, { isStoredValue: true })), visit)).toBe(0);
  });

  test('where the tender does not count, its part of the whole sale is left out of every base, also after a refund', () => {
    const version = versionOf({ storedValueTenderCounts: false });
    expect(pointsOf({ ...saleOf(line(100_00)), paid }, version)).toBe(50);
    expect(pointsOf({ ...saleOf(line(60_00)), paid }, version)).toBe(30);
    expect(pointsOf({ ...saleOf(line(60_00)), paid: { ...paid, storedValueMinor: 0 } }, version)).toBe(60);
    expect(pointsOf(saleOf(line(60_00)), version)).toBe(60);
  });
});

test('C-39: 106.00 with 50.00 of points pays 56.00 and earns 56; with the setting, 106', () => {
  const sale = saleOf(line(56_00, { pointsShareMinor: 50_00 }));
  expect(pointsOf(sale, versionOf())).toBe(56);
  expect(pointsOf(sale, versionOf({ pointsDiscountLowers: false }))).toBe(106);
});

describe('C-46 C-55: a bonus once a day', () => {
  const version = versionOf({
    promotions: [{ promotionId: 'double', multiplierBasisPoints: 20_000, limits: { timesPerDay: 1 } }],
  });
  const sale = saleOf(line(10_00));
  const first = computeEarning(sale, version, contextAt());
  const used = { double: use({ timesToday: 1, pointsToday: 10 }) };

  test('C-46: two sales of 10.00 on a double day earn 20 + 10', () => {
    expect([first.points, pointsOf(sale, version, contextAt({ used }))]).toEqual([20, 10]);
    expect(first.uses).toEqual([
      { id: 'base', points: 10, times: 1 },
      { id: 'double', points: 10, times: 1 },
    ]);
  });

  test('C-55: refunding the first takes back 20, and the second stays at 10 under its own frozen context', () => {
    const given = { alreadyReversedPoints: 0, remaining: saleOf(), version };
    expect(computeReversal({ ...given, earned: first, context: contextAt() }).points).toBe(20);
    const second = computeEarning(sale, version, contextAt({ used }));
    expect(computeReversal({ ...given, remaining: sale, earned: second, context: contextAt({ used }) }).points).toBe(0);
  });
});

test('C-51: 90.900 guaraníes at 1 per 1.000, Gold x1.5, double on 21.600 of pastries: 90 + 45 + 21 = 156', () => {
  const gold = { tierId: 'gold', name: 'Gold', threshold: 100, multiplierBasisPoints: 15_000 };
  const pastries = {
    promotionId: 'pastries',
    name: 'Pastries',
    multiplierBasisPoints: 20_000,
    filter: { categoryIds: ['pastry'] },
  };
  const version = versionOf({
    rules: [{ ...SPEND, name: 'Base', perMinor: 1000 }],
    promotions: [pastries],
    tiers: { levels: [{ tierId: 'basic', name: 'Basic', threshold: 0 }, gold] },
  });
  const sale = saleOf(line(69_300), line(21_600, { categoryId: 'pastry' }));
  const earning = computeEarning(sale, version, contextAt({ tierId: 'gold' }));
  expect(earning.points).toBe(156);
  expect(earning.parts).toEqual([
    { ruleId: 'base', name: 'Base', kind: 'base', points: 90 },
    { ruleId: 'gold', name: 'Gold', kind: 'tier', points: 45 },
    { ruleId: 'pastries', name: 'Pastries', kind: 'promotion', points: 21 },
  ]);
  expect(earning.uses.map(({ id }) => id)).toEqual(['base', 'pastries']);
  expect(earning.trace.at(-1)).toMatchObject({ what: 'points-earned', result: 156 });
  expect(pointsOf(sale, version, contextAt({ tierId: 'basic' }))).toBe(111);
});

test('the order of the lines does not change the points', () => {
  const version = versionOf({
    rules: [SPEND, { ruleId: 'kg', kind: 'product', pointsPerUnit: 3, filter: { productIds: ['p1'] } }],
    promotions: [{ promotionId: 'x', multiplierBasisPoints: 13_000, filter: { excludeProductIds: ['p1'] } }],
  });
  const lines = fc.array(
    fc.record({
      net: fc.nat(1_000_000),
      product: fc.constantFrom('p1', 'p2'),
      thousandths: fc.integer({ min: 1, max: 9_999 }),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(lines, fc.infiniteStream(fc.nat()), (drawn, keys) => {
      const made = drawn.map(({ net, product, thousandths }, index) =>
        line(net, { lineId: `l${index}`, productId: product, quantityThousandths: thousandths }),
      );
      const order = made.map((each) => ({ each, key: keys.next().value ?? 0 })).sort((a, b) => a.key - b.key);
      const shuffled = saleOf(...order.map(({ each }) => each));
      expect(pointsOf(shuffled, version, contextAt())).toBe(pointsOf(saleOf(...made), version, contextAt()));
    }),
    { seed: 51 },
  );
});
