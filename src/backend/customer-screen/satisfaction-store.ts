import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const INSERT_ANSWER = sql`
  INSERT INTO satisfaction_answers (id, merchant_id, shop_id, terminal_id, transaction_id, score, business_date, at_ms)
  VALUES (:id, :merchantId, :shopId, :terminalId, :transactionId, :score, :businessDate, :atMs)`;

const SELECT_ANSWER = sql`
  SELECT score
  FROM satisfaction_answers
  WHERE transaction_id = :saleId`;

const COUNT_BY_DAY = sql`
  SELECT business_date AS businessDate, COUNT(*) AS answers, SUM(score) AS scoreSum, SUM(score >= 4) AS good
  FROM satisfaction_answers
  WHERE merchant_id = :merchantId
    AND business_date BETWEEN :fromDate AND :toDate
  GROUP BY business_date
  ORDER BY business_date`;

/** One answer, also the fact that its op tells. */
export interface AnswerRow {
  readonly id: string;
  readonly merchantId: string;
  readonly shopId: string;
  readonly terminalId: string;
  readonly transactionId: string;
  readonly score: number;
  readonly businessDate: string;
  readonly atMs: number;
}

export function insertAnswer(db: WritableDb, row: AnswerRow): AnswerRow {
  db.runOne(INSERT_ANSWER, { ...row });
  return row;
}

/** What was answered about a sale, or null. */
export function selectAnswer(db: ReadableDb, saleId: string): number | null {
  return db.get<{ score: number }>(SELECT_ANSWER, { saleId })?.score ?? null;
}

export interface DayOfAnswers {
  readonly businessDate: string;
  readonly answers: number;
  readonly scoreSum: number;
  /** Those of 4 and 5. */
  readonly good: number;
}

/** The answers of the business days from one to the other, day by day; days without any are left out. */
export function countAnswersByDay(
  db: ReadableDb,
  range: { readonly merchantId: string; readonly fromDate: string; readonly toDate: string },
): DayOfAnswers[] {
  return db.all<DayOfAnswers>(COUNT_BY_DAY, { ...range });
}
