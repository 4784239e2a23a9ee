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

const FEW_PAGES = 128;

parentPort?.on('message', ({ truncate }: CheckpointRequest) => {
  parentPort?.postMessage(checkpoint(truncate));
});

/** PASSIVE never makes the writer wait. TRUNCATE takes the writer's lock for a moment and gives up at once when it is held. */
function checkpoint(truncate: boolean): CheckpointAnswer {
  try {
    const passive = run('PASSIVE');
    // With few pages left the writer waits a moment only; with many it would wait for all of them.
    const isNearlyFolded = !passive.isBusy && passive.logPages - passive.foldedPages <= FEW_PAGES;
    return truncate && isNearlyFolded ? run('TRUNCATE') : passive;
  } catch {
    return { isBusy: true, logPages: 0, foldedPages: 0 };
  }
}

function run(mode: 'PASSIVE' | 'TRUNCATE'): CheckpointAnswer {
  const statement = mode === 'PASSIVE' ? 'wal_checkpoint(PASSIVE)' : 'wal_checkpoint(TRUNCATE)';
  const [row] = connection.pragma(statement) as { busy: number; log: number; checkpointed: number }[];
  return { isBusy: row?.busy !== 0, logPages: row?.log ?? 0, foldedPages: row?.checkpointed ?? 0 };
}
