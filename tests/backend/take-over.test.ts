import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createInstalledWatch } from '#backend/updates/installed-watch.ts';
import { takesOver } from '#backend/updates/take-over.ts';
import { installedStamp } from '../../src/host/installed-stamp.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createTestBackend, refusalOf, type TestBackend } from '../support/test-backend.ts';

// Three in the night in Asunción (UTC-3).
const AT_NIGHT_MS = Date.UTC(2026, 10, 22, 6, 10);
const HOUR_MS = 3_600_000;
const state = { folder: '', shop: null as TestBackend | null, restarts: 0 };

const program = (): string => join(state.folder, 'program.cjs');

beforeEach(async () => {
  state.folder = mkdtempSync(join(tmpdir(), 'regulars-update-'));
  writeFileSync(program(), 'one');
  state.restarts = 0;
  const shop = await createTestBackend({ clock: createFakeClock(AT_NIGHT_MS) });
  const restart = { isByItself: true, run: () => Object.assign(state, { restarts: state.restarts + 1 }) };
  Object.assign(shop.env, { restart, installed: createInstalledWatch(() => installedStamp(program())) });
  state.shop = shop;
});
afterEach(() => {
  state.shop?.close();
  rmSync(state.folder, { recursive: true, force: true });
});

/** A shop of the night in which nobody is at work and a new version has just been put in place. */
async function nightShop(window: { fromHour: number; untilHour: number } | null): Promise<TestBackend> {
  const shop = state.shop as TestBackend;
  await shop.caller('manager').settings.update(shop.op({ changes: { updateWindow: window } }));
  for (const role of ['manager', 'cashier', 'admin', 'auditor']) shop.env.sessions.lock(`client-${role}`);
  expect(takesOver(shop.env)).toBe(false);
  writeFileSync(program(), 'a longer two');
  expect(takesOver(shop.env)).toBe(false);
  return shop;
}

const draft = (saleId: string) => ({ saleId, label: '', customerId: null, lines: [{ lineId: saleId }] });

test('S3-77: a new version takes over in the quiet hours of the shop, once nobody is at work', async () => {
  const { env, clock } = await nightShop({ fromHour: 2, untilHour: 5 });
  env.sessions.begin('client-late', { ...must(env.sessions.of('client-cashier')), isLocked: false });
  expect(takesOver(env)).toBe(false);
  env.sessions.lock('client-late');
  expect(takesOver(env)).toBe(true);
  clock.advance(2 * HOUR_MS);
  expect(takesOver(env)).toBe(false);
});

test('S3-77: an open sale and a payment put it off; a sale on hold does not', async () => {
  const { env } = await nightShop({ fromHour: 2, untilHour: 5 });
  const { merchantId, terminalId } = must(env.shop());
  const saleId = env.newId();
  const staffId = must(env.sessions.of('client-cashier')).staffId;
  const put = (heldAtMs: number | null) =>
    env.db.write((tx) =>
      tx.run(
        `INSERT INTO sale_drafts (sale_id, merchant_id, terminal_id, staff_id, revision, draft, held_at_ms, updated_at_ms)
         VALUES (:saleId, :merchantId, :terminalId, :staffId, 1, :draft, :heldAtMs, 1)
         ON CONFLICT (sale_id) DO UPDATE SET held_at_ms = excluded.held_at_ms` as never,
        { saleId, merchantId, terminalId, staffId, draft: JSON.stringify(draft(saleId)), heldAtMs },
      ),
    );
  put(null);
  expect(takesOver(env)).toBe(false);
  put(1);
  expect(takesOver(env)).toBe(true);
});

test('S3-77: without quiet hours, and where the program does not come back by itself, it waits to be started', async () => {
  const { env } = await nightShop(null);
  expect(takesOver(env)).toBe(false);
  Object.assign(env.settings(), { updateWindow: { fromHour: 0, untilHour: 0 } });
  expect(takesOver(env)).toBe(true);
  Object.assign(env, { restart: { isByItself: false, run: () => undefined } });
  expect(takesOver(env)).toBe(false);
});

test('S3-77: whoever is in charge starts a new version at any hour, and only a new one', async () => {
  vi.useFakeTimers();
  const shop = state.shop as TestBackend;
  const { system } = shop.caller('manager');
  expect(await refusalOf(system.startUpdate(shop.op({})))).toMatchObject({ reason: 'no-new-version' });
  writeFileSync(program(), 'a longer two');
  takesOver(shop.env);
  takesOver(shop.env);
  expect(await system.update()).toEqual({ isInPlace: true, waitsFor: 'by-hand', startsByItself: true });
  expect(await refusalOf(shop.caller('cashier').system.startUpdate(shop.op({})))).toMatchObject({
    reason: 'not-permitted',
  });
  const asked = shop.op({});
  expect(await system.startUpdate(asked)).toEqual({ restarts: true });
  expect(await system.startUpdate(asked)).toEqual({ restarts: true });
  vi.runAllTimers();
  vi.useRealTimers();
  expect(state.restarts).toBe(1);
});

function must<Value>(value: Value | null): Value {
  if (value === null) throw new Error('nothing there');
  return value;
}
