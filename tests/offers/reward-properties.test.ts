import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Reward, rewardSchema } from '#shop/points/programme-rewards.ts';
import { priceWithRewards, type RewardedSale } from '#shop/till/price-with-rewards.ts';
import type { RedemptionDraft, SaleLineDraft } from '#shop/till/sale.ts';
import { anyLines, anyMore, anyOffers, anyPolicy, SEED } from './any-sale.ts';
import { POLICY } from './offer-sales.ts';

const filter = fc
  .subarray(['a', 'b', 'c', 'd'], { maxLength: 2 })
  .map((productIds) => (productIds.length === 0 ? {} : { filter: { productIds } }));
const pricePoints = fc.integer({ min: 1, max: 60 });
const anyReward = fc.oneof(
  fc.record({ kind: fc.constant('fixed'), pricePoints, amountMinor: fc.integer({ min: 1, max: 900 }) }),
  fc.record({ kind: fc.constant('percentage'), pricePoints, rateBasisPoints: fc.integer({ min: 1, max: 10_000 }) }),
  fc.record({ kind: fc.constant('free-product'), pricePoints, units: fc.integer({ min: 1, max: 2 }) }),
  fc.record({ kind: fc.constant('cheapest-item'), pricePoints }),
  fc.record({ kind: fc.constant('free-choice'), pricePoints }),
  fc.record({
    kind: fc.constant('rate'),
    pointsPerStep: fc.integer({ min: 1, max: 10 }),
    minorPerStep: fc.integer({ min: 1, max: 200 }),
  }),
);
const anyRewards: fc.Arbitrary<Reward[]> = fc
  .array(fc.tuple(anyReward, filter), { minLength: 1, maxLength: 3 })
  .map((shapes) =>
    shapes.map(([shape, covers], index) => rewardSchema.parse({ rewardId: `r${index}`, ...shape, ...covers })),
  );

interface Given {
  readonly lines: readonly SaleLineDraft[];
  readonly rewards: readonly Reward[];
  readonly spendablePoints: number;
  readonly more: { readonly discount: Parameters<typeof priceWithRewards>[0]['discount'] };
  readonly offers: Parameters<typeof priceWithRewards>[2]['offers'];
  readonly policy: Partial<typeof POLICY>;
}

function price({ lines, rewards, spendablePoints, more, offers, policy }: Given): RewardedSale {
  const redemptions: RedemptionDraft[] = rewards.map(({ rewardId }) => ({
    programId: 'p',
    rewardId,
    points: null,
    choice: 'l0',
  }));
  const programmes = [{ programId: 'p', rewards, spendablePoints, tierId: null }];
  const draft = { lines, discount: more.discount, redemptions };
  const sale = priceWithRewards(draft, { ...POLICY, ...policy }, { offers, programmes });
  if ('reason' in sale) throw new Error(sale.reason);
  return sale;
}

const anyGiven: fc.Arbitrary<Given> = fc.record({
  lines: anyLines,
  rewards: anyRewards,
  spendablePoints: fc.integer({ min: 0, max: 150 }),
  more: anyMore,
  offers: fc.oneof(fc.constant([]), anyOffers),
  policy: anyPolicy,
});

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

test('T19: no more points are asked for than there are, each reward takes something off, and its shares are on the lines', () => {
  fc.assert(
    fc.property(anyGiven, (given) => {
      const { taken, refused, priced } = price(given);
      expect(sumOf(taken.map(({ redemption }) => redemption.points))).toBeLessThanOrEqual(given.spendablePoints);
      expect([...taken, ...refused].map(({ place }) => place).sort()).toEqual(given.rewards.map((_, place) => place));
      for (const { amountMinor, shares, redemption } of taken) {
        expect(amountMinor).toBeGreaterThan(0);
        expect(sumOf(shares.map((share) => share.amountMinor))).toBe(amountMinor);
        if (redemption.pointsOff !== null) expect(amountMinor).toBeLessThanOrEqual(redemption.pointsOff.amountMinor);
      }
      const without = price({ ...given, rewards: [] });
      if (taken.length === 0) expect(priced).toEqual(without.priced);
    }),
    { numRuns: 600, seed: SEED },
  );
});

test('C-23: with rewards too, the order of scanning changes neither the total nor what is taken', () => {
  fc.assert(
    fc.property(anyGiven, fc.array(fc.nat(), { minLength: 6 }), (given, keys) => {
      const shuffled = given.lines
        .map((line, index) => ({ line, key: keys[index] ?? 0 }))
        .sort((one, other) => one.key - other.key)
        .map(({ line }) => line);
      const facts = ({ priced, taken, refused }: RewardedSale) => ({
        totalMinor: priced.totalMinor,
        taxMinor: priced.taxMinor,
        taken: taken.map(({ place, amountMinor, redemption }) => [place, amountMinor, redemption.points]),
        refused: refused.map(({ place, refusal }) => [place, refusal.reason]),
      });
      expect(facts(price({ ...given, lines: shuffled }))).toEqual(facts(price(given)));
    }),
    { numRuns: 600, seed: SEED },
  );
});
