import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeEarning } from './earning.ts';
import { type ProgrammeVersion, programmeSchema } from './programme.ts';
import { type ReplayedSale, startReplay } from './what-if.ts';

const ZONE = 'America/Asuncion';
const DAY = 86_400_000;
const START = Date.parse('2026-01-05T12:00-03:00');
const SPEND = { ruleId: 'base', kind: 'spend', points: 1, perMinor: 100 };
const ASSUMED = { redeemedBasisPoints: 6_000, marginBasisPoints: 2_500 };

function versionOf(change: object = {}): ProgrammeVersion {
  return { versionId: 'draft', version: 2, programme: programmeSchema.parse({ name: 'P', rules: [SPEND], ...change }) };
}

function sold(
  customerId: string,
  day: number,
  netMinor: number,
  actualPoints: number,
  change: object = {},
): ReplayedSale {
  const line = { lineId: 'l', netMinor, taxMinor: 0, payableMinor: netMinor, ...change };
  return {
    saleId: `${customerId}-${day}-${netMinor}`,
    customerId,
    atMs: START + day * DAY,
    sale: { lines: [line], taxMode: 'inclusive' },
    segmentIds: [],
    actualPoints,
  };
}

test('a draft of 2 per 1.00 instead of 1: points, cost, liability, winners and the sales that pay for it', () => {
  const replay = startReplay(versionOf({ rules: [{ ...SPEND, points: 2 }] }), ZONE);
  for (const sale of [
    sold('ana', 0, 100_00, 100),
    sold('ana', 1, 50_00, 50),
    sold('leo', 2, 10_00, 30),
    sold('eva', 3, 5_00, 10),
  ])
    replay.add(sale);
  expect(replay.result(ASSUMED)).toEqual({
    sales: 4,
    customers: 3,
    issuedPoints: 330,
    issuedBeforePoints: 190,
    redeemedEstimatePoints: 198,
    costMinor: 3_96,
    costBeforeMinor: 2_28,
    liabilityMinor: 6_60,
    liabilityBeforeMinor: 3_80,
    winners: 1,
    losers: 1,
    same: 1,
    gained: [{ customerId: 'ana', beforePoints: 150, points: 300 }],
    lost: [{ customerId: 'leo', beforePoints: 30, points: 20 }],
    histogram: [
      { fromPoints: null, toPoints: -500, customers: 0 },
      { fromPoints: -499, toPoints: -100, customers: 0 },
      { fromPoints: -99, toPoints: -10, customers: 1 },
      { fromPoints: -9, toPoints: -1, customers: 0 },
      { fromPoints: 0, toPoints: 0, customers: 1 },
      { fromPoints: 1, toPoints: 9, customers: 0 },
      { fromPoints: 10, toPoints: 99, customers: 0 },
      { fromPoints: 100, toPoints: 499, customers: 1 },
      { fromPoints: 500, toPoints: null, customers: 0 },
    ],
    customersByTier: {},
    breakEvenSalesMinor: 6_72,
  });
});

test.each([
  [-501, 0],
  [-500, 0],
  [-499, 1],
  [-100, 1],
  [-99, 2],
  [-10, 2],
  [-9, 3],
  [-1, 3],
  [0, 4],
  [1, 5],
  [9, 5],
  [10, 6],
  [99, 6],
  [100, 7],
  [499, 7],
  [500, 8],
  [9999, 8],
])('a customer who gains %i stands in bucket %i', (delta, bucket) => {
  const replay = startReplay(versionOf(), ZONE);
  replay.add(sold('ana', 0, 10_000_00, 10_000 - delta));
  const { histogram } = replay.result(ASSUMED);
  expect(histogram.findIndex(({ customers }) => customers === 1)).toBe(bucket);
  expect(histogram.reduce((sum, each) => sum + each.customers, 0)).toBe(1);
});

test('who gains and who loses is told by name, the largest change first and a hundred at most', () => {
  const replay = startReplay(versionOf(), ZONE);
  for (let customer = 0; customer < 120; customer += 1) replay.add(sold(`up-${customer}`, 0, 1000_00, 1000 - customer));
  replay.add(sold('down-small', 0, 10_00, 12));
  replay.add(sold('down-b', 0, 10_00, 30));
  replay.add(sold('down-a', 0, 10_00, 30));
  const { gained, lost, winners } = replay.result(ASSUMED);
  expect(winners).toBe(119);
  expect(gained).toHaveLength(100);
  expect(gained[0]).toEqual({ customerId: 'up-119', beforePoints: 881, points: 1000 });
  expect(gained.at(-1)?.customerId).toBe('up-20');
  expect(lost.map(({ customerId }) => customerId)).toEqual(['down-a', 'down-b', 'down-small']);
});

test('a draft that costs no more needs no more sales, and an empty replay is all noughts', () => {
  const cheaper = startReplay(versionOf({ rules: [{ ...SPEND, perMinor: 1000 }] }), ZONE);
  cheaper.add(sold('ana', 0, 100_00, 100));
  expect(cheaper.result(ASSUMED)).toMatchObject({
    losers: 1,
    costMinor: 12,
    costBeforeMinor: 1_20,
    breakEvenSalesMinor: 0,
  });
  const empty = startReplay(versionOf(), ZONE).result(ASSUMED);
  expect(empty).toMatchObject({ sales: 0, customers: 0, issuedPoints: 0, costMinor: 0, breakEvenSalesMinor: 0 });
});

describe('the replay keeps what the next sale of a customer needs', () => {
  const points = (version: ProgrammeVersion, sales: ReplayedSale[]) => {
    const replay = startReplay(version, ZONE);
    return sales.map((sale) => replay.add(sale).points);
  };

  test('limits of a day, of a rule and ever, for each customer by themselves', () => {
    const sales = [
      sold('ana', 0, 60_00, 0),
      sold('ana', 0, 50_00, 0),
      sold('leo', 0, 50_00, 0),
      sold('ana', 1, 70_00, 0),
    ];
    expect(points(versionOf({ caps: { pointsPerSale: null, pointsPerDay: 100 } }), sales)).toEqual([60, 40, 50, 70]);
    const limited = (limits: object) => versionOf({ rules: [{ ...SPEND, limits }] });
    expect(points(limited({ pointsPerDay: 100 }), sales)).toEqual([60, 40, 50, 70]);
    expect(points(limited({ timesPerDay: 1 }), sales)).toEqual([60, 0, 50, 70]);
    expect(points(limited({ pointsEver: 100 }), sales)).toEqual([60, 40, 50, 0]);
  });

  test('tiers, with or without the sale itself, from what came before the replay', () => {
    const levels = [
      { tierId: 'basic', name: '', threshold: 0 },
      { tierId: 'gold', name: '', threshold: 100_00, multiplierBasisPoints: 20_000 },
    ];
    const sales = [sold('ana', 0, 60_00, 0), sold('ana', 1, 40_00, 0), sold('ana', 2, 10_00, 0)];
    expect(points(versionOf({ tiers: { levels } }), sales)).toEqual([60, 40, 20]);
    expect(points(versionOf({ tiers: { levels, includesThisSale: true } }), sales)).toEqual([60, 80, 20]);
    const byPoints = levels.map((level) => ({ ...level, threshold: level.threshold / 100 }));
    expect(
      points(versionOf({ tiers: { levels: byPoints, measure: 'points', includesThisSale: true } }), sales),
    ).toEqual([60, 80, 20]);
    const byVisits = [
      { tierId: 'basic', name: '', threshold: 0 },
      { ...levels[1], threshold: 2 },
    ];
    expect(points(versionOf({ tiers: { levels: byVisits, measure: 'visits' } }), sales)).toEqual([60, 40, 20]);
    const before = {
      atMs: START - DAY,
      saleId: 'old',
      spendMinor: 99_00,
      visits: 1,
      earnedPoints: 99,
      balancePoints: 99,
    };
    const replay = startReplay(versionOf({ tiers: { levels } }), ZONE, (id) => (id === 'ana' ? [before] : []));
    expect([replay.add(sold('ana', 0, 1_00, 0)).points, replay.add(sold('ana', 1, 1_00, 0)).points]).toEqual([1, 2]);
    replay.add(sold('leo', 1, 1_00, 0));
    replay.add(sold('eva', 1, 1_00, 0));
    expect(replay.result(ASSUMED).customersByTier).toEqual({ basic: 2, gold: 1 });
  });

  test('stored value that was sold is neither spend nor a visit', () => {
    const levels = [
      { tierId: 'basic', name: '', threshold: 0 },
      { tierId: 'gold', name: '', threshold: 1 },
    ];
    for (const measure of ['spend', 'visits']) {
      const replay = startReplay(versionOf({ tiers: { levels, measure } }), ZONE);
      replay.add(sold('ana', 0, 60_00, 0, { isStoredValue: true }));
      expect(replay.result(ASSUMED).customersByTier).toEqual({ basic: 1, gold: 0 });
      replay.add(sold('ana', 0, 60_00, 0));
      expect(replay.result(ASSUMED).customersByTier).toEqual({ basic: 0, gold: 1 });
    }
  });

  test('segments come with the sale', () => {
    const version = versionOf({ rules: [{ ...SPEND, segmentIds: ['friends'] }] });
    expect(points(version, [sold('ana', 0, 9_00, 0), { ...sold('ana', 0, 9_00, 0), segmentIds: ['friends'] }])).toEqual(
      [0, 9],
    );
  });
});

test('L8: replaying the sales of a plain programme gives what they earned, in any portions', () => {
  const sales = fc.array(fc.tuple(fc.constantFrom('ana', 'leo', 'eva'), fc.nat(90), fc.nat(1_000_000)), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(sales, (drawn) => {
      const version = versionOf();
      const replay = startReplay(version, ZONE);
      for (const [customerId, day, netMinor] of [...drawn].sort((a, b) => a[1] - b[1])) {
        const line = { lineId: 'l', netMinor, taxMinor: 0, payableMinor: netMinor };
        const { points } = computeEarning({ lines: [line], taxMode: 'inclusive' }, version, null);
        replay.add(sold(customerId, day, netMinor, points));
      }
      const { same, customers, issuedPoints, issuedBeforePoints } = replay.result(ASSUMED);
      expect([same, issuedPoints]).toEqual([customers, issuedBeforePoints]);
    }),
    { seed: 8 },
  );
});
