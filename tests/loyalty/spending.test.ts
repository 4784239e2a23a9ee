import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoyaltyShop, type LoyaltyShop, RATE } from './loyalty-shop.ts';

// Points spent at the till and given back by refunds, through the whole of the back end: SCENARIOS.md by their numbers.

let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

const balance = async (customerId: string) => (await shop.position(customerId)).balance;

test('C-9 T10: points that paid come back as points, in full and by halves', async () => {
  await shop.publish({ rewards: [RATE] });
  for (const [lines, back] of [
    [[10_000], { amountMinor: 9_000, pointsReturned: 500, pointsReversed: 90, newBalance: 600 }],
    [[5_000, 5_000], { amountMinor: 4_500, pointsReturned: 250, pointsReversed: 45, newBalance: 395 }],
  ] as const) {
    const customerId = shop.addCustomer();
    await shop.give(customerId, 600);
    const sold = await shop.sellTo(customerId, lines, [{ rewardId: 'rate', points: 500 }]);
    expect(sold).toMatchObject({ totalMinor: 9_000, pointsEarned: 90, pointsRedeemed: 500, newBalance: 190 });
    expect(await balance(customerId)).toBe(190);
    expect(await shop.refund(sold, [{ index: 0 }])).toMatchObject(back);
    expect(await balance(customerId)).toBe(back.newBalance);
  }
});

test.each([
  ['ALLOW_NEGATIVE', { amountMinor: 5_000, deductedMinor: 0, newBalance: -50 }, []],
  ['FLOOR_AT_ZERO', { amountMinor: 5_000, deductedMinor: 0, newBalance: 0 }, ['FLOORED']],
  ['DEDUCT_CASH', { amountMinor: 5_000, deductedMinor: 100, newBalance: 0 }, ['DEDUCTED']],
] as const)('C-10: a sale is returned whose points were spent, policy %s', async (negativeBalance, answer, reasons) => {
  await shop.publish({ rewards: [RATE], minimumSpendMinor: 1_000, negativeBalance });
  const customerId = shop.addCustomer();
  const a = await shop.sellTo(customerId, [5_000]);
  const b = await shop.sellTo(customerId, [500], [{ rewardId: 'rate' }]);
  expect(b).toMatchObject({ totalMinor: 400, pointsEarned: 0, newBalance: 0 });
  expect(await shop.refund(a)).toMatchObject(answer);
  expect(shop.entries(customerId).flatMap(({ reason }) => (reason === '' ? [] : [reason]))).toEqual(reasons);
  const handed = shop.number("SELECT SUM(amount_minor) FROM refund_tenders WHERE kind = 'cash'");
  expect(handed).toBe(answer.amountMinor - answer.deductedMinor);
  if (negativeBalance !== 'ALLOW_NEGATIVE') return;
  await expect(shop.sellTo(customerId, [3_000], [{ rewardId: 'rate' }])).rejects.toMatchObject({
    cause: { refusal: { reason: 'balance-negative' } },
  });
  expect(await shop.sellTo(customerId, [3_000])).toMatchObject({ newBalance: -20 });
});

test('T7: a sale paid by card shows and says what its reward cost, as one paid in cash does', async () => {
  await shop.publish({ rewards: [RATE] });
  const customerId = shop.addCustomer();
  await shop.give(customerId, 500);
  const { till } = shop.caller('manager');
  const redemptions = [{ programId: shop.programId, rewardId: 'rate', points: 500, choice: null }];
  const draft = shop.draft([shop.line(10_000)], { customerId, customerIdentifiedBy: 'search', redemptions });
  const begin = () => till.beginPayment(shop.op({ draft, tender: { kind: 'card', amountMinor: 9_000 } }));
  const preview = await till.preview({ draft });
  const first = await begin();
  await till.failTender(shop.op({ saleId: draft.saleId, tenderId: first.tenderId, reason: 'declined' }));
  const { tenderId } = await begin();
  const seen = await till.preview({ draft });
  expect(seen.takenRewards).toEqual(preview.takenRewards);
  expect([seen.priced.totalMinor, seen.refusedRewards]).toEqual([9_000, []]);
  expect(seen.points).toEqual(preview.points);
  expect(seen.programmes).toMatchObject([
    { balanceBefore: 500, redeemedPoints: 500, balanceAfter: 90, spendablePoints: 500, points: 90 },
  ]);
  const tenders = [{ tenderId, kind: 'card' as const, amountMinor: 9_000 }];
  expect(await till.completeSale(shop.op({ draft, tenders, expectedTotalMinor: 9_000 }))).toMatchObject({
    pointsEarned: 90,
    pointsRedeemed: 500,
    newBalance: 90,
  });
});
