import { describe, expect, test } from 'vitest';
import { EVERY_ITEM } from '../offers/item-filter.ts';
import { decideRedeem, leastPointsOf, type RedeemGiven, type RewardLine } from './decide-redeem.ts';
import { type Reward, rewardSchema } from './programme-rewards.ts';

const reward = (change: object): Reward => rewardSchema.parse({ rewardId: 'r', ...change });
const line = (netMinor: number, change: Partial<RewardLine> = {}): RewardLine => ({
  lineId: `l${netMinor}`,
  productId: 'p',
  categoryId: 'c',
  quantityThousandths: 1000,
  netMinor,
  payableMinor: netMinor,
  ...change,
});
const given = (spendablePoints: number, lines: RewardLine[], tierId: string | null = null): RedeemGiven => ({
  programId: 'P',
  spendablePoints,
  lines,
  tierId,
});
const wish = (points: number | null = null, choiceLineId: string | null = null) => ({
  offerId: 'o',
  points,
  choiceLineId,
});

describe('points as money off', () => {
  const fifty = reward({ kind: 'rate', pointsPerStep: 50, minorPerStep: 1_00 });
  const hundred = reward({ kind: 'rate', pointsPerStep: 100, minorPerStep: 100_00 });
  const redeem = (rate: Reward, have: number, net: number, points: number | null = null) =>
    decideRedeem(rate, given(have, [line(net)]), wish(points));

  test('C-9: 500 of 600 points take 10.00 off 100.00', () => {
    expect(redeem(fifty, 600, 100_00, 500)).toMatchObject({
      kind: 'redemption',
      programId: 'P',
      rewardId: 'r',
      points: 500,
      offer: null,
      pointsOff: { programId: 'P', rewardId: 'r', points: 500, amountMinor: 10_00 },
    });
  });

  test('C-37: 1.00 per point in steps of 100: with 100 points 100.00 off 265.00; with 250 only 200 can be used', () => {
    expect(redeem(hundred, 100, 265_00)).toMatchObject({ points: 100, pointsOff: { amountMinor: 100_00 } });
    expect(redeem(hundred, 250, 265_00)).toMatchObject({ points: 200, pointsOff: { amountMinor: 200_00 } });
    expect(redeem(hundred, 250, 265_00, 250)).toMatchObject({ points: 200 });
  });

  test('C-39: 50 points at 1.00 each take 50.00 off 106.00', () => {
    const one = reward({ kind: 'rate', pointsPerStep: 1, minorPerStep: 1_00 });
    expect(redeem(one, 50, 106_00)).toMatchObject({ points: 50, pointsOff: { amountMinor: 50_00 } });
  });

  test('never more than the sale leaves, in whole steps, and the trace has the numbers', () => {
    const decided = redeem(fifty, 10_000, 8_50);
    expect(decided).toMatchObject({ points: 400, pointsOff: { amountMinor: 8_00 } });
    expect(decided.kind === 'redemption' && decided.trace).toEqual([
      {
        what: 'reward-points',
        inputs: {
          rewardId: 'r',
          steps: 8,
          pointsPerStep: 50,
          minorPerStep: 100,
          spendablePoints: 10_000,
          roomMinor: 850,
        },
        operation: 'steps-times-points',
        rounding: 'floor',
        result: 400,
      },
      {
        what: 'reward-amount',
        inputs: {
          rewardId: 'r',
          steps: 8,
          pointsPerStep: 50,
          minorPerStep: 100,
          spendablePoints: 10_000,
          roomMinor: 850,
        },
        operation: 'steps-times-amount',
        rounding: 'floor',
        result: 800,
      },
    ]);
  });

  test('a share of the sale, items that points may pay, a maximum', () => {
    const half = reward({ kind: 'rate', pointsPerStep: 50, minorPerStep: 1_00, maxShareBasisPoints: 5_000 });
    expect(redeem(half, 10_000, 9_99)).toMatchObject({ points: 200 });
    const onFood = reward({ kind: 'rate', pointsPerStep: 50, minorPerStep: 1_00, filter: { categoryIds: ['food'] } });
    const lines = [line(5_00, { categoryId: 'food' }), line(50_00)];
    expect(decideRedeem(onFood, given(10_000, lines), wish())).toMatchObject({
      points: 250,
      pointsOff: { filter: { categoryIds: ['food'] } },
    });
    const most = reward({ kind: 'rate', pointsPerStep: 50, minorPerStep: 1_00, maximumPoints: 120 });
    expect(redeem(most, 10_000, 50_00)).toMatchObject({ points: 100 });
  });

  test('the minimum is asked of the points and of the sale, in whole steps', () => {
    const least = reward({ kind: 'rate', pointsPerStep: 50, minorPerStep: 1_00, minimumPoints: 120 });
    expect(leastPointsOf(least)).toBe(150);
    expect(leastPointsOf(fifty)).toBe(50);
    expect(redeem(least, 149, 50_00)).toMatchObject({ reason: 'points-short', facts: { needed: 150, have: 149 } });
    expect(redeem(least, 150, 50_00)).toMatchObject({ points: 150 });
    expect(redeem(least, 500, 50_00, 100)).toMatchObject({ reason: 'points-short', facts: { needed: 150, have: 100 } });
    expect(redeem(least, 500, 2_99)).toMatchObject({
      reason: 'reward-minimum',
      facts: { neededMinor: 3_00, haveMinor: 2_99 },
    });
    expect(redeem(least, 500, 3_00)).toMatchObject({ points: 150 });
    expect(redeem(fifty, 49, 50_00)).toMatchObject({ reason: 'points-short', facts: { needed: 50, have: 49 } });
    expect(redeem(fifty, 100, 50_00, 101)).toMatchObject({ reason: 'points-short', facts: { needed: 101, have: 100 } });
  });
});

describe('rewards that become an offer', () => {
  const price = { pricePoints: 100 };
  const offerOf = (built: Reward, lines = [line(10_00)], choice: string | null = null) => {
    const decided = decideRedeem(built, given(100, lines), wish(null, choice));
    return decided.kind === 'redemption' ? decided.offer : decided.reason;
  };

  test.each([
    [{ kind: 'fixed', amountMinor: 5_00 }, 'order', { kind: 'amount', amountMinor: 5_00 }],
    [
      { kind: 'percentage', rateBasisPoints: 1_000 },
      'order',
      { kind: 'percent', rateBasisPoints: 1_000, capMinor: null },
    ],
    [{ kind: 'free-product', units: 2 }, 'item', { kind: 'free-units', units: 2 }],
    [{ kind: 'cheapest-item', rateBasisPoints: 5_000 }, 'item', { kind: 'cheapest-percent', rateBasisPoints: 5_000 }],
  ])('%j', (change, scope, effect) => {
    expect(offerOf(reward({ ...price, ...change }))).toMatchObject({
      offerId: 'o',
      source: 'reward',
      sourceId: 'r',
      group: 'o',
      scope,
      effect,
      onlyLineId: null,
    });
    const onC = reward({ ...price, ...change, filter: { categoryIds: ['c'] } });
    expect(offerOf(onC)).toMatchObject({ scope: 'item', filter: { categoryIds: ['c'] } });
  });

  test('a free choice is the line that was chosen, and only one that the reward covers', () => {
    const choice = reward({ ...price, kind: 'free-choice', filter: { categoryIds: ['c'] } });
    const lines = [line(3_00, { lineId: 'a' }), line(9_00, { lineId: 'b', categoryId: 'd' })];
    expect(offerOf(choice, lines, 'a')).toMatchObject({
      onlyLineId: 'a',
      scope: 'item',
      effect: { kind: 'free-units', units: 1 },
    });
    expect(offerOf(choice, lines, 'b')).toBe('reward-choice-needed');
    expect(offerOf(choice, lines)).toBe('reward-choice-needed');
    expect(offerOf(reward({ ...price, kind: 'fixed', amountMinor: 1 }), lines, 'a')).toMatchObject({
      onlyLineId: null,
    });
  });

  test('a price costs exactly its points', () => {
    const decided = decideRedeem(reward({ ...price, kind: 'fixed', amountMinor: 1 }), given(100, [line(1)]), wish(7));
    expect(decided).toMatchObject({
      points: 100,
      pointsOff: null,
    });
    expect(decided.kind === 'redemption' && decided.trace).toEqual([
      {
        what: 'reward-price',
        inputs: { rewardId: 'r', spendablePoints: 100 },
        operation: 'price-of-reward',
        rounding: 'none',
        result: 100,
      },
    ]);
    expect(decided.kind === 'redemption' && decided.offer).toEqual({
      offerId: 'o',
      source: 'reward',
      sourceId: 'r',
      code: 'r',
      group: 'o',
      scope: 'order',
      effect: { kind: 'amount', amountMinor: 1 },
      filter: EVERY_ITEM,
      onlyLineId: null,
      minimum: null,
      order: 0,
      isExclusive: false,
      basis: 'remaining',
      endsAtMs: null,
      budgetMinor: null,
    });
  });
});

describe('why a reward cannot be had', () => {
  const fixed = (change: object = {}) => reward({ kind: 'fixed', pricePoints: 100, amountMinor: 1_00, ...change });
  const refused = (built: Reward, world: RedeemGiven) => {
    const decided = decideRedeem(built, world, wish());
    return decided.kind === 'refused' ? [decided.reason, decided.facts] : decided.kind;
  };

  test('C-10: nothing is redeemed while the balance is below zero', () => {
    expect(refused(fixed(), given(-20, [line(30_00)]))).toEqual(['balance-negative', { points: -20 }]);
    expect(refused(fixed(), given(0, [line(30_00)]))).toEqual(['points-short', { needed: 100, have: 0 }]);
  });

  test('too few points, another tier, nothing eligible, below the minimum', () => {
    expect(refused(fixed(), given(99, [line(1)]))).toEqual(['points-short', { needed: 100, have: 99 }]);
    const gold = fixed({ tierIds: ['gold'] });
    expect([null, 'basic', 'gold'].map((tier) => refused(gold, given(100, [line(1)], tier)))).toEqual([
      ['reward-tier', {}],
      ['reward-tier', {}],
      'redemption',
    ]);
    const onD = fixed({ filter: { categoryIds: ['d'] }, minimumSpendMinor: 5_00 });
    expect(refused(onD, given(100, [line(1)]))).toEqual(['reward-nothing-eligible', {}]);
    const low = given(100, [line(4_99, { categoryId: 'd' }), line(50_00)]);
    expect(refused(onD, low)).toEqual(['reward-minimum', { neededMinor: 5_00, haveMinor: 4_99 }]);
    expect(refused(onD, given(100, [line(5_00, { categoryId: 'd' })]))).toBe('redemption');
    expect(refused(fixed(), given(100, [line(0)]))).toEqual(['reward-nothing-eligible', {}]);
  });

  test.each(['free-product', 'cheapest-item'])('a %s needs a whole piece', (kind) => {
    const built = reward({ kind, pricePoints: 100 });
    const weighed = (quantityThousandths: number) => given(100, [line(5_00, { quantityThousandths })]);
    expect(refused(built, weighed(999))).toEqual(['reward-nothing-eligible', {}]);
    expect(refused(built, weighed(1500))).toEqual(['reward-nothing-eligible', {}]);
    expect(refused(built, weighed(0))).toEqual(['reward-nothing-eligible', {}]);
    expect(refused(built, weighed(1000))).toBe('redemption');
    expect(refused(built, weighed(3000))).toBe('redemption');
    expect(refused(fixed(), weighed(999))).toBe('redemption');
  });
});
