import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mulDiv, sumOf } from '../money/money.ts';
import type { TracedStep } from '../money/trace.ts';
import { computeEarning, type EarningLine, type EarningSale } from './earning.ts';
import { type EarningContext, earningContextSchema } from './earning-context.ts';
import { type ProgrammeVersion, programmeSchema } from './programme.ts';
import { computeReversal } from './reverse-earning.ts';

const SEED = { seed: 20260307, numRuns: 400 };
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const basisPoints = fc.integer({ min: 10_000, max: 40_000 });
const filter = fc.constantFrom({}, { categoryIds: ['a'] }, { productIds: ['p', 'q'] }, { excludeTags: ['t'] });
const limits = fc.record({
  pointsPerSale: maybe(fc.integer({ min: 1, max: 5_000 })),
  pointsPerDay: maybe(fc.integer({ min: 1, max: 5_000 })),
  pointsEver: maybe(fc.integer({ min: 1, max: 9_000 })),
  timesPerDay: maybe(fc.integer({ min: 1, max: 3 })),
});
const money = fc.integer({ min: 0, max: 200_000 });

const rules = fc
  .array(
    fc.oneof(
      fc.record({
        kind: fc.constant('spend'),
        points: fc.integer({ min: 1, max: 9 }),
        perMinor: fc.integer({ min: 9, max: 2_000 }),
        filter,
        minimumSpendMinor: money,
      }),
      fc.record({ kind: fc.constant('visit'), points: fc.integer({ min: 1, max: 50 }), minimumSpendMinor: money }),
      fc.record({
        kind: fc.constantFrom('product', 'category'),
        pointsPerUnit: fc.integer({ min: 1, max: 9 }),
        filter,
      }),
    ),
    { maxLength: 4 },
  )
  .chain((made) =>
    fc.tuple(
      ...made.map((rule, index) =>
        fc
          .record({ multiplierBasisPoints: basisPoints, rounding: fc.constantFrom('floor', 'half-up'), limits })
          .map((more) => ({ ...rule, ...more, ruleId: `r${index}` })),
      ),
    ),
  );

const versions: fc.Arbitrary<ProgrammeVersion> = fc
  .record({
    rules,
    promotions: fc
      .array(fc.record({ multiplierBasisPoints: basisPoints, filter, limits }), { maxLength: 3 })
      .map((made) => made.map((promotion, index) => ({ ...promotion, promotionId: `p${index}` }))),
    base: fc.constantFrom('as-priced', 'with-tax', 'before-tax'),
    discountsLower: fc.constantFrom('all', 'in-filter-only'),
    storedValueTenderCounts: fc.boolean(),
    pointsDiscountLowers: fc.boolean(),
    minimumSpendMinor: money,
    caps: fc.record({
      pointsPerSale: maybe(fc.integer({ min: 1, max: 9_000 })),
      pointsPerDay: maybe(fc.integer({ min: 1, max: 9_000 })),
    }),
    tierMultiplier: basisPoints,
  })
  .map(({ tierMultiplier, ...change }) => {
    const levels = [{ tierId: 'gold', name: 'Gold', threshold: 0, multiplierBasisPoints: tierMultiplier }];
    const programme = programmeSchema.parse({ name: 'P', ...change, tiers: { levels } });
    return { versionId: 'v', version: 3, programme };
  });

const contexts: fc.Arbitrary<EarningContext> = fc
  .record({ tierId: fc.constantFrom('gold', null), had: fc.nat(3_000), times: fc.nat(2) })
  .map(({ tierId, had, times }) => {
    const use = { pointsToday: had, timesToday: times, pointsEver: had };
    const used = Object.fromEntries(['r0', 'r1', 'p0'].map((id) => [id, use]));
    return earningContextSchema.parse({ atMs: 0, zone: 'Europe/Berlin', tierId, used, programmePointsToday: had });
  });

const lines: fc.Arbitrary<EarningLine[]> = fc
  .array(
    fc.record({
      productId: fc.constantFrom('p', 'q', 'r'),
      categoryId: fc.constantFrom('a', 'b'),
      tags: fc.constantFrom(['t'], []),
      netMinor: money,
      taxBasisPoints: fc.constantFrom(0, 1000, 2100),
      quantityThousandths: fc.integer({ min: 1, max: 9_000 }),
      orderDiscountShareMinor: fc.nat(5_000),
      pointsShareMinor: fc.nat(5_000),
      isStoredValue: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((made) =>
    made.map(({ taxBasisPoints, ...line }, index) => {
      const taxMinor = mulDiv(line.netMinor, taxBasisPoints, 10_000 + taxBasisPoints, 'floor');
      return { ...line, lineId: `l${index}`, taxMinor, payableMinor: line.netMinor };
    }),
  );

const worlds = fc.record({ version: versions, context: contexts, lines, storedValueMinor: fc.nat(100_000) });

function saleOf(kept: readonly EarningLine[], all: readonly EarningLine[], storedValueMinor: number): EarningSale {
  const totalMinor = sumOf(all.map((line) => line.payableMinor));
  const paid = { storedValueMinor: Math.min(storedValueMinor, totalMinor), totalMinor };
  return { lines: kept, taxMode: 'inclusive', paid };
}

test('L8 L9: points are whole and never negative, and the parts are the sum', () => {
  fc.assert(
    fc.property(worlds, ({ version, context, lines: all, storedValueMinor }) => {
      const earning = computeEarning(saleOf(all, all, storedValueMinor), version, context);
      expect(earning.parts.every((part) => Number.isSafeInteger(part.points) && part.points >= 0)).toBe(true);
      expect(sumOf(earning.parts.map((part) => part.points))).toBe(earning.points);
      expect(earning.points).toBeLessThanOrEqual(version.programme.caps.pointsPerSale ?? Number.MAX_SAFE_INTEGER);
      for (const used of earning.uses)
        expect(earning.parts.find((part) => part.ruleId === used.id)?.points).toBe(used.points);
    }),
    SEED,
  );
});

test('C-7 L6: refunding line by line in any order takes back what refunding at once does, never more than was earned', () => {
  fc.assert(
    fc.property(worlds, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), (world, keys) => {
      const { version, context, lines: all, storedValueMinor } = world;
      const earned = computeEarning(saleOf(all, all, storedValueMinor), version, context);
      const order = all.map((line, index) => ({ line, key: keys[index] ?? 0 })).sort((a, b) => a.key - b.key);
      let kept = [...all];
      let taken = 0;
      for (const { line } of order) {
        kept = kept.filter((each) => each !== line);
        const remaining = saleOf(kept, all, storedValueMinor);
        const step = computeReversal({ earned, alreadyReversedPoints: taken, remaining, version, context });
        const atOnce = computeReversal({ earned, alreadyReversedPoints: 0, remaining, version, context });
        taken += step.points;
        expect(taken).toBe(atOnce.points);
        expect(taken).toBeLessThanOrEqual(earned.points);
      }
      if (all.length > 0) expect(taken).toBe(earned.points);
    }),
    SEED,
  );
});

test('more on the ticket never earns less', () => {
  fc.assert(
    fc.property(worlds, ({ version, context, lines: all, storedValueMinor }) => {
      const more = computeEarning(saleOf(all, all, storedValueMinor), version, context).points;
      const less = computeEarning(saleOf(all.slice(1), all, storedValueMinor), version, context).points;
      expect(more).toBeGreaterThanOrEqual(less);
    }),
    SEED,
  );
});

/** Computes a step from its own inputs, by what its operation says and nothing else. */
function recompute({ operation, inputs, rounding }: TracedStep): number {
  const of = (name: string): number => Number(inputs[name]);
  const how = rounding === 'floor' ? 'floor' : 'half-away-from-zero';
  const formulas: Record<string, () => number> = {
    'sum-of-shares': () =>
      inputs.totalMinor === undefined
        ? of('countedMinor')
        : mulDiv(of('countedMinor'), of('totalMinor') - of('storedValueMinor'), of('totalMinor'), how),
    'below-minimum': () => (of('baseMinor') < of('minimumSpendMinor') ? 0 : Number.NaN),
    'base-times-rate': () => mulDiv(of('baseMinor'), of('points'), of('perMinor'), how),
    'once-a-visit': () => of('points') * of('visits'),
    'units-times-points': () => mulDiv(of('thousandths'), of('pointsPerUnit'), of('perThousandths'), how),
    'points-times-multiplier': () => mulDiv(of('points'), of('multiplierBasisPoints'), of('divisor'), how),
    'points-times-extra': () => mulDiv(of('points'), of('extraBasisPoints'), of('divisor'), how),
    'up-to-limit': () => Math.min(of('points'), Math.max(0, of('most') - of('had'))),
    'sum-of-parts': () => sumOf(Object.values(inputs).map(Number)),
    'earned-minus-remaining': () =>
      Math.max(0, of('earnedPoints') - of('remainingPoints') - of('alreadyReversedPoints')),
  };
  return formulas[operation]?.() ?? Number.NaN;
}

test('L8: a trace computed again step by step gives the same numbers, and ends with the points', () => {
  fc.assert(
    fc.property(worlds, ({ version, context, lines: all, storedValueMinor }) => {
      const earned = computeEarning(saleOf(all, all, storedValueMinor), version, context);
      const remaining = saleOf(all.slice(1), all, storedValueMinor);
      const reversal = computeReversal({ earned, alreadyReversedPoints: 0, remaining, version, context });
      for (const step of [...earned.trace, ...reversal.trace])
        expect([step.what, recompute(step)]).toEqual([step.what, step.result]);
      if (earned.parts.length > 1) expect(earned.trace.at(-1)?.result).toBe(earned.points);
      expect(reversal.trace.at(-1)?.result).toBe(reversal.points);
    }),
    SEED,
  );
});
