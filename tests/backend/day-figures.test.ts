import { afterEach, beforeEach, expect, test } from 'vitest';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createTillShop, type TillShop } from '../till/till-shop.ts';

const DAY_MS = 24 * 3_600_000;
const TABLES = ['merchant_daily_analytics', 'merchant_hourly_analytics', 'customer_visits'];

let shop: TillShop;
beforeEach(async () => {
  shop = await createTillShop();
});
afterEach(() => shop.close());

const runAll = () => runJobs(shop.env, allJobs(shop.env));
const spoil = (statement: string) => shop.env.db.write((tx) => tx.run(statement as never));
const rowsOf = (table: string) => shop.env.db.read.all(`SELECT * FROM ${table} ORDER BY 1, 2, 3` as never);
const figures = () => TABLES.map(rowsOf);

/** Three days with everything that moves a day: sales, a part given back, one cancelled, one that a customer is added to. */
async function trade(): Promise<void> {
  const { till, points } = shop.caller('manager');
  const ana = shop.addCustomer('Ana');
  const bruno = shop.addCustomer('Bruno');
  for (let day = 0; day < 3; day += 1) {
    const kept = shop.draft([shop.line(10_000), shop.line(5_000)], { customerId: ana });
    await shop.sell(kept);
    const lines = [{ lineId: kept.lines[0]?.lineId ?? '', quantityThousandths: 1000 }];
    await till.refund(shop.op({ saleId: kept.saleId, lines, tenderKind: 'cash' as const, reason: '' }));
    const cancelled = shop.draft([shop.line(7_000)], { customerId: bruno });
    await shop.sell(cancelled);
    if (day < 2) await till.cancelSale(shop.op({ saleId: cancelled.saleId, reason: '' }));
    const unnamed = shop.draft([shop.line(3_000)]);
    await shop.sell(unnamed);
    await till.attachCustomer(shop.op({ saleId: unnamed.saleId, customerId: bruno }));
    await points.award(shop.op({ customerId: ana, reason: 'correction' as const, points: 5, note: 'why' }));
    shop.clock.advance(DAY_MS);
  }
}

test('S1-30: the figures that triggers keep are those that the days add up to', async () => {
  await trade();
  const before = figures();
  await shop.caller('manager').system.checkDays(shop.op({}));
  expect(await runAll()).toBe('done');
  expect(figures()).toEqual(before);
  expect(shop.number("SELECT written_count AS n FROM job_states WHERE job = 'days'")).toBe(0);
});

test.each([
  ['a day that lost its row', 'DELETE FROM merchant_daily_analytics'],
  [
    'sums that are off',
    'UPDATE merchant_daily_analytics SET total_sales_minor = 1, gross_sales_minor = 1, refunds_minor = 0',
  ],
  ['points that are off', 'UPDATE merchant_daily_analytics SET points_issued = points_issued + 9'],
  ['customers that are off', 'UPDATE merchant_daily_analytics SET new_customers = 0, returning_customers = 40'],
  ['hours that are off', 'UPDATE merchant_hourly_analytics SET sales_minor = 0'],
  ['hours that never were', 'UPDATE merchant_hourly_analytics SET local_hour = (local_hour + 5) % 24'],
  ['visits that are off', 'UPDATE customer_visits SET visit_count = visit_count + 1, spent_minor = 0'],
])('S1-30: %s: adding up again puts it right and says so in the audit log', async (_name, damage) => {
  await trade();
  await runAll();
  const before = figures();
  spoil(damage);
  expect(figures()).not.toEqual(before);
  await shop.caller('manager').system.checkDays(shop.op({}));
  expect(await runAll()).toBe('done');
  expect(figures()).toEqual(before);
  const changed = shop.env.db.read.all<{ rows: string }>(
    "SELECT record_id AS rows FROM audit_logs WHERE action = 'jobs.days' ORDER BY seq" as never,
  );
  expect(changed.length).toBeGreaterThan(0);
  expect(await shop.caller('manager').activity.verifyChain()).toMatchObject({ ok: true });
});

test('S1-30: by itself only the last days are looked at, the rest when somebody asks', async () => {
  await trade();
  await runAll();
  spoil("UPDATE merchant_daily_analytics SET points_issued = 99 WHERE business_date = '2026-03-02'");
  const wrong = figures();
  shop.clock.advance(DAY_MS);
  await runAll();
  expect(figures()).toEqual(wrong);
  const manager = shop.caller('manager');
  expect((await manager.system.health()).jobs.daysCheckedAtMs).toBe(shop.clock.wallNowMs());
  await manager.system.checkDays(shop.op({}));
  expect((await manager.system.health()).jobs.daysCheckedAtMs).toBeNull();
  await runAll();
  expect(figures()).not.toEqual(wrong);
  expect(await refusalOf(shop.caller('cashier').system.checkDays(shop.op({})))).toMatchObject({
    reason: 'not-permitted',
  });
});

test('waiting ops are counted as they come and go, and unfinished payments are seen', async () => {
  await trade();
  const manager = shop.caller('manager');
  const counted = () => shop.number("SELECT COUNT(*) AS n FROM outbox WHERE state = 'waiting'");
  expect((await manager.system.health()).pendingOps).toBe(counted());
  spoil("UPDATE outbox SET state = 'sent' WHERE seq % 2 = 0");
  spoil("UPDATE outbox SET state = 'parked' WHERE seq = 3");
  spoil("UPDATE outbox SET state = 'waiting' WHERE seq = 4");
  const health = await manager.system.health();
  expect(health.pendingOps).toBe(counted());
  expect(health.openPayments).toBe(0);
});
