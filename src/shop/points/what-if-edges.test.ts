import { describe, expect, test } from 'vitest';
import { type ProgrammeVersion, programmeSchema } from './programme.ts';
import { type ReplayedSale, startReplay } from './what-if.ts';

const ZONE = 'America/Asuncion';
const SPEND = { ruleId: 'base', kind: 'spend', points: 1, perMinor: 100 };
const at = (text: string) => Date.parse(`${text}-03:00`);

function versionOf(change: object = {}): ProgrammeVersion {
  return { versionId: 'draft', version: 2, programme: programmeSchema.parse({ name: 'P', rules: [SPEND], ...change }) };
}

function sold(customerId: string, when: string, netMinor: number, actualPoints = 0): ReplayedSale {
  const line = { lineId: 'l', netMinor, taxMinor: 0, payableMinor: netMinor };
  return {
    saleId: `${customerId}-${when}`,
    customerId,
    atMs: at(when),
    sale: { lines: [line], taxMode: 'inclusive' },
    segmentIds: [],
    actualPoints,
  };
}

describe('what a draft would cost, to the minor unit', () => {
  // A point is worth 0.02: 50 for 1.00.
  const result = (netMinor: number, actualPoints: number, redeemedBasisPoints: number, marginBasisPoints: number) => {
    const replay = startReplay(versionOf(), ZONE);
    replay.add(sold('ana', '2026-01-05T12:00', netMinor, actualPoints));
    return replay.result({ redeemedBasisPoints, marginBasisPoints });
  };

  test.each([
    [5_000, 1],
    [4_999, 0],
    [10_000, 1],
    [1, 0],
  ])('of one point, %i basis points are used: %i', (redeemed, points) => {
    const { redeemedEstimatePoints, costMinor, liabilityMinor } = result(1_00, 0, redeemed, 10_000);
    expect([redeemedEstimatePoints, costMinor, liabilityMinor]).toEqual([points, points * 2, 2]);
  });

  test.each([
    [1, 10_000, 2],
    [1, 3_334, 6],
    [1, 3_333, 7],
    [1, 2_500, 8],
    [3, 10_000, 6],
  ])('%i points more at a margin of %i basis points need %i more sales, rounded up', (points, margin, sales) => {
    expect(result(points * 100, 0, 10_000, margin).breakEvenSalesMinor).toBe(sales);
  });

  test('as many points as before, or fewer, need none', () => {
    expect(result(3_00, 3, 10_000, 2_500).breakEvenSalesMinor).toBe(0);
    expect(result(3_00, 4, 10_000, 2_500)).toMatchObject({ breakEvenSalesMinor: 0, costMinor: 6, costBeforeMinor: 8 });
  });
});

test('C-42: a day of the replay is a civil day of the shop', () => {
  const replay = startReplay(versionOf({ rules: [{ ...SPEND, limits: { pointsPerDay: 10 } }] }), ZONE);
  const earned = ['2026-01-05T23:58', '2026-01-05T23:59', '2026-01-06T00:00', '2026-01-06T00:01'].map(
    (when) => replay.add(sold('ana', when, 6_00)).points,
  );
  expect(earned).toEqual([6, 4, 6, 4]);
});

describe('the ladder of a draft', () => {
  const levels = [
    { tierId: 'basic', name: '', threshold: 0 },
    { tierId: 'gold', name: '', threshold: 100, multiplierBasisPoints: 20_000 },
  ];
  const points = (tiers: object) => {
    const replay = startReplay(versionOf({ tiers: { levels, ...tiers } }), ZONE);
    return [60_00, 40_00, 10_00].map((net, day) => replay.add(sold('ana', `2026-01-0${day + 1}T12:00`, net)).points);
  };

  test('C-15: follows the balance of what the replay gave, with or without the sale itself', () => {
    expect(points({ mode: 'BALANCE' })).toEqual([60, 40, 20]);
    expect(points({ mode: 'BALANCE', includesThisSale: true })).toEqual([60, 80, 20]);
  });

  test('C-17: counts points earned in the period, the sale itself by what it would earn without a tier', () => {
    expect(
      points({ measure: 'points', levels: levels.map((each) => ({ ...each, threshold: each.threshold * 1.4 })) }),
    ).toEqual([60, 40, 10]);
    expect(points({ measure: 'visits', levels: [levels[0], { ...levels[1], threshold: 3 }] })).toEqual([60, 40, 10]);
    expect(
      points({ measure: 'visits', includesThisSale: true, levels: [levels[0], { ...levels[1], threshold: 3 }] }),
    ).toEqual([60, 40, 20]);
  });

  test('customers are counted on the tier that they hold at the last sale of all', () => {
    const month = { kind: 'calendar', unit: 'month' };
    const replay = startReplay(versionOf({ tiers: { levels, measure: 'points', period: month } }), ZONE);
    replay.add(sold('ana', '2026-01-05T12:00', 100_00));
    expect(replay.result({ redeemedBasisPoints: 0, marginBasisPoints: 1 }).customersByTier).toEqual({
      basic: 0,
      gold: 1,
    });
    replay.add(sold('leo', '2026-02-28T23:59', 1_00));
    expect(replay.result({ redeemedBasisPoints: 0, marginBasisPoints: 1 }).customersByTier).toEqual({
      basic: 1,
      gold: 1,
    });
    replay.add(sold('leo', '2026-03-01T00:00', 1_00));
    expect(replay.result({ redeemedBasisPoints: 0, marginBasisPoints: 1 }).customersByTier).toEqual({
      basic: 2,
      gold: 0,
    });
  });
});

test('who gains and who loses most is named first, of equal ones by id, and nobody whose points stay', () => {
  const replay = startReplay(versionOf(), ZONE);
  for (const [customerId, before] of [
    ['zoe', 7],
    ['leo', 12],
    ['ana', 7],
    ['eva', 10],
    ['kim', 13],
    ['bob', 12],
    ['max', 4],
  ] as const)
    replay.add(sold(customerId, '2026-01-05T12:00', 10_00, before));
  const { gained, lost } = replay.result({ redeemedBasisPoints: 0, marginBasisPoints: 1 });
  expect(gained).toEqual([
    { customerId: 'max', beforePoints: 4, points: 10 },
    { customerId: 'ana', beforePoints: 7, points: 10 },
    { customerId: 'zoe', beforePoints: 7, points: 10 },
  ]);
  expect(lost.map(({ customerId }) => customerId)).toEqual(['kim', 'bob', 'leo']);
});
