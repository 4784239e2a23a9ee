import { done, type Outcome } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import { CHECK_DAYS } from '../jobs/days-job.ts';
import { resetMark, selectJobState } from '../jobs/job-states-store.ts';

/**
 * Asks for every day's figures to be added up again from its sales, refunds and points (S1-30); the job does it within a
 * minute, page by page beside the till.
 */
export function checkDays(scope: CommandScope): Outcome<{ wanted: true }> {
  const key = { merchantId: scope.shop.merchantId, job: CHECK_DAYS.name };
  const before = selectJobState(scope.db, key);
  resetMark(scope.db, key);
  scope.changed({
    table: 'job_states',
    recordId: CHECK_DAYS.name,
    before: before === null ? null : { markAtMs: before.markAtMs },
    after: { markAtMs: 0 },
  });
  scope.touch('settings');
  return done({ wanted: true });
}
