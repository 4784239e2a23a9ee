import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkVersion } from '#backend/first-start/check-version.ts';
import { readLastVersion } from '#backend/first-start/last-version.ts';
import { mustHave } from '#shop/must.ts';
import { digestOf } from '../access/procedures.ts';
import { type FolderShop, openFolderShop } from './folder-shop.ts';

const state = { folder: '', open: null as FolderShop | null };
const PARTS = ['schema', 'ledgers', 'voucher', 'sale', 'receipt'];

beforeEach(() => {
  state.folder = mkdtempSync(join(tmpdir(), 'regulars-first-'));
});
afterEach(async () => {
  await close();
  rmSync(state.folder, { recursive: true, force: true });
});

async function close(): Promise<void> {
  const closing = state.open?.close();
  state.open = null;
  await closing;
}

async function open(appVersion: string): Promise<FolderShop> {
  await close();
  state.open = await openFolderShop(state.folder, { appVersion });
  return state.open;
}

/** Changes the closed database behind the program's back. */
async function tamper(statement: string): Promise<void> {
  await close();
  const connection = new Database(join(state.folder, 'regulars.sqlite'));
  connection.exec(statement);
  connection.close();
}

async function withCredit(shop: FolderShop): Promise<void> {
  const { caller, op } = shop;
  const { customerId } = await caller.customers.enrol(
    op({ name: 'Ana', phone: '0981 111 222', consentMarketing: false }),
  );
  await caller.credit.adjust(
    op({ of: { customerId }, amountMinor: 5_000, reason: 'goodwill' as const, days: null, note: 'sorry' }),
  );
}

test('S3-79: the check plays a voucher, a sale with it and its receipt by the real commands, and leaves no trace', async () => {
  const { env } = await open('1.0.0');
  await withCredit(mustHave(state.open, 'open'));
  const before = digestOf(env, { withAudit: true });
  const parts = checkVersion(env, mustHave(env.shop(), 'a shop'));
  expect(parts).toEqual(PARTS.map((part) => ({ part, isGood: true, errorCode: null })));
  expect(digestOf(env, { withAudit: true })).toBe(before);
});

test('S3-79: it runs at the first start of a version and not at the next; what it found is kept', async () => {
  await open('1.0.0');
  expect(readLastVersion(state.folder)).toMatchObject({ appVersion: '1.0.0', parts: [] });
  const { caller } = await open('1.1.0');
  const found = readLastVersion(state.folder);
  expect(found?.parts.map(({ part, isGood }) => [part, isGood])).toEqual(PARTS.map((part) => [part, true]));
  expect((await caller.alerts.list({ tab: 'open' })).alerts).toEqual([]);
  await open('1.1.0');
  expect(readLastVersion(state.folder)).toEqual(found);
});

test('S3-79, S3-78: a sale that would fail and a balance that is wrong are found before a customer finds them, and told once, with their codes on the page', async () => {
  await withCredit(await open('1.0.0'));
  await tamper(`
    UPDATE credit_accounts SET balance_minor = balance_minor + 1;
    CREATE TRIGGER broken BEFORE INSERT ON voucher_redemptions BEGIN SELECT RAISE(ABORT, 'broken'); END`);
  const { caller } = await open('1.1.0');
  const found = readLastVersion(state.folder)?.parts ?? [];
  expect(found.filter(({ isGood }) => !isGood).map(({ part }) => part)).toEqual(['ledgers', 'sale', 'receipt']);
  const { alerts } = await caller.alerts.list({ tab: 'open' });
  expect(alerts).toMatchObject([{ kind: 'job-failed', times: 1, last: { facts: { job: 'first-start' } } }]);
  const { firstStart, errors } = await caller.backups.list();
  expect(firstStart?.parts.find(({ part }) => part === 'sale')?.errorCode).toMatch(/^[0-9a-f]{8}$/);
  expect(errors.map(({ what }) => what)).toContainEqual(expect.stringMatching(/^SqliteError SQLITE_CONSTRAINT/));
});
