import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { allMigrations, migrate, newestSchema } from '#backend/db/migrate.ts';
import { openDatabase } from '#backend/db/open.ts';
import { mustHave } from '#shop/must.ts';

const FOLDER = resolve(import.meta.dirname, '../../src/backend/db/migrations');
const frozen: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'migration-checksums.json'), 'utf8'));

function dump(connection: Database.Database): unknown[] {
  return connection
    .prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name")
    .all();
}

function fresh(): Database.Database {
  const connection = new Database(':memory:');
  migrate(connection, 0);
  return connection;
}

const tablesOf = (connection: Database.Database) =>
  connection
    .prepare(
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all() as {
    name: string;
    strict: number;
  }[];

/** Tables that full-text search makes for itself. */
const isSearchTable = (name: string) => /_(?:data|idx|content|docsize|config)$/.test(name) && /search|fts/.test(name);

test('S0-36: released migrations do not change: a correction is a new file', () => {
  const found = Object.fromEntries(
    readdirSync(FOLDER)
      .filter((name) => name.endsWith('.sql'))
      .sort()
      .map((name) => {
        return [
          name,
          createHash('sha256')
            .update(readFileSync(join(FOLDER, name)))
            .digest('hex'),
        ];
      }),
  );
  expect(found).toEqual(frozen);
});

/** Every step from every step before it: half a minute on a busy machine. */
const UPGRADES_LIMIT_MS = 120_000;

test(
  'S0-36 S1-57: a database upgraded from any earlier schema equals a fresh one',
  () => {
    const whole = fresh();
    const expected = dump(whole);
    const migrations = allMigrations();
    for (let from = 1; from < migrations.length; from += 1) {
      const upgraded = new Database(':memory:');
      migrate(upgraded, 0, migrations.slice(0, from));
      migrate(upgraded, 0, migrations);
      expect(dump(upgraded)).toEqual(expected);
      upgraded.close();
    }
    whole.close();
  },
  UPGRADES_LIMIT_MS,
);

/** Opened without waiting for the disk, which is not what is asked here. */
function quick(path: string): Database.Database {
  const connection = new Database(path);
  connection.pragma('synchronous = OFF');
  return connection;
}

test(
  'F27: an upgrade that fails at any of its steps leaves the schema of the step before, and can be done again',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'regulars-upgrade-'));
    const migrations = allMigrations();
    const expected = dump(fresh());
    for (const [position, broken] of migrations.entries()) {
      const path = join(folder, `${position}.sqlite`);
      const first = quick(path);
      const cut = { ...broken, text: `${broken.text}\nINSERT INTO no_such_table VALUES (1);` };
      expect(() => migrate(first, 0, [...migrations.slice(0, position), cut])).toThrow();
      expect(first.pragma('user_version', { simple: true })).toBe(migrations[position - 1]?.number ?? 0);
      first.close();
      const second = quick(path);
      migrate(second, 0);
      expect(dump(second)).toEqual(expected);
      second.close();
    }
    rmSync(folder, { recursive: true, force: true });
  },
  UPGRADES_LIMIT_MS,
);

test('a database of a newer version is refused in words and not touched', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-newer-'));
  const path = join(folder, 'newer.sqlite');
  openDatabase({ path, nowMs: 0 }).close();
  const newer = new Database(path);
  newer.pragma(`user_version = ${newestSchema() + 10}`);
  newer.close();
  const before = readFileSync(path);
  expect(() => openDatabase({ path, nowMs: 0 })).toThrowError(
    expect.objectContaining({ code: 'database-newer', message: expect.stringContaining('newer') }),
  );
  expect(readFileSync(path).equals(before)).toBe(true);
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  [
    'a step that was changed since',
    (all: ReturnType<typeof allMigrations>) => all.with(2, { ...at(all, 2), checksum: 'x' }),
  ],
  ['a step before the newest that was never run', (all: ReturnType<typeof allMigrations>) => all.toSpliced(2, 1)],
])('F27: %s is refused in words, and nothing is touched', (_, otherwise) => {
  const all = allMigrations();
  const connection = new Database(':memory:');
  // Built with other steps than those of this version.
  const built = otherwise(all);
  connection.pragma('foreign_keys = OFF');
  migrate(connection, 0, built.slice(0, 2));
  migrate(connection, 0, [...built.slice(0, 2), { ...at(built, 2), text: '' }]);
  const before = dump(connection);
  expect(() => migrate(connection, 0, all)).toThrowError(expect.objectContaining({ code: 'migration-changed' }));
  expect(dump(connection)).toEqual(before);
  connection.close();
});

const at = <Item>(list: readonly Item[], index: number): Item => mustHave(list[index], 'an item');

test('commits wait for the disk, foreign keys hold and deleted text is overwritten, asserted after a write', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-pragma-'));
  const db = openDatabase({ path: join(folder, 'a.sqlite'), nowMs: 0 });
  expect(['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete'].map((name) => db.pragma(name))).toEqual([
    'wal',
    2,
    1,
    1,
  ]);
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

test('S1-37: every table is strict, and every table of the business names its merchant', () => {
  const connection = fresh();
  const ofTheDevice = new Set(['merchants', 'schema_migrations', 'opened', 'terminal_state']);
  const problems = tablesOf(connection)
    .filter(({ name }) => !isSearchTable(name))
    .flatMap(({ name, strict }) => {
      const columns = connection.prepare('SELECT name FROM pragma_table_info(?)').all(name) as { name: string }[];
      const isVirtual =
        connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = ? AND sql LIKE 'CREATE VIRTUAL%'").get(name) !==
        undefined;
      if (isVirtual) return [];
      const hasMerchant = ofTheDevice.has(name) || columns.some((column) => column.name === 'merchant_id');
      return [
        ...(strict === 1 ? [] : [`${name} is not strict`]),
        ...(hasMerchant ? [] : [`${name} has no merchant_id`]),
      ];
    });
  expect(problems).toEqual([]);
});

test('every foreign key that may be looked up backwards has an index', () => {
  const connection = fresh();
  const problems = tablesOf(connection).flatMap(({ name }) => {
    const keys = connection.prepare('SELECT "from", "table" FROM pragma_foreign_key_list(?)').all(name) as {
      from: string;
      table: string;
    }[];
    const leading = connection
      .prepare(
        'SELECT i.name, c.name AS first FROM pragma_index_list(?) i, pragma_index_info(i.name) c WHERE c.seqno = 0',
      )
      .all(name) as { first: string }[];
    const primary = connection.prepare('SELECT name FROM pragma_table_info(?) WHERE pk = 1').all(name) as {
      name: string;
    }[];
    const indexed = new Set([...leading.map((index) => index.first), ...primary.map((column) => column.name)]);
    // Merchants, shops, terminals, staff and programmes are never deleted, and versions and rates are few: no index is needed to find their rows.
    const small = new Set([
      'merchants',
      'shops',
      'terminals',
      'staff_members',
      'loyalty_programs',
      'loyalty_program_versions',
      'tax_rates',
      'categories',
    ]);
    return keys.filter((key) => !small.has(key.table) && !indexed.has(key.from)).map((key) => `${name}.${key.from}`);
  });
  expect(problems).toEqual([]);
});

test('every statement of every store prepares against the migrated schema', () => {
  const connection = fresh();
  const files = readdirSync(resolve(FOLDER, '../..'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!\.test)\.ts$/.test(name),
  );
  const problems: string[] = [];
  let count = 0;
  for (const file of files) {
    const text = readFileSync(resolve(FOLDER, '../..', file), 'utf8');
    for (const [, statement = ''] of text.matchAll(/\bsql`([^`]*)`/g)) {
      count += 1;
      try {
        connection.prepare(statement);
      } catch (cause) {
        problems.push(`${file}: ${(cause as Error).message}: ${statement.trim().slice(0, 80)}`);
      }
    }
  }
  expect(problems).toEqual([]);
  expect(count).toBeGreaterThan(100);
});
