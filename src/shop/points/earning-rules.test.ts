import { describe, expect, test } from 'vitest';
import { amountSaleOf, computeEarning, type EarningLine, type EarningSale } from './earning.ts';
import { type EarningContext, earningContextSchema } from './earning-context.ts';
import { type ProgrammeVersion, programmeSchema } from './programme.ts';

const SPEND = { ruleId: 'base', kind: 'spend', points: 1, perMinor: 100 };
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
const earn = (sale: EarningSale, version: ProgrammeVersion, context: EarningContext | null = contextOf()) =>
  computeEarning(sale, version, context);

describe('one function for each kind of rule', () => {
  test.each([
    ['floor', 1_99, 1],
    ['half-up', 1_49, 1],
    ['half-up', 1_50, 2],
  ])('spend, rounded %s: %i earns %i', (rounding, netMinor, points) => {
    expect(earn(saleOf(line(netMinor)), versionOf([{ ...SPEND, rounding }])).points).toBe(points);
  });

  test('spend counts the items of its filter; an exclusion wins', () => {
    const filter = { tags: ['sweet'], excludeProductIds: ['p2'] };
    const sale = saleOf(
      line(10_00, { productId: 'p1', tags: ['sweet'] }),
      line(20_00, { productId: 'p2', tags: ['sweet'] }),
      line(40_00, { productId: 'p3' }),
    );
    expect(earn(sale, versionOf([{ ...SPEND, filter }])).points).toBe(10);
  });

  test('a visit earns once for a sale of at least its minimum, and nothing when nothing is left', () => {
    const version = versionOf([{ ruleId: 'v', kind: 'visit', points: 7, minimumSpendMinor: 10_00 }]);
    expect(earn(saleOf(line(9_99)), version)).toMatchObject({ points: 0, parts: [] });
    expect(earn(saleOf(line(9_00), line(1_00)), version)).toMatchObject({ points: 7 });
    const none = earn(saleOf(), versionOf([{ ruleId: 'v', kind: 'visit', points: 7 }]));
    expect([none.points, none.trace.at(-1)]).toEqual([
      0,
      {
        what: 'rule-points',
        inputs: { ruleId: 'v', points: 7, visits: 0 },
        operation: 'once-a-visit',
        rounding: 'none',
        result: 0,
      },
    ]);
    expect(earn(saleOf(line(0)), versionOf([{ ruleId: 'v', kind: 'visit', points: 7 }])).points).toBe(7);
  });

  test.each(['product', 'category'])('a %s rule counts units paid for, made whole once over all lines', (kind) => {
    const version = versionOf([{ ruleId: 'u', kind, pointsPerUnit: 3, filter: { categoryIds: ['c'] } }]);
    const of = (quantityThousandths: number, freeThousandths = 0) =>
      line(1, { categoryId: 'c', quantityThousandths, freeThousandths });
    expect(earn(saleOf(of(2000)), version).points).toBe(6);
    expect(earn(saleOf(of(3000, 1000)), version).points).toBe(6);
    expect(earn(saleOf(of(500), of(500)), version).points).toBe(3);
    expect(earn(saleOf(of(666)), version).points).toBe(1);
    expect(earn(saleOf(line(1, { categoryId: 'c' }), line(1, { categoryId: 'd' })), version).points).toBe(3);
    const halfUp = versionOf([{ ruleId: 'u', kind, pointsPerUnit: 3, rounding: 'half-up' }]);
    expect(earn(saleOf(of(500)), halfUp).points).toBe(2);
    expect(earn(saleOf(of(500)), halfUp).trace.at(-1)).toEqual({
      what: 'rule-points',
      inputs: { ruleId: 'u', thousandths: 500, pointsPerUnit: 3, perThousandths: 1000 },
      operation: 'units-times-points',
      rounding: 'half-away-from-zero',
      result: 2,
    });
  });

  test('rules add up, each floored by itself, in their order', () => {
    const rules = [SPEND, { ruleId: 'v', kind: 'visit', points: 5, multiplierBasisPoints: 15_000 }];
    const earning = earn(saleOf(line(1_99)), versionOf(rules));
    expect(earning.parts.map(({ ruleId, points }) => [ruleId, points])).toEqual([
      ['base', 1],
      ['v', 7],
    ]);
    expect(earning.trace.map(({ what, result }) => [what, result])).toEqual([
      ['earning-base', 199],
      ['rule-points', 1],
      ['rule-points', 5],
      ['rule-multiplier', 7],
      ['points-earned', 8],
    ]);
  });
});

describe('what counts', () => {
  test('what the programme excludes earns by no rule, and does not reach its minimum', () => {
    const exclude = { excludeTags: ['tobacco'], excludeCategoryIds: ['c'], excludeProductIds: ['p'] };
    const version = versionOf([SPEND], { exclude, minimumSpendMinor: 10_00 });
    const out = [line(50_00, { tags: ['tobacco'] }), line(50_00, { categoryId: 'c' }), line(50_00, { productId: 'p' })];
    expect(earn(saleOf(...out, line(9_99)), version)).toMatchObject({ points: 0, minimumMet: false, baseMinor: 9_99 });
    expect(earn(saleOf(...out, line(10_00)), version)).toMatchObject({
      points: 10,
      minimumMet: true,
      baseMinor: 10_00,
    });
  });

  test('with-tax counts what is paid, before-tax what is left without it, as-priced what the shelf says', () => {
    const exclusive: EarningSale = {
      lines: [line(10_00, { taxMinor: 1_00, payableMinor: 11_00 })],
      taxMode: 'exclusive',
    };
    const inclusive = saleOf(line(10_00, { taxMinor: 1_00 }));
    const by = (base: string) => versionOf([SPEND], { base });
    expect(['as-priced', 'with-tax', 'before-tax'].map((base) => earn(exclusive, by(base)).points)).toEqual([
      10, 11, 10,
    ]);
    expect(['as-priced', 'with-tax', 'before-tax'].map((base) => earn(inclusive, by(base)).points)).toEqual([
      10, 10, 9,
    ]);
  });

  test('a rule asks its minimum of its own items', () => {
    const version = versionOf([{ ...SPEND, filter: { categoryIds: ['c'] }, minimumSpendMinor: 20_00 }]);
    const short = earn(saleOf(line(19_99, { categoryId: 'c' }), line(50_00)), version);
    expect(short).toMatchObject({ points: 0, parts: [], minimumMet: true });
    expect(short.trace.at(-1)).toEqual({
      what: 'rule-minimum',
      inputs: { ruleId: 'base', baseMinor: 19_99, minimumSpendMinor: 20_00 },
      operation: 'below-minimum',
      rounding: 'none',
      result: 0,
    });
    expect(earn(saleOf(line(20_00, { categoryId: 'c' })), version).points).toBe(20);
  });
});

test('the first step says what counts, and what was paid from stored value', () => {
  const version = versionOf([SPEND], { storedValueTenderCounts: false, minimumSpendMinor: 40_00 });
  const step = { what: 'earning-base', operation: 'sum-of-shares' };
  const inputs = { programmeVersion: 1, base: 'as-priced', lines: 1, countedMinor: 100_00 };
  const paid = { storedValueMinor: 50_00, totalMinor: 100_00 };
  expect(earn({ ...saleOf(line(100_00)), paid }, version).trace[0]).toEqual({
    ...step,
    inputs: { ...inputs, ...paid },
    rounding: 'half-away-from-zero',
    result: 50_00,
  });
  expect(earn(saleOf(line(100_00)), version).trace[0]).toEqual({ ...step, inputs, rounding: 'none', result: 100_00 });
  const below = earn(saleOf(line(39_99)), version);
  expect(below.uses).toEqual([]);
  expect(below.trace.slice(1)).toEqual([
    {
      what: 'minimum-spend',
      inputs: { baseMinor: 39_99, minimumSpendMinor: 40_00 },
      operation: 'below-minimum',
      rounding: 'none',
      result: 0,
    },
  ]);
});

test('an amount without lines is one line that includes its tax', () => {
  const onItems = versionOf([{ ruleId: 'v', kind: 'visit', points: 1 }, SPEND], { base: 'before-tax' });
  expect(earn(amountSaleOf(12_34), onItems)).toMatchObject({ points: 13, baseMinor: 12_34 });
});

describe('for whom', () => {
  const forGold = versionOf([{ ...SPEND, tierIds: ['gold'] }]);
  const forFriends = versionOf([{ ...SPEND, segmentIds: ['friends', 'staff'] }]);

  test.each([
    [forGold, { tierId: 'gold' }, 10],
    [forGold, { tierId: 'basic' }, 0],
    [forGold, {}, 0],
    [forFriends, { segmentIds: ['new', 'staff'] }, 10],
    [forFriends, { segmentIds: ['new'] }, 0],
    [forFriends, {}, 0],
  ])('rule %# holds for its tiers and segments', (version, change, points) => {
    expect(earn(saleOf(line(10_00)), version, contextOf(change)).points).toBe(points);
  });

  test('without a context, what asks for a tier, a segment or an hour does not hold', () => {
    expect(earn(saleOf(line(10_00)), forGold, null).points).toBe(0);
    expect(earn(saleOf(line(10_00)), forFriends, null).points).toBe(0);
    expect(earn(saleOf(line(10_00)), versionOf([{ ...SPEND, schedule: {} }]), null).points).toBe(0);
    expect(earn(saleOf(line(10_00)), versionOf([{ ...SPEND, schedule: {} }])).points).toBe(10);
  });
});

describe('multipliers add up and never multiply each other', () => {
  const half = { promotionId: 'half', name: 'Half', multiplierBasisPoints: 15_000 };

  test('a promotion on everything, and the tier, also cover what a visit earned; one on some items does not', () => {
    const rules = [{ ruleId: 'v', kind: 'visit', points: 10 }, SPEND];
    const version = (promotion: object) => versionOf(rules, { promotions: [promotion], tiers: { levels: LEVELS } });
    const sale = saleOf(line(10_00, { categoryId: 'c' }), line(5_00));
    expect(earn(sale, version(half)).points).toBe(25 + 12);
    expect(earn(sale, version({ ...half, filter: { categoryIds: ['c'] } })).points).toBe(25 + 5);
    expect(earn(sale, version(half), contextOf({ tierId: 'gold' })).points).toBe(25 + 12 + 12);
    expect(earn(sale, version(half), contextOf({ tierId: 'unknown' })).points).toBe(25 + 12);
  });

  test('the tier’s part says what it builds on; without a context there is none', () => {
    const version = versionOf([SPEND], { tiers: { levels: LEVELS } });
    const earning = earn(saleOf(line(10_00)), version, contextOf({ tierId: 'gold' }));
    expect(earning.trace[2]).toEqual({
      what: 'tier-points',
      inputs: { tierId: 'gold', points: 10, extraBasisPoints: 5_000, divisor: 10_000 },
      operation: 'points-times-extra',
      rounding: 'floor',
      result: 5,
    });
    expect(earn(saleOf(line(10_00)), version, null).points).toBe(10);
  });

  test('what a promotion covers is made whole by the rules, with their own multipliers, and is in the trace', () => {
    const version = versionOf([{ ...SPEND, multiplierBasisPoints: 20_000 }], {
      promotions: [{ ...half, filter: { categoryIds: ['c'] } }],
    });
    const earning = earn(saleOf(line(3_99, { categoryId: 'c' }), line(1_01)), version);
    expect(earning.points).toBe(10 + 3);
    expect(earning.trace.slice(3)).toEqual([
      {
        what: 'covered-points',
        inputs: { promotionId: 'half', ruleId: 'base', baseMinor: 399, points: 1, perMinor: 100 },
        operation: 'base-times-rate',
        rounding: 'floor',
        result: 3,
      },
      {
        what: 'covered-multiplier',
        inputs: { promotionId: 'half', ruleId: 'base', points: 3, multiplierBasisPoints: 20_000, divisor: 10_000 },
        operation: 'points-times-multiplier',
        rounding: 'floor',
        result: 6,
      },
      {
        what: 'promotion-points',
        inputs: { promotionId: 'half', points: 6, extraBasisPoints: 5_000, divisor: 10_000 },
        operation: 'points-times-extra',
        rounding: 'floor',
        result: 3,
      },
      {
        what: 'points-earned',
        inputs: { 'base:base': 10, 'promotion:half': 3 },
        operation: 'sum-of-parts',
        rounding: 'none',
        result: 13,
      },
    ]);
  });

  test('a promotion that covers nothing leaves no part and no step', () => {
    const version = versionOf([SPEND], { promotions: [{ ...half, filter: { categoryIds: ['c'] } }] });
    const earning = earn(saleOf(line(10_00)), version);
    expect(earning.parts).toHaveLength(1);
    expect(earning.trace.map(({ what }) => what)).toEqual(['earning-base', 'rule-points']);
  });

  test('a rule whose minimum is not met is not covered either', () => {
    const version = versionOf(
      [
        { ...SPEND, minimumSpendMinor: 50_00 },
        { ...SPEND, ruleId: 'b', perMinor: 1000 },
      ],
      {
        promotions: [{ ...half, filter: { categoryIds: ['c'] } }],
      },
    );
    expect(earn(saleOf(line(40_00, { categoryId: 'c' })), version).points).toBe(4 + 2);
  });
});
