import { afterEach, beforeEach, expect, test } from 'vitest';
import { itemMultiplier } from '#shop/points/earns-more.ts';
import { localTimeOf } from '#shop/time/business-day.ts';
import { DOLLAR_SHOP } from '../till/till-shop.ts';
import { createLoyaltyShop, type LoyaltyShop, SPEND_RULE } from './loyalty-shop.ts';

// What the tiles of the till say before anything is sold.

let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

const DONUT = { productId: 'donut', categoryId: 'bakery' };
const promotion = { promotionId: 'double', multiplierBasisPoints: 20_000, filter: { categoryIds: ['bakery'] } };
const tiers = {
  measure: 'spend',
  period: { kind: 'lifetime' },
  levels: [
    { tierId: 'member', name: 'Member', threshold: 0, multiplierBasisPoints: 10_000 },
    { tierId: 'gold', name: 'Gold', threshold: 10_000, multiplierBasisPoints: 10_000 },
  ],
} as const;

async function timesOf(customerId: string | null, item = DONUT): Promise<number> {
  return itemMultiplier(item, await shop.caller('cashier').till.earnsMore({ customerId })) / 10_000;
}

test('a promotion on some items doubles them in its hours and not after, and what earns nothing stays at nothing', async () => {
  const { hour } = localTimeOf(shop.clock.wallNowMs(), DOLLAR_SHOP.timeZone);
  const schedule = { fromMinute: hour * 60, toMinute: (hour + 1) * 60 };
  await shop.publish({ promotions: [{ ...promotion, schedule }] });
  expect(await timesOf(null)).toBe(2);
  expect(await timesOf(null, { productId: 'tea', categoryId: 'drinks' })).toBe(1);
  shop.clock.advance(3_600_000);
  expect(await timesOf(null)).toBe(1);

  await shop.publish({
    rules: [{ ...SPEND_RULE, filter: { excludeProductIds: ['donut'] } }],
    promotions: [promotion],
  });
  expect(await timesOf(null)).toBe(1);
});

test('a promotion of a tier shows to who has it, and not to others', async () => {
  await shop.publish({ tiers, promotions: [{ ...promotion, tierIds: ['gold'] }] });
  const [gold, plain] = [shop.addCustomer(), shop.addCustomer()];
  await shop.sellTo(gold, [20_000]);
  expect(await Promise.all([gold, plain, null].map((customerId) => timesOf(customerId)))).toEqual([2, 1, 1]);
});
