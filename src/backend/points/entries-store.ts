import type { LedgerEntry } from '#shop/points/ledger-entry.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_OF_ACCOUNT = sql`
  SELECT id AS entryId, program_id AS programId, kind, points, trusted_at_ms AS atMs, at_ms AS saidAtMs,
    expires_at_ms AS expiresAtMs, reverses_id AS reversesEntryId, lot_id AS lotId, ripens_at_ms AS ripensAtMs,
    slides_to_ms AS slidesToMs, transaction_id AS saleId, parts
  FROM points_transactions
  WHERE account_id = :accountId
  ORDER BY seq`;

const SELECT_EARNED_OF_DUPLICATES = sql`
  SELECT e.program_id AS programId, e.trusted_at_ms AS atMs, e.transaction_id AS saleId, e.points
  FROM customers c
  CROSS JOIN points_transactions e ON e.customer_id = c.id
  WHERE c.duplicate_of = :customerId
    AND e.kind IN ('earn', 'reverse_earn')
  ORDER BY e.seq`;

const SELECT_BALANCES = sql`
  SELECT program_id AS programId, current_points AS balance, has_lot_terms AS hasLotTerms
  FROM programme_balances
  WHERE account_id = :accountId`;

/** CROSS JOIN: from the customer to their sales, whatever the statistics say. */
const SELECT_SALES = sql`
  SELECT t.id AS saleId, t.trusted_at_ms AS atMs, t.total_minor AS spendMinor, t.status,
    t.ended_trusted_at_ms AS endedAtMs, t.refunded_minor AS refundedMinor
  FROM (SELECT :customerId AS id UNION ALL SELECT id FROM customers WHERE duplicate_of = :customerId) w
  CROSS JOIN transactions t ON t.customer_id = w.id
  WHERE t.status IN ('completed', 'cancelled')
    AND t.completed_at_ms IS NOT NULL`;

const SELECT_REFUNDS = sql`
  SELECT r.trusted_at_ms AS atMs, t.id AS saleId, r.cash_rounding_minor - r.amount_minor AS spendMinor,
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

/** What records that were merged into a customer had earned, and gave back: it counts for their tier. */
export function selectEarnedOfDuplicates(
  db: ReadableDb,
  customerId: string,
): Pick<EntryRow, 'programId' | 'atMs' | 'saleId' | 'points'>[] {
  return db.all<Pick<EntryRow, 'programId' | 'atMs' | 'saleId' | 'points'>>(SELECT_EARNED_OF_DUPLICATES, {
    customerId,
  });
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
}

/** What a customer and their merged duplicates bought and gave back. The last refund of a sale takes the visit with it. */
export function selectSaleMoves(db: ReadableDb, customerId: string): SaleMoveRow[] {
  const sales = db.all<SaleOfCustomer>(SELECT_SALES, { customerId });
  const moves: SaleMoveRow[] = [];
  for (const { saleId, atMs, spendMinor, status, endedAtMs } of sales) {
    moves.push({ atMs, saleId, spendMinor, visits: 1 });
    if (status === 'cancelled')
      moves.push({ atMs: endedAtMs ?? atMs, saleId, spendMinor: spendMinor === 0 ? 0 : -spendMinor, visits: -1 });
  }
  if (sales.every(({ refundedMinor }) => refundedMinor === 0)) return moves;
  const refunds = db.all<Omit<SaleMoveRow, 'visits'> & { isLast: 0 | 1 }>(SELECT_REFUNDS, { customerId });
  return [...moves, ...refunds.map(({ isLast, ...refund }) => ({ ...refund, visits: isLast === 1 ? -1 : 0 }))];
}
