import { expect, test } from 'vitest';
import { rewardSchema } from '#shop/points/programme-rewards.ts';
import type { PriceableLine, PricingPolicy } from '#shop/till/price-sale.ts';
import { priceWithRewards } from '#shop/till/price-with-rewards.ts';

const POLICY: PricingPolicy = {
  currency: 'USD',
  taxMode: 'inclusive',
  taxRounding: 'document',
  taxRates: [{ taxRateId: 'ten', name: '10 %', rateBasisPoints: 1_000 }],
  cashRounding: { stepMinor: 1, mode: 'nearest' },
};

const REWARDS = [
  { rewardId: 'fixed', kind: 'fixed', pricePoints: 10, amountMinor: 500, filter: { productIds: ['tea'] } },
  { rewardId: 'choice', kind: 'free-choice', pricePoints: 17 },
].map((reward) => rewardSchema.parse(reward));

function line(lineId: string, unitPriceMinor: number): PriceableLine {
  return {
    lineId,
    productId: lineId,
    categoryId: null,
    name: lineId,
    unitPriceMinor,
    quantityThousandths: 1_000,
    taxRateId: 'ten',
    discount: null,
    note: '',
  };
}

function priced(lines: readonly PriceableLine[], rewardId: string, choice: string | null = null) {
  const sale = priceWithRewards(
    {
      lines,
      discount: { kind: 'amount', amountMinor: 5 },
      redemptions: [{ programId: 'main', rewardId, points: null, choice }],
    },
    POLICY,
    {
      offers: [],
      programmes: [{ programId: 'main', rewards: REWARDS, spendablePoints: 100, tierId: null }],
    },
  );
  if ('reason' in sale) throw new Error(sale.reason);
  return {
    totalMinor: sale.priced.totalMinor,
    taken: sale.taken.map(({ amountMinor }) => amountMinor),
    refused: sale.refused.map(({ refusal }) => refusal.reason),
  };
}

test.each(['fixed', 'choice'])(
  'C-23: what is left for a reward (%s) does not follow from the order of scanning',
  (rewardId) => {
    // 5 off two lines of 3: one of them is left with 1, and only one of them can have the reward.
    const lines = [line('tea', 3), line('bun', 3)];
    expect(priced([...lines].reverse(), rewardId, 'tea')).toEqual(priced(lines, rewardId, 'tea'));
  },
);
