import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoyaltyShop, type LoyaltyShop } from './loyalty-shop.ts';

let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

test('PT23: a manager moves points to another customer with the ends of their lots; more than can be spent is refused', async () => {
  await shop.publish({ expiryMonths: 1 });
  const [from, to] = [shop.addCustomer('Ana'), shop.addCustomer('Bo')];
  await shop.sellTo(from, [3_000]);
  shop.clock.advance(5 * 86_400_000);
  await shop.sellTo(from, [5_000]);
  const ends = (await shop.position(from)).lots.map(({ expiresAtMs }) => expiresAtMs);
  const transfer = (points: number, as: 'cashier' | 'manager' = 'manager') =>
    shop.caller(as).points.transfer(shop.op({ fromCustomerId: from, toCustomerId: to, points, note: 'siblings' }));
  await expect(transfer(40, 'cashier')).rejects.toMatchObject({ cause: { refusal: { reason: 'not-permitted' } } });
  await expect(transfer(81)).rejects.toMatchObject({
    cause: { refusal: { reason: 'points-short', facts: { needed: 81, have: 80 } } },
  });
  expect(await transfer(40)).toEqual({ points: 40, fromBalance: 40, toBalance: 40 });
  const lots = async (customerId: string) =>
    (await shop.position(customerId)).lots.map(({ remaining, expiresAtMs }) => [remaining, expiresAtMs]);
  expect(await lots(from)).toEqual([[40, ends[1]]]);
  expect(await lots(to)).toEqual([
    [30, ends[0]],
    [10, ends[1]],
  ]);
});
