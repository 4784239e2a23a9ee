import type { EntryKind } from '#shop/points/lots.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_ENTRIES = sql`
  SELECT e.id AS entryId, e.kind, e.points, e.at_ms AS atMs, e.trusted_at_ms AS trustedAtMs,
    e.expires_at_ms AS expiresAtMs, e.reverses_id AS reversesEntryId, e.lot_id AS lotId, e.ripens_at_ms AS ripensAtMs,
    e.slides_to_ms AS slidesToMs, e.transaction_id AS saleId, e.system_account AS systemAccount, e.reason,
    t.receipt_number AS receiptNumber, v.version AS programmeVersion, s.name AS staffName, (
      SELECT a.event
      FROM event_awards a
      WHERE a.entry_id = COALESCE(e.reverses_id, e.id)
      LIMIT 1) AS awardedFor
  FROM points_transactions e
  LEFT JOIN transactions t ON t.id = e.transaction_id
  LEFT JOIN loyalty_program_versions v ON v.id = e.programme_version_id
  LEFT JOIN staff_members s ON s.id = e.staff_id
  WHERE e.customer_id = :customerId
    AND e.merchant_id = :merchantId
    AND e.program_id = (SELECT id FROM loyalty_programs WHERE merchant_id = :merchantId AND is_main = 1)
  ORDER BY e.seq`;

const SELECT_VISITS = sql`
  SELECT DISTINCT business_date AS businessDate
  FROM customer_visits
  WHERE customer_id IN (SELECT :customerId UNION ALL SELECT id FROM customers WHERE duplicate_of = :customerId)
    AND merchant_id = :merchantId
    AND visit_count > 0
    AND business_date >= :fromDate
  ORDER BY business_date`;

const COUNT_VISITS = sql`
  SELECT COUNT(DISTINCT business_date) AS visits
  FROM customer_visits
  WHERE customer_id IN (SELECT :customerId UNION ALL SELECT id FROM customers WHERE duplicate_of = :customerId)
    AND merchant_id = :merchantId
    AND visit_count > 0`;

const COUNT_VALUE_ONLY = sql`
  SELECT COUNT(*) AS sales
  FROM transactions
  WHERE customer_id IN (SELECT :customerId UNION ALL SELECT id FROM customers WHERE duplicate_of = :customerId)
    AND sold_value_minor > 0
    AND sold_value_minor = amount_minor
    AND refunded_minor < amount_minor
    AND status = 'completed'`;

/** Every entry of a customer's ledger in the main programme, in the order in which they were booked. */
export function selectLedger(db: ReadableDb, merchantId: string, customerId: string): LedgerRow[] {
  return db.all<LedgerRow>(SELECT_ENTRIES, { merchantId, customerId });
}

/** The business dates since `fromDate` on which the customer bought. */
export function selectVisitDates(db: ReadableDb, merchantId: string, customerId: string, fromDate: string): string[] {
  return db
    .all<{ businessDate: string }>(SELECT_VISITS, { merchantId, customerId, fromDate })
    .map((row) => row.businessDate);
}

/** On how many business dates the customer bought, ever. */
export function countVisits(db: ReadableDb, merchantId: string, customerId: string): number {
  return db.get<{ visits: number }>(COUNT_VISITS, { merchantId, customerId })?.visits ?? 0;
}

/** Standing sales of nothing but credit, gift cards and passes: no baskets (decision 0031). */
export function countValueOnlySales(db: ReadableDb, customerId: string): number {
  return db.get<{ sales: number }>(COUNT_VALUE_ONLY, { customerId })?.sales ?? 0;
}

export interface LedgerRow {
  readonly entryId: string;
  readonly kind: EntryKind;
  readonly points: number;
  readonly atMs: number;
  readonly trustedAtMs: number;
  readonly expiresAtMs: number | null;
  readonly reversesEntryId: string | null;
  readonly lotId: string | null;
  readonly ripensAtMs: number | null;
  readonly slidesToMs: number | null;
  readonly saleId: string | null;
  readonly systemAccount: 'issued' | 'redeemed' | 'expired' | 'adjusted' | 'disputed';
  readonly reason: string;
  readonly receiptNumber: string | null;
  readonly programmeVersion: number | null;
  readonly staffName: string | null;
  /** What points without a sale were for; null where there was a sale or nobody knows any more. */
  readonly awardedFor: string | null;
}
