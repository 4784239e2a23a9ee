import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_OPEN = sql`
  SELECT a.id AS alertId, a.kind, a.times, a.first_at_ms AS firstAtMs, a.last_at_ms AS lastAtMs,
    a.handled_at_ms AS handledAtMs, h.name AS handledByName, a.note, t.name AS terminalName
  FROM alerts a
  JOIN terminals t ON t.id = a.terminal_id
  LEFT JOIN staff_members h ON h.id = a.handled_by_staff_id
  WHERE a.merchant_id = :merchantId
    AND a.handled_at_ms IS NULL
  ORDER BY a.last_at_ms DESC
  LIMIT :limit`;

const SELECT_HANDLED = sql`
  SELECT a.id AS alertId, a.kind, a.times, a.first_at_ms AS firstAtMs, a.last_at_ms AS lastAtMs,
    a.handled_at_ms AS handledAtMs, h.name AS handledByName, a.note, t.name AS terminalName
  FROM alerts a
  JOIN terminals t ON t.id = a.terminal_id
  LEFT JOIN staff_members h ON h.id = a.handled_by_staff_id
  WHERE a.merchant_id = :merchantId
    AND a.handled_at_ms IS NOT NULL
  ORDER BY a.handled_at_ms DESC
  LIMIT :limit`;

const SELECT_ONE = sql`
  SELECT a.id AS alertId, a.kind, a.times, a.first_at_ms AS firstAtMs, a.last_at_ms AS lastAtMs,
    a.handled_at_ms AS handledAtMs, h.name AS handledByName, a.note, t.name AS terminalName
  FROM alerts a
  JOIN terminals t ON t.id = a.terminal_id
  LEFT JOIN staff_members h ON h.id = a.handled_by_staff_id
  WHERE a.id = :alertId
    AND a.merchant_id = :merchantId`;

const COUNT_OPEN = sql`
  SELECT COUNT(*) AS open
  FROM alerts
  WHERE merchant_id = :merchantId
    AND handled_at_ms IS NULL`;

const SELECT_OCCURRENCES = sql`
  SELECT o.id AS occurrenceId, o.at_ms AS atMs, o.facts, s.name AS staffName, o.customer_id AS customerId,
    p.full_name AS customerName, o.transaction_id AS saleId, x.receipt_number AS receiptNumber, o.campaign_id AS campaignId,
    g.name AS campaignName
  FROM alert_occurrences o
  LEFT JOIN staff_members s ON s.id = o.staff_id
  LEFT JOIN customers c ON c.id = o.customer_id
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  LEFT JOIN transactions x ON x.id = o.transaction_id
  LEFT JOIN campaigns g ON g.id = o.campaign_id
  WHERE o.alert_id = :alertId
  ORDER BY o.at_ms DESC, o.id DESC
  LIMIT :limit`;

/** An alert with how often it happened. Instants are UTC ms; null: nobody has handled it. */
export interface StoredAlert {
  readonly alertId: string;
  readonly kind: string;
  readonly times: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly handledAtMs: number | null;
  readonly handledByName: string | null;
  readonly note: string;
  readonly terminalName: string;
}

/** One time that it happened, with the names of today. */
export interface StoredOccurrence {
  readonly occurrenceId: string;
  readonly atMs: number;
  /** JSON, as the kind says. */
  readonly facts: string;
  /** Null: it happened by itself. */
  readonly staffName: string | null;
  readonly customerId: string | null;
  /** Null for nobody, and for who was erased. */
  readonly customerName: string | null;
  readonly saleId: string | null;
  readonly receiptNumber: string | null;
  readonly campaignId: string | null;
  readonly campaignName: string | null;
}

/** Open ones by when they last happened, handled ones by when they were handled, the newest first. */
export function selectAlerts(
  db: ReadableDb,
  merchantId: string,
  { tab, limit }: { readonly tab: 'open' | 'handled'; readonly limit: number },
): StoredAlert[] {
  return db.all<StoredAlert>(tab === 'open' ? SELECT_OPEN : SELECT_HANDLED, { merchantId, limit });
}

export function selectAlert(db: ReadableDb, merchantId: string, alertId: string): StoredAlert | null {
  return db.get<StoredAlert>(SELECT_ONE, { alertId, merchantId }) ?? null;
}

export function countOpenAlerts(db: ReadableDb, merchantId: string): number {
  return db.get<{ open: number }>(COUNT_OPEN, { merchantId })?.open ?? 0;
}

/** The last times that it happened, the newest first. */
export function selectOccurrences(db: ReadableDb, alertId: string, limit: number): StoredOccurrence[] {
  return db.all<StoredOccurrence>(SELECT_OCCURRENCES, { alertId, limit });
}
