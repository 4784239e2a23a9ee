import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { readCopyFacts } from './copy-facts.ts';
import type { CopyAnswer, CopyTask } from './copy-protocol.ts';

// Copies a database by SQLite's own backup, on a thread of its own: the till goes on selling. A read transaction held
// throughout makes it the copy of one moment, whatever is committed meanwhile.
const { databasePath, nativeBinding, targetPath } = workerData as CopyTask;
const PAGES_A_STEP = 2_000;

const tell = (answer: CopyAnswer): void => parentPort?.postMessage(answer);

function open(path: string): Database.Database {
  return new Database(path, {
    fileMustExist: true,
    timeout: 5_000,
    ...(nativeBinding === null ? {} : { nativeBinding }),
  });
}

async function copy(): Promise<void> {
  closeSync(openSync(targetPath, 'w', 0o600));
  const source = open(databasePath);
  source.pragma('query_only = ON');
  source.pragma('wal_autocheckpoint = 0');
  source.exec('BEGIN');
  const wanted = readCopyFacts(source);
  await source.backup(targetPath, {
    progress: ({ totalPages, remainingPages }) => {
      if (totalPages > 0) tell({ kind: 'progress', done: totalPages - remainingPages, total: totalPages });
      return PAGES_A_STEP;
    },
  });
  source.exec('COMMIT');
  source.close();
  const facts = check();
  if (wanted === null || JSON.stringify(facts) !== JSON.stringify(wanted))
    throw new Error('the copy is of another moment');
  tell({ kind: 'copied', facts: wanted, bytes: statSync(targetPath).size });
}

/** Opens the copy, makes it one file without a log, reads all of it and waits until it is on the disk. */
function check(): ReturnType<typeof readCopyFacts> {
  const made = open(targetPath);
  try {
    made.pragma('journal_mode = DELETE');
    const found = made.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new Error(`the copy is damaged: ${String(found)}`);
    return readCopyFacts(made);
  } finally {
    made.close();
    const file = openSync(targetPath, 'r+');
    fsyncSync(file);
    closeSync(file);
  }
}

copy().catch((cause: unknown) => {
  const code = (cause as { code?: unknown }).code;
  tell({
    kind: 'failed',
    code: typeof code === 'string' ? code : null,
    message: cause instanceof Error ? cause.message : String(cause),
  });
});
