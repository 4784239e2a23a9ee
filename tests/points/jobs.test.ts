import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunEnd, runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { programmeSchema } from '#shop/points/programme.ts';
import { createTillShop, DOLLAR_SHOP, type TillShop } from '../till/till-shop.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const state: { shop: TillShop } = { shop: null as never };
beforeEach(async () => {
  state.shop = await createTillShop({ shop: DOLLAR_SHOP });
});
afterEach(() => state.shop.close());

const op = <Input>(input: Input) => state.shop.op(input);
const run = (): Promise<RunEnd> => runJobs(state.shop.env, allJobs(state.shop.env));
const count = (where: string) => state.shop.number(`SELECT COUNT(*) AS n FROM ${where}`);
const rowsOfEverything = () =>
  ['points_transactions', 'customer_events', 'audit_logs', 'operations', 'outbox', 'customer_tiers'].map(count);

async function publish(more: object): Promise<void> {
  const { points } = state.shop.caller('manager');
  const [main] = await points.programmes();
  const programId = main?.programId ?? '';
  const { live, draft } = await points.programmeDetail({ programId });
  const programme = programmeSchema.parse({ ...live?.programme, ...more });
  const { revision } = await points.saveProgrammeDraft(op({ programId, programme, revision: draft?.revision ?? 0 }));
  await points.publishProgrammeDraft(op({ programId, revision }));
}

async function award(customerId: string, amountMinor: number): Promise<void> {
  state.shop.clock.advance(1000);
  await state.shop.caller('manager').points.award(op({ customerId, reason: 'purchase' as const, amountMinor }));
}

const expiries = () =>
  state.shop.env.db.read.all<{ id: string; points: number; endMs: number; lotId: string }>(
    `SELECT e.id, e.points, l.expires_at_ms AS endMs, e.lot_id AS lotId
     FROM points_transactions e JOIN points_transactions l ON l.id = e.lot_id
     WHERE e.kind = 'expire' ORDER BY e.seq` as never,
  );

test('F12, C-12: after months asleep every lot that ended is written off once, in the order of the ends; again writes nothing', async () => {
  const { shop } = state;
  const customers = Array.from({ length: 40 }, () => shop.addCustomer());
  for (const [index, customerId] of customers.entries()) {
    if (index % 10 === 0) await publish({ expiryMonths: 4 - Math.floor(index / 10) });
    await award(customerId, 10_00);
  }
  expect(await run()).toBe('done');
  expect(expiries()).toEqual([]);
  shop.clock.advance(200 * DAY);
  expect(await run()).toBe('done');
  const written = expiries();
  expect(written).toHaveLength(40);
  expect(new Set(written.map(({ lotId }) => lotId)).size).toBe(40);
  expect(written.every(({ points }) => points === -10)).toBe(true);
  expect(written.map(({ endMs }) => endMs)).toEqual(written.map(({ endMs }) => endMs).sort((a, b) => a - b));
  expect(customers.every((customerId) => shop.balanceOf(customerId) === 0)).toBe(true);
  const pages = shop.number("SELECT page AS n FROM job_states WHERE job = 'expire'");
  expect(pages).toBeGreaterThanOrEqual(2);
  expect(count("audit_logs WHERE action = 'jobs.expire' AND staff_id IS NULL")).toBe(pages);
  expect(count("outbox WHERE type = 'jobs.expire'")).toBe(pages);
  expect(count("customer_events WHERE event_type = 'customer.points.expired'")).toBe(40);
  const before = rowsOfEverything();
  expect(await run()).toBe('done');
  shop.clock.advance(HOUR);
  expect(await run()).toBe('done');
  expect(rowsOfEverything()).toEqual(before);
});

test('what was used before its end is not written off, and a customer with more lots than a page holds loses each once', async () => {
  const { shop } = state;
  await publish({ expiryMonths: 1 });
  const customerId = shop.addCustomer();
  for (let lot = 0; lot < 60; lot += 1) await award(customerId, 1_00);
  await shop
    .caller('manager')
    .points.award(op({ customerId, reason: 'correction' as const, points: -7, note: 'counted twice' }));
  shop.clock.advance(60 * DAY);
  await run();
  expect(expiries()).toHaveLength(53);
  expect(shop.balanceOf(customerId)).toBe(0);
});

test('where activity moves the end, points end at the moved one', async () => {
  const { shop } = state;
  await publish({ expiryMonths: 2, expirySlides: true });
  const customerId = shop.addCustomer();
  await award(customerId, 10_00);
  shop.clock.advance(40 * DAY);
  await award(customerId, 5_00);
  shop.clock.advance(40 * DAY);
  await run();
  expect(expiries()).toEqual([]);
  shop.clock.advance(40 * DAY);
  await run();
  expect(expiries().map(({ points }) => points)).toEqual([-10, -5]);
});

test('points that waited are told of once, and points that end soon once for each end', async () => {
  const { shop } = state;
  await publish({ expiryMonths: 3, pendingDays: 7, warnDays: 10 });
  const customerId = shop.addCustomer();
  await award(customerId, 10_00);
  const told = (type: string) => count(`customer_events WHERE event_type = 'customer.points.${type}'`);
  await run();
  expect([told('ripened'), told('expiring')]).toEqual([0, 0]);
  shop.clock.advance(8 * DAY);
  for (let times = 0; times < 2; times += 1) await run();
  expect([told('ripened'), told('expiring')]).toEqual([1, 0]);
  shop.clock.advance(76 * DAY);
  for (let times = 0; times < 2; times += 1) await run();
  shop.clock.advance(3 * DAY);
  await run();
  expect([told('ripened'), told('expiring'), expiries().length]).toEqual([1, 1, 0]);
  shop.clock.advance(30 * DAY);
  await run();
  expect([told('ripened'), told('expiring'), expiries().length]).toEqual([1, 1, 1]);
});

test('F11: after a correction of the clock, what ends from then on is written off all the same', async () => {
  const { shop } = state;
  const customerId = shop.addCustomer();
  await publish({ expiryMonths: 9 });
  await award(customerId, 10_00);
  shop.clock.advance(300 * DAY);
  await run();
  expect(expiries()).toHaveLength(1);
  shop.clock.moveWall(-299 * DAY);
  const shownMs = shop.clock.wallNowMs();
  await shop.caller('manager').time.confirm(op({ answer: { is: 'as-shown' as const, shownMs } }));
  await run();
  await publish({ expiryMonths: 1 });
  await award(customerId, 20_00);
  shop.clock.advance(60 * DAY);
  await run();
  expect(expiries().map(({ points }) => points)).toEqual([-10, -20]);
});

test('a job that fails is logged, keeps no other from running, says so on system.health, and comes right', async () => {
  const { shop } = state;
  const { env } = shop;
  await publish({ expiryMonths: 1 });
  await award(shop.addCustomer(), 10_00);
  shop.clock.advance(60 * DAY);
  const broken = {
    name: 'broken',
    action: 'jobs.broken',
    pages: () => {
      throw new Error('planted');
    },
  };
  const logged: string[] = [];
  const watched = { ...env, logError: (code: string) => void logged.push(code) };
  expect(await runJobs(watched, [broken, ...allJobs(env)])).toBe('failed');
  expect(expiries()).toHaveLength(1);
  expect(logged).toHaveLength(1);
  const { jobs } = await shop.caller('manager').system.health();
  expect(jobs.isFailing).toBe(true);
  expect(jobs.jobs.find(({ job }) => job === 'broken')).toMatchObject({ failures: 1, errorCode: logged[0] });
  expect(jobs.jobs.find(({ job }) => job === 'expire')).toMatchObject({ failures: 0, writtenCount: 1, page: 1 });
  await runJobs(env, [{ ...broken, pages: () => [] }]);
  expect((await shop.caller('manager').system.health()).jobs).toMatchObject({
    isFailing: false,
    isWaitingForTime: false,
  });
});

test('C-15: where tiers follow the balance, points that end take the tier with them, with one event', async () => {
  const { shop } = state;
  const levels = [
    { tierId: 'basic', name: 'Basic', threshold: 0 },
    { tierId: 'silver', name: 'Silver', threshold: 100 },
  ];
  await publish({ expiryMonths: 1, tiers: { mode: 'BALANCE', measure: 'points', levels } });
  await award(shop.addCustomer(), 120_00);
  const isSilver = () => count("customer_tiers WHERE tier_id = 'silver'");
  const downs = () => count("customer_events WHERE event_type = 'customer.tier.downgraded'");
  await run();
  expect([isSilver(), downs()]).toEqual([1, 0]);
  shop.clock.advance(60 * DAY);
  for (let times = 0; times < 2; times += 1) await run();
  expect([isSilver(), downs(), expiries().length]).toEqual([0, 1, 1]);
});

test('C-15: lots that end together take the tier down in one step, with one event', async () => {
  const { shop } = state;
  const level = (tierId: string, threshold: number) => ({ tierId, name: tierId, threshold });
  const levels = [level('basic', 0), level('silver', 100), level('gold', 300)];
  await publish({ expiryMonths: 1, tiers: { mode: 'BALANCE', measure: 'points', levels } });
  const customerId = shop.addCustomer();
  for (const amountMinor of [220_00, 220_00]) await award(customerId, amountMinor);
  shop.clock.advance(60 * DAY);
  await run();
  const downs = shop.env.db.read.all<{ data: string }>(
    "SELECT data FROM customer_events WHERE event_type = 'customer.tier.downgraded'" as never,
  );
  expect(downs.map(({ data }) => JSON.parse(data))).toMatchObject([{ fromTierId: 'gold', toTierId: 'basic' }]);
});

test('who has not come for some days enters a group by that rule, though nothing happened but time', async () => {
  const { shop } = state;
  const segmentId = shop.newId();
  const away = { field: 'lastVisitDays', fieldId: null, operator: 'at-least', value: 30 } as const;
  const { segments } = shop.caller('manager');
  await segments.save(op({ segmentId, version: 0, name: 'Away', rule: { all: [away] } }));
  const customerId = shop.addCustomer();
  await award(customerId, 10_00);
  await run();
  const members = () => count('segment_members');
  expect(members()).toBe(0);
  shop.clock.advance(40 * DAY);
  for (let times = 0; times < 2; times += 1) await run();
  expect(members()).toBe(1);
  expect(count("customer_events WHERE event_type = 'customer.segment.entered'")).toBe(1);
});

test('C-11: a ladder that is published moves everybody by one event each; those it does not move are told nothing', async () => {
  const { shop } = state;
  const level = (tierId: string, threshold: number) => ({ tierId, name: tierId, threshold });
  const ladder = (silver: number) => ({
    tiers: { measure: 'spend', levels: [level('basic', 0), level('silver', silver)] },
  });
  const customers = Array.from({ length: 60 }, () => shop.addCustomer());
  for (const [index, customerId] of customers.entries()) await award(customerId, index < 30 ? 50_00 : 200_00);
  const silver = () => count("customer_tiers WHERE tier_id = 'silver'");
  const told = () =>
    ['upgraded', 'downgraded'].map((way) => count(`customer_events WHERE event_type = 'customer.tier.${way}'`));
  for (const [threshold, held, events] of [
    [100_00, 30, [30, 0]],
    [40_00, 60, [60, 0]],
    [300_00, 0, [60, 60]],
  ] as const) {
    shop.clock.advance(1000);
    await publish(ladder(threshold));
    expect(await run()).toBe('done');
    expect([silver(), told()]).toEqual([held, events]);
    const before = rowsOfEverything();
    expect(await run()).toBe('done');
    expect(rowsOfEverything()).toEqual(before);
  }
});
