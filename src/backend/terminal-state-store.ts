import { type ReadableDb, sql, type WritableDb } from './db/database.ts';

const SELECT_LAST_COMMIT = sql`
  SELECT last_commit_at_ms
  FROM terminal_state
  WHERE only_row = 1`;

const UPDATE_LAST_COMMIT = sql`
  UPDATE terminal_state
  SET last_commit_at_ms = :atMs
  WHERE only_row = 1`;

const SELECT_ANSWERED_SKEW = sql`
  SELECT answered_skew_ms AS answeredSkewMs
  FROM terminal_state
  WHERE only_row = 1`;

const UPDATE_ANSWERED_SKEW = sql`
  UPDATE terminal_state
  SET answered_skew_ms = :skewMs
  WHERE only_row = 1`;

const SELECT_LIFE = sql`
  SELECT incarnation
  FROM terminal_state
  WHERE only_row = 1`;

const TAKE_RECEIPT_COUNTER = sql`
  UPDATE terminal_state
  SET last_receipt_counter = last_receipt_counter + 1
  WHERE only_row = 1
  RETURNING incarnation, last_receipt_counter`;

/** The trusted instant of the last commit, UTC ms; 0 before the first. */
export function selectLastCommitMs(db: ReadableDb): number {
  return db.get<{ last_commit_at_ms: number }>(SELECT_LAST_COMMIT)?.last_commit_at_ms ?? 0;
}

export function updateLastCommit(db: WritableDb, atMs: number): void {
  db.runOne(UPDATE_LAST_COMMIT, { atMs });
}

/** By how much a person said that the computer's clock is off, ms; null while nobody did. */
export function selectAnsweredSkewMs(db: ReadableDb): number | null {
  return db.get<{ answeredSkewMs: number | null }>(SELECT_ANSWERED_SKEW)?.answeredSkewMs ?? null;
}

export function updateAnsweredSkew(db: WritableDb, skewMs: number | null): void {
  db.runOne(UPDATE_ANSWERED_SKEW, { skewMs });
}

/** Which life of its data folder the shop is in: 1, and one more after each restore (SYNC.md 1). */
export function selectLife(db: ReadableDb): number {
  return db.get<{ incarnation: number }>(SELECT_LIFE)?.incarnation ?? 1;
}

/**
 * A name of something that the system does, for its operation id: of its own in each life, because a restored shop goes on from
 * where the copy was, and what it does then is not what it did before.
 */
export function inThisLife(db: ReadableDb, name: string): string {
  const life = selectLife(db);
  return life === 1 ? name : `${name}:${life}`;
}

/**
 * Takes the next receipt number of this terminal: terminal code, incarnation, counter ("T1-1-000123", SYNC.md 1).
 * Taken inside the sale's transaction, so that a number is never used twice and a failed sale leaves no gap.
 */
export function takeReceiptNumber(db: WritableDb, terminalCode: string): string {
  const row = db.get<{ incarnation: number; last_receipt_counter: number }>(TAKE_RECEIPT_COUNTER);
  if (row === undefined) throw new Error('this data folder has no terminal yet');
  return `${terminalCode}-${row.incarnation}-${String(row.last_receipt_counter).padStart(6, '0')}`;
}

const ENSURE_STATE = sql`
  INSERT INTO terminal_state (only_row, database_id)
  VALUES (1, :databaseId)
  ON CONFLICT (only_row) DO UPDATE SET database_id = database_id
  RETURNING database_id AS databaseId`;

/** Gives a new database its id and returns the id that it has. */
export function ensureTerminalState(db: WritableDb, newDatabaseId: string): string {
  return db.get<{ databaseId: string }>(ENSURE_STATE, { databaseId: newDatabaseId })?.databaseId ?? newDatabaseId;
}
