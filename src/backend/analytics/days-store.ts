import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_DAYS = sql`
  SELECT business_date AS businessDate, total_sales_minor AS salesMinor, total_transactions AS salesCount,
    refunds_minor AS refundsMinor, refunds_count AS refundsCount, new_customers AS customersNew,
    returning_customers AS customersReturning, points_issued AS pointsIssued, points_redeemed AS pointsRedeemed,
    sold_value_minor AS soldValueMinor, total_transactions - value_only_transactions AS basketCount
  FROM merchant_daily_analytics
  WHERE merchant_id = :merchantId
    AND business_date BETWEEN :from AND :to
  ORDER BY business_date`;

const SELECT_HOURS = sql`
  SELECT local_hour AS hour, sales_minor AS salesMinor, sales_count AS salesCount
  FROM merchant_hourly_analytics
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate
  ORDER BY local_hour`;

const SUM_UNTIL = sql`
  SELECT COALESCE(SUM(amount_minor), 0) AS salesMinor,
    COALESCE(SUM(CASE WHEN kind = 'REFUND' THEN 0 ELSE sales_delta END), 0) AS salesCount,
    COALESCE(SUM(sales_delta) FILTER (WHERE kind <> 'REFUND' AND NOT (amount_minor = 0 AND sold_value_minor <> 0)), 0)
      AS basketCount
  FROM sale_entries
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate
    AND at_ms <= :untilMs`;

const SELECT_LAST_SALES = sql`
  SELECT t.id AS saleId, t.receipt_number AS receiptNumber, t.completed_at_ms AS atMs, p.full_name AS customerName,
    t.amount_minor - t.refunded_minor AS totalMinor, t.kind,
    (SELECT COALESCE(SUM(e.points), 0) FROM points_transactions e WHERE e.transaction_id = t.id AND e.kind IN ('earn', 'reverse_earn')) AS points
  FROM transactions t
  LEFT JOIN customers c ON c.id = t.customer_id
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  WHERE t.merchant_id = :merchantId
    AND t.business_date = :businessDate
    AND t.status = 'completed'
  ORDER BY t.created_at_ms DESC
  LIMIT 10`;

/**
 * One business day as the day table keeps it. salesMinor is goods and services, net of refunds; soldValueMinor is the credit,
 * gift cards and passes that were sold beside them. basketCount leaves out the sales of nothing but those.
 */
export interface DayRow {
  readonly businessDate: string;
  readonly salesMinor: number;
  readonly salesCount: number;
  readonly refundsMinor: number;
  readonly refundsCount: number;
  readonly customersNew: number;
  readonly customersReturning: number;
  readonly pointsIssued: number;
  readonly pointsRedeemed: number;
  readonly soldValueMinor: number;
  readonly basketCount: number;
}

/** The days from `from` to `to`, both 'YYYY-MM-DD' and both in it; days without any trade have no row. */
export function selectDailySeries(
  db: ReadableDb,
  range: { readonly merchantId: string; readonly from: string; readonly to: string },
): DayRow[] {
  return db.all<DayRow>(SELECT_DAYS, range);
}

export interface HourRow {
  readonly hour: number;
  readonly salesMinor: number;
  readonly salesCount: number;
}

/** The hours of one business date in which anything was booked. */
export function selectHours(db: ReadableDb, merchantId: string, businessDate: string): HourRow[] {
  return db.all<HourRow>(SELECT_HOURS, { merchantId, businessDate });
}

/** What was booked of a business date until an instant, as a day has it. */
export type SalesUntil = Pick<DayRow, 'salesMinor' | 'salesCount' | 'basketCount'>;

/** Net sales and their number of a business date, as booked until an instant. */
export function sumUntil(
  db: ReadableDb,
  given: { readonly merchantId: string; readonly businessDate: string; readonly untilMs: number },
): SalesUntil {
  return db.get<SalesUntil>(SUM_UNTIL, given) ?? { salesMinor: 0, salesCount: 0, basketCount: 0 };
}

export interface LastSaleRow {
  readonly saleId: string;
  readonly receiptNumber: string;
  readonly atMs: number;
  readonly customerName: string | null;
  readonly totalMinor: number;
  readonly kind: 'SALE' | 'AWARD';
  readonly points: number;
}

/** The ten newest sales of a business date that stand, with names: what was paid less what was refunded. */
export function selectLastSales(db: ReadableDb, merchantId: string, businessDate: string): LastSaleRow[] {
  return db.all<LastSaleRow>(SELECT_LAST_SALES, { merchantId, businessDate });
}
