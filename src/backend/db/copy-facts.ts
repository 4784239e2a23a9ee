import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { CopyFacts } from '../backups/copies-folder.ts';

/** Reads of any schema that there ever was what tells one state of a shop from another; null where there is no schema yet. */
export function readCopyFacts(connection: Database.Database): CopyFacts | null {
  const schemaVersion = Number(connection.pragma('user_version', { simple: true }));
  if (schemaVersion === 0) return null;
  const state = connection
    .prepare(
      `SELECT database_id AS databaseId, incarnation, last_op_seq AS lastOpSeq, last_commit_at_ms AS lastCommitAtMs
       FROM terminal_state
       WHERE only_row = 1`,
    )
    .get() as Omit<CopyFacts, 'schemaVersion'> | undefined;
  return { ...(state ?? { databaseId: null, incarnation: 1, lastOpSeq: 0, lastCommitAtMs: 0 }), schemaVersion };
}

/** The same of a database that nobody has open; null where there is none, or an empty one. Throws where it cannot be read. */
export function copyFactsAt(path: string, nativeBinding: string | null): CopyFacts | null {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return null;
  const connection = new Database(path, {
    fileMustExist: true,
    ...(nativeBinding === null ? {} : { nativeBinding }),
  });
  try {
    return readCopyFacts(connection);
  } finally {
    connection.close();
  }
}

/**
 * Reads a copy through and makes it a new life of its shop: op numbers and receipts begin anew under a number that no op and no
 * receipt has, and the answers that it holds stay (SYNC.md 1). Throws where it is damaged or is not the copy that it should be.
 */
export function beginNewLife(
  path: string,
  nativeBinding: string | null,
  { copy, incarnation }: { readonly copy: CopyFacts; readonly incarnation: number },
): void {
  const connection = new Database(path, {
    fileMustExist: true,
    ...(nativeBinding === null ? {} : { nativeBinding }),
  });
  try {
    connection.pragma('journal_mode = DELETE');
    connection.pragma('synchronous = FULL');
    const found = connection.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new Error(`the copy is damaged: ${String(found)}`);
    const facts = readCopyFacts(connection);
    if (facts?.databaseId !== copy.databaseId || facts.lastOpSeq !== copy.lastOpSeq) {
      throw new Error('the copy is not the one that was made');
    }
    connection
      .prepare(
        `UPDATE terminal_state
         SET incarnation = ?, last_op_seq = 0, last_op_hash = '', last_receipt_counter = 0
         WHERE only_row = 1`,
      )
      .run(incarnation);
  } finally {
    connection.close();
  }
}
