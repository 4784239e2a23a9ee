import { describe, expect, test } from 'vitest';
import type { Offer } from '#shop/offers/offer.ts';
import { type Reward, rewardSchema } from '#shop/points/programme-rewards.ts';
import type { PriceableLine } from '#shop/till/price-sale.ts';
import { priceWithRewards } from '#shop/till/price-with-rewards.ts';
import type { ManualDiscount } from '#shop/till/sale.ts';
import { amountOff, basketLine, freeUnits, POLICY, percentOff, priceOf, skipsOf } from './offer-sales.ts';

// A gift card of 50.00 is worth what it costs: whatever takes off the sale takes it off the cake of 10.00.
const card: PriceableLine = { ...basketLine('card', 50_00), isStoredValue: true };
const cake = basketLine('cake', 10_00);
const percent = (rateBasisPoints: number): ManualDiscount => ({ kind: 'percent', rateBasisPoints });
const amount = (amountMinor: number): ManualDiscount => ({ kind: 'amount', amountMinor });

describe('C-38: nothing is taken off stored value that is sold', () => {
  test.each([
    ['a tenth', percent(1_000), 1_00],
    ['3.00', amount(3_00), 3_00],
    ['20.00', amount(20_00), 10_00],
  ])('by hand: %s off the sale', (_what, discount, offMinor) => {
    for (const lines of [
      [card, cake],
      [cake, card],
    ]) {
      const sale = priceOf(lines, [], {}, { discount });
      expect([sale.totalMinor, sale.lines.map((line) => [line.lineId, line.saleDiscountShareMinor])]).toEqual([
        60_00 - offMinor,
        lines.map(({ lineId }) => [lineId, lineId === 'cake' ? offMinor : 0]),
      ]);
    }
  });

  test('by hand: off the line itself', () => {
    expect(priceOf([{ ...card, discount: amount(5_00) }], []).totalMinor).toBe(50_00);
    expect(priceOf([{ ...cake, discount: amount(5_00) }], []).totalMinor).toBe(5_00);
  });

  test.each<readonly [string, Offer, number]>([
    ['a tenth off the order', percentOff('O', 1_000, { scope: 'order' }), 1_00],
    ['20.00 off the order', amountOff('O', 20_00, { scope: 'order' }), 10_00],
    ['a free unit, which is never the card', freeUnits('O', 2), 10_00],
  ])('by an offer: %s', (_what, offer, offMinor) => {
    const sale = priceOf([card, cake], [offer]);
    expect(sale.lines.map((line) => line.offerShareMinor)).toEqual([0, offMinor]);
  });

  test('by an offer that names it', () => {
    const sale = priceOf([card, cake], [amountOff('O', 1_00, { filter: { productIds: ['card'] } })]);
    expect([sale.totalMinor, skipsOf(sale)]).toEqual([60_00, [['O', 'no-eligible-item']]]);
  });

  test('by points as money', () => {
    const pointsOff = { programId: 'p', rewardId: 'r', points: 90, amountMinor: 90_00 };
    const sale = priceOf([card, cake], [], {}, { pointsOff });
    expect([sale.totalMinor, sale.pointsOff?.amountMinor]).toEqual([50_00, 10_00]);
  });
});

describe('C-38: rewards do not see stored value that is sold', () => {
  const reward = (change: object): Reward => rewardSchema.parse({ rewardId: 'r', ...change });
  const take = (one: Reward, lines: readonly PriceableLine[], choice: string | null = null) => {
    const programmes = [{ programId: 'p', rewards: [one], spendablePoints: 1_000, tierId: null }];
    const redemptions = [{ programId: 'p', rewardId: 'r', points: null, choice }];
    const sale = priceWithRewards({ lines, discount: null, redemptions }, POLICY, { offers: [], programmes });
    if ('reason' in sale) throw new Error(sale.reason);
    return [sale.priced.totalMinor, sale.refused.map(({ refusal }) => refusal.reason)];
  };
  const half = { kind: 'rate', pointsPerStep: 1, minorPerStep: 1_00, maxShareBasisPoints: 5_000 };

  test('points may pay half of the goods', () => {
    expect(take(reward(half), [card, cake])).toEqual([55_00, []]);
  });

  test('20.00 off are 10.00, and a minimum of 10.01 is not reached', () => {
    const off = { kind: 'fixed', pricePoints: 10, amountMinor: 20_00 };
    expect(take(reward(off), [card, cake])).toEqual([50_00, []]);
    expect(take(reward({ ...off, minimumSpendMinor: 10_01 }), [card, cake])).toEqual([60_00, ['reward-minimum']]);
  });

  test('it can be neither chosen nor the only thing there', () => {
    const free = reward({ kind: 'free-choice', pricePoints: 10 });
    expect(take(free, [card, cake], 'card')).toEqual([60_00, ['reward-choice-needed']]);
    expect(take(free, [card], 'card')).toEqual([50_00, ['reward-nothing-eligible']]);
  });
});
