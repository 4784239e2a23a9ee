import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidV5 } from '#shop/ids/uuid.ts';
import { must } from '#shop/must.ts';
import { done } from '#shop/refusal.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import { raiseAlert } from '../alerts/alerts-store.ts';
import { runSystemCommand } from '../command.ts';
import type { SystemScope } from '../command-scope.ts';
import type { BackendEnv, ShopIdentity } from '../context.ts';
import type { Job, JobPage } from './job.ts';
import { createPagePace } from '../page-pace.ts';
import { inThisLife } from '../terminal-state-store.ts';
import { beginRun, endRun, failRun, type JobMark, markPage, selectJobState } from './job-states-store.ts';

/** After so much work the log is folded back while nothing is committed, so that no commit has to wait for it. */
const FOLD_AFTER_MS = 100;
const LONGEST_FOLD_MS = 500;

/** How a run ended. 'no-time': nobody can tell what time it is, so nothing ages. */
export type RunEnd = 'done' | 'failed' | 'stopped' | 'no-time';

/**
 * Runs the jobs one after the other up to trusted now. Each page is a command of its own, written together with how far
 * the job is, under an id that follows from job, day and page: a run that is cut off goes on where it was, and nothing is
 * written twice. Between pages the till has its turn. A job that fails is logged and does not keep the others from running.
 */
export async function runJobs(env: BackendEnv, jobs: readonly Job[], signal?: AbortSignal): Promise<RunEnd> {
  let end: RunEnd = 'done';
  for (const job of jobs) {
    const one = await runJob(env, job, signal);
    if (one === 'stopped' || one === 'no-time') return one;
    if (one === 'failed') end = 'failed';
  }
  return end;
}

async function runJob(env: BackendEnv, job: Job, signal: AbortSignal | undefined): Promise<RunEnd> {
  const shop = env.shop();
  if (shop === null) return 'done';
  const key = { merchantId: shop.merchantId, job: job.name };
  const { trustedMs: nowMs } = env.time.now();
  if (!isTimeKnown(env)) return 'no-time';
  try {
    env.db.write((db) => beginRun(db, { ...key, startedAtMs: nowMs }));
    const state = selectJobState(env.db.read, key);
    const mark = { atMs: state?.markAtMs ?? 0, seq: state?.markSeq ?? 0 };
    const run = { env, shop, job, mark, longestMs: 0, count: 0 };
    const end = await turnPages(run, nowMs, signal);
    if (run.count > 0) env.feed.announce(new Set(['points', 'customers']));
    if (end !== 'done') return end;
    const { longestMs } = run;
    env.db.write((db) =>
      endRun(db, { ...key, ...run.mark, endedAtMs: env.time.now().trustedMs, longestMs: Math.ceil(longestMs) }),
    );
    return 'done';
  } catch (cause) {
    return noteFailure(env, key, cause);
  }
}

interface Run {
  readonly env: BackendEnv;
  readonly shop: ShopIdentity;
  readonly job: Job;
  mark: JobMark;
  longestMs: number;
  count: number;
}

async function turnPages(run: Run, nowMs: number, signal: AbortSignal | undefined): Promise<RunEnd> {
  const { env, shop, job } = run;
  const pace = createPagePace();
  const pages = job.pages({ env, shop, mark: run.mark, nowMs, pace });
  const isSync = Symbol.iterator in pages;
  const turns = isSync ? pages[Symbol.iterator]() : pages[Symbol.asyncIterator]();
  let workedMs = 0;
  for (;;) {
    const startMs = performance.now();
    const next = turns.next();
    const turn = next instanceof Promise ? await next : next;
    if (turn.done === true) return 'done';
    const lookedMs = isSync ? performance.now() - startMs : 0;
    const wroteFromMs = performance.now();
    const writingMs = carryPage(run, turn.value);
    const tookMs = lookedMs + performance.now() - wroteFromMs;
    pace.took(lookedMs + writingMs, turn.value.count);
    run.longestMs = Math.max(run.longestMs, tookMs);
    workedMs += tookMs;
    const mayFold = workedMs > FOLD_AFTER_MS;
    if (mayFold) workedMs = 0;
    await new Promise<void>((resolve) => void setImmediate(resolve));
    if (mayFold) await folded(env);
    if (signal?.aborted === true) return 'stopped';
    if (!isTimeKnown(env)) return 'no-time';
  }
}

/** Ends when the log is folded back, or when that takes too long to be waited for. */
async function folded(env: BackendEnv): Promise<void> {
  const limit = new AbortController();
  await Promise.race([
    env.logSettled(),
    sleep(LONGEST_FOLD_MS, undefined, { signal: limit.signal }).catch(() => undefined),
  ]);
  limit.abort();
}

/** Writes a page and returns for how long its rows took to write, ms: what grows with the page, without the commit. */
function carryPage(run: Run, page: JobPage): number {
  const { env, shop, job } = run;
  const key = { merchantId: shop.merchantId, job: job.name };
  const { write, count, mark } = page;
  run.mark = mark;
  run.count += count;
  if (write === null) return 0;
  const spent = { ms: 0 };
  const number = selectJobState(env.db.read, key)?.page ?? 0;
  const period = localDateOf(env.time.now().trustedMs, shop.timeZone);
  const outcome = runSystemCommand(
    env,
    {
      action: job.action,
      handle: (scope, input: { readonly job: string; readonly period: string; readonly page: number }) => {
        const startMs = performance.now();
        write(scope);
        spent.ms = performance.now() - startMs;
        scope.fact('job_pages', { ...input, count });
        markPage(scope.db, { ...key, ...mark, count });
        scope.changed({ table: 'job_states', recordId: job.name, before: null, after: { ...input, count } });
        return done({ count });
      },
    },
    {
      operationId: uuidV5(shop.terminalId, inThisLife(env.db.read, `${job.name}:${period}:${number}`)),
      input: { job: job.name, period, page: number },
    },
  );
  must(outcome.kind === 'done', 'a page of a job is written');
  return spent.ms;
}

function isTimeKnown(env: BackendEnv): boolean {
  return env.time.now().standing !== 'unconfirmed';
}

/** Counts the failure, and tells whoever is in charge that what should go by itself does not. */
function tellFailure(scope: SystemScope, { job, errorCode }: { readonly job: string; readonly errorCode: string }) {
  const { merchantId } = scope.shop;
  failRun(scope.db, { merchantId, job, errorCode });
  const [, campaignId = null] = job.split('issues:');
  raiseAlert(scope, { kind: 'job-failed', subject: job, facts: { job, errorCode }, campaignId });
  return done({ job });
}

function noteFailure(env: BackendEnv, key: { merchantId: string; job: string }, cause: unknown): RunEnd {
  const errorCode = randomBytes(4).toString('hex');
  env.logError(errorCode, cause);
  try {
    runSystemCommand(
      env,
      { action: 'jobs.fail', handle: tellFailure },
      { operationId: env.newId(), input: { job: key.job, errorCode } },
    );
  } catch (second) {
    env.logError(errorCode, second);
  }
  return 'failed';
}
