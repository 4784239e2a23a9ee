import type { SystemScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';

/** Whether the sale has been written, whoever's it is, or holds something for another merchant. */
const SELECT_IS_TAKEN = sql`
  SELECT EXISTS (SELECT 1 FROM transactions WHERE id = :saleId)
    OR EXISTS (SELECT 1 FROM value_holds WHERE sale_id = :saleId AND merchant_id <> :merchantId) AS isTaken`;

const DELETE_HOLDS = sql`
  DELETE FROM value_holds
  WHERE sale_id = :saleId
    AND subject_kind IN ('credit', 'pass')
    AND merchant_id = :merchantId`;

const INSERT_HOLD = sql`
  INSERT INTO value_holds (
    sale_id, subject_kind, subject_id, merchant_id, uses, amount_minor, customer_id, taken_at_ms, ends_at_ms)
  VALUES (
    :saleId, :subjectKind, :subjectId, :merchantId, :uses, :amountMinor, :customerId, :takenAtMs, :endsAtMs)`;

/** What an open sale sets aside: minor units of an account, or uses of a pass. */
export interface SaleHold {
  readonly subjectKind: 'credit' | 'pass';
  readonly subjectId: string;
  readonly uses: number;
  readonly amountMinor: number;
}

/** Whether a sale is no longer an open draft here: its payment has begun or ended, so its holds are not the draft's. */
export function selectIsSaleTaken(db: ReadableDb, merchantId: string, saleId: string): boolean {
  return db.get<{ isTaken: 0 | 1 }>(SELECT_IS_TAKEN, { merchantId, saleId })?.isTaken === 1;
}

/** Lets go of the credit and units that a sale has set aside. Returns whether there were any. */
export function deleteSaleHolds(scope: SystemScope, saleId: string): boolean {
  return scope.db.run(DELETE_HOLDS, { saleId, merchantId: scope.shop.merchantId }) > 0;
}

/** Sets aside for a sale until endsAtMs, trusted time. No ledger and no op: a hold is of this console and ends by itself. */
export function insertSaleHolds(
  scope: SystemScope,
  sale: { readonly saleId: string; readonly customerId: string | null; readonly endsAtMs: number },
  holds: readonly SaleHold[],
): void {
  const { merchantId } = scope.shop;
  for (const hold of holds) {
    scope.db.runOne(INSERT_HOLD, { ...sale, ...hold, merchantId, takenAtMs: scope.moment.trustedAtMs });
  }
}
