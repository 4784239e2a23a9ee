import type { EarningLine } from '#shop/points/earning-base.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const COUNT_SALES = sql`
  SELECT COUNT(*) AS sales
  FROM transactions
  WHERE merchant_id = :merchantId
    AND business_date >= :fromDate
    AND status = 'completed'
    AND customer_id IS NOT NULL`;

const SELECT_SALES = sql`
  SELECT t.id AS saleId, COALESCE(c.duplicate_of, c.id) AS customerId, t.completed_at_ms AS atMs, t.kind, t.tax_mode AS taxMode,
    t.amount_minor - t.refunded_minor AS remainingMinor, t.total_minor AS totalMinor,
    t.business_date AS businessDate, t.created_at_ms AS createdAtMs, (
      SELECT COALESCE(SUM(e.points), 0)
      FROM points_transactions e
      WHERE e.transaction_id = t.id AND e.program_id = :programId AND e.system_account = 'issued') AS actualPoints
  FROM transactions t
  JOIN customers c ON c.id = t.customer_id
  WHERE t.merchant_id = :merchantId
    AND (t.business_date, t.created_at_ms, t.id) > (:afterDate, :afterMs, :afterId)
    AND t.status = 'completed'
  ORDER BY t.business_date, t.created_at_ms, t.id
  LIMIT :limit`;

const SELECT_LINES = sql`
  SELECT i.transaction_id AS saleId, i.id AS lineId, i.product_id AS productId, i.category_id AS categoryId,
    i.quantity_thousandths AS quantityThousandths, i.free_thousandths AS freeThousandths, i.net_minor AS netMinor,
    i.tax_minor AS taxMinor, i.payable_minor AS payableMinor, i.order_discount_minor AS orderDiscountMinor,
    i.points_discount_minor AS pointsDiscountMinor, i.is_stored_value AS isStoredValue, i.tags,
    COALESCE(SUM(r.quantity_thousandths), 0) AS refundedThousandths, COALESCE(SUM(r.amount_minor), 0) AS refundedMinor,
    COALESCE(SUM(r.tax_minor), 0) AS refundedTaxMinor
  FROM json_each(:saleIds) s
  JOIN transaction_items i ON i.transaction_id = s.value
  LEFT JOIN refund_items r ON r.transaction_item_id = i.id
  GROUP BY i.transaction_id, i.position`;

const SELECT_MOVES_BEFORE = sql`
  SELECT COALESCE(c.duplicate_of, c.id) AS customerId, t.trusted_at_ms AS atMs, t.id AS saleId,
    t.amount_minor - t.sold_value_minor - t.refunded_minor + iif(t.sold_value_minor = 0, 0, COALESCE((
      SELECT SUM(r.sold_value_minor)
      FROM refunds r
      WHERE r.transaction_id = t.id), 0)) AS spendMinor, (
      SELECT COALESCE(SUM(e.points), 0)
      FROM points_transactions e
      WHERE e.transaction_id = t.id AND e.program_id = :programId AND e.system_account = 'issued') AS earnedPoints
  FROM transactions t
  JOIN customers c ON c.id = t.customer_id
  WHERE t.merchant_id = :merchantId
    AND t.business_date >= :fromDate
    AND t.business_date < :untilDate
    AND t.status = 'completed'
  ORDER BY t.business_date, t.created_at_ms, t.id`;

const SELECT_NAMES = sql`
  SELECT c.id AS customerId, COALESCE(NULLIF(p.full_name, ''), c.customer_code) AS name
  FROM json_each(:customerIds) k
  JOIN customers c ON c.id = k.value
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  WHERE c.merchant_id = :merchantId
    AND c.status <> 'erased'`;

/** What customers are called, by id; their code where they have no name. Who was erased has none. */
export function selectCustomerNames(
  db: ReadableDb,
  merchantId: string,
  customerIds: readonly string[],
): Record<string, string> {
  const rows = db.all<{ customerId: string; name: string }>(SELECT_NAMES, {
    merchantId,
    customerIds: JSON.stringify(customerIds),
  });
  return Object.fromEntries(rows.map(({ customerId, name }) => [customerId, name]));
}

/** Where the last portion ended. */
export interface SaleCursor {
  readonly afterDate: string;
  readonly afterMs: number;
  readonly afterId: string;
}

export interface PastSaleRow {
  readonly saleId: string;
  readonly customerId: string;
  readonly atMs: number;
  readonly kind: 'SALE' | 'AWARD';
  readonly taxMode: 'inclusive' | 'exclusive';
  readonly remainingMinor: number;
  readonly totalMinor: number;
  readonly businessDate: string;
  readonly createdAtMs: number;
  readonly actualPoints: number;
}

export interface PastLineRow {
  readonly saleId: string;
  readonly lineId: string;
  readonly productId: string | null;
  readonly categoryId: string | null;
  readonly quantityThousandths: number;
  readonly freeThousandths: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
  readonly orderDiscountMinor: number;
  readonly pointsDiscountMinor: number;
  readonly isStoredValue: 0 | 1;
  readonly tags: string | null;
  readonly refundedThousandths: number;
  readonly refundedMinor: number;
  readonly refundedTaxMinor: number;
}

/** Sales of known customers that stand, from a business day on. */
export function countPastSales(db: ReadableDb, merchantId: string, fromDate: string): number {
  return db.get<{ sales: number }>(COUNT_SALES, { merchantId, fromDate })?.sales ?? 0;
}

/** The next sales of known customers by time, with what they really earned in the programme. */
export function selectPastSales(
  db: ReadableDb,
  given: SaleCursor & { readonly merchantId: string; readonly programId: string; readonly limit: number },
): PastSaleRow[] {
  return db.all<PastSaleRow>(SELECT_SALES, { ...given });
}

/** The lines of sales, as frozen, by the id of their sale: what remains of each after its refunds. */
export function selectPastLines(db: ReadableDb, sales: readonly PastSaleRow[]): Map<string, EarningLine[]> {
  const taxModes = new Map(sales.map((sale) => [sale.saleId, sale.taxMode]));
  const lines = new Map<string, EarningLine[]>();
  for (const row of db.all<PastLineRow>(SELECT_LINES, { saleIds: JSON.stringify([...taxModes.keys()]) })) {
    const line = remainingLine(row, taxModes.get(row.saleId) ?? 'inclusive');
    lines.set(row.saleId, [...(lines.get(row.saleId) ?? []), ...(line === null ? [] : [line])]);
  }
  return lines;
}

/** What remains of a line; null where all of it was handed back. Shares of discounts stay in the same proportion. */
function remainingLine(row: PastLineRow, taxMode: PastSaleRow['taxMode']): EarningLine | null {
  const quantityThousandths = row.quantityThousandths - row.refundedThousandths;
  if (quantityThousandths <= 0) return null;
  const kept = (value: number): number => Math.floor((value * quantityThousandths) / row.quantityThousandths);
  const refundedNetMinor = taxMode === 'inclusive' ? row.refundedMinor : row.refundedMinor - row.refundedTaxMinor;
  return {
    lineId: row.lineId,
    productId: row.productId,
    categoryId: row.categoryId,
    quantityThousandths,
    freeThousandths: Math.min(row.freeThousandths, quantityThousandths),
    netMinor: row.netMinor - refundedNetMinor,
    taxMinor: row.taxMinor - row.refundedTaxMinor,
    payableMinor: row.payableMinor - row.refundedMinor,
    orderDiscountShareMinor: kept(row.orderDiscountMinor),
    pointsShareMinor: kept(row.pointsDiscountMinor),
    isStoredValue: row.isStoredValue === 1,
    tags: row.tags === null ? [] : (JSON.parse(row.tags) as string[]),
  };
}

export interface MoveBeforeRow {
  readonly customerId: string;
  readonly atMs: number;
  readonly saleId: string;
  readonly spendMinor: number;
  readonly earnedPoints: number;
}

/** What moved customers on a ladder in business days from `fromDate` up to, not including, `untilDate`. */
export function selectMovesBefore(
  db: ReadableDb,
  given: {
    readonly merchantId: string;
    readonly programId: string;
    readonly fromDate: string;
    readonly untilDate: string;
  },
): MoveBeforeRow[] {
  return db.all<MoveBeforeRow>(SELECT_MOVES_BEFORE, { ...given });
}
