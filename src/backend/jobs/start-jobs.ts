import { localDateOf, startOfLocalDay } from '#shop/time/business-day.ts';
import { addDays } from '#shop/time/civil-date.ts';
import type { BackendEnv } from '../context.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import { awardsJob } from './awards-job.ts';
import { COPY_DAILY } from './copy-job.ts';
import { EXPIRE_CREDIT, WARN_CREDIT } from './credit-job.ts';
import { CHECK_DAYS } from './days-job.ts';
import { issueJobs } from './issue-job.ts';
import type { Job } from './job.ts';
import { selectJobState } from './job-states-store.ts';
import { ladderJob } from './ladder-job.ts';
import { lateLotsJob } from './late-lots-job.ts';
import { LENGTHEN_VOUCHERS } from './longer-job.ts';
import { EXPIRE, RIPEN, warnJob } from './lot-jobs.ts';
import { runJobs } from './run-jobs.ts';
import { SETTLE_SEGMENTS } from './segment-job.ts';
import { SETTLE_TIERS } from './tier-job.ts';
import { EXPIRE_VOUCHERS, REMIND_VOUCHERS } from './voucher-jobs.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** The till is usable first. */
const FIRST_AFTER_MS = 5_000;
/** How often it is asked whether it is time; a computer that slept is asked when it wakes. */
const ASK_EVERY_MS = 20_000;

/** Everything that ages by itself, in the order in which one follows from another. */
export function allJobs(env: BackendEnv): readonly Job[] {
  const shop = env.shop();
  if (shop === null) return [];
  const live = selectLiveProgrammes(env.db.read, shop.merchantId);
  const ladders = live.filter(({ programme }) => programme.tiers !== null).map(ladderJob);
  const awards = live.map(awardsJob);
  const lots = [RIPEN, EXPIRE, ...live.map(warnJob), lateLotsJob(live), WARN_CREDIT, EXPIRE_CREDIT];
  const vouchers = [LENGTHEN_VOUCHERS, EXPIRE_VOUCHERS, ...issueJobs(env), REMIND_VOUCHERS];
  return [...awards, ...lots, SETTLE_TIERS, ...ladders, SETTLE_SEGMENTS, ...vouchers, CHECK_DAYS, COPY_DAILY];
}

/** When jobs run next after an instant, UTC ms: an hour later, or at local midnight when that is sooner (F11, C-43). */
export function nextRunAfter(atMs: number, zone: string): number {
  const midnightMs = startOfLocalDay(addDays(localDateOf(atMs, zone), 1), zone);
  return Math.min(atMs + HOUR_MS, midnightMs);
}

/** When what failed is tried again: after a minute, then two, four, at most an hour; ms. */
export function retryAfterMs(failures: number): number {
  return Math.min(HOUR_MS, MINUTE_MS * 2 ** Math.min(10, Math.max(0, failures - 1)));
}

/** Whether somebody asked for all days to be added up again; the wish is kept with the job, so a restart forgets nothing. */
function isCheckWanted(env: BackendEnv): boolean {
  const shop = env.shop();
  if (shop === null) return false;
  const state = selectJobState(env.db.read, { merchantId: shop.merchantId, job: CHECK_DAYS.name });
  return state !== null && state.markAtMs === 0 && state.failures === 0;
}

/** Runs the jobs soon after the start, then hourly and at local midnight, by trusted time. Returns how to stop. */
export function startJobs(env: BackendEnv): () => Promise<void> {
  const abort = new AbortController();
  const kept = { nextMs: 0, failures: 0, running: null as Promise<void> | null };
  const run = async (): Promise<void> => {
    const shop = env.shop();
    if (shop === null) return;
    const end = await runJobs(env, allJobs(env), abort.signal);
    const nowMs = env.time.now().trustedMs;
    kept.failures = end === 'failed' ? kept.failures + 1 : 0;
    if (end === 'failed') kept.nextMs = nowMs + retryAfterMs(kept.failures);
    if (end === 'done') kept.nextMs = nextRunAfter(nowMs, shop.timeZone);
  };
  const ask = (): void => {
    const waitMs = kept.nextMs - env.time.now().trustedMs;
    if (kept.running !== null || (waitMs > 0 && waitMs <= HOUR_MS && !isCheckWanted(env))) return;
    kept.running = run()
      .catch((cause: unknown) => env.logError('jobs', cause))
      .finally(() => Object.assign(kept, { running: null }));
  };
  const first = setTimeout(ask, FIRST_AFTER_MS).unref();
  const timer = setInterval(ask, ASK_EVERY_MS).unref();
  return async () => {
    clearTimeout(first);
    clearInterval(timer);
    abort.abort();
    await kept.running;
  };
}
