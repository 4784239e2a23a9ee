import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type ShopDatabase } from '#backend/db/open.ts';
import { type ClosableReadWorker, startReadWorker } from '#backend/db/workers.ts';
import { TEST_WORKERS } from '../support/test-backend.ts';

const open: { folder: string; db: ShopDatabase | null; worker: ClosableReadWorker | null } = {
  folder: '',
  db: null,
  worker: null,
};

beforeAll(() => {
  open.folder = mkdtempSync(join(tmpdir(), 'regulars-writer-'));
  const path = join(open.folder, 'test.sqlite');
  open.db = openDatabase({ path, nowMs: 0 });
  open.worker = startReadWorker(TEST_WORKERS.read, { databasePath: path, nativeBinding: null });
});
afterAll(async () => {
  await open.worker?.close();
  open.db?.close();
  rmSync(open.folder, { recursive: true, force: true });
});

const WRITE = 'UPDATE opened SET times = times + 1 RETURNING times';

test('S1-64: the database is kept in WAL mode by a SQLite of 3.51.3 or newer, and the handle that reads cannot write', () => {
  expect(open.db?.pragma('journal_mode')).toBe('wal');
  const [major = 0, minor = 0, patch = 0] = (open.db?.sqliteVersion ?? '').split('.').map(Number);
  expect(major * 1_000_000 + minor * 1000 + patch).toBeGreaterThanOrEqual(3_051_003);
  expect(() => open.db?.read.get(WRITE as never)).toThrow('readonly');
});

test('S1-42: heavy reads run on a connection of their own in a worker, see what was committed, and cannot write', async () => {
  const count = async () => (await open.worker?.all<{ times: number }>('SELECT times FROM opened', {}))?.[0]?.times;
  const before = await count();
  open.db?.write((tx) => tx.run('UPDATE opened SET times = times + 1' as never));
  expect(await count()).toBe((before ?? 0) + 1);
  await expect(open.worker?.all(WRITE, {})).rejects.toThrow('readonly');
  expect(await count()).toBe((before ?? 0) + 1);
});
