import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { createTillShop, type TillShop } from './till-shop.ts';

let shop: TillShop;
beforeEach(async () => {
  shop = await createTillShop();
});
afterEach(() => shop.close());

test('C-35 S3-80, its money part: a declined card fails the tender, not the sale; a retry is approved and books once', async () => {
  const till = shop.caller('cashier').till;
  const customerId = shop.addCustomer();
  const draft = shop.draft([shop.line(100_000)], { customerId });
  const first = await till.beginPayment(shop.op({ draft, tender: { kind: 'card' as const, amountMinor: 65_000 } }));
  expect(first).toMatchObject({ saleId: draft.saleId, dueMinor: 35_000 });
  expect(
    await till.failTender(shop.op({ saleId: draft.saleId, tenderId: first.tenderId, reason: 'declined' })),
  ).toEqual({ dueMinor: 100_000 });
  expect(shop.number('SELECT COUNT(*) AS n FROM sale_entries')).toBe(0);
  expect((await till.drafts())[0]).toMatchObject({ saleId: draft.saleId, isPaying: true, pendingTenders: [] });
  const second = await till.beginPayment(shop.op({ draft, tender: { kind: 'card' as const, amountMinor: 65_000 } }));
  const tenders = [
    { tenderId: second.tenderId, kind: 'card' as const, amountMinor: 65_000, reference: 'OK-7' },
    shop.cash(35_000, 50_000),
  ];
  const sold = await till.completeSale(shop.op({ draft, tenders, expectedTotalMinor: 100_000 }));
  expect(sold).toMatchObject({ changeMinor: 15_000, pointsEarned: 100 });
  const detail = await till.sale({ saleId: draft.saleId });
  expect(
    detail.tenders.map(({ kind, status, amountMinor, reference }) => ({ kind, status, amountMinor, reference })),
  ).toEqual([
    { kind: 'card', status: 'declined', amountMinor: 65_000, reference: null },
    { kind: 'card', status: 'approved', amountMinor: 65_000, reference: 'OK-7' },
    { kind: 'cash', status: 'approved', amountMinor: 35_000, reference: null },
  ]);
  expect(shop.number('SELECT COUNT(*) AS n FROM sale_entries')).toBe(1);
});

test('a payment given up leaves a failed sale, and its draft goes on as a new one', async () => {
  const till = shop.caller('cashier').till;
  const draft = shop.draft([shop.line(10_000)]);
  const tender = { kind: 'card' as const, amountMinor: 10_000 };
  await till.beginPayment(shop.op({ draft, tender }));
  const changed = { ...draft, lines: [...draft.lines, shop.line(1_000)] };
  expect(await refusalOf(till.saveDraft(shop.op({ draft: changed, revision: 1, isHeld: false })))).toMatchObject({
    reason: 'sale-not-pending',
  });
  const next = await till.giveUpPayment(shop.op({ saleId: draft.saleId }));
  const [kept] = await till.drafts();
  expect(kept).toMatchObject({ saleId: next.saleId, revision: 1, isPaying: false });
  expect(shop.number("SELECT COUNT(*) AS n FROM transactions WHERE status = 'failed'")).toBe(1);
  const again = kept?.draft ?? draft;
  expect(await shop.sell(again)).toMatchObject({ totalMinor: 10_000 });
  const stale = { draft, tenders: [shop.cash(10_000)], expectedTotalMinor: 10_000 };
  expect(await refusalOf(till.completeSale(shop.op(stale)))).toMatchObject({ reason: 'draft-changed-elsewhere' });
});

test('a sale is cancelled on its business day with its points and totals, and not the day after', async () => {
  const manager = shop.caller('manager').till;
  const customerId = shop.addCustomer();
  const draft = shop.draft([shop.line(30_000)], { customerId });
  await shop.sell(draft);
  expect(await manager.cancelSale(shop.op({ saleId: draft.saleId, reason: 'wrong table' }))).toMatchObject({
    amountMinor: 30_000,
    pointsReversed: 30,
    newBalance: 0,
  });
  expect(shop.number('SELECT total_sales_minor + total_transactions AS n FROM merchant_daily_analytics')).toBe(0);
  expect(await refusalOf(manager.cancelSale(shop.op({ saleId: draft.saleId, reason: '' })))).toMatchObject({
    reason: 'sale-not-completed',
  });
  const later = shop.draft([shop.line(5_000)]);
  await shop.sell(later);
  shop.clock.advance(24 * 3_600_000);
  expect(await refusalOf(manager.cancelSale(shop.op({ saleId: later.saleId, reason: '' })))).toMatchObject({
    reason: 'cancel-too-late',
  });
});

test('a shift expects float, sales, refunds and cancellations, and freezes when it is counted', async () => {
  const { till } = shop.caller('cashier');
  const manager = shop.caller('manager').till;
  await till.openShift(shop.op({ floatMinor: 100_000 }));
  expect(await refusalOf(till.openShift(shop.op({ floatMinor: 0 })))).toMatchObject({ reason: 'shift-already-open' });
  const sold = shop.draft([shop.line(20_000), shop.line(30_000)]);
  await shop.sell(sold, [shop.cash(50_000, 100_000)]);
  await shop.sell(shop.draft([shop.line(40_000)]), [shop.card(40_000)]);
  const wrong = shop.draft([shop.line(7_000)]);
  await shop.sell(wrong);
  await manager.cancelSale(shop.op({ saleId: wrong.saleId, reason: 'wrong' }));
  const lines = [{ lineId: sold.lines[0]?.lineId ?? '', quantityThousandths: 1000 }];
  await manager.refund(shop.op({ saleId: sold.saleId, lines, tenderKind: 'cash' as const, reason: '' }));
  expect(await till.shift()).toMatchObject({
    expectedMinor: 130_000,
    cashSalesMinor: 50_000,
    cashRefundsMinor: 20_000,
    salesCount: 2,
  });
  const closed = await till.closeShift(shop.op({ countedMinor: 129_000, note: 'one coin' }));
  expect(closed).toMatchObject({ expectedMinor: 130_000, countedMinor: 129_000, differenceMinor: -1_000 });
  expect(await till.shift()).toBeNull();
  expect(await refusalOf(till.closeShift(shop.op({ countedMinor: 0, note: '' })))).toMatchObject({
    reason: 'shift-not-open',
  });
});

test('a receipt says what was paid and the points before and after; from the second print on it is a copy', async () => {
  const { till } = shop.caller('cashier');
  const customerId = shop.addCustomer();
  await shop.sell(shop.draft([shop.line(8_000)], { customerId }));
  const draft = shop.draft([shop.line(12_000)], { customerId });
  const sold = await shop.sell(draft, [shop.cash(12_000, 20_000)]);
  await shop.sell(shop.draft([shop.line(5_000)], { customerId }));
  const receipt = await till.receipt({ saleId: draft.saleId });
  expect(receipt).toMatchObject({
    number: sold.receiptNumber,
    qrText: sold.receiptNumber,
    paidMinor: 12_000,
    points: { before: 8, earned: 12, after: 20 },
    copyNumber: 1,
    tenders: [{ kind: 'cash', receivedMinor: 20_000, changeMinor: 8_000 }],
  });
  expect(await till.markPrinted(shop.op({ saleId: draft.saleId }))).toEqual({ copyNumber: 1 });
  expect(await till.markPrinted(shop.op({ saleId: draft.saleId }))).toEqual({ copyNumber: 2 });
  const found = await till.sales({ text: '2' });
  expect(found.sales.map((sale) => sale.saleId)).toEqual([draft.saleId]);
  expect((await till.sales({ text: 'gimenez', limit: 2 })).sales).toHaveLength(2);
  expect((await till.sales({ text: '" OR name:*' })).sales).toEqual([]);
});

test('a tender that would pay more than is due begins nothing: no sale waits, and no points are held', async () => {
  const draft = shop.draft([shop.line(1_000)]);
  const tender = { kind: 'card' as const, amountMinor: 1_001 };
  const { till } = shop.caller('cashier');
  expect(await refusalOf(till.beginPayment(shop.op({ draft, tender })))).toMatchObject({
    reason: 'tender-too-large',
    facts: { dueMinor: 1_000 },
  });
  expect(shop.number('SELECT COUNT(*) FROM transactions')).toBe(0);
  const begun = await till.beginPayment(shop.op({ draft, tender: { ...tender, amountMinor: 400 } }));
  expect(begun.dueMinor).toBe(600);
  expect(await refusalOf(till.beginPayment(shop.op({ draft, tender: { ...tender, amountMinor: 601 } })))).toMatchObject(
    {
      reason: 'tender-too-large',
      facts: { dueMinor: 600 },
    },
  );
});

test('F35: a ticket whose sale and returned lines together would not fit into one op is refused before', async () => {
  const sold = shop.draft(Array.from({ length: 40 }, () => shop.line(100)));
  await shop.sell(sold);
  const back = sold.lines.map(({ lineId }) => ({ lineId, quantityThousandths: 1000 }));
  const exchange = { saleId: sold.saleId, lines: back, reason: '' };
  const { till } = shop.caller('manager');
  const settle = async (count: number) => {
    const draft = shop.draft(
      Array.from({ length: count }, () => shop.line(100)),
      { exchange },
    );
    const { priced, dueMinor } = await till.preview({ draft });
    const tenders = dueMinor === 0 ? [] : [shop.cash(dueMinor)];
    return till.completeSale(shop.op({ draft, tenders, expectedTotalMinor: priced.totalMinor }));
  };
  expect(await refusalOf(settle(45))).toMatchObject({ reason: 'too-many-lines' });
  await settle(40);
  expect(shop.number('SELECT MAX(length(body)) FROM outbox')).toBeLessThan(65_536);
});
