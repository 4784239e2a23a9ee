import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { ReadAnswer, ReadRequest, WorkerData } from './worker-protocol.ts';

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

parentPort?.on('message', ({ id, statement, parameters }: ReadRequest) => {
  parentPort?.postMessage(answer(id, statement, parameters));
});

function answer(id: number, statement: string, parameters: ReadRequest['parameters']): ReadAnswer {
  try {
    return { id, rows: connection.prepare(statement).all(parameters) };
  } catch (cause) {
    return { id, error: cause instanceof Error ? cause.message : String(cause) };
  }
}
