import { describe, expect, test } from 'vitest';
import { amountSaleOf, computeEarning, type EarningLine, type EarningSale } from './earning.ts';
import { type EarningContext, earningContextSchema } from './earning-context.ts';
import { type ProgrammeVersion, programmeSchema } from './programme.ts';
import { computeReversal } from './reverse-earning.ts';

const SPEND = { ruleId: 'base', kind: 'spend', points: 1, perMinor: 100 };
const VISIT = { ruleId: 'visit', kind: 'visit', points: 10 };
const LEVELS = [
  { tierId: 'basic', name: 'Basic', threshold: 0 },
  { tierId: 'gold', name: 'Gold', threshold: 100, multiplierBasisPoints: 15_000 },
];

function versionOf(rules: object[], change: object = {}): ProgrammeVersion {
  return { versionId: 'v1', version: 1, programme: programmeSchema.parse({ name: 'P', rules, ...change }) };
}

const contextOf = (change: object = {}): EarningContext =>
  earningContextSchema.parse({ atMs: Date.parse('2026-03-10T15:00Z'), zone: 'America/Asuncion', ...change });
const line = (netMinor: number, change: Partial<EarningLine> = {}): EarningLine => ({
  lineId: 'l',
  netMinor,
  taxMinor: 0,
  payableMinor: netMinor,
  ...change,
});
const saleOf = (...lines: EarningLine[]): EarningSale => ({ lines, taxMode: 'inclusive' });
const points = (sale: EarningSale, version: ProgrammeVersion, context: EarningContext | null = contextOf()) =>
  computeEarning(sale, version, context).points;

test('C-25: a sale with nothing to pay earns nothing for its money, also where stored value does not count', () => {
  const free = { ...saleOf(line(0)), paid: { storedValueMinor: 0, totalMinor: 0 } };
  const version = versionOf([SPEND], { storedValueTenderCounts: false });
  expect(points(free, version)).toBe(0);
  expect(points(free, versionOf([SPEND, VISIT], { storedValueTenderCounts: false }))).toBe(10);
});

test('C-38: what was paid otherwise earns by its part, rounded once, half away from zero', () => {
  const version = versionOf([{ ...SPEND, perMinor: 1 }], { storedValueTenderCounts: false });
  const paidBy = (storedValueMinor: number, totalMinor: number) => ({ storedValueMinor, totalMinor });
  expect(points({ ...saleOf(line(1)), paid: paidBy(1, 2) }, version)).toBe(1);
  expect(points({ ...saleOf(line(1)), paid: paidBy(2, 3) }, version)).toBe(0);
  expect(points({ ...saleOf(line(100)), paid: paidBy(100, 100) }, version)).toBe(0);
});

test('a sale rung up elsewhere is one line of what was paid, tax and all', () => {
  expect(amountSaleOf(12_34)).toEqual({
    lines: [{ lineId: 'amount', netMinor: 12_34, taxMinor: 0, payableMinor: 12_34 }],
    taxMode: 'inclusive',
  });
});

describe('a rule that is used up, to the point', () => {
  const promotions = [{ promotionId: 'p', multiplierBasisPoints: 20_000 }];
  const given = (limits: object, use: object) =>
    points(
      saleOf(line(1)),
      versionOf([{ ...VISIT, limits }], { promotions, tiers: { levels: LEVELS } }),
      contextOf({ tierId: 'gold', used: { visit: use } }),
    );

  // 10 for the visit, 5 for Gold, 10 for the promotion: as long as one point is left, the extras count the whole rule.
  test.each([
    ['timesPerDay', 2, 'timesToday', 1, 25],
    ['timesPerDay', 2, 'timesToday', 2, 0],
    ['pointsPerDay', 30, 'pointsToday', 20, 25],
    ['pointsPerDay', 30, 'pointsToday', 29, 16],
    ['pointsPerDay', 30, 'pointsToday', 30, 0],
    ['pointsEver', 30, 'pointsEver', 20, 25],
    ['pointsEver', 30, 'pointsEver', 29, 16],
    ['pointsEver', 30, 'pointsEver', 30, 0],
    ['pointsEver', 30, 'pointsEver', 31, 0],
  ])('%s %i, had %s %i: %i', (limit, most, had, count, earned) => {
    expect(given({ [limit]: most }, { [had]: count })).toBe(earned);
  });

  test('a limit of another rule, or had by another, does not count', () => {
    const version = versionOf([SPEND, { ...VISIT, limits: { pointsEver: 5 } }]);
    expect(points(saleOf(line(7_00)), version, contextOf({ used: { base: { pointsEver: 99 } } }))).toBe(7 + 5);
  });
});

describe('caps of the programme, to the point', () => {
  const capped = (caps: object, had = 0) =>
    computeEarning(
      saleOf(line(10_00)),
      versionOf([SPEND, VISIT], { caps }),
      contextOf({ programmePointsToday: had }),
    ).parts.map((part) => part.points);

  test.each([
    [{ pointsPerSale: 20 }, 0, [10, 10]],
    [{ pointsPerSale: 19 }, 0, [10, 9]],
    [{ pointsPerSale: 10 }, 0, [10, 0]],
    [{ pointsPerSale: 9 }, 0, [9, 0]],
    [{ pointsPerSale: 1 }, 0, [1, 0]],
    [{ pointsPerDay: 50 }, 30, [10, 10]],
    [{ pointsPerDay: 50 }, 31, [10, 9]],
    [{ pointsPerDay: 50 }, 49, [1, 0]],
    [{ pointsPerDay: 50 }, 50, [0, 0]],
    [{ pointsPerDay: 50 }, 51, [0, 0]],
    [{ pointsPerSale: 15, pointsPerDay: 50 }, 40, [10, 0]],
    [{ pointsPerSale: 15, pointsPerDay: 50 }, 30, [10, 5]],
  ])('%j after %i today: %j', (caps, had, parts) => {
    expect(capped({ pointsPerSale: null, pointsPerDay: null, ...caps }, had)).toEqual(parts);
  });

  test('each cap that cuts is a step with what was had, and the uses are what is left', () => {
    const earning = computeEarning(
      saleOf(line(10_00)),
      versionOf([SPEND, VISIT], { caps: { pointsPerSale: 15, pointsPerDay: 50 } }),
      contextOf({ programmePointsToday: 41 }),
    );
    expect(earning.trace.slice(-3)).toEqual([
      {
        what: 'cap',
        inputs: { limit: 'pointsPerSale', points: 20, most: 15, had: 0 },
        operation: 'up-to-limit',
        rounding: 'none',
        result: 15,
      },
      {
        what: 'cap',
        inputs: { limit: 'pointsPerDay', points: 15, most: 50, had: 41 },
        operation: 'up-to-limit',
        rounding: 'none',
        result: 9,
      },
      {
        what: 'points-earned',
        inputs: { 'base:base': 9, 'base:visit': 0 },
        operation: 'sum-of-parts',
        rounding: 'none',
        result: 9,
      },
    ]);
    expect(earning.uses).toEqual([{ id: 'base', points: 9, times: 1 }]);
  });
});

test('minimums ask for exactly their amount, of the sale and of a rule', () => {
  const of = (netMinor: number, rules: object[], change: object = {}) =>
    points(saleOf(line(netMinor)), versionOf(rules, change));
  expect([10_00, 9_99].map((net) => of(net, [SPEND], { minimumSpendMinor: 10_00 }))).toEqual([10, 0]);
  expect([10_00, 9_99].map((net) => of(net, [{ ...SPEND, minimumSpendMinor: 10_00 }]))).toEqual([10, 0]);
  expect([10_00, 9_99].map((net) => of(net, [{ ...VISIT, minimumSpendMinor: 10_00 }]))).toEqual([10, 0]);
});

test('a rule and a promotion hold only where tier, segment and hour all do', () => {
  const conditions = { tierIds: ['gold'], segmentIds: ['friends'], schedule: { weekdays: [1] } };
  const rule = versionOf([{ ...VISIT, ...conditions }]);
  const promotion = versionOf([VISIT], {
    promotions: [{ promotionId: 'p', multiplierBasisPoints: 20_000, ...conditions }],
  });
  const wednesday = Date.parse('2026-03-11T15:00Z');
  for (const [change, holds] of [
    [{ tierId: 'gold', segmentIds: ['friends'] }, true],
    [{ tierId: 'basic', segmentIds: ['friends'] }, false],
    [{ tierId: 'gold', segmentIds: ['others'] }, false],
    [{ tierId: 'gold', segmentIds: ['friends'], atMs: wednesday }, false],
  ] as const) {
    expect(points(saleOf(line(1)), rule, contextOf(change))).toBe(holds ? 10 : 0);
    expect(points(saleOf(line(1)), promotion, contextOf(change))).toBe(holds ? 20 : 10);
  }
});

test('C-7: nothing left of a sale keeps nothing, also of a visit, and never more is taken than it earned', () => {
  const version = versionOf([SPEND, VISIT]);
  const earned = computeEarning(saleOf(line(5_00)), version, null);
  const given = { earned, remaining: saleOf(), version, context: null };
  expect(computeReversal({ ...given, alreadyReversedPoints: 0 }).points).toBe(15);
  expect(computeReversal({ ...given, alreadyReversedPoints: 14 }).points).toBe(1);
  expect(computeReversal({ ...given, alreadyReversedPoints: 16 }).points).toBe(0);
});
