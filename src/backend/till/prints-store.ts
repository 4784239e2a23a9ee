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

const SELECT_LAST_SALE = sql`
  SELECT id AS saleId, NULL AS refundId, receipt_number AS receiptNumber, completed_at_ms AS atMs
  FROM transactions
  WHERE merchant_id = :merchantId
    AND terminal_id = :terminalId
    AND status = 'completed'
    AND kind = 'SALE'
  ORDER BY business_date DESC, created_at_ms DESC
  LIMIT 1`;

const SELECT_LAST_REFUND = sql`
  SELECT transaction_id AS saleId, id AS refundId, receipt_number AS receiptNumber, created_at_ms AS atMs
  FROM refunds
  WHERE merchant_id = :merchantId
    AND terminal_id = :terminalId
  ORDER BY business_date DESC, created_at_ms DESC
  LIMIT 1`;

/** A document that a receipt can be printed of: of its sale, or of the refund when there is one. */
export interface LastReceipt {
  readonly saleId: string;
  readonly refundId: string | null;
  readonly receiptNumber: string;
  readonly atMs: number;
}

/** The newest document of a terminal; null before the first. */
export function selectLastReceipt(
  db: ReadableDb,
  key: { readonly merchantId: string; readonly terminalId: string },
): LastReceipt | null {
  const sale = db.get<LastReceipt>(SELECT_LAST_SALE, key) ?? null;
  const refund = db.get<LastReceipt>(SELECT_LAST_REFUND, key) ?? null;
  if (sale === null || refund === null) return sale ?? refund;
  return refund.atMs >= sale.atMs ? refund : sale;
}

/** How often a receipt has been printed. */
export function selectPrints(db: ReadableDb, merchantId: string, documentId: string): number {
  return db.get<{ copies: number }>(SELECT_COPIES, { merchantId, documentId })?.copies ?? 0;
}

/** Counts a print and returns how many there are now. */
export function countPrint(db: WritableDb, given: { merchantId: string; documentId: string; atMs: number }): number {
  return db.get<{ copies: number }>(COUNT_PRINT, given)?.copies ?? 1;
}
