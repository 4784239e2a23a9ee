import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoyaltyShop, type LoyaltyShop } from '../loyalty/loyalty-shop.ts';

// A programme that lets credit and cards earn nothing: what they paid does not count, whenever the customer is named.

let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
  await shop.publish({ storedValueTenderCounts: false });
});
afterEach(() => shop.close());

test('W3: a customer who joins a sale later earns what they would have earned at once, also where a card paid a part', async () => {
  const { till, credit } = shop.caller('manager');
  const { accountId } = await credit.giveCard(shop.op({ amountMinor: 1_000, days: null, note: 'a prize' }));
  const byCard = () => ({ tenderId: shop.newId(), kind: 'gift-card' as const, amountMinor: 400, accountId });
  const sell = (customerId: string | null) => {
    const draft = shop.draft([shop.line(1_000)], { customerId });
    return till.completeSale(shop.op({ draft, tenders: [byCard(), shop.cash(600)], expectedTotalMinor: 1_000 }));
  };
  expect((await sell(shop.addCustomer('Ana'))).pointsEarned).toBe(6);
  const { saleId } = await sell(null);
  const late = await till.attachCustomer(shop.op({ saleId, customerId: shop.addCustomer('Beto') }));
  expect(late.pointsEarned).toBe(6);
});
