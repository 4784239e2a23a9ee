import { describe, expect, test } from 'vitest';
import { computeEarning, type EarningLine, type EarningSale } from './earning.ts';
import { type EarningContext, earningContextSchema } from './earning-context.ts';
import { computeEventEarning } from './event-earning.ts';
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

describe('limits and caps cut last', () => {
  const sale = saleOf(line(100_00));
  const limited = (limits: object) => versionOf([{ ...SPEND, limits }]);
  const had = (use: object) => contextOf({ used: { base: use } });

  test.each([
    [{ pointsPerSale: 30 }, {}, 30],
    [{ pointsPerSale: 100 }, {}, 100],
    [{ pointsPerDay: 130 }, { pointsToday: 60 }, 70],
    [{ pointsPerDay: 50 }, { pointsToday: 60 }, 0],
    [{ pointsEver: 500 }, { pointsEver: 450, pointsToday: 9 }, 50],
    [{ timesPerDay: 2 }, { timesToday: 1 }, 100],
    [{ timesPerDay: 2 }, { timesToday: 2 }, 0],
    [{ pointsPerSale: 80, pointsPerDay: 130 }, { pointsToday: 60 }, 70],
  ])('limits %j after %j give %i', (limits, use, points) => {
    const earning = earn(sale, limited(limits), had(use));
    expect(earning.points).toBe(points);
    expect(earning.uses).toEqual(points === 0 ? [] : [{ id: 'base', points, times: 1 }]);
  });

  test('a limit is in the trace with what was had', () => {
    const { trace } = earn(sale, limited({ pointsPerDay: 130 }), had({ pointsToday: 60 }));
    expect(trace.at(-1)).toEqual({
      what: 'limit',
      inputs: { ruleId: 'base', limit: 'pointsPerDay', points: 100, most: 130, had: 60 },
      operation: 'up-to-limit',
      rounding: 'none',
      result: 70,
    });
  });

  test('every limit that cuts is named in the trace, and none that only just holds', () => {
    const steps = (limits: object, use: object) =>
      earn(sale, limited(limits), had(use))
        .trace.filter(({ what }) => what === 'limit')
        .map(({ inputs, result }) => [inputs.limit, inputs.points, inputs.most, inputs.had, result]);
    expect(steps({ timesPerDay: 1 }, { timesToday: 1 })).toEqual([['timesPerDay', 100, 0, 0, 0]]);
    expect(steps({ pointsPerSale: 90, pointsPerDay: 80, pointsEver: 70 }, { pointsEver: 5 })).toEqual([
      ['pointsPerSale', 100, 90, 0, 90],
      ['pointsPerDay', 90, 80, 0, 80],
      ['pointsEver', 80, 70, 5, 65],
    ]);
    expect(steps({ pointsPerSale: 100, pointsPerDay: 130, pointsEver: 100 }, { pointsToday: 30 })).toEqual([]);
    const capped = versionOf([SPEND], { caps: { pointsPerSale: 100, pointsPerDay: 130 } });
    expect(earn(sale, capped, contextOf({ programmePointsToday: 30 })).trace.map(({ what }) => what)).not.toContain(
      'cap',
    );
  });

  test('each rule and promotion has its own limits, and a tier has none, whatever its id', () => {
    const version = versionOf([SPEND, { ...SPEND, ruleId: 'b', limits: { pointsPerSale: 10 } }], {
      promotions: [
        { promotionId: 'p', multiplierBasisPoints: 11_000 },
        { promotionId: 'gold', multiplierBasisPoints: 11_000, limits: { pointsPerSale: 3 } },
      ],
      tiers: { levels: LEVELS },
    });
    const { parts } = earn(sale, version, contextOf({ tierId: 'gold' }));
    expect(parts.map(({ kind, ruleId, points }) => [kind, ruleId, points])).toEqual([
      ['base', 'base', 100],
      ['base', 'b', 10],
      ['tier', 'gold', 100],
      ['promotion', 'p', 20],
      ['promotion', 'gold', 3],
    ]);
  });

  test('limits cut after the multipliers: tier and promotion count what the rule gave uncut', () => {
    const promotion = { promotionId: 'p', multiplierBasisPoints: 20_000, limits: { pointsPerSale: 60 } };
    const version = versionOf([{ ...SPEND, limits: { pointsPerSale: 10 } }], {
      promotions: [promotion],
      tiers: { levels: LEVELS },
    });
    const earning = earn(sale, version, contextOf({ tierId: 'gold' }));
    expect(earning.parts.map(({ points }) => points)).toEqual([10, 50, 60]);
  });

  test.each([
    [{ timesPerDay: 1 }, { timesToday: 1 }],
    [{ pointsPerDay: 10 }, { pointsToday: 10 }],
    [{ pointsEver: 10 }, { pointsEver: 12 }],
  ])('a rule that is used up, limits %j after %j, gives tier and promotions nothing to add to', (limits, use) => {
    const version = versionOf([{ ruleId: 'base', kind: 'visit', points: 10, limits }], {
      promotions: [{ promotionId: 'p', multiplierBasisPoints: 20_000 }],
      tiers: { levels: LEVELS },
    });
    const points = (used: object) => earn(sale, version, contextOf({ tierId: 'gold', used: { base: used } })).points;
    expect([points({}), points(use)]).toEqual([25, 0]);
  });

  test('the programme’s caps cut what is left, from the last part backwards', () => {
    const promotions = [{ promotionId: 'p', multiplierBasisPoints: 20_000 }];
    const capped = (caps: object) => versionOf([SPEND], { promotions, caps, tiers: { levels: LEVELS } });
    const parts = (caps: object, change: object = {}) =>
      earn(sale, capped(caps), contextOf({ tierId: 'gold', ...change })).parts.map(({ points }) => points);
    expect(parts({ pointsPerSale: 200 })).toEqual([100, 50, 50]);
    expect(parts({ pointsPerSale: 120 })).toEqual([100, 20, 0]);
    expect(parts({ pointsPerSale: 70 })).toEqual([70, 0, 0]);
    expect(parts({ pointsPerDay: 300 }, { programmePointsToday: 60 })).toEqual([100, 50, 90]);
    expect(parts({ pointsPerDay: 300 }, { programmePointsToday: 400 })).toEqual([0, 0, 0]);
    expect(parts({ pointsPerSale: 240, pointsPerDay: 300 }, { programmePointsToday: 80 })).toEqual([100, 50, 70]);
    const { trace } = earn(sale, capped({ pointsPerSale: 240 }), contextOf({ tierId: 'gold' }));
    expect(trace.at(-2)).toEqual({
      what: 'cap',
      inputs: { limit: 'pointsPerSale', points: 250, most: 240, had: 0 },
      operation: 'up-to-limit',
      rounding: 'none',
      result: 240,
    });
  });
});

describe('what happens outside a sale', () => {
  const birthday = { ruleId: 'b', name: 'Birthday', kind: 'event', event: 'birthday', points: 50, timesPerYear: 1 };
  const version = versionOf([SPEND, birthday, { ruleId: 'r', kind: 'event', event: 'review', points: 5 }]);

  test('an event earns by its own rules only, so many times in a year', () => {
    expect(computeEventEarning('birthday', version, contextOf())).toMatchObject({
      points: 50,
      parts: [{ ruleId: 'b', name: 'Birthday', kind: 'base', points: 50 }],
      uses: [{ id: 'b', points: 50, times: 1 }],
      minimumMet: true,
      baseMinor: 0,
    });
    const again = contextOf({ used: { b: { timesThisYear: 1 } } });
    expect(computeEventEarning('birthday', version, again)).toMatchObject({ points: 0, parts: [], trace: [] });
    const reviewed = contextOf({ used: { r: { timesThisYear: 99 } } });
    expect(computeEventEarning('review', version, reviewed).points).toBe(5);
    expect(computeEventEarning('other', version, contextOf()).points).toBe(0);
  });

  test('its multiplier, limits and conditions hold as in a sale', () => {
    const rule = {
      ...birthday,
      points: 5,
      multiplierBasisPoints: 15_000,
      limits: { pointsPerDay: 10 },
      tierIds: ['gold'],
    };
    const gold = (use: object) => contextOf({ tierId: 'gold', used: { b: use } });
    const earning = computeEventEarning('birthday', versionOf([rule]), gold({}));
    expect(earning.points).toBe(7);
    expect(earning.trace).toEqual([
      {
        what: 'event-points',
        inputs: { ruleId: 'b', points: 5, multiplierBasisPoints: 15_000, divisor: 10_000 },
        operation: 'points-times-multiplier',
        rounding: 'floor',
        result: 7,
      },
    ]);
    expect(computeEventEarning('birthday', versionOf([rule]), gold({ pointsToday: 8 })).points).toBe(2);
    expect(computeEventEarning('birthday', versionOf([rule]), contextOf()).points).toBe(0);
  });

  test('a sale earns nothing by a rule for an event', () => {
    expect(earn(saleOf(line(10_00)), version).parts.map(({ ruleId }) => ruleId)).toEqual(['base']);
  });
});
