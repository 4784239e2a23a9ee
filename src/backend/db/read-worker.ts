import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { verifyAuditChain } from '../audit/audit-store.ts';
import { readableHandle } from './database.ts';
import type { ReadAnswer, ReadRequest, ReadTask, WorkerData } from './worker-protocol.ts';

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

parentPort?.on('message', (request: ReadRequest) => {
  parentPort?.postMessage(answer(request));
});

function answer({ id, task }: ReadRequest): ReadAnswer {
  try {
    return { id, value: carryOut(task) };
  } catch (cause) {
    return { id, error: cause instanceof Error ? cause.message : String(cause) };
  }
}

function carryOut(task: ReadTask): unknown {
  if ('statement' in task) return connection.prepare(task.statement).all(task.parameters);
  // In one transaction: the rows and the head are of one moment, whatever the till commits meanwhile.
  return connection.transaction(() => verifyAuditChain(readableHandle(connection)))();
}
