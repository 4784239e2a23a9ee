import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { verifyAuditChain } from '../audit/audit-store.ts';
import { countLiability } from '../points/count-liability.ts';
import { replaySales } from '../points/replay-sales.ts';
import { countFigures } from '../vouchers/count-figures.ts';
import { readableHandle } from './database.ts';
import type { ReadAnswer, ReadProgress, ReadRequest, ReadStop, ReadTask, WorkerData } from './worker-protocol.ts';

// A read-only connection on a thread of its own: heavy reads never wait for the till, and the till never for them.
const { databasePath, nativeBinding } = workerData as WorkerData;
const connection = new Database(databasePath, {
  readonly: true,
  timeout: 5_000,
  ...(nativeBinding === null ? {} : { nativeBinding }),
});
connection.pragma('query_only = ON');
connection.pragma('cache_size = -16384');
connection.pragma('temp_store = MEMORY');
connection.pragma('mmap_size = 268435456');

const db = readableHandle(connection);
const stopped = new Set<number>();

parentPort?.on('message', (message: ReadRequest | ReadStop) => {
  if ('stopId' in message) stopped.add(message.stopId);
  else void answer(message).then((sent) => parentPort?.postMessage(sent));
});

async function answer({ id, task }: ReadRequest): Promise<ReadAnswer> {
  try {
    return { id, value: await carryOut(id, task) };
  } catch (cause) {
    return { id, error: cause instanceof Error ? cause.message : String(cause) };
  } finally {
    stopped.delete(id);
  }
}

function carryOut(id: number, task: ReadTask): unknown {
  if ('statement' in task) return connection.prepare(task.statement).all(task.parameters);
  if ('replay' in task) {
    return replaySales(db, task.replay, {
      progress: (done, total) => parentPort?.postMessage({ id, done, total } satisfies ReadProgress),
      isStopped: () => stopped.has(id),
    });
  }
  // In one transaction: everything that is read is of one moment, whatever the till commits meanwhile.
  return connection.transaction(() => {
    if ('verify' in task) return verifyAuditChain(db);
    return 'figures' in task ? countFigures(db, task.figures) : countLiability(db, task.liability);
  })();
}
