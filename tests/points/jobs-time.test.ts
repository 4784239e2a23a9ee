import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs, nextRunAfter, retryAfterMs, startJobs } from '#backend/jobs/start-jobs.ts';
import { verifyAuditChain } from '#backend/audit/audit-store.ts';
import type { BackendEnv } from '#backend/context.ts';
import { createEnv } from '#backend/start.ts';
import { programmeSchema } from '#shop/points/programme.ts';
import { buildForNode } from '../durability/build-writer.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createTillShop, DOLLAR_SHOP, type TillShop } from '../till/till-shop.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BERLIN = { country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin', region: 'de-DE' } as const;

const opened: TillShop[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const shop of opened.splice(0)) shop.close();
});

async function shopAt(atMs: number, more: Parameters<typeof createTillShop>[0] = {}): Promise<TillShop> {
  const shop = await createTillShop({ clock: createFakeClock(atMs), shop: BERLIN, ...more });
  opened.push(shop);
  return shop;
}

async function publish(shop: TillShop, more: object): Promise<void> {
  const { points } = shop.caller('manager');
  const [main] = await points.programmes();
  const programId = main?.programId ?? '';
  const { live } = await points.programmeDetail({ programId });
  const programme = programmeSchema.parse({ ...live?.programme, ...more });
  const { revision } = await points.saveProgrammeDraft(shop.op({ programId, programme, revision: 0 }));
  await points.publishProgrammeDraft(shop.op({ programId, revision }));
}

async function award(shop: TillShop, customerId: string, amountMinor: number): Promise<void> {
  shop.clock.advance(1000);
  await shop.caller('manager').points.award(shop.op({ customerId, reason: 'purchase' as const, amountMinor }));
}

const run = (env: BackendEnv) => runJobs(env, allJobs(env));
const count = (shop: TillShop, where: string) => shop.number(`SELECT COUNT(*) AS n FROM ${where}`);
const expired = (shop: TillShop) => count(shop, "points_transactions WHERE kind = 'expire'");
const goTo = (shop: TillShop, atMs: number) => shop.clock.advance(atMs - shop.clock.wallNowMs());

/** The same data folder, opened again: everything that was in memory is gone. */
function restarted({ env, newId }: TillShop, clock: TillShop['clock']): BackendEnv {
  const parts = { db: env.db, clock, newId, pepper: Buffer.alloc(32, 7), host: 'web', appVersion: '0' } as const;
  return createEnv({ ...parts, devices: null, pinHashCost: { memoryKib: 8, passes: 1 } });
}

test('C-43 F11: points end at local midnight on both sides of the hour that Berlin skips and of the one it repeats', async () => {
  // Earned on 28 February they end with 28 March, the eve of the skipped hour; on 25 September, with the repeated one.
  const edges = [
    { earnedMs: Date.UTC(2026, 1, 28, 11), endMs: Date.UTC(2026, 2, 28, 23) },
    { earnedMs: Date.UTC(2026, 1, 28, 23, 30), endMs: Date.UTC(2026, 3, 1, 22) },
    { earnedMs: Date.UTC(2026, 8, 24, 10), endMs: Date.UTC(2026, 9, 24, 22) },
    { earnedMs: Date.UTC(2026, 8, 25, 10), endMs: Date.UTC(2026, 9, 25, 23) },
  ];
  for (const { earnedMs, endMs } of edges) {
    const shop = await shopAt(earnedMs - 1000);
    await publish(shop, { expiryMonths: 1 });
    await award(shop, shop.addCustomer(), 10_00);
    const end = shop.number('SELECT expires_at_ms AS n FROM points_transactions');
    expect(new Date(end).toISOString()).toBe(new Date(endMs).toISOString());
    goTo(shop, endMs - 1);
    await run(shop.env);
    expect(expired(shop)).toBe(0);
    goTo(shop, endMs);
    await run(shop.env);
    expect(expired(shop)).toBe(1);
  }
});

test('C-54: Silver until 30 January 2027 inclusive, from 31 January 00:00 in Berlin Basic, and one event', async () => {
  const shop = await shopAt(Date.UTC(2025, 4, 1, 8));
  const tiers = {
    mode: 'EARNED_IN_PERIOD',
    measure: 'points',
    period: { kind: 'calendar', unit: 'year' },
    graceDays: 30,
    levels: [
      { tierId: 'basic', name: 'Basic', threshold: 0 },
      { tierId: 'silver', name: 'Silver', threshold: 100 },
    ],
  };
  await publish(shop, { tiers });
  const customerId = shop.addCustomer();
  await award(shop, customerId, 100_00);
  goTo(shop, Date.UTC(2026, 7, 1, 8));
  await award(shop, customerId, 40_00);
  const keepsUntilMs = shop.number('SELECT keeps_until_ms AS n FROM customer_tiers');
  goTo(shop, keepsUntilMs - 1);
  const tier = () => count(shop, "customer_tiers WHERE tier_id = 'silver'");
  const told = () => count(shop, "customer_events WHERE event_type = 'customer.tier.downgraded'");
  await run(shop.env);
  expect([tier(), told()]).toEqual([1, 0]);
  goTo(shop, keepsUntilMs);
  for (let times = 0; times < 2; times += 1) await run(shop.env);
  expect([tier(), told()]).toEqual([0, 1]);
  expect(new Date(keepsUntilMs).toISOString()).toBe('2027-01-30T23:00:00.000Z');
});

test('F11 C2: while nobody can tell the time nothing ages; once somebody says so, it does', async () => {
  const shop = await shopAt(Date.UTC(2026, 4, 4, 11), { shop: DOLLAR_SHOP });
  await publish(shop, { expiryMonths: 1 });
  await award(shop, shop.addCustomer(), 10_00);
  shop.clock.moveWall(400 * DAY);
  const env = restarted(shop, shop.clock);
  expect(env.time.now().standing).toBe('unconfirmed');
  expect(await run(env)).toBe('no-time');
  expect([expired(shop), count(shop, 'job_states')]).toEqual([0, 0]);
  env.time.confirm(shop.clock.wallNowMs());
  expect(await run(env)).toBe('done');
  expect(expired(shop)).toBe(1);
});

test('F12: killed in a page or right after it, again and again, every lot is written off once and the logs are whole', async () => {
  const shop = await shopAt(Date.UTC(2026, 4, 4, 11), { shop: DOLLAR_SHOP, inFile: true });
  await publish(shop, { expiryMonths: 1 });
  const customers = Array.from({ length: 110 }, () => shop.addCustomer());
  for (const customerId of customers) await award(shop, customerId, 10_00);
  const child = await buildForNode('jobs-killed', { 'jobs-killed': 'tests/points/jobs-killed.ts' });
  const die = (atMs: number, page: number, when: string) =>
    spawnSync(process.execPath, [child, shop.env.db.path, String(atMs), String(page), when], { encoding: 'utf8' });
  shop.clock.advance(35 * DAY);
  shop.env.db.write(
    (db) => void db.run('UPDATE terminal_state SET last_commit_at_ms = :at' as never, { at: shop.clock.wallNowMs() }),
  );
  const pages = () => count(shop, "operations WHERE action = 'jobs.expire'");
  const deaths = [
    ['inside', 1, 0],
    ['after', 1, 1],
    ['inside', 2, 2],
    ['after', 1, 3],
  ] as const;
  for (const [when, page, committed] of deaths) {
    const { signal, stderr } = die(shop.clock.wallNowMs(), page, when);
    expect([signal, stderr]).toEqual(['SIGKILL', '']);
    expect(pages()).toBe(committed);
    expect(shop.number("SELECT COALESCE(SUM(page), 0) AS n FROM job_states WHERE job = 'expire'")).toBe(committed);
    expect(expired(shop)).toBe(count(shop, "customer_events WHERE event_type = 'customer.points.expired'"));
  }
  expect(expired(shop)).toBeGreaterThan(0);
  rmSync(dirname(child), { recursive: true });
  expect(await run(shop.env)).toBe('done');
  expect(expired(shop)).toBe(110);
  expect(
    count(shop, "(SELECT lot_id FROM points_transactions WHERE kind = 'expire' GROUP BY lot_id HAVING COUNT(*) > 1)"),
  ).toBe(0);
  expect(count(shop, "customer_events WHERE event_type = 'customer.points.expired'")).toBe(110);
  expect(count(shop, 'outbox')).toBe(shop.number('SELECT last_op_seq FROM terminal_state'));
  expect(verifyAuditChain(shop.env.db.read)).toMatchObject({ brokenAtSeq: null });
  expect(shop.number('SELECT SUM(current_points) AS n FROM programme_balances')).toBe(0);
}, 60_000);

test('C-43: the next run is an hour later or at local midnight, in Asunción and in Berlin, also where the day has 23 hours', () => {
  const at = (text: string) => Date.parse(text);
  const cases = [
    ['America/Asuncion', '2026-03-02T15:00:00Z', '2026-03-02T16:00:00Z'],
    ['America/Asuncion', '2026-03-03T02:40:00Z', '2026-03-03T03:00:00Z'],
    ['Europe/Berlin', '2026-03-28T22:40:00Z', '2026-03-28T23:00:00Z'],
    ['Europe/Berlin', '2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z'],
    ['Europe/Berlin', '2026-03-29T21:50:00Z', '2026-03-29T22:00:00Z'],
    ['Europe/Berlin', '2026-10-25T22:30:00Z', '2026-10-25T23:00:00Z'],
  ] as const;
  for (const [zone, now, next] of cases)
    expect(new Date(nextRunAfter(at(now), zone)).toISOString()).toBe(new Date(next).toISOString());
  expect([0, 1, 2, 3, 7, 50].map(retryAfterMs)).toEqual([60_000, 60_000, 120_000, 240_000, HOUR, HOUR]);
});

test('F12: jobs run soon after the start, then hourly, and as soon as a computer that slept wakes; stopping waits for them', async () => {
  const shop = await shopAt(Date.UTC(2026, 4, 4, 11), { shop: DOLLAR_SHOP });
  await publish(shop, { expiryMonths: 1 });
  await award(shop, shop.addCustomer(), 10_00);
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] });
  const runs = () => shop.number("SELECT COALESCE(MAX(started_at_ms), 0) AS n FROM job_states WHERE job = 'expire'");
  const pass = async (ms: number) => {
    vi.advanceTimersByTime(ms);
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const stop = startJobs(shop.env);
  await pass(4_000);
  expect(runs()).toBe(0);
  await pass(2_000);
  const first = runs();
  expect(first).toBe(shop.clock.wallNowMs());
  shop.clock.advance(HOUR / 2);
  await pass(60_000);
  expect(runs()).toBe(first);
  shop.clock.advance(HOUR / 2);
  await pass(60_000);
  expect(runs()).toBe(first + HOUR);
  shop.clock.advance(62 * DAY);
  await pass(60_000);
  expect(expired(shop)).toBe(1);
  await stop();
  shop.clock.advance(2 * HOUR);
  await pass(60_000);
  expect(runs()).toBe(first + HOUR + 62 * DAY);
});
