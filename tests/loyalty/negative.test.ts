import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoyaltyShop, type LoyaltyShop, RATE } from './loyalty-shop.ts';

// What refunds do about points that are no longer there, where points have ended or went elsewhere.

const DAY_MS = 86_400_000;
let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

const POLICIES = ['ALLOW_NEGATIVE', 'FLOOR_AT_ZERO', 'DEDUCT_CASH'] as const;

test.each(POLICIES)(
  'C-10: points that have ended are neither forgiven nor kept from the money, policy %s',
  async (policy) => {
    await shop.publish({ expiryMonths: 0, negativeBalance: policy });
    const customerId = shop.addCustomer();
    const sold = await shop.sellTo(customerId, [5_000]);
    shop.clock.advance(2 * DAY_MS);
    expect(await shop.refund(sold)).toMatchObject({ amountMinor: 5_000, deductedMinor: 0, newBalance: 0 });
    expect((await shop.position(customerId)).balance).toBe(0);
  },
);

test.each(POLICIES)(
  'C-10 C-48: what a refund of a merged record is short of is looked for where its points went, policy %s',
  async (policy) => {
    await shop.publish({ negativeBalance: policy, rewards: [RATE] });
    const [a, b] = [shop.addCustomer('Ana Ruiz'), shop.addCustomer('Ana Ruis')];
    const sold = await shop.sellTo(a, [5_000]);
    const manager = shop.caller('manager');
    await manager.customers.merge(shop.op({ fromCustomerId: a, intoCustomerId: b }));
    expect(await shop.refund(sold)).toMatchObject({ deductedMinor: 0 });
    expect((await shop.position(b)).balance).toBe(0);
  },
);
