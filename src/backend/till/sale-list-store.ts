import type { SaleStatus } from '#shop/till/sale.ts';
import { type ReadableDb, sql } from '../db/database.ts';
import type { SaleKind } from './sale-rows-store.ts';

const SELECT_PAGE = sql`
  SELECT t.id AS saleId, t.receipt_number AS receiptNumber, t.completed_at_ms AS atMs, t.business_date AS businessDate,
    t.created_at_ms AS createdAtMs, t.amount_minor AS totalMinor, t.refunded_minor AS refundedMinor,
    p.full_name AS customerName, t.item_count AS itemCount, t.status, s.name AS staffName, t.kind
  FROM transactions t
  JOIN staff_members s ON s.id = t.staff_id
  LEFT JOIN customers c ON c.id = t.customer_id
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  WHERE t.merchant_id = :merchantId
    AND t.completed_at_ms IS NOT NULL
    AND (t.business_date, t.created_at_ms, t.id) < (:beforeDate, :beforeMs, :beforeId)
  ORDER BY t.business_date DESC, t.created_at_ms DESC, t.id DESC
  LIMIT :limit`;

const SELECT_MATCHING = sql`
  SELECT t.id AS saleId, t.receipt_number AS receiptNumber, t.completed_at_ms AS atMs, t.business_date AS businessDate,
    t.created_at_ms AS createdAtMs, t.amount_minor AS totalMinor, t.refunded_minor AS refundedMinor,
    p.full_name AS customerName, t.item_count AS itemCount, t.status, s.name AS staffName, t.kind
  FROM (
    SELECT x.id
    FROM transactions x
    WHERE x.merchant_id = :merchantId AND x.receipt_number IN (SELECT value FROM json_each(:receiptNumbers))
    UNION
    SELECT r.transaction_id
    FROM refunds r
    WHERE r.merchant_id = :merchantId AND r.receipt_number IN (SELECT value FROM json_each(:receiptNumbers))
    UNION
    SELECT e.id
    FROM transactions e
    WHERE e.merchant_id = :merchantId AND e.external_receipt_number = :text
    UNION
    SELECT o.id
    FROM transactions o
    WHERE o.customer_id IN (SELECT value FROM json_each(:customerIds))) found
  CROSS JOIN transactions t ON t.id = found.id
  JOIN staff_members s ON s.id = t.staff_id
  LEFT JOIN customers c ON c.id = t.customer_id
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  WHERE t.merchant_id = :merchantId
    AND t.completed_at_ms IS NOT NULL
    AND (t.business_date, t.created_at_ms, t.id) < (:beforeDate, :beforeMs, :beforeId)
  ORDER BY t.business_date DESC, t.created_at_ms DESC, t.id DESC
  LIMIT :limit`;

// The index of names keeps the level of a customer above the number (migration 0045).
const SELECT_CUSTOMERS_NAMED = sql`
  SELECT c.id AS customerId
  FROM (
    SELECT rowid % 1099511627776 AS customer_number
    FROM customer_search
    WHERE customer_search MATCH :phrase
    LIMIT 500) found
  JOIN customers c ON c.customer_number = found.customer_number
  WHERE c.merchant_id = :merchantId
    AND c.last_visit_at_ms IS NOT NULL
  ORDER BY c.last_visit_at_ms DESC
  LIMIT 50`;

/** A sale in a list. totalMinor is what was paid; staff and customer by the names they have now. */
export interface ListedSaleRow {
  readonly saleId: string;
  readonly receiptNumber: string;
  readonly atMs: number;
  readonly businessDate: string;
  readonly createdAtMs: number;
  readonly totalMinor: number;
  readonly refundedMinor: number;
  readonly customerName: string | null;
  readonly itemCount: number;
  readonly status: SaleStatus;
  readonly staffName: string;
  readonly kind: SaleKind;
}

/** Where a page begins: strictly before this sale. */
export interface SalesBefore {
  readonly beforeDate: string;
  readonly beforeMs: number;
  readonly beforeId: string;
}

/** Sales that were once completed, the newest first. */
export function selectSalesPage(
  db: ReadableDb,
  given: SalesBefore & { merchantId: string; limit: number },
): ListedSaleRow[] {
  return db.all<ListedSaleRow>(SELECT_PAGE, { ...given });
}

/** Sales by receipt numbers, by the number of another till system, or of customers; the newest first. */
export function selectMatchingSales(
  db: ReadableDb,
  given: SalesBefore & {
    merchantId: string;
    limit: number;
    text: string;
    receiptNumbers: readonly string[];
    customerIds: readonly string[];
  },
): ListedSaleRow[] {
  const lists = {
    receiptNumbers: JSON.stringify(given.receiptNumbers),
    customerIds: JSON.stringify(given.customerIds),
  };
  return db.all<ListedSaleRow>(SELECT_MATCHING, { ...given, ...lists });
}

/** Customers who were here and whose name holds the text (three letters or more), the last seen first; at most 50. */
export function selectCustomersNamed(db: ReadableDb, merchantId: string, text: string): string[] {
  const words = text.replace(/["'\-\s]+/g, ' ').trim();
  if (words.length < 3) return [];
  const phrase = `"${words}"`;
  return db.all<{ customerId: string }>(SELECT_CUSTOMERS_NAMED, { merchantId, phrase }).map((row) => row.customerId);
}
