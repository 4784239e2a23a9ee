import { foldLots, type Position } from '#shop/points/lots.ts';
import { selectEntries } from '../points/entries-store.ts';
import { type LotDate, selectNewestSeq, selectNewLotEnds } from '../points/lot-dates-store.ts';
import type { StoredVersion } from '../points/programmes-store.ts';
import type { SystemScope } from '../command-scope.ts';
import type { Job, JobPage, JobTurn } from './job.ts';
import { expiryWork, type LotWriting, warningWork, warnUntilMs } from './lot-jobs.ts';

/** So many entries are passed over at once. */
const ENTRIES_AT_ONCE = 2000;
/** The till has its turn in between. */
const LONGEST_LOOK_MS = 8;

/**
 * Writes off and warns of what the other jobs have passed already by its date: points of a sale that a customer was added to
 * later, points that came with an earlier end than those that were warned of before. Goes through the entries as they are
 * booked; the mark is the number of the last one. What was there before its first run, the other jobs have looked at.
 */
export function lateLotsJob(live: readonly StoredVersion[]): Job {
  return { name: 'late-lots', action: 'jobs.late-lots', pages: (turn) => pages(turn, live) };
}

function* pages(turn: JobTurn, live: readonly StoredVersion[]): Generator<JobPage> {
  const { env, shop, nowMs, mark } = turn;
  const db = env.db.read;
  const { merchantId, timeZone } = shop;
  const newest = selectNewestSeq(db);
  const writings = [expiryWork(live), ...live.map((version) => warningWork(version, timeZone))];
  const untilMs = Math.max(nowMs, ...live.map(({ programme }) => warnUntilMs(nowMs, programme.warnDays, timeZone)));
  let seq = mark.atMs === 0 || mark.seq > newest ? newest : mark.seq;
  while (seq < newest) {
    const toSeq = Math.min(newest, seq + ENTRIES_AT_ONCE);
    const dates = selectNewLotEnds(db, { merchantId, afterSeq: seq, toSeq, untilMs });
    let next = 0;
    while (next < dates.length) {
      const page = pageOf(turn, writings, dates.slice(next));
      next += page.looked;
      seq = dates[next - 1]?.seq ?? seq;
      yield { count: page.writes.length, write: page.write, mark: { atMs: nowMs, seq } };
    }
    seq = toSeq;
  }
  yield { count: 0, write: null, mark: { atMs: nowMs, seq: newest } };
}

interface LatePage {
  readonly looked: number;
  readonly writes: readonly ((scope: SystemScope) => void)[];
  readonly write: ((scope: SystemScope) => void) | null;
}

function pageOf({ env, nowMs, pace }: JobTurn, writings: readonly LotWriting[], dates: readonly LotDate[]): LatePage {
  const db = env.db.read;
  const found = new Map<string, (scope: SystemScope) => void>();
  const followed = new Map<string, (scope: SystemScope) => void>();
  const startMs = performance.now();
  let looked = 0;
  for (const date of dates) {
    if (looked > 0 && (found.size >= pace.most() || performance.now() - startMs > LONGEST_LOOK_MS)) break;
    const position = positionOf(db, date, nowMs);
    for (const { due, follow } of writings) {
      const isOpen = due(date, position).filter(({ id, isWritten }) => !found.has(id) && !isWritten(db, id));
      for (const { id, write } of isOpen) found.set(id, write);
      if (isOpen.length > 0) followed.set(`${date.accountId} ${date.programId}`, (scope) => follow(scope, date));
    }
    looked += 1;
  }
  const writes = [...found.values()];
  const all = [...writes, ...followed.values()];
  const write = (scope: SystemScope): void => {
    for (const each of all) each(scope);
  };
  return { looked, writes, write: writes.length === 0 ? null : write };
}

function positionOf(db: JobTurn['env']['db']['read'], { accountId, programId }: LotDate, nowMs: number): Position {
  const entries = selectEntries(db, accountId).filter((entry) => entry.programId === programId);
  return foldLots(entries, nowMs);
}
