import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_COPIES = sql`
  SELECT copies
  FROM printed_documents
  WHERE document_id = :documentId
    AND merchant_id = :merchantId`;

const COUNT_PRINT = sql`
  INSERT INTO printed_documents (document_id, merchant_id, copies, last_printed_at_ms)
  VALUES (:documentId, :merchantId, 1, :atMs)
  ON CONFLICT (document_id) DO UPDATE SET
    copies = copies + 1,
    last_printed_at_ms = excluded.last_printed_at_ms
  RETURNING copies`;

/** How often a receipt has been printed. */
export function selectPrints(db: ReadableDb, merchantId: string, documentId: string): number {
  return db.get<{ copies: number }>(SELECT_COPIES, { merchantId, documentId })?.copies ?? 0;
}

/** Counts a print and returns how many there are now. */
export function countPrint(db: WritableDb, given: { merchantId: string; documentId: string; atMs: number }): number {
  return db.get<{ copies: number }>(COUNT_PRINT, given)?.copies ?? 1;
}
