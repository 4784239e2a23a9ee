import { existsSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Backend, type BackendOptions, openBackend } from '#backend/start.ts';

const state = { folder: '', open: [] as Backend[] };

beforeEach(() => {
  state.folder = mkdtempSync(join(tmpdir(), 'regulars-folder-'));
});

afterEach(async () => {
  for (const backend of state.open.splice(0)) await backend.close();
  rmSync(state.folder, { recursive: true, force: true });
});

const optionsFor = (dataFolder: string): BackendOptions => ({
  dataFolder,
  host: 'web',
  appVersion: '0.0.0-test',
  workers: {
    read: new URL('../../src/backend/db/read-worker.ts', import.meta.url),
    checkpoint: new URL('../../src/backend/db/checkpoint-worker.ts', import.meta.url),
    copy: new URL('../../src/backend/db/copy-worker.ts', import.meta.url),
  },
  devices: null,
});

async function open(folder = state.folder): Promise<Backend> {
  const backend = await openBackend(optionsFor(folder));
  state.open.push(backend);
  return backend;
}

async function problemOf(opening: Promise<Backend>): Promise<{ code: string; message: string }> {
  return opening.then(
    () => {
      throw new Error('it opened');
    },
    (cause: { code: string; message: string }) => cause,
  );
}

test('an empty folder becomes a data folder, and opens again after closing', async () => {
  const first = await open(join(state.folder, 'new', 'deep'));
  expect(first.status()).toMatchObject({ phase: 'first-run' });
  await state.open.pop()?.close();
  expect((await open(join(state.folder, 'new', 'deep'))).status()).toMatchObject({ phase: 'first-run' });
});

test('F25: a second console on one folder is refused in words, and may open it once the first has closed', async () => {
  await open();
  const problem = await problemOf(openBackend(optionsFor(state.folder)));
  expect(problem.code).toBe('data-folder-in-use');
  expect(problem.message).toContain('Another console');
  await state.open.pop()?.close();
  await open();
});

test('a missing database is not replaced by an empty one', async () => {
  await open();
  await state.open.pop()?.close();
  renameSync(join(state.folder, 'regulars.sqlite'), join(state.folder, 'elsewhere'));
  expect((await problemOf(openBackend(optionsFor(state.folder)))).code).toBe('database-missing');
  expect(existsSync(join(state.folder, 'regulars.sqlite'))).toBe(false);
});

test('a database of another installation is refused', async () => {
  await open();
  await open(join(state.folder, 'other'));
  for (const backend of state.open.splice(0)) await backend.close();
  renameSync(join(state.folder, 'other', 'regulars.sqlite'), join(state.folder, 'regulars.sqlite'));
  expect((await problemOf(openBackend(optionsFor(state.folder)))).code).toBe('database-other');
});

test('a folder that cannot be written is refused in words', async () => {
  const path = join(state.folder, 'a-file');
  writeFileSync(path, '');
  const problem = await problemOf(openBackend(optionsFor(join(path, 'below'))));
  expect(problem).toMatchObject({ code: 'data-folder-unwritable' });
  expect(problem.message).toContain('--data');
});

test('what lies in the folder is for its owner only', async () => {
  await open();
  expect(statSync(join(state.folder, 'device-pepper')).mode & 0o077).toBe(0);
  expect(statSync(join(state.folder, 'regulars.sqlite')).mode & 0o077).toBe(0);
});
