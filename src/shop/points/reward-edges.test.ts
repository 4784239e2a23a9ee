import { describe, expect, test } from 'vitest';
import {
  decideRedeem,
  isByPiece,
  isCovered,
  leastPointsOf,
  type RedeemGiven,
  type RewardLine,
} from './decide-redeem.ts';
import { type Reward, rewardSchema } from './programme-rewards.ts';
import { nextReward, rewardOptions } from './reward-options.ts';

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
const decide = (built: Reward, world: RedeemGiven, points: number | null = null) => {
  const decided = decideRedeem(built, world, { offerId: 'o', points, choiceLineId: null });
  return decided.kind === 'refused'
    ? [decided.reason, decided.facts]
    : [decided.points, decided.pointsOff?.amountMinor];
};

describe('points as money off, at every edge', () => {
  const rate = (change: object = {}) => reward({ kind: 'rate', pointsPerStep: 50, minorPerStep: 1_00, ...change });

  test.each([
    [{}, 49, 9_00, ['points-short', { needed: 50, have: 49 }]],
    [{}, 50, 9_00, [50, 1_00]],
    [{}, 99, 9_00, [50, 1_00]],
    [{}, 100, 9_00, [100, 2_00]],
    [{}, 900, 99, ['reward-minimum', { neededMinor: 1_00, haveMinor: 99 }]],
    [{}, 900, 1_00, [50, 1_00]],
    [{}, 900, 1_99, [50, 1_00]],
    [{}, 900, 2_00, [100, 2_00]],
    [{ maximumPoints: 149 }, 900, 9_00, [100, 2_00]],
    [{ maximumPoints: 150 }, 900, 9_00, [150, 3_00]],
    [{ maximumPoints: 49 }, 900, 9_00, ['points-short', { needed: 50, have: 49 }]],
    [{ minimumPoints: 100 }, 99, 9_00, ['points-short', { needed: 100, have: 99 }]],
    [{ minimumPoints: 100 }, 100, 9_00, [100, 2_00]],
    [{ minimumPoints: 101 }, 149, 9_00, ['points-short', { needed: 150, have: 149 }]],
    [{ maxShareBasisPoints: 5_000 }, 900, 3_98, [50, 1_00]],
    [{ maxShareBasisPoints: 5_000 }, 900, 3_99, [50, 1_00]],
    [{ maxShareBasisPoints: 5_000 }, 900, 4_00, [100, 2_00]],
    [{ minimumSpendMinor: 4_00 }, 50, 3_99, ['reward-minimum', { neededMinor: 4_00, haveMinor: 3_99 }]],
    [{ minimumSpendMinor: 4_00 }, 50, 4_00, [50, 1_00]],
  ])('%j with %i points on %i: %j', (change, have, netMinor, expected) => {
    expect(decide(rate(change), given(have, [line(netMinor)]))).toEqual(expected);
  });

  test('C-37: what is asked for is the most that is used', () => {
    const world = given(900, [line(99_00)]);
    expect([49, 50, 99, 100].map((points) => decide(rate(), world, points)[0])).toEqual(['points-short', 50, 50, 100]);
    expect(decide(rate(), world, 900)).toEqual([900, 18_00]);
    expect(decide(rate(), world, 901)).toEqual(['points-short', { needed: 901, have: 900 }]);
    expect(decide(rate(), world, 0)).toEqual(['points-short', { needed: 50, have: 0 }]);
  });

  test('the share is of the whole sale, the room is of the items that points may pay', () => {
    const lines = [line(3_00, { categoryId: 'food' }), line(7_00)];
    const onFood = (maxShareBasisPoints: number) => rate({ filter: { categoryIds: ['food'] }, maxShareBasisPoints });
    expect(decide(onFood(10_000), given(900, lines))).toEqual([150, 3_00]);
    expect(decide(onFood(3_000), given(900, lines))).toEqual([150, 3_00]);
    expect(decide(onFood(2_999), given(900, lines))).toEqual([100, 2_00]);
  });

  test('a minimum asks of what is paid, tax and all; room is what the lines cost', () => {
    const taxed = line(3_00, { payableMinor: 3_30 });
    expect(decide(rate({ minimumSpendMinor: 3_30 }), given(900, [taxed]))).toEqual([150, 3_00]);
    expect(decide(rate({ minimumSpendMinor: 3_31 }), given(900, [taxed]))).toEqual([
      'reward-minimum',
      { neededMinor: 3_31, haveMinor: 3_30 },
    ]);
  });

  test('the least is the minimum in whole steps, rounded up, and one step where there is none', () => {
    const least = (minimumPoints: number) => leastPointsOf(rate({ minimumPoints }));
    expect([0, 1, 49, 50, 51, 100, 101].map(least)).toEqual([50, 50, 50, 50, 100, 100, 150]);
    expect(leastPointsOf(reward({ kind: 'fixed', pricePoints: 7, amountMinor: 1 }))).toBe(7);
  });
});

test('a piece is a whole one', () => {
  const counts = [0, 999, 1000, 1001, 2000, 2500].map((quantityThousandths) => isByPiece({ quantityThousandths }));
  expect(counts).toEqual([false, false, true, false, true, false]);
  const weighed = { lineId: 'l', quantityThousandths: 1500, categoryId: 'c' };
  const price = { pricePoints: 1 };
  const covers = (change: object) => isCovered(weighed, reward({ ...price, ...change }));
  expect([
    covers({ kind: 'fixed', amountMinor: 1 }),
    covers({ kind: 'percentage', rateBasisPoints: 1 }),
    covers({ kind: 'free-product' }),
    covers({ kind: 'free-choice' }),
    covers({ kind: 'cheapest-item' }),
    isCovered(weighed, reward({ kind: 'rate', pointsPerStep: 1, minorPerStep: 1 })),
    covers({ kind: 'fixed', amountMinor: 1, filter: { categoryIds: ['d'] } }),
  ]).toEqual([true, true, false, false, false, true, false]);
});

test('a reward of several tiers is for each of them, and for no other', () => {
  const built = reward({ kind: 'fixed', pricePoints: 1, amountMinor: 1, tierIds: ['silver', 'gold'] });
  const tiers = ['silver', 'gold', 'basic', null].map((tierId) => decide(built, given(1, [line(1)], tierId))[0]);
  expect(tiers).toEqual([1, 1, 'reward-tier', 'reward-tier']);
});

describe('T19: what the till shows, at every edge', () => {
  const options = (built: Reward, world: RedeemGiven) => rewardOptions([built], world)[0];
  const about = (change: object, lines: RewardLine[]) =>
    options(reward({ pricePoints: 1, ...change }), given(9, lines))?.amountMinor;

  test('what is missing, to the point', () => {
    const fixed = reward({ kind: 'fixed', pricePoints: 80, amountMinor: 1_00, name: 'One off' });
    const lines = [line(9_00)];
    expect([79, 80, 81].map((have) => options(fixed, given(have, lines))?.pointsMissing)).toEqual([1, 0, 0]);
    expect(options(fixed, given(79, lines))).toEqual({
      rewardId: 'r',
      name: 'One off',
      kind: 'fixed',
      isAvailable: false,
      reason: 'points-short',
      facts: { needed: 80, have: 79 },
      pointsNeeded: 80,
      pointsMissing: 1,
      amountMinor: 0,
      step: null,
      choiceLineIds: [],
    });
    expect(options(fixed, given(80, lines))).toMatchObject({
      isAvailable: true,
      reason: null,
      facts: {},
      amountMinor: 1_00,
    });
  });

  test('a rate reward that cannot be had takes the fewest points that it allows', () => {
    const rate = reward({ kind: 'rate', pointsPerStep: 50, minorPerStep: 1_00, minimumPoints: 120 });
    expect(options(rate, given(100, [line(9_00)]))).toMatchObject({
      pointsNeeded: 150,
      pointsMissing: 50,
      amountMinor: 0,
      step: { points: 50, leastPoints: 150 },
    });
  });

  test('the worth of pieces is rounded half away from zero, and a hundred of a line are looked at', () => {
    const pieces = (netMinor: number, count: number) => [line(netMinor, { quantityThousandths: count * 1000 })];
    expect(about({ kind: 'free-product' }, pieces(5, 2))).toBe(3);
    expect(about({ kind: 'free-choice' }, pieces(5, 2))).toBe(3);
    expect(about({ kind: 'cheapest-item', rateBasisPoints: 5_000 }, pieces(10, 2))).toBe(3);
    expect(about({ kind: 'cheapest-item', rateBasisPoints: 4_999 }, pieces(10, 2))).toBe(2);
    expect(about({ kind: 'free-product', units: 100 }, pieces(150, 150))).toBe(100);
    expect(about({ kind: 'free-product', units: 100 }, pieces(99, 99))).toBe(99);
  });

  test('an amount or a rate off is never more than the items cost, nor than its cap', () => {
    const lines = [line(5_00), line(2_50)];
    expect(about({ kind: 'fixed', amountMinor: 7_50 }, lines)).toBe(7_50);
    expect(about({ kind: 'fixed', amountMinor: 7_51 }, lines)).toBe(7_50);
    expect(about({ kind: 'fixed', amountMinor: 7_49 }, lines)).toBe(7_49);
    expect(about({ kind: 'percentage', rateBasisPoints: 1_000, capMinor: 74 }, lines)).toBe(74);
    expect(about({ kind: 'percentage', rateBasisPoints: 1_000, capMinor: 76 }, lines)).toBe(75);
    expect(about({ kind: 'percentage', rateBasisPoints: 333 }, lines)).toBe(25);
  });

  test('choices are the pieces that cost something, dearest first; of equal ones the earlier', () => {
    const choice = reward({ kind: 'free-choice', pricePoints: 1, filter: { categoryIds: ['c'] } });
    const lines = [
      line(4_00, { lineId: 'pair', quantityThousandths: 2000 }),
      line(3_00, { lineId: 'one' }),
      line(2_00, { lineId: 'equal' }),
      line(9_00, { lineId: 'other', categoryId: 'd' }),
      line(9_00, { lineId: 'weighed', quantityThousandths: 1500 }),
      line(0, { lineId: 'free' }),
    ];
    expect(options(choice, given(1, lines))).toMatchObject({
      isAvailable: true,
      choiceLineIds: ['one', 'pair', 'equal'],
      amountMinor: 3_00,
    });
    expect(options(choice, given(1, lines.slice(3)))).toMatchObject({ isAvailable: false, choiceLineIds: [] });
  });

  test('the next reward is none that is short of something else, and of equally near ones the first', () => {
    const fixed = (rewardId: string, pricePoints: number, change: object = {}) =>
      reward({ rewardId, kind: 'fixed', pricePoints, amountMinor: 1, ...change });
    const next = (...rewards: Reward[]) => nextReward(rewardOptions(rewards, given(50, [line(9_00)])))?.rewardId;
    expect(next(fixed('had', 50), fixed('near', 51), fixed('far', 90))).toBe('near');
    expect(next(fixed('b', 60), fixed('a', 60))).toBe('b');
    expect(next(fixed('gold', 51, { tierIds: ['gold'] }), fixed('far', 90))).toBe('far');
    expect(next(fixed('dear', 51, { minimumSpendMinor: 99_00 }), fixed('far', 90))).toBe('dear');
    expect(next(fixed('had', 50))).toBeUndefined();
    expect(nextReward([])).toBeNull();
  });
});
