import Database from 'better-sqlite3';
import { type ReadableDb, readableHandle, type WritableDb, writableHandle } from './database.ts';
import { DiskFaultError, diskFaultOf } from './disk-fault.ts';
import { migrate } from './migrate.ts';

/** SQLite before 3.51.3 can corrupt a database in WAL mode (RELIABILITY, what matters most, 4). */
const OLDEST_SAFE_SQLITE = [3, 51, 3] as const;
/** The WAL may grow to this size before the writer itself folds it back (bytes). */
export const WAL_LIMIT_BYTES = 64 * 1024 * 1024;

export interface ShopDatabase {
  readonly path: string;
  readonly read: ReadableDb;
  /** Runs `work` in one `BEGIN IMMEDIATE` transaction: all of it or nothing; confirmed means on the disk. */
  write<T>(work: (tx: WritableDb) => T): T;
  /** Folds the write-ahead log back and cuts it; false when somebody was reading, which it waits for unless told not to. */
  checkpoint(options?: { readonly mayWait?: boolean }): boolean;
  /** Writes the whole file anew, without the unused parts of its pages, and cuts the log. The till waits meanwhile. */
  compact(): void;
  pragma(name: string): unknown;
  readonly sqliteVersion: string;
  close(): void;
}

export interface OpenOptions {
  readonly path: string;
  readonly nowMs: number;
  /** The addon for runtimes with Node-API below 10; otherwise the shipped one. */
  readonly nativeBinding?: string;
}

/**
 * Opens (or creates) the shop's database: checks the library's version, sets the pragmas, migrates, and asserts after a
 * first write that commits are durable (better-sqlite3 falls back to NORMAL after the first write in WAL mode).
 */
export function openDatabase(options: OpenOptions): ShopDatabase {
  const native = options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding };
  const writer = new Database(options.path, native);
  try {
    const sqliteVersion = assertSafeLibrary(writer);
    prepareWriter(writer);
    migrate(writer, options.nowMs);
    assertDurable(writer);
    const reader = options.path === ':memory:' ? writer : new Database(options.path, { ...native, readonly: true });
    prepareReader(reader);
    return databaseOver(options, writer, reader, sqliteVersion);
  } catch (cause) {
    writer.close();
    throw cause;
  }
}

function databaseOver(
  options: OpenOptions,
  first: Database.Database,
  reader: Database.Database,
  sqliteVersion: string,
): ShopDatabase {
  const kept = { writer: writerOver(first), isSuspect: false };
  const usable = (): WriterOver => {
    if (kept.isSuspect) Object.assign(kept, { writer: writerOver(reopened(options)), isSuspect: false });
    return kept.writer;
  };
  /** A failed write of the disk is a failed command; after a failed sync the connection is never trusted again (F6). */
  const fail = (cause: unknown): never => {
    const fault = diskFaultOf(cause);
    if (fault === null) throw cause;
    if (fault === 'disk-broken' && reader !== kept.writer.connection) {
      kept.writer.connection.close();
      kept.isSuspect = true;
    }
    throw new DiskFaultError(fault, cause);
  };
  return {
    path: options.path,
    sqliteVersion,
    read: readableHandle(reader),
    write: <T>(work: (tx: WritableDb) => T) => {
      try {
        return usable().inTransaction(work) as T;
      } catch (cause) {
        return fail(cause);
      }
    },
    checkpoint: ({ mayWait = true } = {}) => cutLog(usable().connection, mayWait),
    compact: () => {
      const { connection } = usable();
      connection.exec('VACUUM');
      cutLog(connection, true);
    },
    pragma: (name) => usable().connection.pragma(name, { simple: true }),
    close: () => {
      const { connection } = kept.writer;
      if (connection.open) connection.pragma('optimize');
      if (reader !== connection) reader.close();
      connection.close();
    },
  };
}

function cutLog(connection: Database.Database, mayWait: boolean): boolean {
  if (!mayWait) connection.pragma('busy_timeout = 0');
  const [row] = connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (!mayWait) connection.pragma('busy_timeout = 5000');
  return row?.busy === 0;
}

interface WriterOver {
  readonly connection: Database.Database;
  readonly inTransaction: (work: (tx: WritableDb) => unknown) => unknown;
}

function writerOver(connection: Database.Database): WriterOver {
  const tx = writableHandle(connection);
  return {
    connection,
    inTransaction: connection.transaction((work: (tx: WritableDb) => unknown) => work(tx)).immediate,
  };
}

/** A new writing connection after a fault of the disk, verified before anything is written through it. */
function reopened({ path, nativeBinding }: OpenOptions): Database.Database {
  const connection = new Database(path, {
    fileMustExist: true,
    ...(nativeBinding === undefined ? {} : { nativeBinding }),
  });
  try {
    prepareWriter(connection);
    const found = connection.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new Error(`the database is damaged: ${String(found)}`);
    assertDurable(connection);
    return connection;
  } catch (cause) {
    connection.close();
    throw cause;
  }
}

function assertSafeLibrary(connection: Database.Database): string {
  const { version } = connection.prepare('SELECT sqlite_version() AS version').get() as { version: string };
  const parts = version.split('.').map(Number);
  for (const [position, needed] of OLDEST_SAFE_SQLITE.entries()) {
    const have = parts[position] ?? 0;
    if (have > needed) return version;
    if (have < needed)
      throw new Error(`SQLite ${version} is too old: ${OLDEST_SAFE_SQLITE.join('.')} or newer is needed`);
  }
  return version;
}

function prepareWriter(connection: Database.Database): void {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('secure_delete = ON');
  connection.pragma('busy_timeout = 5000');
  connection.pragma('cache_size = -65536');
  connection.pragma('mmap_size = 268435456');
  connection.pragma('temp_store = MEMORY');
  connection.pragma('trusted_schema = OFF');
  // A worker folds the log back; the writer does so itself only at the bound.
  connection.pragma(`wal_autocheckpoint = ${Math.floor(WAL_LIMIT_BYTES / 4096)}`);
}

function prepareReader(connection: Database.Database): void {
  connection.pragma('busy_timeout = 5000');
  connection.pragma('cache_size = -32768');
  connection.pragma('mmap_size = 268435456');
  connection.pragma('temp_store = MEMORY');
}

/** Sets FULL again after a first write and reads it back: a check right after opening would prove nothing. */
function assertDurable(connection: Database.Database): void {
  connection.exec(
    'CREATE TABLE IF NOT EXISTS opened (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), times INTEGER NOT NULL) STRICT',
  );
  connection.exec(
    'INSERT INTO opened (only_row, times) VALUES (1, 1) ON CONFLICT (only_row) DO UPDATE SET times = times + 1',
  );
  connection.pragma('synchronous = FULL');
  connection.exec('UPDATE opened SET times = times');
  const expected = { synchronous: 2, foreign_keys: 1, secure_delete: 1 };
  for (const [name, value] of Object.entries(expected)) {
    const found = connection.pragma(name, { simple: true });
    if (found !== value) throw new Error(`the database would not be safe: ${name} is ${String(found)}, not ${value}`);
  }
  const mode = connection.pragma('journal_mode', { simple: true });
  if (mode !== 'wal' && mode !== 'memory')
    throw new Error(`the database would not be safe: journal_mode is ${String(mode)}`);
}
