import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_FIRST_DAY = sql`
  SELECT MIN(businessDate) AS businessDate
  FROM (
    SELECT MIN(business_date) AS businessDate FROM sale_entries WHERE merchant_id = :merchantId
    UNION ALL
    SELECT MIN(business_date) FROM points_transactions WHERE merchant_id = :merchantId
    UNION ALL
    SELECT MIN(business_date) FROM merchant_daily_analytics WHERE merchant_id = :merchantId)`;

const SELECT_KEPT_DAY = sql`
  SELECT total_sales_minor AS totalSalesMinor, total_transactions AS totalTransactions, gross_sales_minor AS grossSalesMinor,
    refunds_minor AS refundsMinor, refunds_count AS refundsCount, new_customers AS newCustomers,
    returning_customers AS returningCustomers, points_issued AS pointsIssued, points_redeemed AS pointsRedeemed,
    points_expired AS pointsExpired, points_adjusted AS pointsAdjusted, sold_value_minor AS soldValueMinor,
    value_only_transactions AS valueOnlyTransactions
  FROM merchant_daily_analytics
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate`;

const SUM_SALES = sql`
  SELECT COALESCE(SUM(amount_minor), 0) AS totalSalesMinor,
    COALESCE(SUM(CASE WHEN kind = 'REFUND' THEN 0 ELSE sales_delta END), 0) AS totalTransactions,
    COALESCE(SUM(CASE WHEN kind = 'REFUND' THEN 0 ELSE amount_minor END), 0) AS grossSalesMinor,
    COALESCE(SUM(CASE WHEN kind = 'REFUND' THEN -amount_minor ELSE 0 END), 0) AS refundsMinor,
    COALESCE(SUM(kind = 'REFUND' AND NOT (amount_minor = 0 AND sold_value_minor <> 0)), 0) AS refundsCount,
    COALESCE(SUM(sold_value_minor), 0) AS soldValueMinor,
    COALESCE(SUM(sales_delta) FILTER (WHERE kind <> 'REFUND' AND amount_minor = 0 AND sold_value_minor <> 0), 0)
      AS valueOnlyTransactions
  FROM sale_entries
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate`;

const SUM_POINTS = sql`
  SELECT COALESCE(SUM(CASE WHEN system_account = 'issued' THEN points ELSE 0 END), 0) AS pointsIssued,
    COALESCE(SUM(CASE WHEN system_account = 'redeemed' THEN -points ELSE 0 END), 0) AS pointsRedeemed,
    COALESCE(SUM(CASE WHEN system_account = 'expired' THEN -points ELSE 0 END), 0) AS pointsExpired,
    COALESCE(SUM(CASE WHEN system_account IN ('adjusted', 'disputed') THEN points ELSE 0 END), 0) AS pointsAdjusted
  FROM points_transactions
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate`;

const SELECT_KEPT_VISITS = sql`
  SELECT customer_id AS customerId, visit_count AS visits, spent_minor AS spentMinor, is_first AS isFirst
  FROM customer_visits
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate
  ORDER BY customer_id`;

const SUM_VISITS = sql`
  SELECT customer_id AS customerId,
    SUM(CASE kind WHEN 'SALE' THEN 1 WHEN 'ATTACH' THEN 1 WHEN 'CANCEL' THEN -1 ELSE 0 END) AS visits,
    SUM(amount_minor) AS spentMinor
  FROM sale_entries
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate
    AND customer_id IS NOT NULL
  GROUP BY customer_id
  ORDER BY customer_id`;

const SELECT_KEPT_HOURS = sql`
  SELECT local_hour AS hour, sales_minor AS salesMinor, sales_count AS salesCount
  FROM merchant_hourly_analytics
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate
  ORDER BY local_hour`;

const SUM_HOURS = sql`
  SELECT local_hour AS hour, SUM(amount_minor) AS salesMinor,
    SUM(CASE WHEN kind = 'REFUND' THEN 0 ELSE sales_delta END) AS salesCount
  FROM sale_entries
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate
  GROUP BY local_hour
  ORDER BY local_hour`;

const UPSERT_DAY = sql`
  INSERT INTO merchant_daily_analytics (
    merchant_id, business_date, total_sales_minor, total_transactions, gross_sales_minor, refunds_minor, refunds_count,
    new_customers, returning_customers, points_issued, points_redeemed, points_expired, points_adjusted,
    sold_value_minor, value_only_transactions)
  VALUES (
    :merchantId, :businessDate, :totalSalesMinor, :totalTransactions, :grossSalesMinor, :refundsMinor, :refundsCount,
    :newCustomers, :returningCustomers, :pointsIssued, :pointsRedeemed, :pointsExpired, :pointsAdjusted,
    :soldValueMinor, :valueOnlyTransactions)
  ON CONFLICT (merchant_id, business_date) DO UPDATE SET
    total_sales_minor = excluded.total_sales_minor, total_transactions = excluded.total_transactions,
    gross_sales_minor = excluded.gross_sales_minor, refunds_minor = excluded.refunds_minor,
    refunds_count = excluded.refunds_count, new_customers = excluded.new_customers,
    returning_customers = excluded.returning_customers, points_issued = excluded.points_issued,
    points_redeemed = excluded.points_redeemed, points_expired = excluded.points_expired,
    points_adjusted = excluded.points_adjusted, sold_value_minor = excluded.sold_value_minor,
    value_only_transactions = excluded.value_only_transactions`;

const UPSERT_HOUR = sql`
  INSERT INTO merchant_hourly_analytics (merchant_id, business_date, local_hour, sales_minor, sales_count)
  VALUES (:merchantId, :businessDate, :hour, :salesMinor, :salesCount)
  ON CONFLICT (merchant_id, business_date, local_hour) DO UPDATE SET
    sales_minor = excluded.sales_minor, sales_count = excluded.sales_count`;

const DELETE_HOURS = sql`
  DELETE FROM merchant_hourly_analytics
  WHERE merchant_id = :merchantId
    AND business_date = :businessDate`;

const UPSERT_VISIT = sql`
  INSERT INTO customer_visits (customer_id, merchant_id, business_date, visit_count, spent_minor, is_first)
  VALUES (:customerId, :merchantId, :businessDate, :visits, :spentMinor, NOT EXISTS (
    SELECT 1
    FROM customer_visits v
    WHERE v.customer_id = :customerId AND v.merchant_id = :merchantId AND v.visit_count > 0
      AND v.business_date < :businessDate))
  ON CONFLICT (customer_id, merchant_id, business_date) DO UPDATE SET
    visit_count = excluded.visit_count, spent_minor = excluded.spent_minor`;

const DELETE_VISIT = sql`
  DELETE FROM customer_visits
  WHERE customer_id = :customerId
    AND merchant_id = :merchantId
    AND business_date = :businessDate`;

interface Day {
  readonly merchantId: string;
  readonly businessDate: string;
}

type DayFigures = Readonly<Record<string, number>>;

interface Visit {
  readonly customerId: string;
  readonly visits: number;
  readonly spentMinor: number;
}

interface Hour {
  readonly hour: number;
  readonly salesMinor: number;
  readonly salesCount: number;
}

/** A day in numbers: as its tables keep it, or as its entries add up. */
export interface DayState {
  readonly day: DayFigures | null;
  readonly hours: readonly Hour[];
  readonly visits: readonly Visit[];
}

/** The first business day of which anything is known; null before there is one. */
export function selectFirstDay(db: ReadableDb, merchantId: string): string | null {
  return db.get<{ businessDate: string | null }>(SELECT_FIRST_DAY, { merchantId })?.businessDate ?? null;
}

/** A day as the tables keep it that triggers follow. */
export function selectKeptDay(db: ReadableDb, day: Day): DayState {
  return {
    day: db.get<DayFigures>(SELECT_KEPT_DAY, { ...day }) ?? null,
    hours: db.all<Hour>(SELECT_KEPT_HOURS, { ...day }),
    visits: db
      .all<Visit & { isFirst: 0 | 1 }>(SELECT_KEPT_VISITS, { ...day })
      .map(({ customerId, visits, spentMinor }) => ({ customerId, visits, spentMinor })),
  };
}

/**
 * A day as its sales, refunds and points add up. Who came for the first time is known from the visits alone, as they were
 * when they happened; null where the day has nothing at all.
 */
export function addUpDay(db: ReadableDb, day: Day): DayState {
  const hours = db.all<Hour>(SUM_HOURS, { ...day });
  const visits = db.all<Visit>(SUM_VISITS, { ...day });
  const firsts = new Map(
    db
      .all<Visit & { isFirst: 0 | 1 }>(SELECT_KEPT_VISITS, { ...day })
      .map(({ customerId, isFirst }) => [customerId, isFirst]),
  );
  const there = visits.filter((visit) => visit.visits > 0);
  const newCustomers = there.filter(({ customerId }) => firsts.get(customerId) === 1).length;
  const points = db.get<DayFigures>(SUM_POINTS, { ...day }) ?? {};
  const isEmpty = hours.length === 0 && Object.values(points).every((value) => value === 0);
  return {
    day: isEmpty
      ? null
      : {
          ...(db.get<DayFigures>(SUM_SALES, { ...day }) ?? {}),
          newCustomers,
          returningCustomers: there.length - newCustomers,
          ...points,
        },
    hours,
    visits,
  };
}

/** Whether both say the same; a day of which nothing is known is a day of zeros. */
export function isSameDay(kept: DayState, added: DayState): boolean {
  const figures = ({ day }: DayState) => Object.entries(day ?? {}).filter(([, value]) => value !== 0);
  const text = (state: DayState) =>
    JSON.stringify([
      figures(state).sort(([a], [b]) => a.localeCompare(b)),
      state.hours.filter(({ salesMinor, salesCount }) => salesMinor !== 0 || salesCount !== 0),
      state.visits.filter(({ visits, spentMinor }) => visits !== 0 || spentMinor !== 0),
    ]);
  return text(kept) === text(added);
}

/** Writes what a day adds up to over what its tables held, visits first: the day's numbers of customers follow from them. */
export function rebuildDay(db: WritableDb, day: Day): DayState {
  const wanted = new Map(addUpDay(db, day).visits.map((visit) => [visit.customerId, visit]));
  for (const { customerId } of selectKeptDay(db, day).visits) {
    if (!wanted.has(customerId)) db.runOne(DELETE_VISIT, { ...day, customerId });
  }
  for (const visit of wanted.values()) db.runOne(UPSERT_VISIT, { ...day, ...visit });
  const added = addUpDay(db, day);
  db.run(DELETE_HOURS, { ...day });
  for (const hour of added.hours) db.runOne(UPSERT_HOUR, { ...day, ...hour });
  db.runOne(UPSERT_DAY, { ...NOTHING, ...added.day, ...day });
  return selectKeptDay(db, day);
}

const NOTHING: DayFigures = {
  totalSalesMinor: 0,
  totalTransactions: 0,
  grossSalesMinor: 0,
  refundsMinor: 0,
  refundsCount: 0,
  newCustomers: 0,
  returningCustomers: 0,
  pointsIssued: 0,
  pointsRedeemed: 0,
  pointsExpired: 0,
  pointsAdjusted: 0,
  soldValueMinor: 0,
  valueOnlyTransactions: 0,
};
