import { foldLots, type Position } from '#shop/points/lots.ts';
import { selectEntries } from '../points/entries-store.ts';
import type { LotDate, LotDateRange } from '../points/lot-dates-store.ts';
import type { ReadableDb } from '../db/database.ts';
import { behind, type JobPage, type JobTurn } from './job.ts';
import type { SystemScope } from '../command-scope.ts';

const MOST_LOOKED_AT = 64;
/** A customer of many years takes longer to look at: the till has its turn in between. */
const LONGEST_LOOK_MS = 8;
/** Points of many customers end at one midnight: to look for where it went on is dearer than to remember it. */
const READ_AT_ONCE = 1000;

/** How a job over lots finds its dates, decides and writes. */
export interface LotWork<Due extends { readonly id: string }> {
  readonly untilMs: number;
  find(db: ReadableDb, range: LotDateRange): readonly LotDate[];
  /** What of an account in a programme, as of now, asks to be written for this date; in order. */
  decide(date: LotDate, position: Position): readonly Due[];
  /** Whether it was written before. */
  isWritten(db: ReadableDb, id: string): boolean;
  write(scope: SystemScope, due: Due, date: LotDate): void;
  /** What follows for an account in a programme when all of a page is written; once each. */
  follow?(scope: SystemScope, date: LotDate): void;
}

/** Goes through the dates of lots in their order, account by account, and hands over what is due in small pages. */
export function* lotPages<Due extends { readonly id: string }>(turn: JobTurn, work: LotWork<Due>): Generator<JobPage> {
  const { env, shop, nowMs, pace } = turn;
  let mark = behind(turn.mark, work.untilMs);
  // Kept even where nothing is due: what ends between here and the old mark is still to come.
  if (mark !== turn.mark) yield { count: 0, write: null, mark };
  let ahead: readonly LotDate[] = [];
  for (;;) {
    if (ahead.length === 0) {
      const range = { merchantId: shop.merchantId, afterMs: mark.atMs, afterSeq: mark.seq };
      ahead = work.find(env.db.read, { ...range, untilMs: work.untilMs, limit: READ_AT_ONCE });
      if (ahead.length === 0) return;
    }
    const page = new Map<string, { readonly due: Due; readonly date: LotDate }>();
    const positionOf = positionsAsOf(env.db.read, nowMs);
    const startMs = performance.now();
    const most = pace.most();
    let looked = 0;
    for (const date of ahead.slice(0, MOST_LOOKED_AT)) {
      if (looked > 0 && performance.now() - startMs > LONGEST_LOOK_MS) break;
      const decided = work.decide(date, positionOf(date));
      const due = decided.filter(({ id }) => !page.has(id) && !work.isWritten(env.db.read, id));
      const room = most - page.size;
      for (const one of due.slice(0, room)) page.set(one.id, { due: one, date });
      if (due.length > room) break;
      mark = { atMs: date.atMs, seq: date.seq };
      looked += 1;
    }
    ahead = ahead.slice(looked);
    const write = (scope: SystemScope): void => {
      const touched = new Map<string, LotDate>();
      for (const { due, date } of page.values()) {
        work.write(scope, due, date);
        touched.set(`${date.accountId} ${date.programId}`, date);
      }
      for (const date of touched.values()) work.follow?.(scope, date);
    };
    yield { count: page.size, write: page.size === 0 ? null : write, mark };
  }
}

/** Folds each account once for a page: many of its lots may end together. */
function positionsAsOf(db: ReadableDb, nowMs: number): (date: LotDate) => Position {
  const known = new Map<string, Position>();
  return ({ accountId, programId }) => {
    const key = `${accountId} ${programId}`;
    const entries = () => selectEntries(db, accountId).filter((entry) => entry.programId === programId);
    const position = known.get(key) ?? foldLots(entries(), nowMs);
    known.set(key, position);
    return position;
  };
}
