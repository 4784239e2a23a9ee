import type { SystemScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';

/** Whether the sale has been written, whoever's it is, or holds something for another merchant. */
const SELECT_IS_TAKEN = sql`
  SELECT EXISTS (SELECT 1 FROM transactions WHERE id = :saleId)
    OR EXISTS (SELECT 1 FROM value_holds WHERE sale_id = :saleId AND merchant_id <> :merchantId) AS isTaken`;

const DELETE_HOLDS = sql`
  DELETE FROM value_holds
  WHERE sale_id = :saleId
    AND merchant_id = :merchantId`;

const SELECT_OF_SALE = sql`
  SELECT h.subject_kind AS subjectKind, h.subject_id AS subjectId, h.uses, h.amount_minor AS amountMinor, a.kind AS accountKind
  FROM value_holds h
  LEFT JOIN credit_accounts a ON a.id = h.subject_id
  WHERE h.sale_id = :saleId
    AND h.merchant_id = :merchantId
  ORDER BY h.subject_kind, h.subject_id`;

const SELECT_WAITING_CREDIT = sql`
  SELECT amount_minor AS amountMinor, taken_at_ms AS takenAtMs
  FROM value_holds
  WHERE sale_id = :saleId
    AND subject_kind = 'credit'
    AND subject_id = :accountId
    AND ends_at_ms IS NULL`;

const IS_WAITED_FOR = sql`
  SELECT EXISTS (
    SELECT 1
    FROM value_holds
    WHERE subject_kind = 'credit'
      AND subject_id = :accountId
      AND ends_at_ms IS NULL) AS isWaitedFor`;

const INSERT_HOLD = sql`
  INSERT INTO value_holds (
    sale_id, subject_kind, subject_id, merchant_id, uses, amount_minor, customer_id, taken_at_ms, ends_at_ms)
  VALUES (
    :saleId, :subjectKind, :subjectId, :merchantId, :uses, :amountMinor, :customerId, :takenAtMs, :endsAtMs)`;

/** What a sale sets aside: uses of a voucher or pass, minor units of an account, both of a campaign's limits and budget. */
export interface SaleHold {
  readonly subjectKind: 'voucher' | 'campaign' | 'credit' | 'pass';
  readonly subjectId: string;
  readonly uses: number;
  readonly amountMinor: number;
}

/** Whether a sale is no longer an open draft here: its payment has begun or ended, so its holds are not the draft's. */
export function selectIsSaleTaken(db: ReadableDb, merchantId: string, saleId: string): boolean {
  return db.get<{ isTaken: 0 | 1 }>(SELECT_IS_TAKEN, { merchantId, saleId })?.isTaken === 1;
}

/** What a sale has set aside, lapsed or not; accountKind of credit alone. */
export function selectSaleHolds(
  db: ReadableDb,
  merchantId: string,
  saleId: string,
): (SaleHold & { readonly accountKind: 'credit' | 'gift-card' | null })[] {
  return db.all<SaleHold & { readonly accountKind: 'credit' | 'gift-card' | null }>(SELECT_OF_SALE, {
    merchantId,
    saleId,
  });
}

/** What a sale whose payment has begun has set aside of an account, and since when, trusted time; null: nothing. */
export function selectWaitingCredit(
  db: ReadableDb,
  saleId: string,
  accountId: string,
): { readonly amountMinor: number; readonly takenAtMs: number } | null {
  return db.get<{ amountMinor: number; takenAtMs: number }>(SELECT_WAITING_CREDIT, { saleId, accountId }) ?? null;
}

/** Whether a sale whose payment has begun has something of an account set aside. */
export function selectIsWaitedFor(db: ReadableDb, accountId: string): boolean {
  return db.get<{ isWaitedFor: 0 | 1 }>(IS_WAITED_FOR, { accountId })?.isWaitedFor === 1;
}

/** Lets go of all that a sale has set aside. Returns whether there was anything. */
export function deleteSaleHolds(scope: SystemScope, saleId: string): boolean {
  return scope.db.run(DELETE_HOLDS, { saleId, merchantId: scope.shop.merchantId }) > 0;
}

/** Sets aside for a sale until endsAtMs, trusted time; null: until its payment ends. No ledger and no op: a hold is of this console and ends by itself. */
export function insertSaleHolds(
  scope: SystemScope,
  sale: { readonly saleId: string; readonly customerId: string | null; readonly endsAtMs: number | null },
  holds: readonly SaleHold[],
): void {
  const { merchantId } = scope.shop;
  for (const hold of holds) {
    scope.db.runOne(INSERT_HOLD, { ...sale, ...hold, merchantId, takenAtMs: scope.moment.trustedAtMs });
  }
}
