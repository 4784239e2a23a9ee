import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly checksum: string;
}

const FILES = import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true });

/** All migrations of this version, by number; found by folder, so that there is no list to forget. */
export function allMigrations(): Migration[] {
  return Object.entries(FILES)
    .map(([path, text]) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      return {
        number: Number(name.slice(0, 4)),
        name,
        text,
        checksum: createHash('sha256').update(text).digest('hex'),
      };
    })
    .sort((a, b) => a.number - b.number);
}

/** The number of the newest migration of this version. */
export function newestSchema(): number {
  return allMigrations().at(-1)?.number ?? 0;
}

/** The database was written by a newer version, or a released migration was changed: nothing is touched. */
export class SchemaError extends Error {
  readonly code: 'database-newer' | 'migration-changed';

  constructor(code: 'database-newer' | 'migration-changed', message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Brings the schema up to date: one transaction per step, foreign keys checked at its end, `user_version` and the
 * checksum recorded in it. Returns how many steps ran. Throws SchemaError and changes nothing when the database is newer
 * than this program, when an applied step differs from its file, or when a step before the newest applied one is not there.
 * (Faults F27, F28.)
 */
export function migrate(
  connection: Database.Database,
  nowMs: number,
  migrations: readonly Migration[] = allMigrations(),
): number {
  const version = connection.pragma('user_version', { simple: true }) as number;
  const newest = migrations.at(-1)?.number ?? 0;
  if (version > newest) {
    throw new SchemaError(
      'database-newer',
      `The database has schema ${version}, this version knows ${newest}. Install the newer version.`,
    );
  }
  refuseOtherSteps(connection, version, migrations);
  const missing = migrations.filter((migration) => migration.number > version);
  for (const migration of missing) apply(connection, migration, nowMs);
  return missing.length;
}

function refuseOtherSteps(connection: Database.Database, version: number, migrations: readonly Migration[]): void {
  if (version === 0) return;
  const applied = connection.prepare('SELECT number, checksum FROM schema_migrations ORDER BY number').all() as {
    number: number;
    checksum: string;
  }[];
  for (const step of applied) {
    const file = migrations.find((migration) => migration.number === step.number);
    if (file?.checksum !== step.checksum) {
      throw new SchemaError(
        'migration-changed',
        `Migration ${step.number} is not the one that this database was built with.`,
      );
    }
  }
  const numbers = new Set(applied.map(({ number }) => number));
  const left = migrations.find(({ number }) => number <= version && !numbers.has(number));
  if (left !== undefined) {
    throw new SchemaError(
      'migration-changed',
      `Migration ${left.number} was never run on this database, though later ones were.`,
    );
  }
}

function apply(connection: Database.Database, migration: Migration, nowMs: number): void {
  connection
    .transaction(() => {
      connection.exec(
        `CREATE TABLE IF NOT EXISTS schema_migrations (
           number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at_ms INTEGER NOT NULL
         ) STRICT`,
      );
      connection.exec(migration.text);
      connection
        .prepare('INSERT INTO schema_migrations (number, name, checksum, applied_at_ms) VALUES (?, ?, ?, ?)')
        .run(migration.number, migration.name, migration.checksum, nowMs);
      const broken = connection.pragma('foreign_key_check') as unknown[];
      if (broken.length > 0) throw new Error(`migration ${migration.name} leaves broken foreign keys`);
      connection.pragma(`user_version = ${migration.number}`);
    })
    .immediate();
}
