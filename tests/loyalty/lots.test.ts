import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeClock } from '../support/fake-clock.ts';
import { createLoyaltyShop, type LoyaltyShop, RATE, type Sold } from './loyalty-shop.ts';

// Lots through the whole of the back end: use in order, return in reverse, expiry, waiting. SCENARIOS.md by its numbers.

const STEP = { ...RATE, pointsPerStep: 10, minorPerStep: 10 };
const at = (month: number, day: number, hour = 17) => Date.UTC(2026, month - 1, day, hour);

let shop: LoyaltyShop;
beforeEach(async () => {
  // New York is five hours behind until 8 March.
  shop = await createLoyaltyShop({ clock: createFakeClock(at(1, 2)) });
});
afterEach(() => shop.close());

const goTo = (ms: number) => shop.clock.advance(ms - shop.clock.wallNowMs());
const lotsOf = async (customerId: string) =>
  (await shop.position(customerId)).lots.map(({ remaining, expiresAtMs }) => [remaining, expiresAtMs]);

/** The lots of C-12: A 100 until 31 Mar, B 50 until 31 Jan, C 200 for ever; then 120 are used on 15 Jan. */
async function useOfC12(refundGraceDays = 30): Promise<{ customerId: string; sold: Sold }> {
  const customerId = shop.addCustomer();
  const lot = async (price: number, expiryMonths: number | null, expiryRounding: 'month' | 'quarter' | 'none') => {
    await shop.publish({ expiryMonths, expiryRounding, refundGraceDays });
    await shop.sellTo(customerId, [price]);
  };
  await lot(10_000, 0, 'quarter');
  await lot(5_000, 0, 'month');
  await lot(20_000, null, 'none');
  await shop.publish({ minimumSpendMinor: 1_000_000, refundGraceDays, rewards: [STEP] });
  goTo(at(1, 15));
  return { customerId, sold: await shop.sellTo(customerId, [60, 60], [{ rewardId: 'rate', points: 120 }]) };
}

const END_OF_MARCH = at(4, 1, 4);

test('C-12: the soonest to end is used first; what has ended counts nothing', async () => {
  const { customerId } = await useOfC12();
  const left = [
    [30, END_OF_MARCH],
    [200, null],
  ];
  expect(await lotsOf(customerId)).toEqual(left);
  goTo(at(2, 1));
  expect(await lotsOf(customerId)).toEqual(left);
  goTo(END_OF_MARCH - 1);
  expect((await shop.position(customerId)).balance).toBe(230);
  goTo(END_OF_MARCH);
  expect(await shop.position(customerId)).toMatchObject({ balance: 200, spendablePoints: 200 });
});

test.each([
  [
    30,
    [
      [100, END_OF_MARCH],
      [200, null],
    ],
    at(3, 13, 4),
  ],
  [
    0,
    [
      [100, END_OF_MARCH],
      [200, null],
    ],
    null,
  ],
] as const)('C-13: what returns to an ended lot has %i days of grace', async (graceDays, others, graceEndMs) => {
  const { customerId, sold } = await useOfC12(graceDays);
  goTo(at(2, 10));
  await shop.refund(sold);
  const grace = graceEndMs === null ? [] : [[50, graceEndMs]];
  // After 8 March New York is four hours behind.
  expect(await lotsOf(customerId)).toEqual([...grace, ...others]);
});

test('C-56: a use is given back in reverse order, half and then the rest', async () => {
  const { customerId, sold } = await useOfC12();
  await shop.refund(sold, [{ index: 0 }]);
  expect(await lotsOf(customerId)).toEqual([
    [90, END_OF_MARCH],
    [200, null],
  ]);
  await shop.refund(sold, [{ index: 1 }]);
  expect(await lotsOf(customerId)).toEqual([
    [50, at(2, 1, 5)],
    [100, END_OF_MARCH],
    [200, null],
  ]);
});

// proves C-14, S1-12
test.each([
  [at(1, 25), 1, 'none', at(2, 26, 5)],
  [at(1, 31), 1, 'none', at(3, 1, 5)],
  [at(1, 25), 0, 'none', at(1, 26, 5)],
  [at(1, 25), 1, 'quarter', END_OF_MARCH],
] as const)(
  'C-14: points of %i with %i months, rounded to %s',
  async (earnedMs, expiryMonths, expiryRounding, endMs) => {
    await shop.publish({ expiryMonths, expiryRounding });
    goTo(earnedMs);
    const customerId = shop.addCustomer();
    await shop.sellTo(customerId, [1_000]);
    expect(await lotsOf(customerId)).toEqual([[10, endMs]]);
    goTo(endMs);
    expect((await shop.position(customerId)).balance).toBe(0);
  },
);

test('PT12: points wait before they can be used, and the preview says how many', async () => {
  await shop.publish({ pendingDays: 3, rewards: [STEP] });
  const customerId = shop.addCustomer();
  await shop.sellTo(customerId, [10_000]);
  expect(await shop.position(customerId)).toMatchObject({ balance: 100, pendingPoints: 100, spendablePoints: 0 });
  await expect(shop.sellTo(customerId, [1_000], [{ rewardId: 'rate', points: 10 }])).rejects.toMatchObject({
    cause: { refusal: { reason: 'points-short', facts: { have: 0 } } },
  });
  const draft = shop.draft([shop.line(1_000)], { customerId });
  const preview = await shop.caller('cashier').till.preview({ draft });
  expect(preview.programmes[0]).toMatchObject({ balanceBefore: 100, spendablePoints: 0, pendingPoints: 100 });
  shop.clock.advance(3 * 86_400_000);
  expect(await shop.position(customerId)).toMatchObject({ pendingPoints: 0, spendablePoints: 100 });
});

test('C-37, C-39: as many points as make whole steps, and points used lower what is earned', async () => {
  await shop.publish({
    rules: [{ ruleId: 'base', kind: 'spend', points: 1, perMinor: 1_000 }],
    rewards: [{ ...RATE, pointsPerStep: 100, minorPerStep: 10_000 }],
  });
  for (const [balance, total, used] of [
    [100, 16_500, 100],
    [250, 6_500, 200],
  ] as const) {
    const customerId = shop.addCustomer();
    await shop.give(customerId, balance);
    const sold = await shop.sellTo(customerId, [26_500], [{ rewardId: 'rate' }]);
    expect(sold).toMatchObject({ totalMinor: total, pointsRedeemed: used, pointsEarned: Math.floor(total / 1_000) });
  }
  await shop.publish({ rewards: [{ ...RATE, pointsPerStep: 1, minorPerStep: 100 }] });
  const customerId = shop.addCustomer();
  await shop.give(customerId, 50);
  expect(await shop.sellTo(customerId, [10_600], [{ rewardId: 'rate' }])).toMatchObject({
    totalMinor: 5_600,
    pointsEarned: 56,
    newBalance: 56,
  });
});

test('C-32 C-35: a payment that has begun holds the points of its rewards; a decline gives them back at once, and so does giving up', async () => {
  await shop.publish({ rewards: [STEP] });
  const customerId = shop.addCustomer();
  await shop.give(customerId, 100);
  const redemptions = [{ programId: shop.programId, rewardId: 'rate', points: 100, choice: null }];
  const draft = shop.draft([shop.line(1_000)], { customerId, customerIdentifiedBy: 'search', redemptions });
  const begin = () =>
    shop.caller('cashier').till.beginPayment(shop.op({ draft, tender: { kind: 'card' as const, amountMinor: 900 } }));
  const { saleId, tenderId } = await begin();
  expect((await shop.position(customerId)).balance).toBe(0);
  await shop.caller('cashier').till.failTender(shop.op({ saleId, tenderId, reason: 'declined' }));
  expect((await shop.position(customerId)).balance).toBe(100);
  await begin();
  expect((await shop.position(customerId)).balance).toBe(0);
  const { saleId: next } = await shop.caller('cashier').till.giveUpPayment(shop.op({ saleId }));
  expect((await shop.position(customerId)).balance).toBe(100);
  const { drafts } = await draftsOf();
  const again = drafts.find((each) => each.draft.saleId === next)?.draft;
  if (again === undefined) throw new Error('the draft goes on as a new sale');
  const begun = await shop
    .caller('cashier')
    .till.beginPayment(shop.op({ draft: again, tender: { kind: 'card' as const, amountMinor: 900 } }));
  const sold = await shop.caller('cashier').till.completeSale(
    shop.op({
      draft: again,
      tenders: [{ tenderId: begun.tenderId, kind: 'card' as const, amountMinor: 900, reference: 'A-2' }],
      expectedTotalMinor: 900,
    }),
  );
  expect(sold).toMatchObject({ totalMinor: 900, pointsEarned: 9, newBalance: 9 });
  await shop.caller('manager').till.cancelSale(shop.op({ saleId: next, reason: '' }));
  expect((await shop.position(customerId)).balance).toBe(100);
});

async function draftsOf() {
  return { drafts: await shop.caller('cashier').till.drafts() };
}
