import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sumOf } from '../money/money.ts';
import { decideNegative } from './decide-negative.ts';
import { decideRedeem, leastPointsOf, type RewardLine } from './decide-redeem.ts';
import { rewardSchema } from './programme-rewards.ts';
import { rewardOptions } from './reward-options.ts';

const SEED = { seed: 20260310, numRuns: 500 };

const rates = fc
  .record({
    pointsPerStep: fc.integer({ min: 1, max: 200 }),
    minorPerStep: fc.integer({ min: 1, max: 2_000 }),
    minimumPoints: fc.nat(500),
    maximumPoints: fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: null }),
    maxShareBasisPoints: fc.integer({ min: 1, max: 10_000 }),
    filter: fc.constantFrom({}, { categoryIds: ['a'] }),
  })
  .map((change) => rewardSchema.parse({ rewardId: 'r', kind: 'rate', ...change }));

const lines = fc
  .array(fc.record({ netMinor: fc.nat(20_000), categoryId: fc.constantFrom('a', 'b') }), { maxLength: 6 })
  .map((made) =>
    made.map((line, index): RewardLine => {
      return { ...line, lineId: `l${index}`, quantityThousandths: 1000, payableMinor: line.netMinor };
    }),
  );

test('L9: points as money off never exceed what is had, asked for, allowed or due, and go in whole steps', () => {
  const wishes = fc.option(fc.nat(3_000), { nil: null });
  fc.assert(
    fc.property(rates, lines, fc.nat(3_000), wishes, (reward, sale, spendablePoints, points) => {
      if (reward.kind !== 'rate') return;
      const given = { programId: 'P', lines: sale, tierId: null, spendablePoints };
      const decided = decideRedeem(reward, given, { offerId: 'o', points, choiceLineId: null });
      if (decided.kind === 'refused') return;
      const amountMinor = decided.pointsOff?.amountMinor ?? Number.NaN;
      const eligible = sale.filter((line) => reward.filter.categoryIds.length === 0 || line.categoryId === 'a');
      expect(decided.points % reward.pointsPerStep).toBe(0);
      expect(amountMinor * reward.pointsPerStep).toBe(decided.points * reward.minorPerStep);
      expect(decided.points).toBeGreaterThanOrEqual(leastPointsOf(reward));
      expect(decided.points).toBeLessThanOrEqual(Math.min(spendablePoints, points ?? spendablePoints));
      expect(decided.points).toBeLessThanOrEqual(reward.maximumPoints ?? decided.points);
      expect(amountMinor).toBeLessThanOrEqual(sumOf(eligible.map((line) => line.netMinor)));
      expect(amountMinor * 10_000).toBeLessThanOrEqual(
        sumOf(sale.map((line) => line.netMinor)) * reward.maxShareBasisPoints,
      );
      const [pointsStep, amountStep] = decided.trace;
      expect(pointsStep?.result).toBe(Number(pointsStep?.inputs.steps) * Number(pointsStep?.inputs.pointsPerStep));
      expect(amountStep?.result).toBe(Number(amountStep?.inputs.steps) * Number(amountStep?.inputs.minorPerStep));
      expect([pointsStep?.result, amountStep?.result]).toEqual([decided.points, amountMinor]);
    }),
    SEED,
  );
});

test('T19: what the till lights up is exactly what can be redeemed', () => {
  fc.assert(
    fc.property(rates, lines, fc.nat(3_000), (reward, sale, spendablePoints) => {
      const given = { programId: 'P', lines: sale, tierId: null, spendablePoints };
      const [option] = rewardOptions([reward], given);
      const decided = decideRedeem(reward, given, { offerId: 'r', points: null, choiceLineId: null });
      expect(option?.isAvailable).toBe(decided.kind === 'redemption');
      if (decided.kind === 'redemption') expect(option?.pointsNeeded).toBe(decided.points);
      else expect([option?.reason, option?.facts]).toEqual([decided.reason, decided.facts]);
    }),
    SEED,
  );
});

test('C-10 L4: no policy gives more than the refund took, nor keeps more money than it hands back', () => {
  const policies = fc.constantFrom('ALLOW_NEGATIVE', 'FLOOR_AT_ZERO', 'DEDUCT_CASH');
  const values = fc.record({ points: fc.integer({ min: 1, max: 100 }), perMinor: fc.integer({ min: 1, max: 1_000 }) });
  fc.assert(
    fc.property(
      policies,
      values,
      fc.integer({ min: -900, max: 900 }),
      fc.nat(900),
      fc.nat(9_000),
      (policy, pointValue, balanceAfter, reversedPoints, refundMinor) => {
        const decided = decideNegative({ policy, balanceAfter, reversedPoints, refundMinor, pointValue });
        const missing = Math.min(reversedPoints, Math.max(0, -balanceAfter));
        expect(decided.adjustPoints).toBeGreaterThanOrEqual(0);
        expect(decided.adjustPoints).toBeLessThanOrEqual(missing);
        expect(decided.deductedMinor).toBeLessThanOrEqual(refundMinor);
        expect(decided.deductedMinor * pointValue.points).toBeLessThanOrEqual(
          decided.adjustPoints * pointValue.perMinor,
        );
        if (policy === 'FLOOR_AT_ZERO') expect(decided.adjustPoints).toBe(missing);
      },
    ),
    SEED,
  );
});
