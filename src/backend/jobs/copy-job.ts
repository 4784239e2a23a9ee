import { localDateOf } from '#shop/time/business-day.ts';
import { COPY_JOB } from '../backups/ask-for-copy.ts';
import type { SystemScope } from '../command-scope.ts';
import { selectSchemaVersion } from '../system/system-store.ts';
import { behind, type Job, type JobPage, type JobTurn } from './job.ts';

/**
 * Copies the shop once a day, beside the till (S3-76). Its mark says when the last daily copy was made; one that fails is
 * tried again as any job is, and told.
 */
export const COPY_DAILY: Job = { name: COPY_JOB, action: 'jobs.backup', pages };

async function* pages({ env, shop, mark, nowMs }: JobTurn): AsyncGenerator<JobPage> {
  const done = behind(mark, nowMs);
  const dayOf = (atMs: number): string => localDateOf(atMs, shop.timeZone);
  if (!env.copies.isPossible || (done.atMs > 0 && dayOf(done.atMs) === dayOf(nowMs))) return;
  const { name, bytes } = await env.copies.make('daily', selectSchemaVersion(env.db.read));
  const write = (scope: SystemScope): void => {
    scope.changed({ table: 'backups', recordId: name, before: null, after: { reason: 'daily', bytes } });
  };
  yield { count: 1, write, mark: { atMs: nowMs, seq: 0 } };
}
