import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { selectTaxRates } from '#backend/catalogue/tax-rates-store.ts';
import type { Sql } from '#backend/db/database.ts';
import { COPY_DAILY } from '#backend/jobs/copy-job.ts';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { mustHave } from '#shop/must.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { MANAGER_PIN, refusalOf } from '../support/test-backend.ts';
import { type FolderShop, openFolderShop } from './folder-shop.ts';
import { afterNextStart, folderThatWaits, RESTORED, startAndDie } from './restore-killed.ts';

const HOUR_MS = 3_600_000;
const state = { folder: '', open: null as FolderShop | null, clock: createFakeClock(), restarts: 0 };

beforeEach(async () => {
  state.folder = mkdtempSync(join(tmpdir(), 'regulars-restore-'));
  Object.assign(state, { clock: createFakeClock(), restarts: 0 });
  await start();
});
afterEach(async () => {
  await stop();
  rmSync(state.folder, { recursive: true, force: true });
});

const shop = (): FolderShop => mustHave(state.open, 'an open shop');

async function stop(): Promise<void> {
  const closing = state.open?.close();
  state.open = null;
  await closing;
}

async function start(): Promise<void> {
  await stop();
  const restart = {
    isByItself: true,
    run: () => {
      state.restarts += 1;
    },
  };
  state.open = await openFolderShop(state.folder, { restart }, state.clock);
}

async function sell(priceMinor = 10_000): Promise<string> {
  const { caller, env, op } = shop();
  state.clock.advance(60_000);
  const [rate] = selectTaxRates(env.db.read, env.shop()?.merchantId ?? '');
  const line = {
    ...{ lineId: env.newId(), productId: null, name: 'Café', unitPriceMinor: priceMinor, quantityThousandths: 1000 },
    ...{ taxRateId: rate?.taxRateId ?? '', categoryId: null, discount: null, note: '' },
  };
  const draft = {
    ...{ saleId: env.newId(), customerId: null, customerIdentifiedBy: null, customerIdentifiedAtMs: null },
    ...{ lines: [line], discount: null, redemptions: [], label: '', note: '' },
  };
  const tenders = [{ tenderId: env.newId(), kind: 'card' as const, amountMinor: priceMinor, reference: 'A' }];
  const sold = await caller.till.completeSale(op({ draft, tenders, expectedTotalMinor: priceMinor }));
  return sold.receiptNumber;
}

async function copyNow(): Promise<string> {
  const { caller, op } = shop();
  const before = (await caller.backups.list()).copies.map(({ name }) => name);
  await caller.backups.make(op({}));
  const fresh = async () =>
    (await caller.backups.list()).copies.map(({ name }) => name).find((name) => !before.includes(name));
  await vi.waitFor(async () => expect(await fresh()).toBeDefined(), 10_000);
  return mustHave(await fresh(), 'a new copy');
}

/** The operation id under which today's copy was made by itself. */
async function dailyCopyId(): Promise<unknown> {
  const { env } = shop();
  await runJobs(env, [COPY_DAILY]);
  return env.db.read.get<{ id: string }>("SELECT id FROM operations WHERE action = 'jobs.backup'" as Sql)?.id;
}

const receipts = (): unknown[] =>
  shop()
    .env.db.read.all<{ number: string }>('SELECT receipt_number AS number FROM transactions ORDER BY id' as Sql)
    .map(({ number }) => number);

test('S0-75: what a copy would lose is told first, a wrong PIN does nothing, and after the restart the shop is as it was then', async () => {
  await sell();
  const name = await copyNow();
  state.clock.advance(HOUR_MS);
  await sell(12_000);
  await sell(8_000);
  const { caller, op } = shop();
  await caller.customers.enrol(op({ name: 'Ana', phone: '0981 111 222', consentMarketing: false }));
  expect(await caller.backups.lost({ name })).toMatchObject({ sales: 2, salesMinor: 20_000, customers: 1 });
  expect((await refusalOf(caller.backups.restore(op({ name, pin: '000000' }))))?.reason).toBe('wrong-pin');
  expect((await caller.backups.list()).restore).toBeNull();
  expect(await caller.backups.restore(op({ name, pin: MANAGER_PIN }))).toEqual({ restarts: true });
  await vi.waitFor(() => expect(state.restarts).toBe(1), 3_000);
  await start();
  expect(receipts()).toEqual(['T1-1-000001']);
  const { restore } = await shop().caller.backups.list();
  expect(restore).toMatchObject({ phase: 'noted' });
  expect(readdirSync(join(state.folder, restore?.setAside ?? ''))).toContain('regulars.sqlite');
});

test('S0-75, F9: the restored shop is a new life: no receipt number and no op number comes twice, also when it is restored again', async () => {
  await sell();
  const name = await copyNow();
  const lost = await sell();
  const numbers = new Set([...receipts(), await dailyCopyId()]);
  for (const life of [2, 3]) {
    const { caller, op } = shop();
    await caller.backups.restore(op({ name, pin: MANAGER_PIN }));
    await start();
    expect(receipts()).toEqual(['T1-1-000001']);
    const sold = await sell();
    expect(sold).toBe(`T1-${life}-000001`);
    expect(numbers.has(sold)).toBe(false);
    numbers.add(sold);
    const id = await dailyCopyId();
    expect(numbers.has(id)).toBe(false);
    numbers.add(id);
    const ops = shop().env.db.read.all<{ type: string; prev: string }>(
      `SELECT type, prev_hash AS prev FROM outbox WHERE incarnation = ${life} ORDER BY seq` as Sql,
    );
    expect(ops[0]).toEqual({ type: 'backups.restored', prev: '' });
    expect(ops.map(({ type }) => type)).toContain('till.completeSale');
  }
  expect(lost).toBe('T1-1-000002');
  expect(await shop().caller.activity.verifyChain()).toMatchObject({ ok: true, brokenAtSeq: null });
});

test('S0-75: whoever was erased since the copy is erased again', async () => {
  const { caller, op } = shop();
  const enrolled = await caller.customers.enrol(
    op({ name: 'Zoraida Ruiz', phone: '0981 777 333', consentMarketing: false }),
  );
  const name = await copyNow();
  state.clock.advance(HOUR_MS);
  await caller.customers.erase(op({ customerId: enrolled.customerId }));
  await caller.backups.restore(op({ name, pin: MANAGER_PIN }));
  await start();
  const { env } = shop();
  expect(env.db.read.all('SELECT full_name FROM customer_pii' as Sql)).toEqual([]);
  expect(env.db.read.all('SELECT customer_id FROM customer_erasures' as Sql)).toHaveLength(1);
});

test('S0-75: a copy that is damaged or gone changes nothing, and is told', async () => {
  await sell();
  const name = await copyNow();
  const after = await sell();
  const path = join(state.folder, 'backups', name);
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 20 * 4096, 80 * 4096);
  writeFileSync(path, bytes);
  for (const reason of ['copy-damaged', 'copy-gone']) {
    const { caller, op } = shop();
    await caller.backups.restore(op({ name, pin: MANAGER_PIN }));
    if (reason === 'copy-gone') rmSync(path);
    await start();
    expect(receipts()).toContain(after);
    expect(existsSync(join(state.folder, 'restoring.sqlite'))).toBe(false);
    expect((await shop().caller.backups.list()).restore).toMatchObject({ phase: 'failed', reason });
  }
  const { alerts } = await shop().caller.alerts.list({ tab: 'open' });
  expect(alerts).toMatchObject([{ kind: 'job-failed', times: 2, last: { facts: { job: 'restore' } } }]);
});

test('S0-75: a restore that is cut off at its first, a middle or its last write is ended by the next start', async () => {
  const template = await folderThatWaits();
  const { folder, calls } = startAndDie(template, 0);
  expect(await afterNextStart(folder)).toEqual(RESTORED);
  for (const dieAt of [1, Math.floor(calls / 2), calls]) {
    const cut = startAndDie(template, dieAt);
    expect(cut.calls).toBe(0);
    expect(await afterNextStart(cut.folder), `cut off at ${dieAt} of ${calls}`).toEqual(RESTORED);
  }
  rmSync(template, { recursive: true, force: true });
}, 30_000);
