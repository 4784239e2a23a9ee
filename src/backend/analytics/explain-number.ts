import { z } from 'zod';
import { averageSaleMinor } from '#shop/analytics/measures.ts';
import type { ReadScope } from '../context.ts';
import {
  countBaskets,
  type DayPage,
  type ExplainedPage,
  type ExplainedRow,
  explainCount,
  explainPoints,
  explainSales,
  explainSoldValue,
  explainVisits,
} from './explain-store.ts';
import { datesOf } from './today.ts';

const WHOLE_DAY = -1;

export const explainSchema = z.strictObject({
  measure: z.enum([
    'sales',
    'soldValue',
    'count',
    'average',
    'customersNew',
    'customersReturning',
    'pointsIssued',
    'pointsRedeemed',
  ]),
  /** The local hour, 0 to 23; left out for the whole day. */
  hour: z.int().min(0).max(23).optional(),
  cursor: z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullish(),
  limit: z.int().min(1).max(200).default(50),
});
type Question = z.output<typeof explainSchema>;

export interface Explanation {
  /** The number on the screen; null for an average of nothing. */
  readonly value: number | null;
  readonly formula: Question['measure'];
  readonly rows: readonly Omit<ExplainedRow, 'seq'>[];
  readonly sumOfRows: number;
  readonly nextCursor: number | null;
}

/** Returns the rows behind a number of today, newest first, and their sum: for all but the average it is the number. */
export function explainNumber(scope: ReadScope, question: Question): Explanation {
  const page = {
    merchantId: scope.shop.merchantId,
    businessDate: datesOf(scope).today,
    beforeSeq: question.cursor ?? Number.MAX_SAFE_INTEGER,
    limit: question.limit,
  };
  const found = rowsOf(scope, question, page);
  const last = found.rows.at(-1);
  return {
    value: question.measure === 'average' ? averageOf(scope, question, page, found) : found.sum,
    formula: question.measure,
    rows: found.rows.map(({ seq: _, ...row }) => row),
    sumOfRows: found.sum,
    nextCursor: found.rows.length === question.limit && last !== undefined ? last.seq : null,
  };
}

function rowsOf({ db }: ReadScope, { measure, hour = WHOLE_DAY }: Question, page: DayPage): ExplainedPage {
  switch (measure) {
    case 'sales':
    case 'average':
      return explainSales(db, page, hour);
    case 'soldValue':
      return explainSoldValue(db, page);
    case 'count':
      return explainCount(db, page, hour);
    case 'customersNew':
      return explainVisits(db, page, true);
    case 'customersReturning':
      return explainVisits(db, page, false);
    case 'pointsIssued':
      return explainPoints(db, page, 'issued');
    case 'pointsRedeemed':
      return explainPoints(db, page, 'redeemed');
  }
}

function averageOf(
  { db }: ReadScope,
  { hour = WHOLE_DAY }: Question,
  page: DayPage,
  sales: ExplainedPage,
): number | null {
  const basketCount = countBaskets(db, page, hour);
  return averageSaleMinor({ netSalesMinor: sales.sum, basketCount });
}
