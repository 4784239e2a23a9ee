import { statSync } from 'node:fs';
import type { ReadScope } from '../context.ts';
import { readJobs } from '../jobs/read-jobs.ts';
import { countOpenPayments, selectSchemaVersion, selectWaitingOps } from './system-store.ts';

/** How the database is doing: what support asks for first. Sizes in bytes. */
export function readHealth(scope: ReadScope) {
  const { env, db, shop } = scope;
  const { path } = env.db;
  return {
    sqliteVersion: env.db.sqliteVersion,
    journalMode: String(env.db.pragma('journal_mode')),
    synchronous: Number(env.db.pragma('synchronous')),
    walBytes: sizeOf(`${path}-wal`),
    databaseBytes: sizeOf(path),
    pendingOps: selectWaitingOps(db),
    openPayments: countOpenPayments(db, shop.merchantId),
    schemaVersion: selectSchemaVersion(db),
    jobs: readJobs(scope),
  };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
