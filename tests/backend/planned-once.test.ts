import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { plannedOnce, readableHandle, sql, writableHandle } from '#backend/db/database.ts';

function openTable() {
  const connection = new Database(':memory:');
  connection.exec(`
    CREATE TABLE things (id TEXT PRIMARY KEY, count INTEGER, share REAL, body BLOB, other TEXT) STRICT, WITHOUT ROWID;
    CREATE INDEX things_by_count ON things (count);
    CREATE INDEX things_by_share ON things (share);`);
  return connection;
}

test('S1-31: a statement is planned once, finds its rows by the same indexes, and means the same', () => {
  const connection = openTable();
  const [read, tx] = [readableHandle(connection), writableHandle(connection)];
  const insert = sql`INSERT INTO things (id, count, share, body, other) VALUES (:id, :count, :share, :body, :other)`;
  const body = Buffer.from([0, 255, 7]);
  const row = { id: '007', count: 7, share: 0.5, body, other: '7' };
  tx.runOne(insert, row);
  tx.runOne(insert, { ...row, id: '7', count: Number.MAX_SAFE_INTEGER, share: 7, body: null, other: null });
  const idsOf = (statement: ReturnType<typeof sql>, value: string | number | bigint | null | Buffer) =>
    read.all<{ id: string }>(statement, { value }).map(({ id }) => id);
  expect(idsOf(sql`SELECT id FROM things WHERE id = :value`, '007')).toEqual(['007']);
  expect(idsOf(sql`SELECT id FROM things WHERE id = :value`, 7)).toEqual([]);
  expect(idsOf(sql`SELECT id FROM things WHERE count = :value`, 7)).toEqual(['007']);
  expect(idsOf(sql`SELECT id FROM things WHERE count = :value`, '7')).toEqual(['007']);
  expect(idsOf(sql`SELECT id FROM things WHERE count = :value`, BigInt(Number.MAX_SAFE_INTEGER))).toEqual(['7']);
  expect(idsOf(sql`SELECT id FROM things WHERE share = :value`, 0.5)).toEqual(['007']);
  expect(idsOf(sql`SELECT id FROM things WHERE body = :value`, body)).toEqual(['007']);
  expect(idsOf(sql`SELECT id FROM things WHERE other = :value`, null)).toEqual([]);
  expect(idsOf(sql`SELECT id FROM things WHERE count >= :value ORDER BY id`, 7)).toEqual(['007', '7']);
  tx.runOne(sql`UPDATE things SET other = :other, body = :body WHERE id = :id`, { id: '7', other: '0012', body });
  expect(read.get(sql`SELECT other, body FROM things WHERE id = :id`, { id: '7' })).toEqual({ other: '0012', body });
  connection.close();
});

test('S1-31: what a plan is chosen by keeps its parameters bare', () => {
  expect(plannedOnce('WHERE a = :a AND b >= :b AND c <> :c AND d <= :d AND e != :e')).toBe(
    'WHERE a = +:a AND b >= :b AND c <> :c AND d <= :d AND e != :e',
  );
  const connection = openTable();
  for (const column of ['id', 'count', 'share']) {
    const plan = connection
      .prepare(`EXPLAIN QUERY PLAN ${plannedOnce(`SELECT id FROM things WHERE ${column} = :value`)}`)
      .all({ value: 1 }) as { detail: string }[];
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH things USING .*INDEX|PRIMARY KEY/),
    ]);
  }
  connection.close();
});
