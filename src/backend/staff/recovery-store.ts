import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const UPDATE_RECOVERY = sql`
  UPDATE terminal_state
  SET recovery_code_hash = :hash
  WHERE only_row = 1`;

const SELECT_RECOVERY = sql`
  SELECT recovery_code_hash AS hash
  FROM terminal_state
  WHERE only_row = 1`;

/** Keeps the hash of the recovery code; the code itself is printed and never stored. */
export function updateRecoveryHash(db: WritableDb, hash: string): void {
  db.runOne(UPDATE_RECOVERY, { hash });
}

export function selectRecoveryHash(db: ReadableDb): string | null {
  return db.get<{ hash: string | null }>(SELECT_RECOVERY)?.hash ?? null;
}
