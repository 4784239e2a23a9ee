import { z } from 'zod';
import { query, router } from '../trpc.ts';
import { explainNumber, explainSchema } from './explain-number.ts';
import { readToday } from './today.ts';

/** The day as it happens. Cashiers see today; longer ranges come with their own procedures. */
export const analyticsRouter = router({
  today: query('analytics.today', 'analytics.today', z.void(), readToday),
  explain: query('analytics.explain', 'analytics.today', explainSchema, explainNumber),
});
