import type { CommandScope } from './command-scope.ts';
import { sql } from './db/database.ts';

const INSERT_REMARK = sql`
  INSERT INTO remarks (subject_id, subject_table, merchant_id, transaction_id, text)
  VALUES (:subjectId, :subjectTable, :merchantId, :saleId, :text)`;

const DELETE_REMARK = sql`
  DELETE FROM remarks
  WHERE subject_id = :subjectId
    AND merchant_id = :merchantId`;

/** Free text about one row. A remark on a sale, its lines or refunds names the sale, so that erasing its customer finds it. */
export interface Remark {
  readonly subjectTable: 'transactions' | 'transaction_items' | 'refunds' | 'register_shifts';
  readonly subjectId: string;
  /** Null for a shift. */
  readonly saleId: string | null;
  /** '' says nothing and is not kept. */
  readonly text: string;
}

/** Keeps what was typed about a row that has just been written, and tells it in the op's erasable part alone. */
export function insertRemark(scope: CommandScope, { subjectTable, subjectId, saleId, text }: Remark): void {
  if (text === '') return;
  scope.db.runOne(INSERT_REMARK, { subjectTable, subjectId, saleId, text, merchantId: scope.shop.merchantId });
  scope.personalFact('remarks', { subjectId, subjectTable, text });
}

/** As `insertRemark` for a row that may have one already; '' takes it away. */
export function replaceRemark(scope: CommandScope, remark: Remark): void {
  const { subjectId, subjectTable, text } = remark;
  const removed = scope.db.run(DELETE_REMARK, { subjectId, merchantId: scope.shop.merchantId });
  if (text === '' && removed > 0) scope.personalFact('remarks', { subjectId, subjectTable, text });
  insertRemark(scope, remark);
}
