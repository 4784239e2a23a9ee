import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_OPEN_SHIFT = sql`
  SELECT id AS shiftId, opened_at_ms AS openedAtMs
  FROM register_shifts
  WHERE terminal_id = :terminalId AND closed_at_ms IS NULL`;

const SELECT_WAITING_OPS = sql`
  SELECT waiting_ops AS count
  FROM terminal_state
  WHERE only_row = 1`;

const COUNT_OPEN_PAYMENTS = sql`
  SELECT COUNT(*) AS count
  FROM transactions
  WHERE merchant_id = :merchantId
    AND status IN ('pending')`;

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

/** How many ops were not sent yet; the count is kept with them. */
export function selectWaitingOps(db: ReadableDb): number {
  return db.get<{ count: number }>(SELECT_WAITING_OPS)?.count ?? 0;
}

/** How many sales have a payment that has begun and has not ended: few, unless something went wrong. */
export function countOpenPayments(db: ReadableDb, merchantId: string): number {
  return db.get<{ count: number }>(COUNT_OPEN_PAYMENTS, { merchantId })?.count ?? 0;
}

export function selectSchemaVersion(db: ReadableDb): number {
  return db.get<{ version: number }>(SELECT_SCHEMA_VERSION)?.version ?? 0;
}
