import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoyaltyShop, type LoyaltyShop, RATE } from './loyalty-shop.ts';

// Points given and taken by hand: tiers and lots follow them as they follow a sale.

const DAY_MS = 86_400_000;
let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

const level = (tierId: string, threshold: number) => ({ tierId, name: tierId, threshold });
const award = (customerId: string, points: number) =>
  shop
    .caller('manager')
    .points.award(shop.op({ customerId, reason: 'correction' as const, points, note: 'counted again' }));
const undo = (entryId: string) => shop.caller('manager').points.undo(shop.op({ entryId }));

test('C-15: where tiers follow the balance, points by hand and their undoing move the tier at once, one event each', async () => {
  await shop.publish({ tiers: { mode: 'BALANCE', levels: [level('basic', 0), level('silver', 100)] } });
  const customerId = shop.addCustomer();
  const { entryId } = await award(customerId, 120);
  expect(shop.tierEvents(customerId)).toEqual(['upgraded silver']);
  shop.clock.advance(1000);
  expect(await undo(entryId)).toMatchObject({ points: -120, newBalance: 0 });
  expect(shop.tierEvents(customerId)).toEqual(['upgraded silver', 'downgraded basic']);
});

test('points by hand are undone from themselves, not from those that end sooner', async () => {
  await shop.publish({ expiryMonths: 1 });
  const customerId = shop.addCustomer();
  await shop.sellTo(customerId, [5_000]);
  const { lots } = await shop.position(customerId);
  const { entryId } = await award(customerId, 50);
  expect(await undo(entryId)).toMatchObject({ newBalance: 50 });
  expect((await shop.position(customerId)).lots).toEqual(lots);
});

test('a correction takes no points that have ended: the balance that counts is refused to go below zero', async () => {
  await shop.publish({ expiryMonths: 0 });
  const customerId = shop.addCustomer();
  await shop.sellTo(customerId, [5_000]);
  shop.clock.advance(2 * DAY_MS);
  await expect(award(customerId, -50)).rejects.toMatchObject({
    cause: { refusal: { reason: 'points-out-of-range', facts: { balance: 0 } } },
  });
  expect(await award(customerId, 10)).toMatchObject({ newBalance: 10 });
});

test('C-48: points by hand are undone where they went with a merge', async () => {
  const [a, b] = [shop.addCustomer('Ana Ruiz'), shop.addCustomer('Ana Ruis')];
  await award(b, 30);
  const { entryId } = await award(a, 120);
  await shop.caller('manager').customers.merge(shop.op({ fromCustomerId: a, intoCustomerId: b }));
  expect(await undo(entryId)).toMatchObject({ points: -120, newBalance: 30 });
  expect((await shop.position(b)).balance).toBe(30);
});

test('C-10: what a refund forgave is no award: undoing it is refused and the sale stays as it is', async () => {
  await shop.publish({ rewards: [RATE], minimumSpendMinor: 1_000, negativeBalance: 'FLOOR_AT_ZERO' });
  const customerId = shop.addCustomer();
  const sold = await shop.sellTo(customerId, [5_000, 5_000]);
  await shop.sellTo(customerId, [500], [{ rewardId: 'rate', points: 100 }]);
  await shop.refund(sold, [{ index: 0 }]);
  const floored = shop.env.db.read.get<{ id: string }>(
    "SELECT id FROM points_transactions WHERE reason = 'FLOORED'" as never,
  );
  await expect(undo(floored?.id ?? '')).rejects.toMatchObject({ cause: { refusal: { reason: 'not-found' } } });
  const { till } = shop.caller('manager');
  expect(await till.sale({ saleId: sold.saleId })).toMatchObject({ status: 'completed' });
  expect(shop.number('SELECT COUNT(*) AS n FROM refunds')).toBe(1);
});
