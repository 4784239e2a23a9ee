import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeClock } from '../support/fake-clock.ts';
import { createLoyaltyShop, type LoyaltyShop, RATE, SPEND_RULE } from './loyalty-shop.ts';

// Tiers through the whole of the back end: what is written, told and shown, by the numbers of SCENARIOS.md.

const DAY_MS = 86_400_000;

let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

const level = (tierId: string, threshold: number, more: object = {}) => ({ tierId, name: tierId, threshold, ...more });
const LADDER_15 = [level('basic', 0), level('silver', 100), level('gold', 500), level('platinum', 1_000)];
const LADDER_16 = [
  level('bronze', 0),
  level('silver', 1_000_000, { multiplierBasisPoints: 12_500 }),
  level('gold', 2_000_000),
];

const tierOf = async (customerId: string) => (await shop.position(customerId)).tier?.tierId;
const writtenTier = (customerId: string) =>
  shop.env.db.read.get<{ tier: string }>(
    'SELECT t.tier_id AS tier FROM customer_tiers t JOIN customer_loyalty_accounts a ON a.id = t.account_id WHERE a.customer_id = :customerId' as never,
    { customerId },
  )?.tier;

test.each([
  ['BALANCE', ['silver', 'basic', 'gold'], ['upgraded silver', 'downgraded basic', 'upgraded gold']],
  ['EARNED_IN_PERIOD', ['silver', 'silver', 'gold'], ['upgraded silver', 'upgraded gold']],
] as const)('C-15: +100, -50 spent, +500 in mode %s, one event for each real change', async (mode, tiers, events) => {
  await shop.publish({
    rules: [{ ...SPEND_RULE, minimumSpendMinor: 5_000 }],
    rewards: [RATE],
    tiers: { mode, measure: 'points', levels: LADDER_15 },
  });
  const customerId = shop.addCustomer();
  const seen: (string | undefined)[] = [];
  for (const [price, rewards] of [
    [10_000, []],
    [400, [{ rewardId: 'rate', points: 50 }]],
    [50_000, []],
  ] as const) {
    await shop.sellTo(customerId, [price], rewards);
    expect(writtenTier(customerId)).toBe(await tierOf(customerId));
    seen.push(await tierOf(customerId));
  }
  expect(seen).toEqual(tiers);
  expect(shop.tierEvents(customerId)).toEqual(events);
});

test('C-16: the tier after the sale follows what was spent', async () => {
  await shop.publish({ tiers: { measure: 'spend', levels: LADDER_16 } });
  for (const [spent, sale, tier] of [
    [0, 600_000, 'bronze'],
    [0, 1_500_000, 'silver'],
    [0, 2_500_000, 'gold'],
    [800_000, 300_000, 'silver'],
    [1_800_000, 300_000, 'gold'],
  ] as const) {
    const customerId = shop.addCustomer();
    if (spent > 0) await shop.sellTo(customerId, [spent]);
    await shop.sellTo(customerId, [sale]);
    expect(await tierOf(customerId)).toBe(tier);
  }
});

test.each([
  [false, [1_000, 1_250]],
  [true, [1_250, 1_250]],
])('C-17: whether the tier includes this sale (%s)', async (includesThisSale, points) => {
  await shop.publish({ tiers: { measure: 'spend', includesThisSale, levels: LADDER_16 } });
  const customerId = shop.addCustomer();
  await shop.sellTo(customerId, [950_000]);
  const first = await shop.sellTo(customerId, [100_000]);
  const second = await shop.sellTo(customerId, [100_000]);
  expect([first.pointsEarned, second.pointsEarned]).toEqual(points);
});

test('C-18: the refund of the sale that gave a tier takes it at once, with exactly one event', async () => {
  await shop.publish({ tiers: { measure: 'spend', graceDays: 30, levels: LADDER_16 } });
  const customerId = shop.addCustomer();
  await shop.sellTo(customerId, [950_000]);
  const first = await shop.sellTo(customerId, [100_000]);
  expect(await tierOf(customerId)).toBe('silver');
  expect(await shop.refund(first)).toMatchObject({ pointsReversed: 1_000 });
  expect([await tierOf(customerId), writtenTier(customerId)]).toEqual(['bronze', 'bronze']);
  expect((await shop.position(customerId)).tier?.progress).toBe(950_000);
  expect(shop.tierEvents(customerId)).toEqual(['upgraded silver', 'downgraded bronze']);
});

test('C-54: a tier of a calendar year ends with the next year and its grace', async () => {
  shop.close();
  shop = await createLoyaltyShop({ clock: createFakeClock(Date.UTC(2025, 11, 1, 15)) });
  await shop.publish({
    tiers: {
      measure: 'points',
      period: { kind: 'calendar', unit: 'year' },
      graceDays: 30,
      levels: [level('basic', 0), level('silver', 100)],
    },
  });
  const customerId = shop.addCustomer();
  await shop.sellTo(customerId, [10_000]);
  shop.clock.advance(200 * DAY_MS);
  await shop.sellTo(customerId, [4_000]);
  const endMs = Date.UTC(2027, 0, 31, 5);
  expect((await shop.position(customerId)).tier).toMatchObject({ tierId: 'silver', keepsUntilMs: endMs });
  shop.clock.advance(endMs - 1 - shop.clock.wallNowMs());
  expect(await tierOf(customerId)).toBe('silver');
  shop.clock.advance(1);
  expect(await tierOf(customerId)).toBe('basic');
  await shop.sellTo(customerId, [100]);
  await shop.sellTo(customerId, [100]);
  expect(shop.tierEvents(customerId)).toEqual(['upgraded silver', 'downgraded basic']);
});

test('PT16: a cancelled sale and its tier go together', async () => {
  await shop.publish({ tiers: { measure: 'visits', levels: [level('new', 0), level('regular', 2)] } });
  const customerId = shop.addCustomer();
  await shop.sellTo(customerId, [1_000]);
  const second = await shop.sellTo(customerId, [1_000]);
  expect(await tierOf(customerId)).toBe('regular');
  shop.clock.advance(1000);
  await shop.caller('manager').till.cancelSale(shop.op({ saleId: second.saleId, reason: '' }));
  expect([await tierOf(customerId), writtenTier(customerId)]).toEqual(['new', 'new']);
  expect(shop.tierEvents(customerId)).toEqual(['upgraded regular', 'downgraded new']);
});
