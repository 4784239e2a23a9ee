import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyBeforeOpening } from '#backend/backups/copy-before-opening.ts';
import { listCopies } from '#backend/backups/copies-folder.ts';
import { allMigrations, migrate, newestSchema } from '#backend/db/migrate.ts';
import { openBackend } from '#backend/start.ts';
import { describeStartFailure } from '../../src/host/start-failure.ts';
import { TEST_WORKERS } from '../support/test-backend.ts';

const state = { folder: '' };
const NEWEST = newestSchema();
const BEFORE = allMigrations().at(-3)?.number ?? 0;
const AT_MS = Date.UTC(2026, 10, 22, 12);

beforeEach(() => {
  state.folder = mkdtempSync(join(tmpdir(), 'regulars-copies-'));
});
afterEach(() => rmSync(state.folder, { recursive: true, force: true }));

const databasePath = () => join(state.folder, 'regulars.sqlite');

/** A folder as an older version left it: some steps behind, the last of what was written still in the log. */
function anOlderShop(lastOpSeq = 7): void {
  const old = new Database(databasePath());
  old.pragma('journal_mode = WAL');
  migrate(old, AT_MS, allMigrations().slice(0, -2));
  old
    .prepare(
      "INSERT INTO terminal_state (only_row, database_id, last_op_seq, last_commit_at_ms) VALUES (1, 'shop', ?, ?)",
    )
    .run(lastOpSeq, AT_MS);
  old.close();
}

async function open(appVersion = '1.0.0'): Promise<void> {
  const backend = await openBackend({
    dataFolder: state.folder,
    host: 'web',
    appVersion,
    workers: TEST_WORKERS,
    devices: null,
    pinHashCost: { memoryKib: 8, passes: 1 },
  });
  await backend.close();
}

function schemaOf(path: string): number {
  const connection = new Database(path, { readonly: true });
  try {
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
    return connection.pragma('user_version', { simple: true }) as number;
  } finally {
    connection.close();
  }
}

test('S3-76 S0-37 S0-75: before steps of the schema a copy is made that opens, holds the state before and is for its owner only', async () => {
  anOlderShop();
  await open();
  const [copy, ...more] = listCopies(state.folder);
  expect(more).toEqual([]);
  expect(copy).toMatchObject({
    ...{ reason: 'step', appVersion: '1.0.0', schemaVersion: BEFORE, databaseId: 'shop', lastOpSeq: 7 },
    lastCommitAtMs: AT_MS,
  });
  const path = join(state.folder, 'backups', copy?.name ?? '');
  expect(schemaOf(path)).toBe(BEFORE);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(state.folder, 'backups')).length).toBe(2);
  expect(schemaOf(databasePath())).toBe(NEWEST);
});

test('S3-76: what stands only in the log is in the copy too', async () => {
  anOlderShop();
  const other = new Database(databasePath());
  other.pragma('wal_autocheckpoint = 0');
  other.prepare('UPDATE terminal_state SET last_op_seq = 8').run();
  const before = readFileSync(databasePath());
  await copyBeforeOpening(sourceOf(), AT_MS);
  expect(readFileSync(databasePath()).equals(before)).toBe(true);
  expect(listCopies(state.folder)).toMatchObject([{ lastOpSeq: 8 }]);
  other.close();
});

test('S3-76: the first start of another version makes a copy, the next one none; a new folder none at all', async () => {
  await open('1.0.0');
  expect(existsSync(join(state.folder, 'backups'))).toBe(false);
  await open('1.0.0');
  expect(listCopies(state.folder)).toEqual([]);
  await open('1.1.0');
  await open('1.1.0');
  expect(listCopies(state.folder)).toMatchObject([{ reason: 'version', appVersion: '1.1.0', schemaVersion: NEWEST }]);
});

test('S3-76: where no copy can be made no step runs, nothing is changed, and the person is told why', async () => {
  anOlderShop();
  writeFileSync(join(state.folder, 'backups'), 'not a folder');
  const before = readFileSync(databasePath());
  const failure = await open().then(
    () => null,
    (cause: unknown) => cause,
  );
  const { isForeseen, sentence } = describeStartFailure(failure);
  expect(isForeseen).toBe(true);
  expect(sentence).toContain('first makes a copy of the shop, and that failed');
  expect(readFileSync(databasePath()).equals(before)).toBe(true);
  expect(schemaOf(databasePath())).toBe(BEFORE);
});

const sourceOf = () => ({
  ...{ dataFolder: state.folder, databasePath: databasePath(), nativeBinding: null },
  ...{ appVersion: '1.0.0', worker: TEST_WORKERS.copy },
});

test('S3-76 F36: a disk without room is told as such, and leaves nothing unfinished', async () => {
  anOlderShop();
  const failure = await copyBeforeOpening({ ...sourceOf(), freeBytesAt: () => 1_000_000 }, AT_MS).catch(
    (cause: unknown) => cause,
  );
  expect(failure).toMatchObject({ code: 'copy-disk-full' });
  expect(describeStartFailure(failure).sentence).toContain('Free some space');
  expect(readdirSync(join(state.folder, 'backups'))).toEqual([]);
});

test('S3-76: the last five are kept, a state is copied once, and what was cut off is taken away', async () => {
  for (let seq = 1; seq <= 7; seq += 1) {
    rmSync(databasePath(), { force: true });
    anOlderShop(seq);
    await copyBeforeOpening(sourceOf(), AT_MS - seq * 1000);
    await copyBeforeOpening(sourceOf(), AT_MS);
    writeFileSync(join(state.folder, 'backups', 'cut-off.sqlite.new'), 'x');
  }
  expect(listCopies(state.folder).map(({ lastOpSeq }) => lastOpSeq)).toEqual([7, 6, 5, 4, 3]);
  expect(readdirSync(join(state.folder, 'backups')).filter((name) => name.endsWith('.sqlite'))).toHaveLength(5);
});

test('S3-76: a damaged database is not copied as if it were good', async () => {
  anOlderShop();
  const bytes = readFileSync(databasePath());
  bytes.fill(0xa5, 8 * 4096, 60 * 4096);
  writeFileSync(databasePath(), bytes);
  await expect(open()).rejects.toThrow();
  expect(listCopies(state.folder)).toEqual([]);
});
