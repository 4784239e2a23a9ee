import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoyaltyShop, type LoyaltyShop, RATE } from '../loyalty/loyalty-shop.ts';
import { refusalOf } from '../support/test-backend.ts';

// A declined tender fails the tender, not the sale: the points of its rewards are free at once, and paid for again by the
// next tender if they can still be had.

let shop: LoyaltyShop;
let customerId: string;
let draft: ReturnType<LoyaltyShop['draft']>;
beforeEach(async () => {
  shop = await createLoyaltyShop();
  await shop.publish({ rewards: [RATE] });
  customerId = shop.addCustomer();
  await shop.give(customerId, 500);
  const redemptions = [{ programId: shop.programId, rewardId: 'rate', points: 500, choice: null }];
  draft = shop.draft([shop.line(3_000)], { customerId, customerIdentifiedBy: 'search', redemptions });
});
afterEach(() => shop.close());

const till = () => shop.caller('manager').till;
const begin = () => till().beginPayment(shop.op({ draft, tender: { kind: 'card' as const, amountMinor: 2_000 } }));
const balance = async () => (await shop.position(customerId)).balance;
const complete = (tenders: object[]) =>
  till().completeSale(shop.op({ draft, tenders: tenders as never, expectedTotalMinor: 2_000 }));

async function decline(): Promise<void> {
  const { saleId, tenderId } = await begin();
  expect(await balance()).toBe(0);
  await till().failTender(shop.op({ saleId, tenderId, reason: 'declined' }));
  expect(await balance()).toBe(500);
}

test('C-35 C-9: after a decline the sale is paid in cash with its reward, and refunded as if nothing had happened', async () => {
  await decline();
  const preview = await till().preview({ draft });
  expect(preview.takenRewards).toEqual([{ place: 0, points: 500, amountMinor: 1_000 }]);
  expect(preview.points).toMatchObject({ balanceBefore: 500, spentPoints: 500, points: 20, balanceAfter: 20 });
  const sold = await complete([shop.cash(2_000)]);
  expect(sold).toMatchObject({ pointsRedeemed: 500, pointsEarned: 20, newBalance: 20 });
  expect(shop.entries(customerId).map(({ kind, points, reason }) => `${kind} ${points} ${reason}`.trim())).toEqual([
    'adjust 500 correction',
    'redeem -500',
    'reverse_redeem 500 declined',
    'redeem -500',
    'earn 20',
  ]);
  const receipt = await till().receipt({ saleId: sold.saleId });
  expect(receipt.points).toEqual({ before: 500, earned: 20, redeemed: 500, after: 20 });
  const detail = await till().sale({ saleId: sold.saleId });
  expect(detail.points).toMatchObject({ earned: 20, redeemed: 500, returned: 0 });
  const back = await shop.refund({ ...sold, lineIds: draft.lines.map(({ lineId }) => lineId) });
  expect(back).toMatchObject({ amountMinor: 2_000, pointsReversed: 20, pointsReturned: 500, newBalance: 500 });
});

test('C-35: a second card pays for the reward again, a second decline frees it again, giving up leaves all points', async () => {
  await decline();
  await decline();
  await begin();
  expect(await balance()).toBe(0);
  const { saleId } = await till().giveUpPayment(shop.op({ saleId: draft.saleId }));
  expect(await balance()).toBe(500);
  expect(saleId).not.toBe(draft.saleId);
  expect(shop.number("SELECT SUM(points) FROM points_transactions WHERE kind IN ('redeem', 'reverse_redeem')")).toBe(0);
});

test('C-35: points that were used elsewhere meanwhile are not taken twice: the sale says so and can be given up', async () => {
  await decline();
  await shop.sellTo(customerId, [1_000], [{ rewardId: 'rate', points: 100 }]);
  const preview = await till().preview({ draft });
  expect(preview.refusedRewards).toMatchObject([
    { place: 0, reason: 'points-short', facts: { needed: 500, have: 408 } },
  ]);
  expect(await refusalOf(begin())).toMatchObject({ reason: 'points-short' });
  expect(await refusalOf(complete([shop.cash(2_000)]))).toMatchObject({ reason: 'points-short' });
  expect(await balance()).toBe(408);
  await till().giveUpPayment(shop.op({ saleId: draft.saleId }));
  expect(await balance()).toBe(408);
});

test('C-12 C-56: points that are free again are in the lots that they came from', async () => {
  const before = (await shop.position(customerId)).lots;
  await decline();
  expect((await shop.position(customerId)).lots).toEqual(before);
});
