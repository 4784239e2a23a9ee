import { z } from 'zod';
import { readSatisfaction, satisfactionSchema } from '../customer-screen/read-satisfaction.ts';
import { query, router } from '../trpc.ts';
import { explainNumber, explainSchema } from './explain-number.ts';
import { readToday } from './today.ts';

/** The day as it happens. Cashiers see today; longer ranges come with their own procedures. */
export const analyticsRouter = router({
  today: query('analytics.today', 'analytics.today', z.void(), readToday),
  satisfaction: query('analytics.satisfaction', 'analytics.today', satisfactionSchema, readSatisfaction),
  explain: query('analytics.explain', 'analytics.today', explainSchema, explainNumber),
});
