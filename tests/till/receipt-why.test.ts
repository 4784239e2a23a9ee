import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoyaltyShop, type LoyaltyShop, RATE } from '../loyalty/loyalty-shop.ts';

// Every number on a receipt opens its derivation: the steps stand with the document for ever.

let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

type Receipt = Awaited<ReturnType<ReturnType<LoyaltyShop['caller']>['till']['receipt']>>;
const resultsOf = ({ trace }: Receipt, what: string) => trace.filter((step) => step.what === what).map((s) => s.result);
const receiptOf = (of: { saleId: string } | { refundId: string }) => shop.caller('cashier').till.receipt(of);

test('LOYALTY 6: the receipts of a sale and of its refund tell the way to their amounts, rewards and points', async () => {
  await shop.publish({ rewards: [RATE], negativeBalance: 'DEDUCT_CASH' });
  const customerId = shop.addCustomer();
  await shop.give(customerId, 50);
  const sold = await shop.sellTo(customerId, [3_000, 1_000], [{ rewardId: 'rate', points: 50 }]);
  const receipt = await receiptOf({ saleId: sold.saleId });
  expect(resultsOf(receipt, 'line-gross')).toEqual([3_000, 1_000]);
  expect(resultsOf(receipt, 'points-off')).toEqual([100]);
  expect(resultsOf(receipt, 'total')).toEqual([3_900]);
  expect(resultsOf(receipt, 'rule-points')).toEqual([39]);
  expect(Object.keys(receipt.traceNames)).toEqual(expect.arrayContaining([...sold.lineIds, 'base', 'rate']));

  // What was earned is gone when the first line comes back: a part of the money is kept for it.
  await shop
    .caller('manager')
    .points.award(shop.op({ customerId, reason: 'correction' as const, points: -39, note: 'gone' }));
  const preview = await shop.caller('cashier').till.previewRefund({
    saleId: sold.saleId,
    lines: [{ lineId: sold.lineIds[0] ?? '', quantityThousandths: 1000 }],
    tenderKind: 'cash',
  });
  const back = await shop.refund(sold, [{ index: 0 }]);
  const refund = await receiptOf({ refundId: back.refundId });
  expect(refund.trace).toEqual(preview.trace);
  expect(resultsOf(refund, 'refund-line')).toEqual([refund.lines[0]?.amountMinor]);
  expect(resultsOf(refund, 'refund')).toEqual([back.amountMinor]);
  expect(resultsOf(refund, 'points-reversed')).toEqual([back.pointsReversed]);
  expect(resultsOf(refund, 'points-returned')).toEqual([back.pointsReturned]);
  expect(back.deductedMinor).toBe(0);
  const rest = await shop.refund(sold, [{ index: 1 }]);
  expect(resultsOf(await receiptOf({ refundId: rest.refundId }), 'refund')).toEqual([rest.amountMinor]);
});

test('T9: the receipt of an exchange tells what paid the new goods and what was handed back', async () => {
  const customerId = shop.addCustomer();
  await shop.publish({});
  const sold = await shop.sellTo(customerId, [2_000]);
  const lines = [{ lineId: sold.lineIds[0] ?? '', quantityThousandths: 1000 }];
  shop.clock.advance(1000);
  const draft = shop.draft([shop.line(700)], { customerId, exchange: { saleId: sold.saleId, lines, reason: '' } });
  const { exchange } = await shop
    .caller('manager')
    .till.completeSale(shop.op({ draft, tenders: [], expectedTotalMinor: 700 }));
  const receipt = await receiptOf({ refundId: exchange?.refundId ?? '' });
  expect([resultsOf(receipt, 'exchanged'), resultsOf(receipt, 'handed-back')]).toEqual([[700], [1_300]]);
  expect(receipt.tenders.map(({ kind, amountMinor }) => `${kind} ${amountMinor}`).sort()).toEqual([
    'cash 1300',
    'exchange 700',
  ]);
});
