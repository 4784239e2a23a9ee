import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { CheckpointAnswer, CheckpointRequest, WorkerData } from './worker-protocol.ts';

// Opened read-write, because a read-only connection cannot checkpoint; query_only keeps it from ever changing a row.
const { databasePath, nativeBinding } = workerData as WorkerData;
const connection = new Database(databasePath, {
  timeout: 0,
  fileMustExist: true,
  ...(nativeBinding === null ? {} : { nativeBinding }),
});
connection.pragma('synchronous = FULL');
connection.pragma('query_only = ON');
connection.pragma('wal_autocheckpoint = 0');

const STATEMENTS = {
  NOOP: 'wal_checkpoint(NOOP)',
  PASSIVE: 'wal_checkpoint(PASSIVE)',
  TRUNCATE: 'wal_checkpoint(TRUNCATE)',
} as const;

/** With more pages than this to go the writer would notice a TRUNCATE. */
const FEW_PAGES = 128;
/**
 * In a quiet moment fewer pages than this (some six sales) stay in the log: a log that was folded whole is started over, and
 * the first commit into it syncs its header too, so folding after every sale would make every sale sync twice.
 */
const FOLD_FROM_PAGES = 400;
const MOST_PASSES = 4;
/** In a quiet moment a log above this is cut; below it the file is kept, because growing it again costs each commit time (bytes). */
const CUT_WHEN_QUIET_BYTES = 8 * 1024 * 1024;
/** Under load the log is cut only here, well before the writer's own bound (bytes). */
const CUT_UNDER_LOAD_BYTES = 32 * 1024 * 1024;

parentPort?.on('message', (request: CheckpointRequest) => {
  parentPort?.postMessage(answer(request));
});

/** A fold that fails (the disk, a lock) is tried again after the next commit; the writer's own bound is the last resort. */
function answer({ isQuiet }: CheckpointRequest): CheckpointAnswer {
  try {
    if (!isQuiet) return foldBack(CUT_UNDER_LOAD_BYTES);
    const found = run('NOOP');
    return found.logPages - found.foldedPages < FOLD_FROM_PAGES ? found : foldBack(CUT_WHEN_QUIET_BYTES);
  } catch {
    return { isBusy: true, logPages: 0, foldedPages: 0 };
  }
}

/**
 * PASSIVE never makes the writer wait. It is repeated while commits came in meanwhile: once a pass found nothing new, the
 * next commit starts the log over and its file stays small. TRUNCATE takes the writer's lock for a moment and gives up at
 * once when it is held; it runs only with few pages left, because the writer would wait for all of them.
 */
function foldBack(cutFromBytes: number): CheckpointAnswer {
  let last = run('PASSIVE');
  for (let pass = 1; pass < MOST_PASSES && !last.isBusy; pass += 1) {
    const foldedBefore = last.foldedPages;
    last = run('PASSIVE');
    if (last.foldedPages === foldedBefore) break;
  }
  const isNearlyFolded = !last.isBusy && last.logPages - last.foldedPages <= FEW_PAGES;
  return isNearlyFolded && statSync(`${databasePath}-wal`).size > cutFromBytes ? run('TRUNCATE') : last;
}

function run(mode: keyof typeof STATEMENTS): CheckpointAnswer {
  const [row] = connection.pragma(STATEMENTS[mode]) as { busy: number; log: number; checkpointed: number }[];
  return { isBusy: row?.busy !== 0, logPages: row?.log ?? 0, foldedPages: row?.checkpointed ?? 0 };
}
