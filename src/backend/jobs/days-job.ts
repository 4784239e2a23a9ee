import { businessDateOf, startOfLocalDay } from '#shop/time/business-day.ts';
import { addDays } from '#shop/time/civil-date.ts';
import { addUpDay, isSameDay, rebuildDay, selectFirstDay, selectKeptDay } from '../analytics/day-figures-store.ts';
import type { JsonRow, SystemScope } from '../command-scope.ts';
import type { Job, JobPage, JobTurn } from './job.ts';

const LONGEST_LOOK_MS = 8;

/**
 * Adds up the days again from their sales, refunds and points, and puts right what their tables hold otherwise. Each run
 * looks at the days since the last one; with its mark at the beginning, at all of them.
 */
export const CHECK_DAYS: Job = { name: 'days', action: 'jobs.days', pages };

function* pages({ env, shop, mark, nowMs, pace }: JobTurn): Generator<JobPage> {
  const { merchantId, timeZone } = shop;
  const db = env.db.read;
  const first = selectFirstDay(db, merchantId);
  if (first === null) {
    yield { count: 0, write: null, mark: { atMs: 1, seq: 0 } };
    return;
  }
  const dateOf = (atMs: number): string => businessDateOf(atMs, timeZone, shop.dayStartsAtHour);
  const today = dateOf(nowMs);
  // The day before the last one that was looked at went on after that.
  const since = mark.atMs === 0 ? first : addDays(dateOf(mark.atMs), -1);
  let date = since < first ? first : since;
  while (date <= today) {
    const startMs = performance.now();
    const wrong: string[] = [];
    while (date <= today && wrong.length < pace.most() && performance.now() - startMs < LONGEST_LOOK_MS) {
      const day = { merchantId, businessDate: date };
      if (!isSameDay(selectKeptDay(db, day), addUpDay(db, day))) wrong.push(date);
      date = addDays(date, 1);
    }
    const write = (scope: SystemScope): void => {
      for (const businessDate of wrong) putRight(scope, businessDate);
    };
    const seen = startOfLocalDay(addDays(date, -1), timeZone);
    yield { count: wrong.length, write: wrong.length === 0 ? null : write, mark: { atMs: Math.max(1, seen), seq: 0 } };
  }
}

function putRight(scope: SystemScope, businessDate: string): void {
  const { db, shop } = scope;
  const day = { merchantId: shop.merchantId, businessDate };
  const before = selectKeptDay(db, day).day as JsonRow | null;
  const after = rebuildDay(db, day).day as JsonRow | null;
  scope.changed({ table: 'merchant_daily_analytics', recordId: businessDate, before, after });
  scope.touch('sales');
}
