import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from '#backend/db/database.ts';
import { createEnv } from '#backend/start.ts';
import { appRouter } from '#backend/router.ts';
import { createCallerFactory } from '#backend/trpc.ts';
import type { Role } from '#shop/staff/permissions.ts';
import { MANAGER_PIN, refusalOf, STAFF_PIN, type TestCaller } from '../support/test-backend.ts';
import { createTillShop, type TillShop } from '../till/till-shop.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WRONG_PIN = '4711';

const callerOf = createCallerFactory(appRouter);
const SELECT_CLOCK_LOG = sql`SELECT action FROM audit_logs WHERE action GLOB 'time.*' ORDER BY seq`;

let shop: TillShop;
let customerId: string;
beforeEach(async () => {
  shop = await createTillShop();
  customerId = shop.addCustomer();
});
afterEach(() => shop.close());

/** The till is switched off and on again: all that was in memory is gone. */
function restart(): (role: Role) => TestCaller {
  const { env: before, clock, newId } = shop;
  const env = createEnv({
    db: before.db,
    clock,
    newId,
    pepper: Buffer.alloc(32, 7),
    host: 'web',
    appVersion: '0',
    devices: null,
    pinHashCost: { memoryKib: 8, passes: 1 },
  });
  return (role) => {
    const session = { sessionId: newId(), staffId: shop.staffId(role), name: role, roles: [role], isLocked: false };
    env.sessions.begin(role, session);
    return callerOf({ env, clientId: role });
  };
}

const award = (caller: TestCaller) =>
  caller.points.award(shop.op({ customerId, reason: 'purchase' as const, amountMinor: 50_000 }));
const dayOfLastAward = async (caller: TestCaller) => {
  const { saleId } = await award(caller);
  const row = shop.env.db.read.get<{ day: string }>(
    sql`SELECT business_date AS day FROM transactions WHERE id = :saleId`,
    { saleId: saleId ?? '' },
  );
  return row?.day;
};
const clockLog = () => shop.env.db.read.all<{ action: string }>(SELECT_CLOCK_LOG).map(({ action }) => action);
const asShown = () => shop.op({ answer: { is: 'as-shown' as const, shownMs: shop.clock.wallNowMs() } });
const standingOf = async (caller: TestCaller) => (await caller.system.status()).clock.standing;

test('C1 C2 F11: 400 days forward and back while the till runs change no day, no window and no balance', async () => {
  const cashier = shop.caller('cashier');
  expect(await dayOfLastAward(cashier)).toBe('2026-03-02');
  const { entryId } = (await cashier.points.recentAwards({ limit: 1 }))[0] ?? { entryId: '' };
  shop.clock.moveWall(400 * DAY_MS);
  expect(await dayOfLastAward(cashier)).toBe('2026-03-02');
  expect(await standingOf(cashier)).toBe('wall-jumped');
  expect((await cashier.points.recentAwards({ limit: 5 })).map(({ needsManager }) => needsManager)).toEqual([
    false,
    false,
  ]);
  expect(await cashier.points.undo(shop.op({ entryId }))).toMatchObject({ newBalance: 50 });
  expect((await shop.caller('manager').analytics.today()).businessDate).toBe('2026-03-02');
  shop.clock.moveWall(-400 * DAY_MS);
  expect(await dayOfLastAward(cashier)).toBe('2026-03-02');
  expect(await standingOf(cashier)).toBe('agreed');
  expect(clockLog()).toEqual(['time.jumped', 'time.agreed']);
});

test('F11: a jump stands in the log once, before what follows it, and the log stays whole', async () => {
  const cashier = shop.caller('cashier');
  shop.clock.moveWall(-10 * 365 * DAY_MS);
  for (let times = 0; times < 3; times += 1) await award(cashier);
  expect(clockLog()).toEqual(['time.jumped']);
  const rows = shop.env.db.read.all<{ action: string }>(sql`SELECT action FROM audit_logs ORDER BY seq DESC LIMIT 4`);
  expect(rows.at(-1)?.action).toBe('time.jumped');
  const [latest] = (await shop.caller('manager').activity.list({ limit: 1 })).rows;
  expect(latest?.atMs).toBe(shop.clock.wallNowMs() + 10 * 365 * DAY_MS);
  expect(await shop.caller('manager').activity.verifyChain()).toMatchObject({ ok: true });
});

test('C2 X3 F11: neither a clock set forward nor a restart with it ends a PIN wait, and setting it back does not prolong it', async () => {
  const staffId = shop.staffId('cashier');
  const signIn = (pin: string, caller = shop.stranger()) => refusalOf(caller.staff.signIn(shop.op({ staffId, pin })));
  for (let tries = 0; tries < 5; tries += 1) await signIn(WRONG_PIN);
  shop.clock.moveWall(HOUR_MS);
  expect((await signIn(STAFF_PIN))?.reason).toBe('pin-locked');
  const shown = (await shop.stranger().staff.list()).find((person) => person.staffId === staffId)?.lockedUntilMs;
  expect(shown).toBe(shop.clock.wallNowMs() + 30_000);
  const again = restart()('auditor');
  expect((await signIn(STAFF_PIN, again))?.reason).toBe('pin-locked');
  shop.clock.moveWall(-HOUR_MS);
  shop.clock.advance(30_001);
  expect(await signIn(STAFF_PIN, again)).toBeNull();
});

test('C1 F11: a time confirmed backwards takes PIN waits along', async () => {
  const staffId = shop.staffId('cashier');
  shop.clock.moveWall(400 * DAY_MS);
  await shop.caller('manager').time.confirm(asShown());
  for (let tries = 0; tries < 5; tries += 1) {
    await refusalOf(shop.stranger().staff.signIn(shop.op({ staffId, pin: WRONG_PIN })));
  }
  shop.clock.moveWall(-400 * DAY_MS);
  await shop.caller('manager').time.confirm(asShown());
  const signIn = () => refusalOf(shop.stranger().staff.signIn(shop.op({ staffId, pin: STAFF_PIN })));
  expect((await signIn())?.reason).toBe('pin-locked');
  shop.clock.advance(30_001);
  expect(await signIn()).toBeNull();
});

test('C2 F11: an approval lasts two minutes, whatever is done to the clock', async () => {
  const cashier = shop.caller('cashier');
  const grant = () =>
    cashier.staff.grantOverride(shop.op({ permission: 'points.adjust' as const, pin: MANAGER_PIN, reason: '' }));
  const goodwill = (overrideId: string) =>
    refusalOf(
      cashier.points.award(
        shop.op({ customerId, reason: 'goodwill' as const, points: 5, note: 'late order', overrideIds: [overrideId] }),
      ),
    );
  const first = await grant();
  shop.clock.moveWall(DAY_MS);
  shop.clock.advance(119_000);
  expect(await goodwill(first.overrideId)).toBeNull();
  const second = await grant();
  shop.clock.moveWall(-3 * DAY_MS);
  shop.clock.advance(120_001);
  expect((await goodwill(second.overrideId))?.reason).toBe('override-invalid');
  const third = await grant();
  await shop.caller('manager').time.confirm(asShown());
  expect((await goodwill(third.overrideId))?.reason).toBe('override-invalid');
});

test('C1 F11: points given before a confirmed step back are undone by a manager, not for ever by whoever gave them', async () => {
  const cashier = shop.caller('cashier');
  await award(cashier);
  shop.clock.moveWall(-DAY_MS);
  await shop.caller('manager').time.confirm(asShown());
  const { entryId, needsManager } = (await cashier.points.recentAwards({ limit: 1 }))[0] ?? { entryId: '' };
  expect(needsManager).toBe(true);
  expect((await refusalOf(cashier.points.undo(shop.op({ entryId }))))?.reason).toBe('undo-too-late');
});

test('C2 F11: after a start 400 days ahead the till sells on its own day until a manager answers', async () => {
  await award(shop.caller('cashier'));
  shop.clock.moveWall(400 * DAY_MS);
  const as = restart();
  expect(await standingOf(as('cashier'))).toBe('unconfirmed');
  expect(await dayOfLastAward(as('cashier'))).toBe('2026-03-02');
  expect(clockLog()).toEqual(['time.asked']);
  expect(await standingOf(restart()('cashier'))).toBe('unconfirmed');
  const answer = { answer: { is: 'other' as const, date: '2026-03-02', hour: 13, minute: 30 } };
  const { trustedAtMs } = await as('manager').time.confirm(shop.op(answer));
  expect(new Date(trustedAtMs).toISOString()).toBe('2026-03-02T16:30:00.000Z');
  expect((await as('cashier').system.status()).clock).toMatchObject({ isAnswered: true, trustedMs: trustedAtMs });
  expect(await dayOfLastAward(as('cashier'))).toBe('2026-03-02');
});

test('C1 F11: a clock that was ahead when the shop opened is set right, and the day follows the manager', async () => {
  shop.clock.moveWall(400 * DAY_MS);
  await shop.caller('manager').time.confirm(asShown());
  expect(await dayOfLastAward(shop.caller('cashier'))).toBe('2027-04-06');
  shop.clock.moveWall(-400 * DAY_MS);
  const as = restart();
  expect(await dayOfLastAward(as('cashier'))).toBe('2027-04-06');
  await as('manager').time.confirm(asShown());
  expect(await standingOf(restart()('cashier'))).toBe('agreed');
  expect(await dayOfLastAward(as('cashier'))).toBe('2026-03-02');
  expect(await dayOfLastAward(restart()('cashier'))).toBe('2026-03-02');
});

test('F11: after a weekend the sale is booked on Monday although nobody has answered yet', async () => {
  await award(shop.caller('cashier'));
  shop.clock.advance(60 * HOUR_MS);
  const as = restart();
  expect(await standingOf(as('cashier'))).toBe('unconfirmed');
  expect(await dayOfLastAward(as('cashier'))).toBe('2026-03-04');
  expect((await as('manager').analytics.today()).businessDate).toBe('2026-03-04');
  await as('manager').time.confirm(asShown());
  expect(await standingOf(as('cashier'))).toBe('agreed');
});

test('F11: a till that slept for a month while it ran asks nothing', async () => {
  shop.clock.advance(30 * DAY_MS);
  expect(await standingOf(shop.caller('cashier'))).toBe('agreed');
  expect(await dayOfLastAward(shop.caller('cashier'))).toBe('2026-04-01');
});

test('C1: only a manager or IT says what time it is, a cashier with their PIN, and it is logged with both times', async () => {
  shop.clock.moveWall(DAY_MS);
  const cashier = shop.caller('cashier');
  expect(await refusalOf(cashier.time.confirm(asShown()))).toMatchObject({
    reason: 'not-permitted',
    facts: { permission: 'time.confirm', overridable: true },
  });
  expect((await refusalOf(shop.caller('auditor').time.confirm(asShown())))?.reason).toBe('not-permitted');
  const stale = { answer: { is: 'as-shown' as const, shownMs: shop.clock.wallNowMs() - 11 * 60_000 } };
  expect((await refusalOf(shop.caller('admin').time.confirm(shop.op(stale))))?.reason).toBe('clock-moved-again');
  const { overrideId } = await cashier.staff.grantOverride(
    shop.op({ permission: 'time.confirm' as const, pin: MANAGER_PIN, reason: '' }),
  );
  const operation = shop.op({ ...asShown().input, overrideIds: [overrideId] });
  const said = await cashier.time.confirm(operation);
  expect(said.trustedAtMs).toBe(shop.clock.wallNowMs());
  shop.clock.advance(HOUR_MS);
  expect(await cashier.time.confirm(operation)).toEqual(said);
  expect((await cashier.system.status()).clock.trustedMs).toBe(shop.clock.wallNowMs());
  const row = shop.env.db.read.get<{ approvedBy: string; before: string; after: string }>(
    sql`SELECT approved_by_staff_id AS approvedBy, old_values AS before, new_values AS after
      FROM audit_logs WHERE action = 'time.confirm' AND outcome = 'done'`,
  );
  expect(row?.approvedBy).toBe(shop.managerId);
  expect(JSON.parse(row?.before ?? '')).toEqual({
    wallMs: said.trustedAtMs,
    trustedAtMs: said.trustedAtMs - DAY_MS,
  });
});

test('F11: what a manager said about a wrong clock holds over starts, and is not logged again, until the clock changes', async () => {
  await award(shop.caller('cashier'));
  shop.clock.moveWall(400 * DAY_MS);
  const answer = { answer: { is: 'as-kept' as const } };
  await shop.caller('manager').time.confirm(shop.op(answer));
  const trueMs = () => shop.clock.wallNowMs() - 400 * DAY_MS;
  for (let starts = 0; starts < 3; starts += 1) {
    shop.clock.advance(12 * HOUR_MS);
    const as = restart();
    expect((await as('cashier').system.status()).clock).toMatchObject({
      standing: 'wall-jumped',
      isAnswered: true,
      trustedMs: trueMs(),
      bookedMs: trueMs(),
    });
    await award(as('cashier'));
  }
  expect(clockLog()).toEqual(['time.jumped', 'time.confirm']);
  shop.clock.moveWall(-400 * DAY_MS);
  const righted = restart();
  await award(righted('cashier'));
  expect(await standingOf(righted('cashier'))).toBe('agreed');
  shop.clock.moveWall(400 * DAY_MS);
  expect(await standingOf(restart()('cashier'))).toBe('unconfirmed');
  expect(clockLog()).toEqual(['time.jumped', 'time.confirm', 'time.agreed']);
});

test('F11: a confirmed wrong clock that is put right while the till runs is forgotten over the next start', async () => {
  shop.clock.moveWall(400 * DAY_MS);
  await shop.caller('manager').time.confirm(shop.op({ answer: { is: 'as-kept' as const } }));
  shop.clock.moveWall(-400 * DAY_MS);
  await award(shop.caller('cashier'));
  shop.clock.moveWall(400 * DAY_MS);
  expect(await standingOf(restart()('cashier'))).toBe('unconfirmed');
});
