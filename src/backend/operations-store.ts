import { type ReadableDb, sql, type WritableDb } from './db/database.ts';

const SELECT_OPERATION = sql`
  SELECT action, request_hash, outcome
  FROM operations
  WHERE id = :id`;

const INSERT_OPERATION = sql`
  INSERT INTO operations (id, merchant_id, action, request_hash, outcome, staff_id, at_ms)
  VALUES (:id, :merchantId, :action, :requestHash, :outcome, :staffId, :atMs)`;

export interface OperationRow {
  readonly action: string;
  readonly request_hash: string;
  readonly outcome: string;
}

/** The stored answer of a command, if it was ever carried out. */
export function selectOperation(db: ReadableDb, id: string): OperationRow | undefined {
  return db.get<OperationRow>(SELECT_OPERATION, { id });
}

/** Keeps a command's answer for ever. `outcome` is JSON and holds ids, never names. */
export function insertOperation(
  db: WritableDb,
  operation: {
    id: string;
    merchantId: string;
    action: string;
    requestHash: string;
    outcome: string;
    staffId: string | null;
    atMs: number;
  },
): void {
  db.runOne(INSERT_OPERATION, operation);
}
