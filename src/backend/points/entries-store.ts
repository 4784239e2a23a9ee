import type { LedgerEntry } from '#shop/points/ledger-entry.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_OF_ACCOUNT = sql`
  SELECT id AS entryId, program_id AS programId, kind, points, trusted_at_ms AS atMs, at_ms AS saidAtMs,
    expires_at_ms AS expiresAtMs, reverses_id AS reversesEntryId, lot_id AS lotId, ripens_at_ms AS ripensAtMs,
    slides_to_ms AS slidesToMs, transaction_id AS saleId, parts
  FROM points_transactions
  WHERE account_id = :accountId
  ORDER BY seq`;

const SELECT_OF_ACCOUNT_AFTER = sql`
  SELECT id AS entryId, program_id AS programId, kind, points, trusted_at_ms AS atMs, at_ms AS saidAtMs,
    expires_at_ms AS expiresAtMs, reverses_id AS reversesEntryId, lot_id AS lotId, ripens_at_ms AS ripensAtMs,
    slides_to_ms AS slidesToMs, transaction_id AS saleId, parts
  FROM points_transactions
  WHERE account_id = :accountId
    AND seq > :afterSeq
    AND program_id = :programId
  ORDER BY seq`;

const SELECT_EARNED_OF_DUPLICATES = sql`
  SELECT e.program_id AS programId, e.trusted_at_ms AS atMs, e.transaction_id AS saleId, e.points
  FROM customers c
  CROSS JOIN points_transactions e ON e.customer_id = c.id
  WHERE c.duplicate_of = :customerId
    AND e.kind IN ('earn', 'reverse_earn')
  ORDER BY e.seq`;

const SELECT_EARNINGS_OF_DUPLICATES = sql`
  SELECT e.program_id AS programId, e.at_ms AS saidAtMs, e.points, e.parts
  FROM customers c
  CROSS JOIN points_transactions e ON e.customer_id = c.id
  WHERE c.duplicate_of = :customerId
    AND e.kind = 'earn'
  ORDER BY e.seq`;

const SELECT_BALANCES = sql`
  SELECT program_id AS programId, current_points AS balance, has_lot_terms AS hasLotTerms
  FROM programme_balances
  WHERE account_id = :accountId`;

/** CROSS JOIN: from the customer to their sales, whatever the statistics say. */
const SELECT_SALES = sql`
  SELECT t.id AS saleId, t.trusted_at_ms AS atMs, t.status,
    t.total_minor - COALESCE((
      SELECT SUM(i.payable_minor)
      FROM transaction_items i
      WHERE i.transaction_id = t.id AND i.is_stored_value = 1), 0) AS spendMinor,
    EXISTS (
      SELECT 1
      FROM transaction_items i
      WHERE i.transaction_id = t.id AND i.is_stored_value = 1)
      AND NOT EXISTS (
        SELECT 1
        FROM transaction_items i
        WHERE i.transaction_id = t.id AND i.is_stored_value = 0) AS isOnlyStoredValue,
    t.ended_trusted_at_ms AS endedAtMs, t.refunded_minor AS refundedMinor
  FROM (SELECT :customerId AS id UNION ALL SELECT id FROM customers WHERE duplicate_of = :customerId) w
  CROSS JOIN transactions t ON t.customer_id = w.id
  WHERE t.status IN ('completed', 'cancelled')
    AND t.completed_at_ms IS NOT NULL`;

/** The same of what was booked after a row of the sales; and what else was booked then. */
const SELECT_SALES_AFTER = sql`
  SELECT t.id AS saleId, t.trusted_at_ms AS atMs, t.status, e.kind,
    t.total_minor - COALESCE((
      SELECT SUM(i.payable_minor)
      FROM transaction_items i
      WHERE i.transaction_id = t.id AND i.is_stored_value = 1), 0) AS spendMinor,
    EXISTS (
      SELECT 1
      FROM transaction_items i
      WHERE i.transaction_id = t.id AND i.is_stored_value = 1)
      AND NOT EXISTS (
        SELECT 1
        FROM transaction_items i
        WHERE i.transaction_id = t.id AND i.is_stored_value = 0) AS isOnlyStoredValue
  FROM (SELECT :customerId AS id UNION ALL SELECT id FROM customers WHERE duplicate_of = :customerId) w
  CROSS JOIN sale_entries e ON e.customer_id = w.id AND e.seq > :afterSeq
  CROSS JOIN transactions t ON t.id = e.transaction_id`;

const SELECT_REFUNDS = sql`
  SELECT r.trusted_at_ms AS atMs, t.id AS saleId,
    r.cash_rounding_minor - r.amount_minor + COALESCE((
      SELECT SUM(x.amount_minor)
      FROM transaction_items i
      CROSS JOIN refund_items x ON x.refund_id = r.id AND x.transaction_item_id = i.id
      WHERE i.transaction_id = t.id AND i.is_stored_value = 1), 0) AS spendMinor,
    t.refunded_minor >= t.amount_minor AND NOT EXISTS (
      SELECT 1
      FROM refunds l
      WHERE l.transaction_id = t.id AND (l.trusted_at_ms, l.id) > (r.trusted_at_ms, r.id)) AS isLast
  FROM (SELECT :customerId AS id UNION ALL SELECT id FROM customers WHERE duplicate_of = :customerId) w
  CROSS JOIN transactions t ON t.customer_id = w.id
  CROSS JOIN refunds r ON r.transaction_id = t.id
  WHERE t.refunded_minor > 0`;

/** An entry with what the fold reads of it, its programme, and what limits count. atMs is trusted time, saidAtMs the likeliest. */
export interface EntryRow extends LedgerEntry {
  readonly programId: string;
  readonly saidAtMs: number;
  readonly saleId: string | null;
  readonly parts: string;
}

/** Every entry of an account, in the order in which they were booked. */
export function selectEntries(db: ReadableDb, accountId: string): EntryRow[] {
  return db.all<EntryRow>(SELECT_OF_ACCOUNT, { accountId });
}

/** The entries of an account in a programme that were booked after a row of the ledger. */
export function selectEntriesAfter(
  db: ReadableDb,
  given: { readonly accountId: string; readonly programId: string; readonly afterSeq: number },
): EntryRow[] {
  return db.all<EntryRow>(SELECT_OF_ACCOUNT_AFTER, { ...given });
}

/** What records that were merged into a customer had earned, and gave back: it counts for their tier. */
export function selectEarnedOfDuplicates(
  db: ReadableDb,
  customerId: string,
): Pick<EntryRow, 'programId' | 'atMs' | 'saleId' | 'points'>[] {
  return db.all<Pick<EntryRow, 'programId' | 'atMs' | 'saleId' | 'points'>>(SELECT_EARNED_OF_DUPLICATES, {
    customerId,
  });
}

/** An earning as limits count it. */
export type EarningRow = Pick<EntryRow, 'programId' | 'saidAtMs' | 'points' | 'parts'>;

/** What records earned that were merged into a customer's: daily and other limits are a person's, not a record's. */
export function selectEarningsOfDuplicates(db: ReadableDb, customerId: string): EarningRow[] {
  return db.all<EarningRow>(SELECT_EARNINGS_OF_DUPLICATES, { customerId });
}

/** What an account has in a programme: the plain sum of its entries, and whether any of them ends or has to wait. */
export interface ProgrammeBalance {
  readonly programId: string;
  readonly balance: number;
  readonly hasLotTerms: 0 | 1;
}

export function selectProgrammeBalances(db: ReadableDb, accountId: string): ProgrammeBalance[] {
  return db.all<ProgrammeBalance>(SELECT_BALANCES, { accountId });
}

/** What a sale, a refund or a cancellation moves on a ladder by spend or visits. */
export interface SaleMoveRow {
  readonly atMs: number;
  readonly saleId: string;
  readonly spendMinor: number;
  readonly visits: number;
}

interface SaleOfCustomer {
  readonly saleId: string;
  readonly atMs: number;
  readonly spendMinor: number;
  readonly status: 'completed' | 'cancelled';
  readonly endedAtMs: number | null;
  readonly refundedMinor: number;
  readonly isOnlyStoredValue: 0 | 1;
}

/**
 * What a customer and their merged duplicates bought and gave back. The last refund of a sale takes the visit with it. Stored
 * value that was bought counts for nothing: it counts when it is spent (C-38).
 */
export function selectSaleMoves(db: ReadableDb, customerId: string): SaleMoveRow[] {
  const sales = db.all<SaleOfCustomer>(SELECT_SALES, { customerId });
  const moves: SaleMoveRow[] = [];
  const noVisits = new Set(sales.filter((sale) => sale.isOnlyStoredValue === 1).map(({ saleId }) => saleId));
  for (const { saleId, atMs, spendMinor, status, endedAtMs } of sales) {
    const visits = noVisits.has(saleId) ? 0 : 1;
    moves.push({ atMs, saleId, spendMinor, visits });
    const back = { spendMinor: spendMinor === 0 ? 0 : -spendMinor, visits: visits === 0 ? 0 : -1 };
    if (status === 'cancelled') moves.push({ atMs: endedAtMs ?? atMs, saleId, ...back });
  }
  if (sales.every(({ refundedMinor }) => refundedMinor === 0)) return moves;
  const refunds = db.all<Omit<SaleMoveRow, 'visits'> & { isLast: 0 | 1 }>(SELECT_REFUNDS, { customerId });
  const takesVisit = ({ isLast, saleId }: { isLast: 0 | 1; saleId: string }) => isLast === 1 && !noVisits.has(saleId);
  return [
    ...moves,
    ...refunds.map(({ isLast, ...refund }) => ({ ...refund, visits: takesVisit({ ...refund, isLast }) ? -1 : 0 })),
  ];
}

/**
 * What a customer and their merged duplicates bought after a row of the sales, as `selectSaleMoves` counts it; null where
 * anything else was booked since: what is given back reaches into the past.
 */
export function selectSaleMovesAfter(
  db: ReadableDb,
  given: { readonly customerId: string; readonly afterSeq: number },
): SaleMoveRow[] | null {
  const sales = db.all<SaleOfCustomer & { readonly kind: string }>(SELECT_SALES_AFTER, { ...given });
  if (sales.some(({ kind }) => kind !== 'SALE')) return null;
  return sales.map(({ saleId, atMs, spendMinor, isOnlyStoredValue }) => ({
    atMs,
    saleId,
    spendMinor,
    visits: 1 - isOnlyStoredValue,
  }));
}
