import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoyaltyShop, type LoyaltyShop, SPEND_RULE } from './loyalty-shop.ts';

const DAY_MS = 86_400_000;

let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

const attach = (saleId: string, customerId: string, as: 'cashier' | 'manager' = 'cashier') =>
  shop.caller(as).till.attachCustomer(shop.op({ saleId, customerId }));

async function sellToNobody(lines: readonly number[]) {
  const full = lines.map((line) => shop.line(line));
  const sold = await shop.sell(shop.draft(full));
  return { ...sold, lineIds: full.map(({ lineId }) => lineId) };
}

test('PT25: a customer is added to a sale once, and it earns by the version of its day; the day keeps its numbers', async () => {
  const { saleId, businessDate } = await sellToNobody([5_000]);
  await shop.publish({ rules: [{ ...SPEND_RULE, points: 2 }] });
  const customerId = shop.addCustomer();
  const day = () =>
    shop.env.db.read.all(
      'SELECT total_sales_minor, total_transactions, gross_sales_minor FROM merchant_daily_analytics WHERE business_date = :businessDate' as never,
      { businessDate },
    );
  const before = day();
  expect(await attach(saleId, customerId)).toEqual({ saleId, pointsEarned: 50, newBalance: 50 });
  expect(day()).toEqual(before);
  expect(shop.number('SELECT total_spent_minor FROM customers WHERE id = :customerId', { customerId })).toBe(5_000);
  expect(
    shop.number('SELECT SUM(visit_count) FROM customer_visits WHERE customer_id = :customerId', { customerId }),
  ).toBe(1);
  await expect(attach(saleId, shop.addCustomer('Other'))).rejects.toMatchObject({
    cause: { refusal: { reason: 'sale-has-customer' } },
  });
});

test('PT25: on later days a manager adds the customer, for 14 days; what was refunded before earns nothing', async () => {
  const sold = await sellToNobody([2_000, 3_000]);
  await shop.refund(sold, [{ index: 0 }]);
  const customerId = shop.addCustomer();
  shop.clock.advance(DAY_MS);
  await expect(attach(sold.saleId, customerId)).rejects.toMatchObject({
    cause: { refusal: { reason: 'not-permitted', facts: { permission: 'points.adjust', overridable: true } } },
  });
  shop.clock.advance(13 * DAY_MS);
  expect(await attach(sold.saleId, customerId, 'manager')).toMatchObject({ pointsEarned: 30, newBalance: 30 });
  expect(shop.number('SELECT total_spent_minor FROM customers WHERE id = :customerId', { customerId })).toBe(3_000);
  await shop.refund(sold, [{ index: 1 }]);
  expect((await shop.position(customerId)).balance).toBe(0);
  const late = await sellToNobody([1_000]);
  shop.clock.advance(15 * DAY_MS);
  await expect(attach(late.saleId, customerId, 'manager')).rejects.toMatchObject({
    cause: { refusal: { reason: 'attach-too-late', facts: { days: 14 } } },
  });
});
