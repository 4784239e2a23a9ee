import type { ReadScope } from '../context.ts';
import { type JobState, selectJobStates } from './job-states-store.ts';
import { nextRunAfter, retryAfterMs } from './start-jobs.ts';

/** How the jobs are doing. Instants are trusted UTC ms. */
export interface JobsHealth {
  /** Nobody can tell what time it is, so nothing ages until somebody says so. */
  readonly isWaitingForTime: boolean;
  readonly isFailing: boolean;
  /** Null before the first run. */
  readonly lastRunAtMs: number | null;
  readonly nextRunAtMs: number | null;
  readonly jobs: readonly Omit<JobState, 'markAtMs' | 'markSeq'>[];
}

/** When the jobs ran, what they wrote, whether one fails, and when they run next. */
export function readJobs({ env, db, shop }: ReadScope): JobsHealth {
  const jobs = selectJobStates(db, shop.merchantId).map(({ markAtMs: _at, markSeq: _seq, ...state }) => state);
  const lastRunAtMs = jobs.length === 0 ? null : Math.max(...jobs.map(({ startedAtMs }) => startedAtMs));
  const failures = Math.max(0, ...jobs.map((job) => job.failures));
  const nextRunAtMs =
    lastRunAtMs === null
      ? null
      : failures > 0
        ? lastRunAtMs + retryAfterMs(failures)
        : nextRunAfter(lastRunAtMs, shop.timeZone);
  return {
    isWaitingForTime: env.time.now().standing === 'unconfirmed',
    isFailing: failures > 0,
    lastRunAtMs,
    nextRunAtMs,
    jobs,
  };
}
