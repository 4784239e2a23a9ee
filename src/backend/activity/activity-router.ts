import { z } from 'zod';
import { verifyAuditChain } from '../audit/audit-store.ts';
import { query, router } from '../trpc.ts';
import { listActivity, listActivitySchema } from './list-activity.ts';

/** What was done at this console, and whether its log is whole. */
export const activityRouter = router({
  list: query('activity.list', 'activity.own', listActivitySchema, listActivity),
  verifyChain: query('activity.verifyChain', 'activity.all', z.void(), ({ db }) => {
    const { rows, brokenAtSeq } = verifyAuditChain(db);
    return { ok: brokenAtSeq === null, rows, brokenAtSeq };
  }),
});
