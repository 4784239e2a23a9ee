import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoyaltyShop, type LoyaltyShop, SPEND_RULE } from './loyalty-shop.ts';

// Earning through the whole of the back end: SCENARIOS.md by their numbers. Preview and commit are compared each time.

let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

/** Sells to somebody new and returns what they earned, after the preview said the same. */
async function earned(lines: Parameters<LoyaltyShop['sellTo']>[1], customerId = shop.addCustomer()): Promise<number> {
  const full = lines.map((line) => (typeof line === 'number' ? shop.line(line) : line));
  const preview = await shop.caller('cashier').till.preview({ draft: shop.draft(full, { customerId }) });
  const sold = await shop.sellTo(customerId, full);
  expect(preview.programmes[0]).toMatchObject({
    points: sold.pointsEarned,
    balanceAfter: sold.newBalance,
    parts: sold.pointsEarned === 0 ? [] : expect.anything(),
  });
  return sold.pointsEarned;
}

test('C-1, C-2: points are floored once for the sale, not for each line', async () => {
  expect(await earned([4_995])).toBe(49);
  expect(await earned([1_665, 1_665, 1_665])).toBe(49);
});

test('C-3: one point per 10.00', async () => {
  await shop.publish({ rules: [{ ...SPEND_RULE, perMinor: 1_000 }] });
  expect(await earned([10_500])).toBe(10);
  expect(await earned([2_150])).toBe(2);
});

test('C-4: a multiplier applies to the whole points of a rule and floors again', async () => {
  for (const [price, multiplierBasisPoints, points] of [
    [400, 15_000, 6],
    [500, 15_000, 7],
    [500, 30_000, 15],
  ] as const) {
    await shop.publish({ rules: [{ ...SPEND_RULE, multiplierBasisPoints }] });
    expect(await earned([price])).toBe(points);
  }
});

test('C-7, C-11: refunds recompute what remains under the version of the sale, whatever is published since', async () => {
  await shop.publish({ rules: [{ ...SPEND_RULE, perMinor: 1_000 }] });
  for (const [indices, reversed] of [
    [[4], 0],
    [[1], 1],
    [[1, 2], 1],
    [[0, 1, 2, 4], 2],
  ] as const) {
    await shop.publish({ rules: [{ ...SPEND_RULE, perMinor: 1_000 }] });
    const customerId = shop.addCustomer();
    const sold = await shop.sellTo(customerId, [900, 500, 500, 190, 100]);
    expect(sold.pointsEarned).toBe(2);
    await shop.publish({ rules: [{ ...SPEND_RULE, points: 2 }] });
    expect(
      await shop.refund(
        sold,
        indices.map((index) => ({ index })),
      ),
    ).toMatchObject({ pointsReversed: reversed });
  }
  const sold = await shop.sellTo(shop.addCustomer(), [900, 500, 500, 190, 100]);
  const slices = [await shop.refund(sold, [{ index: 1 }]), await shop.refund(sold, [{ index: 2 }])];
  expect(slices.map(({ pointsReversed }) => pointsReversed)).toEqual([10, 10]);
});

test('C-46, C-55: a promotion once per day stays used when its sale is refunded', async () => {
  await shop.publish({
    promotions: [
      {
        promotionId: 'double',
        multiplierBasisPoints: 20_000,
        limits: { pointsPerSale: null, pointsPerDay: null, pointsEver: null, timesPerDay: 1 },
      },
    ],
  });
  const customerId = shop.addCustomer();
  const first = await shop.sellTo(customerId, [1_000]);
  const second = await shop.sellTo(customerId, [1_000]);
  expect([first.pointsEarned, second.pointsEarned]).toEqual([20, 10]);
  expect(await shop.refund(first)).toMatchObject({ pointsReversed: 20, newBalance: 10 });
  expect(await earned([1_000], customerId)).toBe(10);
  shop.clock.advance(86_400_000);
  expect(await earned([1_000], customerId)).toBe(20);
});

test('C-51: the tier and a promotion on some items add up and never multiply each other', async () => {
  const { category } = await pastries();
  await shop.publish({
    rules: [{ ...SPEND_RULE, perMinor: 100 }],
    promotions: [{ promotionId: 'pastries', multiplierBasisPoints: 20_000, filter: { categoryIds: [category] } }],
    tiers: {
      measure: 'spend',
      levels: [
        { tierId: 'basic', name: 'Basic', threshold: 0 },
        { tierId: 'gold', name: 'Gold', threshold: 10_000, multiplierBasisPoints: 15_000 },
      ],
    },
  });
  const customerId = shop.addCustomer();
  await shop.sellTo(customerId, [10_000]);
  const lines = [shop.line(6_930), shop.line(2_160, { categoryId: category })];
  const preview = await shop.caller('cashier').till.preview({ draft: shop.draft(lines, { customerId }) });
  expect(preview.points?.parts.map(({ kind, points }) => [kind, points])).toEqual([
    ['base', 90],
    ['tier', 45],
    ['promotion', 21],
  ]);
  expect(await earned(lines, customerId)).toBe(156);
});

async function pastries(): Promise<{ category: string }> {
  const { categoryId } = await shop
    .caller('manager')
    .catalogue.saveCategory(shop.op({ name: 'Pastries', color: 'a' as const }));
  return { category: categoryId };
}

test('PT1: several programmes earn from one sale, each by its own rules and in its own balance', async () => {
  const second = await shop.another({ name: 'Stamps', rules: [{ ruleId: 'visit', kind: 'visit', points: 1 }] });
  const customerId = shop.addCustomer();
  const sold = await shop.sellTo(customerId, [4_000]);
  const { programmes } = await shop.caller('cashier').points.position({ customerId });
  expect(programmes.map(({ programId, balance }) => [programId, balance])).toEqual([
    [shop.programId, 40],
    [second, 1],
  ]);
  expect(shop.balanceOf(customerId)).toBe(40);
  await shop.refund(sold);
  const after = await shop.caller('cashier').points.position({ customerId });
  expect(after.programmes.map(({ balance }) => balance)).toEqual([0, 0]);
});
