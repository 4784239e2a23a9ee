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
