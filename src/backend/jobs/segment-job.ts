import { SEGMENT_BATCH, segmentChanges, settleSegmentBatch } from '../customers/segment-members.ts';
import { selectSegmentRules } from '../customers/segments-store.ts';
import { momentOf } from '../time/moment.ts';
import type { Job, JobPage, JobTurn } from './job.ts';

/** Lets customers into segments and out of them where time alone changes what a rule says: 'has not come for 60 days'. */
export const SETTLE_SEGMENTS: Job = { name: 'segments', action: 'jobs.segments', pages };

async function* pages({ env, shop, mark }: JobTurn): AsyncGenerator<JobPage> {
  for (const { segmentId } of selectSegmentRules(env.db.read, shop.merchantId)) {
    const customerIds = await segmentChanges(env, shop, momentOf(env, shop), segmentId);
    for (let from = 0; from < customerIds.length; from += SEGMENT_BATCH) {
      const batch = customerIds.slice(from, from + SEGMENT_BATCH);
      const isLast = from + SEGMENT_BATCH >= customerIds.length;
      yield {
        count: batch.length,
        write: (scope) => void settleSegmentBatch(scope, { segmentId, customerIds: batch, isLast }),
        mark,
      };
    }
  }
}
