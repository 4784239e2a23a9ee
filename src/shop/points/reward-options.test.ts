import { describe, expect, test } from 'vitest';
import type { RedeemGiven, RewardLine } from './decide-redeem.ts';
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

describe('what the till lights up', () => {
  const lines = [line(3_00, { lineId: 'a', quantityThousandths: 2000 }), line(9_00, { lineId: 'b' })];
  const rewards = [
    reward({ rewardId: 'rate', name: 'Rate', kind: 'rate', pointsPerStep: 50, minorPerStep: 1_00 }),
    reward({ rewardId: 'fixed', kind: 'fixed', pricePoints: 80, amountMinor: 20_00 }),
    reward({ rewardId: 'small', kind: 'fixed', pricePoints: 80, amountMinor: 2_00 }),
    reward({ rewardId: 'percent', kind: 'percentage', pricePoints: 80, rateBasisPoints: 1_000 }),
    reward({ rewardId: 'capped', kind: 'percentage', pricePoints: 80, rateBasisPoints: 5_000, capMinor: 4_00 }),
    reward({ rewardId: 'free', kind: 'free-product', pricePoints: 80, units: 3 }),
    reward({ rewardId: 'cheapest', kind: 'cheapest-item', pricePoints: 80, rateBasisPoints: 5_000 }),
    reward({ rewardId: 'choice', kind: 'free-choice', pricePoints: 80 }),
  ];

  test('T19: every reward with what it costs and gives here', () => {
    const options = rewardOptions(rewards, given(120, lines));
    expect(
      options.map((option) => [option.rewardId, option.isAvailable, option.pointsNeeded, option.amountMinor]),
    ).toEqual([
      ['rate', true, 100, 2_00],
      ['fixed', true, 80, 12_00],
      ['small', true, 80, 2_00],
      ['percent', true, 80, 1_20],
      ['capped', true, 80, 4_00],
      ['free', true, 80, 12_00],
      ['cheapest', true, 80, 75],
      ['choice', true, 80, 9_00],
    ]);
    expect(options.at(-1)?.choiceLineIds).toEqual(['b', 'a']);
    expect(options.slice(0, 2).map((option) => option.step)).toEqual([{ points: 50, leastPoints: 50 }, null]);
    expect(options[0]).toMatchObject({
      name: 'Rate',
      kind: 'rate',
      reason: null,
      facts: {},
      pointsMissing: 0,
      choiceLineIds: [],
    });
    expect(nextReward(options)).toBeNull();
  });

  test('T19: what is short says how many points are missing, and the nearest is the next', () => {
    const options = rewardOptions(rewards, given(45, lines));
    expect(
      options.map(({ pointsMissing, reason, amountMinor }) => [pointsMissing, reason, amountMinor]).slice(0, 2),
    ).toEqual([
      [5, 'points-short', 0],
      [35, 'points-short', 0],
    ]);
    expect(nextReward(options)?.rewardId).toBe('rate');
    expect(rewardOptions(rewards, given(-20, lines))[1]).toMatchObject({
      reason: 'balance-negative',
      pointsMissing: 80,
    });
    const forGold = rewardOptions(
      [reward({ kind: 'fixed', pricePoints: 80, amountMinor: 1, tierIds: ['g'] })],
      given(0, lines),
    );
    expect(forGold[0]?.pointsMissing).toBe(80);
    expect(nextReward(forGold)).toBeNull();
  });

  test('what a reward gives is told of the items that it covers, cheapest unit first', () => {
    const mixed = [
      line(6_00, { lineId: 'a', quantityThousandths: 2000 }),
      line(1_00),
      line(9_00, { categoryId: 'd' }),
      line(0),
    ];
    const about = (change: object) => {
      const built = reward({ pricePoints: 1, filter: { categoryIds: ['c'] }, ...change });
      return rewardOptions([built], given(9, mixed))[0]?.amountMinor;
    };
    expect(about({ kind: 'free-product', units: 2 })).toBe(4_00);
    expect(about({ kind: 'cheapest-item', rateBasisPoints: 10_000 })).toBe(1_00);
    expect(about({ kind: 'fixed', amountMinor: 99_00 })).toBe(7_00);
    expect(about({ kind: 'percentage', rateBasisPoints: 1_000 })).toBe(70);
    expect(about({ kind: 'free-choice' })).toBe(3_00);
  });

  test('the next reward is the one that the fewest points are missing for, wherever it stands', () => {
    const prices = [300, 100, 200].map((pricePoints) =>
      reward({ rewardId: `r${pricePoints}`, kind: 'fixed', pricePoints, amountMinor: 1 }),
    );
    expect(nextReward(rewardOptions(prices, given(10, lines)))?.rewardId).toBe('r100');
    expect(nextReward(rewardOptions(prices, given(150, lines)))?.rewardId).toBe('r200');
  });

  test('choices leave out what is free already, weighed, or not covered', () => {
    const choice = reward({ kind: 'free-choice', pricePoints: 1, filter: { categoryIds: ['c'] } });
    const mixed = [
      line(0, { lineId: 'x' }),
      line(5, { lineId: 'y', quantityThousandths: 1500 }),
      line(5, { lineId: 'z', categoryId: 'd' }),
    ];
    expect(rewardOptions([choice], given(9, mixed))[0]).toMatchObject({ choiceLineIds: [], isAvailable: false });
  });
});
