import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTillShop, type TillShop } from './till-shop.ts';

let shop: TillShop;
beforeEach(async () => {
  shop = await createTillShop();
});
afterEach(() => shop.close());

const dayOf = (businessDate: string) =>
  shop.env.db.read.get(
    `SELECT total_transactions AS sales, new_customers AS fresh, returning_customers AS regulars
     FROM merchant_daily_analytics WHERE business_date = :businessDate` as never,
    { businessDate },
  );

test('a customer counts once a day, as new on their first and as returning later, also in the first sale of a day', async () => {
  const ana = shop.addCustomer('Ana');
  const bruno = shop.addCustomer('Bruno');
  await shop.sell(shop.draft([shop.line(1_000)], { customerId: ana }));
  await shop.sell(shop.draft([shop.line(1_000)], { customerId: ana }));
  await shop.sell(shop.draft([shop.line(1_000)], { customerId: bruno }));
  await shop.sell(shop.draft([shop.line(1_000)]));
  expect(dayOf('2026-03-02')).toEqual({ sales: 4, fresh: 2, regulars: 0 });
  shop.clock.advance(24 * 3_600_000);
  await shop.sell(shop.draft([shop.line(1_000)], { customerId: ana }));
  expect(dayOf('2026-03-03')).toEqual({ sales: 1, fresh: 0, regulars: 1 });
});

test('a customer whose only sale of the day is cancelled was not there', async () => {
  const ana = shop.addCustomer('Ana');
  const draft = shop.draft([shop.line(1_000)], { customerId: ana });
  await shop.sell(draft);
  await shop.caller('manager').till.cancelSale(shop.op({ saleId: draft.saleId, reason: '' }));
  expect(dayOf('2026-03-02')).toEqual({ sales: 0, fresh: 0, regulars: 0 });
});

test('a free line refunded after the rest of a sale does not take the sale away twice', async () => {
  const ana = shop.addCustomer('Ana');
  const draft = shop.draft([shop.line(1_000), shop.line(0)], { customerId: ana });
  await shop.sell(draft);
  for (const { lineId } of draft.lines) {
    const lines = [{ lineId, quantityThousandths: 1000 }];
    await shop
      .caller('manager')
      .till.refund(shop.op({ saleId: draft.saleId, lines, tenderKind: 'cash' as const, reason: '' }));
  }
  expect(shop.number('SELECT total_transactions AS n FROM customers WHERE id = :ana', { ana })).toBe(0);
});
