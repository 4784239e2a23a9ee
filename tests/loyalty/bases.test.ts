import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeClock } from '../support/fake-clock.ts';
import { amountOff, percent } from '../till/till-shop.ts';
import { createLoyaltyShop, type LoyaltyShop, SPEND_RULE } from './loyalty-shop.ts';

// What counts for points, and when: SCENARIOS.md by their numbers, through the whole of the back end.

let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

test('C-5: a discount on the whole sale lowers what it pays and earns', async () => {
  const customerId = shop.addCustomer();
  const sell = (prices: number[]) =>
    shop.sell(
      shop.draft(
        prices.map((price) => shop.line(price)),
        { customerId, discount: percent(1_000) },
      ),
    );
  expect(await sell([10_000])).toMatchObject({ totalMinor: 9_000, pointsEarned: 90 });
  expect(await sell([10_000, 5_000])).toMatchObject({ totalMinor: 13_500, pointsEarned: 135 });
});

test.each([
  ['all', 90],
  ['in-filter-only', 100],
] as const)('C-6: a discount on the order, where only food earns, setting %s', async (discountsLower, points) => {
  const { categoryId } = await shop
    .caller('manager')
    .catalogue.saveCategory(shop.op({ name: 'Food', color: 'a' as const }));
  await shop.publish({ rules: [{ ...SPEND_RULE, filter: { categoryIds: [categoryId] } }], discountsLower });
  const lines = [shop.line(10_000, { categoryId }), shop.line(5_000)];
  const customerId = shop.addCustomer();
  expect(await shop.sell(shop.draft(lines, { customerId, discount: percent(1_000) }))).toMatchObject({
    pointsEarned: points,
  });
});

test('C-8: the share of a discount goes with the item that comes back', async () => {
  const customerId = shop.addCustomer();
  const lines = [shop.line(5_000), shop.line(2_000)];
  const sold = await shop.sell(shop.draft(lines, { customerId, discount: amountOff(1_000) }));
  expect(sold).toMatchObject({ totalMinor: 6_000, pointsEarned: 60 });
  const refunded = await shop.refund({ ...sold, lineIds: lines.map(({ lineId }) => lineId) }, [{ index: 1 }]);
  expect(refunded).toMatchObject({ amountMinor: 1_714, pointsReversed: 18, newBalance: 42 });
});

test('C-42 C-57: double on Fridays follows the civil clock of the shop, not the business day', async () => {
  shop.close();
  const zone = { country: 'PY', currency: 'PYG', timeZone: 'America/Asuncion', region: 'es-PY', dayStartsAtHour: 4 };
  shop = await createLoyaltyShop({ clock: createFakeClock(Date.UTC(2026, 2, 14, 2, 30) - 3_000), shop: zone });
  await shop.publish({
    rules: [{ ...SPEND_RULE, perMinor: 1_000 }],
    promotions: [{ promotionId: 'friday', multiplierBasisPoints: 20_000, schedule: { weekdays: [4] } }],
  });
  const customerId = shop.addCustomer();
  const sellAt = async (atMs: number) => {
    shop.clock.advance(atMs - 1_000 - shop.clock.wallNowMs());
    const { pointsEarned, businessDate } = await shop.sellTo(customerId, [10_000]);
    return [pointsEarned, businessDate];
  };
  expect(await sellAt(Date.UTC(2026, 2, 14, 2, 30))).toEqual([20, '2026-03-13']);
  // Saturday 01:30 and 04:30: the first still belongs to Friday's business, and to no Friday of the clock.
  expect(await sellAt(Date.UTC(2026, 2, 14, 4, 30))).toEqual([10, '2026-03-13']);
  expect(await sellAt(Date.UTC(2026, 2, 14, 7, 30))).toEqual([10, '2026-03-14']);
  // Wednesday 15 July 00:30 where an old zone database still says Tuesday 23:30.
  await shop.publish({
    rules: [{ ...SPEND_RULE, perMinor: 1_000 }],
    promotions: [{ promotionId: 'wednesday', multiplierBasisPoints: 20_000, schedule: { weekdays: [2] } }],
  });
  expect(await sellAt(Date.UTC(2026, 6, 15, 3, 30))).toEqual([20, '2026-07-14']);
});

test('C-43: happy hour at the edge of daylight saving counts by the clock on the wall', async () => {
  shop.close();
  const zone = { country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin', region: 'de-DE', dayStartsAtHour: 0 };
  shop = await createLoyaltyShop({ clock: createFakeClock(Date.UTC(2026, 2, 29, 0, 50)), shop: zone });
  await shop.publish({
    promotions: [
      {
        promotionId: 'night',
        multiplierBasisPoints: 20_000,
        schedule: { weekdays: [6], fromMinute: 60, toMinute: 180 },
      },
    ],
  });
  const customerId = shop.addCustomer();
  const sellAt = async (atMs: number) => {
    shop.clock.advance(atMs - 1_000 - shop.clock.wallNowMs());
    const { pointsEarned, businessDate } = await shop.sellTo(customerId, [1_000]);
    return [pointsEarned, businessDate];
  };
  // 01:59 and, one minute later, 03:00.
  expect(await sellAt(Date.UTC(2026, 2, 29, 0, 59))).toEqual([20, '2026-03-29']);
  expect(await sellAt(Date.UTC(2026, 2, 29, 1, 0))).toEqual([10, '2026-03-29']);
});
