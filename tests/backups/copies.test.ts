import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { COPY_DAILY } from '#backend/jobs/copy-job.ts';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { openFolderShop, type FolderShop } from './folder-shop.ts';

const DAY_MS = 86_400_000;
const state = { folder: '', shop: null as FolderShop | null };
const shop = (): FolderShop => {
  if (state.shop === null) throw new Error('no shop is open');
  return state.shop;
};

beforeEach(async () => {
  state.folder = mkdtempSync(join(tmpdir(), 'regulars-copies-'));
  state.shop = await openFolderShop(state.folder);
});
afterEach(async () => {
  await state.shop?.close();
  rmSync(state.folder, { recursive: true, force: true });
});

const rowsOf = (name: string, query: string): unknown[] => {
  const copy = new Database(join(state.folder, 'backups', name), { readonly: true });
  try {
    return copy.prepare(query).all();
  } finally {
    copy.close();
  }
};

test('S3-76: who looks after the shop asks for a copy, sells meanwhile, and finds it in the list, read through', async () => {
  const { caller, op } = shop();
  expect(await caller.backups.list()).toMatchObject({ isPossible: true, copies: [], newestAtMs: null, isTooOld: true });
  await caller.backups.make(op({}));
  await caller.settings.update(op({ changes: { theme: 'dark' as const } }));
  await vi.waitFor(async () => expect((await caller.backups.list()).copies).toHaveLength(1), 10_000);
  const { copies, running, isTooOld, lastFailure } = await caller.backups.list();
  expect({ running, isTooOld, lastFailure }).toEqual({ running: null, isTooOld: false, lastFailure: null });
  expect(copies).toMatchObject([{ reason: 'manual', appVersion: '1.0.0' }]);
  const asked = "SELECT outcome FROM audit_logs WHERE action = 'backups.make'";
  expect(rowsOf(copies[0]?.name ?? '', asked)).toEqual([{ outcome: 'done' }]);
  expect(JSON.stringify(copies)).not.toContain(state.folder);
});

test('S3-76: a copy is made by itself once a day, and after eight days the first is gone', async () => {
  const { backend, env, clock } = shop();
  expect(await runJobs(env, [COPY_DAILY])).toBe('done');
  expect(await runJobs(env, [COPY_DAILY])).toBe('done');
  const first = env.copies.list();
  expect(first).toMatchObject([{ reason: 'daily' }]);
  for (let day = 1; day <= 7; day += 1) {
    clock.advance(DAY_MS);
    expect(await runJobs(env, [COPY_DAILY])).toBe('done');
  }
  const kept = env.copies.list();
  expect(kept).toHaveLength(7);
  expect(kept.map(({ name }) => name)).not.toContain(first[0]?.name);
  expect(backend.status().phase).toBe('ready');
});

test('S3-76: a copy that fails is told in the inbox and on the page, the older ones stay, and it is tried again', async () => {
  const { env, caller, op, clock } = shop();
  await runJobs(env, [COPY_DAILY]);
  const [good] = env.copies.list();
  clock.advance(3 * DAY_MS);
  const path = join(state.folder, 'backups');
  const elsewhere = join(state.folder, 'elsewhere');
  renameSync(path, elsewhere);
  writeFileSync(path, 'in the way');
  expect(await runJobs(env, [COPY_DAILY])).toBe('failed');
  await caller.backups.make(op({}));
  await vi.waitFor(async () => expect((await caller.alerts.list({ tab: 'open' })).alerts[0]?.times).toBe(2), 3_000);
  expect((await caller.alerts.list({ tab: 'open' })).alerts).toMatchObject([
    { kind: 'job-failed', last: { facts: { job: 'backup' } } },
  ]);
  expect((await caller.backups.list()).copies).toEqual([]);
  rmSync(path);
  renameSync(elsewhere, path);
  expect(await caller.backups.list()).toMatchObject({ isTooOld: true, lastFailure: { fault: 'failed' } });
  expect(env.copies.list()).toEqual([good]);
  expect(await runJobs(env, [COPY_DAILY])).toBe('done');
  expect(await caller.backups.list()).toMatchObject({ isTooOld: false, lastFailure: null });
});
