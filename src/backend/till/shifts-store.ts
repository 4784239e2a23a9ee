import type { CommandScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';
import { insertRemark } from '../remarks-store.ts';

const SELECT_OPEN_ID = sql`
  SELECT id
  FROM register_shifts
  WHERE terminal_id = :terminalId
    AND closed_at_ms IS NULL`;

const SELECT_OPEN = sql`
  SELECT r.id AS shiftId, r.opened_at_ms AS openedAtMs, s.name AS openedBy, r.float_minor AS floatMinor
  FROM register_shifts r
  JOIN staff_members s ON s.id = r.opened_by_staff_id
  WHERE r.terminal_id = :terminalId
    AND r.closed_at_ms IS NULL`;

const INSERT_SHIFT = sql`
  INSERT INTO register_shifts (id, merchant_id, shop_id, terminal_id, opened_by_staff_id, opened_at_ms, float_minor)
  VALUES (:id, :merchantId, :shopId, :terminalId, :openedByStaffId, :openedAtMs, :floatMinor)`;

const CLOSE_SHIFT = sql`
  UPDATE register_shifts
  SET closed_by_staff_id = :closedByStaffId, closed_at_ms = :closedAtMs, expected_minor = :expectedMinor,
    counted_minor = :countedMinor
  WHERE id = :id
    AND closed_at_ms IS NULL`;

// Sales that were paid in this shift, cancelled since or not: their money came in here.
const SUM_SALES = sql`
  SELECT x.kind, COUNT(DISTINCT t.id) AS count, COALESCE(SUM(x.amount_minor), 0) AS amountMinor
  FROM transactions t
  JOIN transaction_tenders x ON x.transaction_id = t.id AND x.status = 'approved'
  WHERE t.shift_id = :shiftId
    AND t.completed_at_ms IS NOT NULL
  GROUP BY x.kind`;

// Cancellations while this shift was open: the money went out here, whichever shift took it in.
const SUM_CANCELLED = sql`
  SELECT x.kind, COUNT(DISTINCT t.id) AS count, COALESCE(SUM(x.amount_minor), 0) AS amountMinor
  FROM transactions t
  JOIN transaction_tenders x ON x.transaction_id = t.id AND x.status = 'approved'
  WHERE t.merchant_id = :merchantId
    AND t.business_date >= :sinceDate
    AND t.terminal_id = :terminalId
    AND t.status = 'cancelled'
    AND t.completed_at_ms IS NOT NULL
    AND t.ended_at_ms >= :openedAtMs
  GROUP BY x.kind`;

const SUM_REFUNDS = sql`
  SELECT x.kind, COUNT(DISTINCT r.id) AS count, COALESCE(SUM(x.amount_minor), 0) AS amountMinor
  FROM refunds r
  JOIN refund_tenders x ON x.refund_id = r.id
  WHERE r.shift_id = :shiftId
  GROUP BY x.kind`;

const SUM_DOCUMENTS = sql`
  SELECT COUNT(*) AS salesCount, COALESCE(SUM(amount_minor), 0) AS salesMinor,
    COALESCE(SUM(discount_minor), 0) AS discountMinor, COALESCE(SUM(cash_rounding_minor), 0) AS cashRoundingMinor
  FROM transactions
  WHERE shift_id = :shiftId
    AND kind = 'SALE'
    AND status = 'completed'`;

const SUM_TAX = sql`
  SELECT i.tax_rate_id AS taxRateId, r.name, i.tax_rate_basis_points AS rateBasisPoints,
    SUM(i.tax_minor) AS taxMinor, SUM(i.payable_minor) AS payableMinor
  FROM transactions t
  JOIN transaction_items i ON i.transaction_id = t.id
  JOIN tax_rates r ON r.id = i.tax_rate_id
  WHERE t.shift_id = :shiftId
    AND t.status = 'completed'
    AND i.is_stored_value = 0
  GROUP BY i.tax_rate_id, i.tax_rate_basis_points
  ORDER BY i.tax_rate_basis_points DESC`;

/** The open shift of the terminal, or null. */
export function selectOpenShiftId(db: ReadableDb, terminalId: string): string | null {
  return db.get<{ id: string }>(SELECT_OPEN_ID, { terminalId })?.id ?? null;
}

export interface OpenShift {
  readonly shiftId: string;
  readonly openedAtMs: number;
  readonly openedBy: string;
  readonly floatMinor: number;
}

export function selectOpenShift(db: ReadableDb, terminalId: string): OpenShift | null {
  return db.get<OpenShift>(SELECT_OPEN, { terminalId }) ?? null;
}

/** Money that moved by one kind of tender. */
export interface TenderSum {
  readonly kind: 'cash' | 'card' | 'other' | 'external' | 'exchange';
  readonly count: number;
  readonly amountMinor: number;
}

export interface ShiftSums {
  readonly sales: readonly TenderSum[];
  readonly cancelled: readonly TenderSum[];
  readonly refunds: readonly TenderSum[];
}

/** What moved in a shift, by kind of tender. sinceDate bounds how far back a cancelled sale can lie. */
export function selectShiftSums(
  db: ReadableDb,
  given: { shiftId: string; merchantId: string; terminalId: string; openedAtMs: number; sinceDate: string },
): ShiftSums {
  const { shiftId, merchantId, terminalId, openedAtMs, sinceDate } = given;
  return {
    sales: db.all<TenderSum>(SUM_SALES, { shiftId }),
    cancelled: db.all<TenderSum>(SUM_CANCELLED, { merchantId, terminalId, openedAtMs, sinceDate }),
    refunds: db.all<TenderSum>(SUM_REFUNDS, { shiftId }),
  };
}

export interface ShiftDocuments {
  readonly salesCount: number;
  readonly salesMinor: number;
  readonly discountMinor: number;
  readonly cashRoundingMinor: number;
}

/** The standing sales of a shift that were rung up here. */
export function selectShiftDocuments(db: ReadableDb, shiftId: string): ShiftDocuments {
  const row = db.get<ShiftDocuments>(SUM_DOCUMENTS, { shiftId });
  return row ?? { salesCount: 0, salesMinor: 0, discountMinor: 0, cashRoundingMinor: 0 };
}

export interface ShiftTax {
  readonly taxRateId: string;
  readonly name: string;
  readonly rateBasisPoints: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
}

export function selectShiftTax(db: ReadableDb, shiftId: string): ShiftTax[] {
  return db.all<ShiftTax>(SUM_TAX, { shiftId });
}

export function insertShift(scope: CommandScope, floatMinor: number): string {
  const row = {
    id: scope.newId(),
    merchantId: scope.shop.merchantId,
    shopId: scope.shop.shopId,
    terminalId: scope.shop.terminalId,
    openedByStaffId: scope.session.staffId,
    openedAtMs: scope.moment.atMs,
    floatMinor,
  };
  scope.db.runOne(INSERT_SHIFT, row);
  scope.fact('register_shifts', row);
  return row.id;
}

/** Closes a shift for ever. */
export function closeOpenShift(
  scope: CommandScope,
  given: { shiftId: string; expectedMinor: number; countedMinor: number; note: string },
): void {
  const { shiftId, note, ...counted } = given;
  const row = { id: shiftId, ...counted, closedByStaffId: scope.session.staffId, closedAtMs: scope.moment.atMs };
  scope.db.runOne(CLOSE_SHIFT, row);
  scope.fact('register_shifts', row);
  insertRemark(scope, { subjectTable: 'register_shifts', subjectId: shiftId, saleId: null, text: note });
}
