import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createErrorLog, whatOf } from './error-log.ts';

const state = { folder: '', nowMs: 0 };
beforeEach(() => {
  state.folder = mkdtempSync(join(tmpdir(), 'regulars-errors-'));
  state.nowMs = 1_000;
});
afterEach(() => rmSync(state.folder, { recursive: true, force: true }));

const open = () => createErrorLog(state.folder, () => state.nowMs);

function failedSale(): Error {
  return Object.assign(new Error('INSERT INTO customers VALUES (Ana Giménez) in /home/shop'), { code: 'SQLITE_FULL' });
}

test('S3-78: what came up is kept under its code and counted, and says nothing of what people typed', () => {
  const log = open();
  log.write('aaaa1111', failedSale());
  log.write('bbbb2222', new RangeError('0981 111 222'));
  state.nowMs = 2_000;
  log.write('cccc3333', failedSale());
  expect(open().recent()).toEqual([
    { code: 'cccc3333', atMs: 2_000, what: 'Error SQLITE_FULL, failedSale', times: 2 },
    { code: 'bbbb2222', atMs: 1_000, what: expect.stringMatching(/^RangeError/), times: 1 },
  ]);
  const [file = ''] = readdirSync(state.folder);
  expect(readFileSync(join(state.folder, file), 'utf8')).not.toMatch(/Ana|0981|INSERT|home/);
  expect(statSync(join(state.folder, file)).mode & 0o777).toBe(0o600);
});

test('S3-78: it stays small, and keeps what came last', () => {
  const log = open();
  const kinds = Array.from({ length: 60 }, (_, index) => Object.assign(new Error('x'), { code: `KIND_${index}` }));
  for (let round = 0; round < 120; round += 1)
    for (const [index, kind] of kinds.entries()) log.write(`${round}-${index}`, kind);
  const sizes = readdirSync(state.folder).map((name) => statSync(join(state.folder, name)).size);
  expect(sizes).toHaveLength(2);
  expect(Math.max(...sizes)).toBeLessThan(300 * 1024);
  const recent = log.recent();
  expect(recent).toHaveLength(50);
  expect(recent[0]?.code).toBe('119-59');
});

test('a folder that cannot be written, a torn line and what is no error do no harm', () => {
  const log = createErrorLog(join(state.folder, 'gone'), () => 1);
  log.write('aaaa1111', new Error('x'));
  expect(log.recent()).toEqual([]);
  writeFileSync(join(state.folder, 'errors.log'), '{"code":"a","atMs":1,"what":"Error"}\n{"code":');
  expect(open().recent()).toHaveLength(1);
  expect(whatOf('text')).toBe('string');
  expect(whatOf(new Error('outer', { cause: failedSale() }))).toMatch(/^Error \(Error SQLITE_FULL\)/);
});
