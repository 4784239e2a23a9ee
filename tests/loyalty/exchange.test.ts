import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TenderDraft } from '#shop/till/sale.ts';
import { createLoyaltyShop, type LoyaltyShop, RATE, type Sold } from './loyalty-shop.ts';

let shop: LoyaltyShop;
let customerId: string;
beforeEach(async () => {
  shop = await createLoyaltyShop();
  await shop.publish({ rewards: [RATE] });
  customerId = shop.addCustomer();
});
afterEach(() => shop.close());

async function exchange(sold: Sold, price: number, tenders: TenderDraft[], given: object = {}) {
  shop.clock.advance(1000);
  const draft = shop.draft([shop.line(price)], { customerId, customerIdentifiedBy: 'search' });
  return shop.caller('manager').till.exchange(
    shop.op({
      returns: { saleId: sold.saleId, lines: [{ lineId: sold.lineIds[0] ?? '', quantityThousandths: 1000 }] },
      draft,
      tenders,
      tenderKind: 'cash' as const,
      expectedTotalMinor: price,
      reason: 'too small',
      ...given,
    }),
  );
}

test('T9: goods are exchanged for dearer ones, and the difference is paid in the same ticket', async () => {
  const sold = await shop.sellTo(customerId, [2_000, 1_000]);
  const done = await exchange(sold, 3_500, [shop.cash(1_500, 2_000)]);
  expect(done).toMatchObject({
    exchangedMinor: 2_000,
    dueMinor: 1_500,
    handedMinor: 0,
    refund: { amountMinor: 2_000, pointsReversed: 20, newBalance: 45 },
    sale: { totalMinor: 3_500, changeMinor: 500, pointsEarned: 35 },
  });
  expect((await shop.position(customerId)).balance).toBe(45);
  expect(shop.number("SELECT SUM(amount_minor) FROM transaction_tenders WHERE kind = 'exchange'")).toBe(2_000);
  expect(shop.number("SELECT SUM(amount_minor) FROM refund_tenders WHERE kind = 'exchange'")).toBe(2_000);
  expect(
    shop.number('SELECT COUNT(*) FROM refunds WHERE exchange_transaction_id = :saleId', { saleId: done.sale.saleId }),
  ).toBe(1);
  expect(shop.number('SELECT SUM(total_sales_minor) FROM merchant_daily_analytics')).toBe(4_500);
  const detail = await shop.caller('cashier').till.sale({ saleId: done.sale.saleId });
  expect(
    detail.tenders
      .map(({ kind, amountMinor }) => [kind, amountMinor])
      .sort()
      .reverse(),
  ).toEqual([
    ['exchange', 2_000],
    ['cash', 1_500],
  ]);
});

test('T9: goods are exchanged for cheaper ones, and the difference is handed back', async () => {
  const sold = await shop.sellTo(customerId, [2_000]);
  const done = await exchange(sold, 700, []);
  expect(done).toMatchObject({ exchangedMinor: 700, dueMinor: 0, handedMinor: 1_300, refund: { amountMinor: 2_000 } });
  expect(shop.number("SELECT SUM(amount_minor) FROM refund_tenders WHERE kind = 'cash'")).toBe(1_300);
  expect((await shop.position(customerId)).balance).toBe(7);
});

test('T9: what is refused leaves nothing written', async () => {
  const sold = await shop.sellTo(customerId, [2_000]);
  const count = () => shop.number('SELECT (SELECT COUNT(*) FROM refunds) + (SELECT COUNT(*) FROM transactions)');
  const before = count();
  await expect(exchange(sold, 3_500, [])).rejects.toMatchObject({
    cause: { refusal: { reason: 'tender-too-small', facts: { dueMinor: 1_500 } } },
  });
  await expect(exchange(sold, 3_500, [shop.cash(1_500)], { expectedTotalMinor: 3_400 })).rejects.toMatchObject({
    cause: { refusal: { reason: 'price-changed' } },
  });
  expect(count()).toBe(before);
  expect((await shop.position(customerId)).balance).toBe(20);
});
