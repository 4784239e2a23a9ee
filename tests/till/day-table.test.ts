import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTillShop, type TillShop } from './till-shop.ts';
import { asking, createValueShop } from './value-shop.ts';

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

test('C-36: a sale that cost nothing and came back whole was no purchase: its voucher for the first one can be used again', async () => {
  const value = await createValueShop();
  const ana = value.addCustomer('Ana');
  const free = { kind: 'percent', rateBasisPoints: 10_000 } as const;
  const voucherId = await value.give(ana, { benefit: free, audience: { isFirstPurchase: true } });
  const asked = { customerId: ana, ...asking(voucherId) };
  const draft = value.draft([value.line(1_000), value.line(500)], asked);
  await value.pay(draft, [value.cash(0)], 0);
  const { till } = value.caller('manager');
  for (const { lineId } of draft.lines) {
    const lines = [{ lineId, quantityThousandths: 1000 }];
    await till.refund(value.op({ saleId: draft.saleId, lines, tenderKind: 'cash' as const, reason: '' }));
  }
  expect(value.number('SELECT total_transactions AS n FROM customers WHERE id = :ana', { ana })).toBe(0);
  expect((await value.look(value.draft([value.line(700)], asked))).vouchers).toMatchObject([{ amountMinor: 700 }]);
  value.close();
});

test('whoever is added to a sale that came back whole has not bought it', async () => {
  const ana = shop.addCustomer('Ana');
  const draft = shop.draft([shop.line(1_000)]);
  await shop.sell(draft);
  const { till } = shop.caller('manager');
  const lines = draft.lines.map(({ lineId }) => ({ lineId, quantityThousandths: 1000 }));
  await till.refund(shop.op({ saleId: draft.saleId, lines, tenderKind: 'cash' as const, reason: '' }));
  await till.attachCustomer(shop.op({ saleId: draft.saleId, customerId: ana }));
  expect(shop.number('SELECT total_transactions AS n FROM customers WHERE id = :ana', { ana })).toBe(0);
  expect(dayOf('2026-03-02')).toMatchObject({ sales: 1 });
});
