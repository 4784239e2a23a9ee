import { randomBytes } from 'node:crypto';
import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from './durable-file.ts';

/** Why this data folder cannot be used; the message is for the person at the machine. */
export type DataFolderProblem = 'data-folder-unwritable' | 'data-folder-in-use' | 'database-missing' | 'database-other';

export class DataFolderError extends Error {
  readonly code: DataFolderProblem;

  constructor(code: DataFolderProblem, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

export interface DataFolder {
  readonly databasePath: string;
  /** Secret of this device, mixed into every PIN's hash. */
  readonly pepper: Uint8Array;
}

/** The database of a data folder. */
export const DATABASE_FILE = 'regulars.sqlite';
const LOCK = 'in-use.sqlite';
const PEPPER = 'device-pepper';
const MARKER = 'installation.json';
const PEPPER_BYTES = 32;

/** Makes the folder where it is missing and checks that it can be written. Throws 'data-folder-unwritable'. */
export function prepareDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const probe = join(folder, `.write-probe-${process.pid}`);
    writeDurably(probe, '');
    unlinkSync(probe);
  } catch (cause) {
    throw new DataFolderError(
      'data-folder-unwritable',
      `The data folder ${folder} cannot be written. Choose another with --data.`,
      cause,
    );
  }
}

/**
 * Returns what lies in a folder that this process holds the lock of. Throws 'database-missing' where a shop was kept
 * before and its database is gone: an empty one is never put in its place (fault F7).
 */
export function openDataFolder(folder: string): DataFolder {
  const databasePath = join(folder, DATABASE_FILE);
  if (existsSync(join(folder, MARKER)) && !existsSync(databasePath)) {
    throw new DataFolderError(
      'database-missing',
      `A shop was kept in ${folder}, but its database ${DATABASE_FILE} is gone. Put it back or restore a backup; nothing was changed.`,
    );
  }
  // SQLite gives its log the mode of the database: an empty file that only its owner may read comes first.
  closeSync(openSync(databasePath, 'a', 0o600));
  return { databasePath, pepper: openPepper(folder) };
}

/** The file, made here, whose lock says that a console uses the folder. */
export function lockPathOf(folder: string): string {
  const path = join(folder, LOCK);
  closeSync(openSync(path, 'a', 0o600));
  return path;
}

/**
 * Ties the folder to its database on first use and checks the tie afterwards. Throws 'database-other' when the database
 * is not the one that was kept here (fault F8).
 */
export function checkInstallation(folder: string, databaseId: string): void {
  const path = join(folder, MARKER);
  if (!existsSync(path)) {
    writeDurably(path, `${JSON.stringify({ databaseId })}\n`);
    return;
  }
  const kept = JSON.parse(readFileSync(path, 'utf8')) as { databaseId?: unknown };
  if (kept.databaseId === databaseId) return;
  throw new DataFolderError(
    'database-other',
    `The database in ${folder} belongs to another installation. Put the right one back; nothing was changed.`,
  );
}

/** The pepper is made once, readable by its owner only. */
function openPepper(folder: string): Uint8Array {
  const path = join(folder, PEPPER);
  if (existsSync(path)) {
    const kept = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
    if (kept.length === PEPPER_BYTES) return kept;
  }
  const pepper = randomBytes(PEPPER_BYTES);
  writeDurably(path, `${pepper.toString('hex')}\n`);
  return pepper;
}
