import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { searchFile, soughtOf } from '#backend/customers/sweep-erased.ts';
import type { Sql } from '#backend/db/database.ts';
import { openDatabase } from '#backend/db/open.ts';

const ROWS = 8_000;
/** Numbered out of order, so that pages of the index split in the middle. */
const wordOf = (row: number): string => `stale${String((row * 7919) % ROWS).padStart(5, '0')}${'x'.repeat(row % 23)}.`;

test('C-50: what SQLite leaves in unused parts of pages although it deletes securely is found, and gone when the file is written anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-stale-'));
  const db = openDatabase({ path: join(folder, 'stale.sqlite'), nowMs: 0 });
  const run = (statement: string, parameters: Record<string, string | number | null> = {}) =>
    db.write((tx) => tx.run(statement as Sql, parameters));
  run('CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT) STRICT');
  run('CREATE INDEX words_by_word ON words (word)');
  const erased = Array.from({ length: ROWS }, (_, row) => row).filter((row) => row % 3 === 0);
  db.write((tx) => {
    for (let row = 0; row < ROWS; row += 1)
      tx.run('INSERT INTO words VALUES (:row, :word)' as Sql, { row, word: wordOf(row) });
  });
  db.write((tx) => {
    for (const row of erased) tx.run('UPDATE words SET word = NULL WHERE id = :row' as Sql, { row });
  });
  db.checkpoint();
  const sought = erased.map((row) => Buffer.from(wordOf(row)));
  expect((await searchFile(db.path, sought)).isFound).toBe(true);
  db.compact();
  expect(await searchFile(db.path, sought)).toMatchObject({ isFound: false });
  expect((await searchFile(db.path, [Buffer.from(wordOf(1))])).isFound).toBe(true);
  db.close();
  rmSync(folder, { recursive: true });
});

test('C-50: a note of several lines is found where a personal part wrote it as JSON', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-stale-'));
  const path = join(folder, 'page');
  const note = 'comes with "Rex"\nnever on Mondays';
  writeFileSync(path, `\0\0${JSON.stringify({ after: { note } })}\0`);
  expect((await searchFile(path, soughtOf([note]))).isFound).toBe(true);
  expect((await searchFile(path, soughtOf(['comes with Rex', 'x']))).isFound).toBe(false);
  rmSync(folder, { recursive: true });
});
