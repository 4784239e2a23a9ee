import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_OPEN_SHIFT = sql`
  SELECT id AS shiftId, opened_at_ms AS openedAtMs
  FROM register_shifts
  WHERE terminal_id = :terminalId AND closed_at_ms IS NULL`;

const COUNT_WAITING_OPS = sql`
  SELECT COUNT(*) AS count
  FROM outbox
  WHERE state = 'waiting'`;

const SELECT_SCHEMA_VERSION = sql`
  SELECT MAX(number) AS version
  FROM schema_migrations`;

export interface OpenShift {
  readonly shiftId: string;
  readonly openedAtMs: number;
}

export function selectOpenShift(db: ReadableDb, terminalId: string): OpenShift | null {
  return db.get<OpenShift>(SELECT_OPEN_SHIFT, { terminalId }) ?? null;
}

/** How many ops were not sent yet. */
export function countWaitingOps(db: ReadableDb): number {
  return db.get<{ count: number }>(COUNT_WAITING_OPS)?.count ?? 0;
}

export function selectSchemaVersion(db: ReadableDb): number {
  return db.get<{ version: number }>(SELECT_SCHEMA_VERSION)?.version ?? 0;
}
