import type { ReadScope } from '../context.ts';
import { CHECK_DAYS } from './days-job.ts';
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
  /** When the figures of the days were last added up again; null before, and while it is wanted. */
  readonly daysCheckedAtMs: number | null;
  readonly jobs: readonly Omit<JobState, 'markAtMs' | 'markSeq'>[];
}

/** When the jobs ran, what they wrote, whether one fails, and when they run next. */
export function readJobs({ env, db, shop }: ReadScope): JobsHealth {
  const states = selectJobStates(db, shop.merchantId);
  const days = states.find(({ job }) => job === CHECK_DAYS.name);
  const jobs = states.map(({ markAtMs: _at, markSeq: _seq, ...state }) => state);
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
    daysCheckedAtMs: days === undefined || days.markAtMs === 0 ? null : days.endedAtMs,
    jobs,
  };
}
