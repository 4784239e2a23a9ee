import { z } from 'zod';
import { query, router } from '../trpc.ts';
import { listActivity, listActivitySchema } from './list-activity.ts';

/** What was done at this console, and whether its log is whole. */
export const activityRouter = router({
  list: query('activity.list', 'activity.own', listActivitySchema, listActivity),
  verifyChain: query('activity.verifyChain', 'activity.all', z.void(), async ({ env }) => {
    const { rows, brokenAtSeq } = await env.heavy.verifyAudit();
    return { ok: brokenAtSeq === null, rows, brokenAtSeq };
  }),
});
