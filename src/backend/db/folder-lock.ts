import Database from 'better-sqlite3';

/** The folder is in use by another console. */
export class FolderInUseError extends Error {
  readonly code = 'data-folder-in-use';
}

/**
 * Takes the lock of a data folder and returns how to give it back. Throws FolderInUseError when another process holds it.
 * It is SQLite's own lock on a file of its own: the system drops it with the process, so a kill leaves nothing stale,
 * and it works alike on every platform (decision 0010).
 */
export function lockFolder(path: string, nativeBinding?: string): () => void {
  const connection = new Database(path, { timeout: 0, ...(nativeBinding === undefined ? {} : { nativeBinding }) });
  try {
    connection.pragma('journal_mode = DELETE');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    connection.close();
    if ((cause as { code?: string }).code?.startsWith('SQLITE_BUSY') !== true) throw cause;
    throw new FolderInUseError(
      'Another console is using this data folder. Close it first, or choose another folder with --data.',
    );
  }
  return () => {
    connection.exec('ROLLBACK');
    connection.close();
  };
}
