import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoyaltyShop, type LoyaltyShop } from './loyalty-shop.ts';

// Where a customer is shown with one balance, it is that of the main programme.

let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

test('PT1: the customer page, the search and why-this-balance show the main programme alone, with its waiting points', async () => {
  await shop.publish({ expiryMonths: 2, expirySlides: true, pendingDays: 3 });
  const stampRule = { ruleId: 'stamp', kind: 'visit', points: 7 } as const;
  await shop.another({ name: 'Stamps', rules: [stampRule], expiryMonths: 1 });
  const customerId = shop.addCustomer('Ana Ruiz');
  await shop.sellTo(customerId, [5_000]);
  shop.clock.advance(40 * 86_400_000);
  await shop.sellTo(customerId, [2_000]);
  shop.clock.advance(86_400_000);
  const { customers } = shop.caller('manager');
  const { lots, balance } = await shop.position(customerId);
  const page = await customers.get({ customerId });
  expect(page).toMatchObject({ balance: 70, pendingPoints: 20 });
  expect([page.balance, page.lots]).toEqual([balance, lots]);
  expect(await customers.search({ text: 'Ana', limit: 5 })).toMatchObject([{ balance: 70 }]);
  const why = await customers.explainBalance({ customerId });
  expect(why.balance).toBe(70);
  expect(why.entries.map((entry) => [entry.points, entry.runningBalance])).toEqual([
    [20, 70],
    [50, 50],
  ]);
});
