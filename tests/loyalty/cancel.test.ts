import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoyaltyShop, type LoyaltyShop, RATE, type Sold } from './loyalty-shop.ts';

// Sales that are cancelled, with the points that they earned and cost.

let shop: LoyaltyShop;
let customerId: string;
beforeEach(async () => {
  shop = await createLoyaltyShop();
  customerId = shop.addCustomer();
});
afterEach(() => shop.close());

const cancel = (sold: Pick<Sold, 'saleId'>) =>
  shop.caller('manager').till.cancelSale(shop.op({ saleId: sold.saleId, reason: '' }));
const refusedFor = (reason: string) => ({ cause: { refusal: { reason } } });
const isOffered = async ({ saleId }: Pick<Sold, 'saleId'>) =>
  (await shop.caller('manager').till.sale({ saleId })).canCancel;

/** A sale that earned 50 points, which another has spent since. */
async function sellAndSpend(negativeBalance: 'ALLOW_NEGATIVE' | 'FLOOR_AT_ZERO' | 'DEDUCT_CASH'): Promise<Sold> {
  await shop.publish({ rewards: [RATE], negativeBalance });
  const sold = await shop.sellTo(customerId, [5_000]);
  await shop.sellTo(customerId, [150], [{ rewardId: 'rate' }]);
  return sold;
}

test.each([
  ['ALLOW_NEGATIVE', -50, []],
  ['FLOOR_AT_ZERO', 0, ['adjust 50 FLOORED']],
] as const)('C-10: a cancelled sale of which the points are spent, under %s', async (policy, newBalance, more) => {
  const sold = await sellAndSpend(policy);
  expect(await cancel(sold)).toMatchObject({ amountMinor: 5_000, pointsReversed: 50, newBalance });
  expect((await shop.position(customerId)).balance).toBe(newBalance);
  expect(shop.entries(customerId).map(({ kind, points, reason }) => `${kind} ${points} ${reason}`.trim())).toEqual([
    'earn 50',
    'redeem -50',
    'reverse_earn -50',
    ...more,
  ]);
});

test('C-10: a sale is refunded and not cancelled where money is kept for its points', async () => {
  const sold = await sellAndSpend('DEDUCT_CASH');
  await expect(cancel(sold)).rejects.toMatchObject(refusedFor('cancel-needs-refund'));
  expect(shop.entries(customerId)).toHaveLength(2);
  const { refundId, deductedMinor, newBalance } = await shop.refund(sold);
  expect([deductedMinor, newBalance]).toEqual([100, 0]);
  const receipt = await shop.caller('manager').till.receipt({ refundId });
  expect(receipt).toMatchObject({ totalMinor: 5_000, deductedMinor: 100, paidMinor: 4_900 });
  expect(receipt.tenders).toMatchObject([{ kind: 'cash', amountMinor: 4_900 }]);
});

test('T9: a sale that was paid with goods is not cancelled, so that their money is not lost', async () => {
  await shop.publish();
  const sold = await shop.sellTo(customerId, [2_000]);
  const lines = [{ lineId: sold.lineIds[0] ?? '', quantityThousandths: 1000 }];
  const exchange = { saleId: sold.saleId, lines, reason: '' };
  const draft = shop.draft([shop.line(2_500)], { customerId, customerIdentifiedBy: 'search', exchange });
  const sale = await shop
    .caller('manager')
    .till.completeSale(shop.op({ draft, tenders: [shop.cash(500)], expectedTotalMinor: 2_500 }));
  expect(await isOffered(sale)).toBe(false);
  await expect(cancel(sale)).rejects.toMatchObject(refusedFor('cancel-needs-refund'));
});

test('C-9: a sale that points paid is not cancelled once a part of it has come back', async () => {
  await shop.publish({ rewards: [RATE] });
  await shop.give(customerId, 1_000);
  const sold = await shop.sellTo(customerId, [1_000, 1_000], [{ rewardId: 'rate' }]);
  expect(await isOffered(sold)).toBe(true);
  expect(await shop.refund(sold, [{ index: 0 }])).toMatchObject({ amountMinor: 0, pointsReturned: 500 });
  expect(await isOffered(sold)).toBe(false);
  await expect(cancel(sold)).rejects.toMatchObject(refusedFor('cancel-too-late'));
});
