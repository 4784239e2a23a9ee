import { type ReadableDb, sql } from '../db/database.ts';

const SALE_ROWS = sql`
  SELECT e.seq, COALESCE(e.refund_id, e.transaction_id) AS id, lower(e.kind) AS kind,
    COALESCE(r.receipt_number, t.receipt_number) AS label, e.at_ms AS atMs, e.amount_minor AS amount
  FROM sale_entries e
  JOIN transactions t ON t.id = e.transaction_id
  LEFT JOIN refunds r ON r.id = e.refund_id
  WHERE e.merchant_id = :merchantId
    AND e.business_date = :businessDate
    AND (:hour < 0 OR e.local_hour = :hour)
    AND e.kind NOT IN ('DETACH', 'ATTACH')
    AND NOT (e.amount_minor = 0 AND e.sold_value_minor <> 0)
    AND e.seq < :beforeSeq
  ORDER BY e.seq DESC
  LIMIT :limit`;

const SALES_SUM = sql`
  SELECT COALESCE(SUM(amount_minor), 0) AS sum
  FROM sale_entries
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate
    AND (:hour < 0 OR local_hour = :hour)`;

/** The same of what was sold of stored value: the rows and their sum. */
const SOLD_VALUE_ROWS = sql`
  SELECT e.seq, COALESCE(e.refund_id, e.transaction_id) AS id, lower(e.kind) AS kind,
    COALESCE(r.receipt_number, t.receipt_number) AS label, e.at_ms AS atMs, e.sold_value_minor AS amount
  FROM sale_entries e
  JOIN transactions t ON t.id = e.transaction_id
  LEFT JOIN refunds r ON r.id = e.refund_id
  WHERE e.merchant_id = :merchantId
    AND e.business_date = :businessDate
    AND e.sold_value_minor <> 0
    AND e.kind NOT IN ('DETACH', 'ATTACH')
    AND e.seq < :beforeSeq
  ORDER BY e.seq DESC
  LIMIT :limit`;

const SOLD_VALUE_SUM = sql`
  SELECT COALESCE(SUM(sold_value_minor), 0) AS sum
  FROM sale_entries
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate`;

/** Sales that the average counts: all but those of nothing but stored value. */
const COUNT_BASKETS = sql`
  SELECT COALESCE(SUM(sales_delta), 0) AS sum
  FROM sale_entries
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate
    AND (:hour < 0 OR local_hour = :hour)
    AND kind <> 'REFUND'
    AND NOT (amount_minor = 0 AND sold_value_minor <> 0)`;

const COUNT_ROWS = sql`
  SELECT e.seq, e.transaction_id AS id, lower(e.kind) AS kind, t.receipt_number AS label, e.at_ms AS atMs,
    e.sales_delta AS amount
  FROM sale_entries e
  JOIN transactions t ON t.id = e.transaction_id
  WHERE e.merchant_id = :merchantId
    AND e.business_date = :businessDate
    AND (:hour < 0 OR e.local_hour = :hour)
    AND e.kind NOT IN ('REFUND', 'DETACH', 'ATTACH')
    AND e.seq < :beforeSeq
  ORDER BY e.seq DESC
  LIMIT :limit`;

const COUNT_SUM = sql`
  SELECT COALESCE(SUM(sales_delta), 0) AS sum
  FROM sale_entries
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate
    AND (:hour < 0 OR local_hour = :hour)
    AND kind <> 'REFUND'`;

const VISIT_ROWS = sql`
  SELECT c.customer_number AS seq, c.id, 'visit' AS kind, COALESCE(p.full_name, c.customer_code) AS label,
    (SELECT MAX(e.at_ms) FROM sale_entries e
     WHERE e.customer_id = v.customer_id AND e.kind IN ('SALE', 'ATTACH') AND e.business_date = v.business_date) AS atMs,
    1 AS amount
  FROM customer_visits v
  JOIN customers c ON c.id = v.customer_id
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  WHERE v.merchant_id = :merchantId
    AND v.business_date = :businessDate
    AND v.visit_count > 0
    AND v.is_first = :isFirst
    AND c.customer_number < :beforeSeq
  ORDER BY c.customer_number DESC
  LIMIT :limit`;

const VISIT_SUM = sql`
  SELECT COUNT(*) AS sum
  FROM customer_visits
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate
    AND visit_count > 0
    AND is_first = :isFirst`;

const ENTRY_ROWS = sql`
  SELECT e.seq, e.id, 'entry' AS kind, CASE WHEN e.reverses_id IS NULL THEN e.kind ELSE 'reverse' END AS label,
    e.at_ms AS atMs, e.points * CAST(:sign AS INTEGER) AS amount
  FROM points_transactions e
  WHERE e.merchant_id = :merchantId
    AND e.business_date = :businessDate
    AND e.system_account = :systemAccount
    AND e.seq < :beforeSeq
  ORDER BY e.seq DESC
  LIMIT :limit`;

const ENTRY_SUM = sql`
  SELECT COALESCE(SUM(points), 0) * CAST(:sign AS INTEGER) AS sum
  FROM points_transactions
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate
    AND system_account = :systemAccount`;

/** One row behind a number; the amounts of all of them sum to it. */
export interface ExplainedRow {
  readonly seq: number;
  readonly id: string;
  readonly kind: 'sale' | 'refund' | 'cancel' | 'visit' | 'entry';
  readonly label: string;
  readonly atMs: number;
  readonly amount: number;
}

export interface DayPage {
  readonly merchantId: string;
  readonly businessDate: string;
  readonly beforeSeq: number;
  readonly limit: number;
}

export interface ExplainedPage {
  readonly rows: ExplainedRow[];
  /** Of all rows, not of the page. */
  readonly sum: number;
}

const sumOf = (row: { sum: number } | undefined): number => row?.sum ?? 0;

/** The bookings behind net sales; hour -1 means the whole day. */
export function explainSales(db: ReadableDb, page: DayPage, hour: number): ExplainedPage {
  const { merchantId, businessDate } = page;
  return {
    rows: db.all<ExplainedRow>(SALE_ROWS, { ...page, hour }),
    sum: sumOf(db.get(SALES_SUM, { merchantId, businessDate, hour })),
  };
}

/** The bookings behind what was sold of credit, gift cards and passes in the day. */
export function explainSoldValue(db: ReadableDb, page: DayPage): ExplainedPage {
  const { merchantId, businessDate } = page;
  return {
    rows: db.all<ExplainedRow>(SOLD_VALUE_ROWS, { ...page }),
    sum: sumOf(db.get(SOLD_VALUE_SUM, { merchantId, businessDate })),
  };
}

/** How many sales the average of the day or of an hour counts; hour -1 means the whole day. */
export function countBaskets(db: ReadableDb, { merchantId, businessDate }: DayPage, hour: number): number {
  return sumOf(db.get(COUNT_BASKETS, { merchantId, businessDate, hour }));
}

/** The sales (and cancellations) behind the number of sales; hour -1 means the whole day. */
export function explainCount(db: ReadableDb, page: DayPage, hour: number): ExplainedPage {
  const { merchantId, businessDate } = page;
  return {
    rows: db.all<ExplainedRow>(COUNT_ROWS, { ...page, hour }),
    sum: sumOf(db.get(COUNT_SUM, { merchantId, businessDate, hour })),
  };
}

/** The customers of the day: new ones or returning ones. */
export function explainVisits(db: ReadableDb, page: DayPage, isFirst: boolean): ExplainedPage {
  const { merchantId, businessDate } = page;
  const first = isFirst ? 1 : 0;
  return {
    rows: db.all<ExplainedRow>(VISIT_ROWS, { ...page, isFirst: first }),
    sum: sumOf(db.get(VISIT_SUM, { merchantId, businessDate, isFirst: first })),
  };
}

/** The ledger entries behind points issued (+) or redeemed (shown positive). */
export function explainPoints(db: ReadableDb, page: DayPage, systemAccount: 'issued' | 'redeemed'): ExplainedPage {
  const { merchantId, businessDate } = page;
  const sign = systemAccount === 'issued' ? 1 : -1;
  return {
    rows: db.all<ExplainedRow>(ENTRY_ROWS, { ...page, systemAccount, sign }),
    sum: sumOf(db.get(ENTRY_SUM, { merchantId, businessDate, systemAccount, sign })),
  };
}
