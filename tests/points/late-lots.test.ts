import { afterEach, beforeEach, expect, test } from 'vitest';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { createLoyaltyShop, type LoyaltyShop, SPEND_RULE } from '../loyalty/loyalty-shop.ts';

// What is booked behind the dates that the jobs have passed, and what is somebody's before and after it is written off.

const DAY = 86_400_000;
let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

const run = async () => expect(await runJobs(shop.env, allJobs(shop.env))).toBe('done');
const warned = (customerId: string) =>
  shop.env.db.read
    .all<{ points: number }>(
      `SELECT json_extract(data, '$.endingPoints') AS points FROM customer_events
       WHERE customer_id = '${customerId}' AND event_type = 'customer.points.expiring' ORDER BY created_at_ms, id` as never,
    )
    .map(({ points }) => points);
const everything = () =>
  shop.number('SELECT (SELECT COUNT(*) FROM outbox) * 1000000 + (SELECT COUNT(*) FROM points_transactions)');

test('F12 L10: points of a sale that a customer was added to after they had ended are written off, once', async () => {
  await shop.publish({ expiryMonths: 1, lateAttachDays: 60 });
  const other = shop.addCustomer('Bo');
  const line = shop.line(2_000);
  const { saleId } = await shop.sell(shop.draft([line]));
  shop.clock.advance(2 * DAY);
  await shop.sellTo(other, [1_000]);
  shop.clock.advance(40 * DAY);
  await run();
  expect(shop.entries(other).map(({ points }) => points)).toEqual([10, -10]);
  const customerId = shop.addCustomer('Ana');
  await shop.caller('manager').till.attachCustomer(shop.op({ saleId, customerId }));
  expect((await shop.position(customerId)).balance).toBe(0);
  expect(shop.balanceOf(customerId)).toBe(20);
  await run();
  expect(shop.entries(customerId).map(({ kind, points }) => [kind, points])).toEqual([
    ['earn', 20],
    ['expire', -20],
  ]);
  expect(shop.balanceOf(customerId)).toBe(0);
  const before = everything();
  shop.clock.advance(3_600_000);
  await run();
  await run();
  expect(everything()).toBe(before);
});

test('PT14: points that come to end before those that were warned of already are warned of too, once', async () => {
  await shop.publish({ expiryMonths: 1, warnDays: 40 });
  const customerId = shop.addCustomer();
  await shop.sellTo(customerId, [3_000]);
  await run();
  expect(warned(customerId)).toEqual([30]);
  shop.clock.advance(DAY);
  // Points end at the end of this month now: before the end that was warned of.
  await shop.publish({ expiryMonths: 0, expiryRounding: 'month', warnDays: 40 });
  await shop.sellTo(customerId, [500]);
  await run();
  expect(warned(customerId)).toEqual([30, 5]);
  await run();
  shop.clock.advance(DAY);
  await run();
  expect(warned(customerId)).toEqual([30, 5]);
});

test('PT14 PT23: points that move to somebody else with their end are warned of there', async () => {
  await shop.publish({ expiryMonths: 1, warnDays: 40 });
  const from = shop.addCustomer('Ana');
  const to = shop.addCustomer('Bo');
  await shop.sellTo(from, [3_000]);
  await run();
  shop.clock.advance(DAY);
  await shop.sellTo(from, [1_000]);
  await run();
  const transfer = { fromCustomerId: from, toCustomerId: to, points: 20, note: 'siblings' };
  await shop.caller('manager').points.transfer(shop.op(transfer));
  await run();
  await run();
  expect(warned(to)).toEqual([20]);
});

test('what is found in the search counts as of now, before and after the points are written off', async () => {
  await shop.publish({ expiryMonths: 1 });
  const ended = shop.addCustomer('Zoraida');
  const plain = shop.addCustomer('Zoraya');
  await shop.sellTo(ended, [3_000]);
  const found = async (): Promise<Record<string, number>> => {
    const rows = await shop.caller('cashier').customers.search({ text: 'zora', limit: 10 });
    return Object.fromEntries(rows.map((row) => [row.displayName, row.balance]));
  };
  await run();
  shop.clock.advance(20 * DAY);
  await shop.publish({ rules: [SPEND_RULE] });
  await shop.sellTo(plain, [1_000]);
  expect(await found()).toEqual({ Zoraida: 30, Zoraya: 10 });
  shop.clock.advance(20 * DAY);
  expect(shop.balanceOf(ended)).toBe(30);
  expect(await found()).toEqual({ Zoraida: 0, Zoraya: 10 });
  await run();
  expect(shop.balanceOf(ended)).toBe(0);
  expect(await found()).toEqual({ Zoraida: 0, Zoraya: 10 });
});

test('PT9 C-48: a daily limit and one for ever are a person’s: what a merged record had is had', async () => {
  const limits = { pointsPerSale: null, pointsPerDay: null, pointsEver: 25, timesPerDay: null };
  await shop.publish({
    rules: [SPEND_RULE],
    promotions: [{ promotionId: 'double', multiplierBasisPoints: 20_000, limits: { ...limits, timesPerDay: 1 } }],
    caps: { pointsPerSale: null, pointsPerDay: 60 },
  });
  const from = shop.addCustomer('Ana');
  const into = shop.addCustomer('Ana again');
  expect((await shop.sellTo(from, [1_000])).pointsEarned).toBe(20);
  const merge = await shop.caller('manager').customers.merge(shop.op({ fromCustomerId: from, intoCustomerId: into }));
  // The doubling of today is had; of what the programme gives in a day, 40 are left.
  expect((await shop.sellTo(into, [1_000])).pointsEarned).toBe(10);
  expect((await shop.sellTo(into, [5_000])).pointsEarned).toBe(30);
  shop.clock.advance(DAY);
  // Of 25 for ever 10 were had.
  expect((await shop.sellTo(into, [3_000])).pointsEarned).toBe(45);
  await shop.caller('manager').customers.undoMerge(shop.op({ mergeId: merge.mergeId }));
  shop.clock.advance(DAY);
  expect((await shop.sellTo(from, [3_000])).pointsEarned).toBe(45);
});
