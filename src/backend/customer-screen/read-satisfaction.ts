import { z } from 'zod';
import { type SatisfactionScore, satisfactionScore } from '#shop/customer-screen/question.ts';
import { sumOf } from '#shop/money/money.ts';
import { civilDateSchema } from '#shop/time/date-schema.ts';
import type { ReadScope } from '../context.ts';
import { countAnswersByDay } from './satisfaction-store.ts';

export const satisfactionSchema = z
  .strictObject({ fromDate: civilDateSchema, toDate: civilDateSchema })
  .refine(({ fromDate, toDate }) => fromDate <= toDate, { path: ['toDate'] });

export interface Satisfaction {
  readonly total: SatisfactionScore;
  /** Days with answers alone, the first one first. */
  readonly days: readonly (SatisfactionScore & { readonly businessDate: string })[];
}

/** How content customers were from one business day to another, in all and by the day; no figure from fewer than ten answers. */
export function readSatisfaction({ db, shop }: ReadScope, range: z.output<typeof satisfactionSchema>): Satisfaction {
  const days = countAnswersByDay(db, { merchantId: shop.merchantId, ...range });
  const sum = (of: 'answers' | 'scoreSum' | 'good'): number => sumOf(days.map((day) => day[of]));
  return {
    total: satisfactionScore(sum('answers'), sum('scoreSum'), sum('good')),
    days: days.map(({ businessDate, answers, scoreSum, good }) => ({
      businessDate,
      ...satisfactionScore(answers, scoreSum, good),
    })),
  };
}
