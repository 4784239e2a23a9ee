import { mustHave } from '#shop/must.ts';
import { type BirthdayDay, birthdayDays } from '#shop/points/birthdays.ts';
import { rulesForEvent } from '#shop/points/event-earning.ts';
import { localDateOf, startOfLocalDay } from '#shop/time/business-day.ts';
import { addDays } from '#shop/time/civil-date.ts';
import type { SystemScope } from '../command-scope.ts';
import { type Celebrated, selectBirthdays } from '../customers/birthdays-store.ts';
import { awardEvent, earnByEvent, type EventToAward } from '../ledger/award-event.ts';
import { selectHolder } from '../points/accounts-store.ts';
import type { StoredVersion } from '../points/programmes-store.ts';
import { momentOf } from '../time/moment.ts';
import { behind, type Job, type JobPage, type JobTurn } from './job.ts';
import type { JobMark } from './job-states-store.ts';

const READ_AT_ONCE = 200;
/** The till has its turn in between. */
const LONGEST_LOOK_MS = 10;

/**
 * Gives what a programme gives for birthdays, by the civil days of the shop: once a year each, on the day, or when the
 * computer wakes after it. Its name does not say what for, and neither does what it writes for ever. The mark is the start
 * of the day that is looked at and the number of the last customer; today is looked at again, for who was enrolled since.
 */
export function awardsJob(version: StoredVersion): Job {
  return { name: `awards:${version.programId}`, action: 'jobs.awards', pages: (turn) => pages(turn, version) };
}

function* pages(turn: JobTurn, version: StoredVersion): Generator<JobPage> {
  const zone = turn.shop.timeZone;
  const today = localDateOf(turn.nowMs, zone);
  const todayMark: JobMark = { atMs: startOfLocalDay(today, zone), seq: 0 };
  const mark = behind(turn.mark, turn.nowMs);
  const isFirstRun = mark.atMs === 0;
  if (rulesForEvent(version.programme, 'birthday').length > 0) {
    const from = isFirstRun ? today : localDateOf(mark.atMs, zone);
    for (const day of birthdayDays(from, today)) {
      yield* pagesOfDay(turn, version, day, day.date === from && !isFirstRun ? mark.seq : 0);
    }
  }
  yield { count: 0, write: null, mark: todayMark };
}

function* pagesOfDay(
  turn: JobTurn,
  version: StoredVersion,
  { date, monthDays }: BirthdayDay,
  fromNumber: number,
): Generator<JobPage> {
  const { env, shop } = turn;
  const { merchantId, timeZone } = shop;
  const atMs = startOfLocalDay(date, timeZone);
  const range = { merchantId, monthDays, beforeMs: startOfLocalDay(addDays(date, 1), timeZone), limit: READ_AT_ONCE };
  const what: EventToAward = { event: 'birthday', occasion: date.slice(0, 4), countedOn: date };
  let afterNumber = fromNumber;
  for (;;) {
    const found = selectBirthdays(env.db.read, { ...range, afterNumber });
    if (found.length === 0) return;
    const startMs = performance.now();
    const due: Celebrated[] = [];
    for (const one of found) {
      if (isDue(turn, version, one, what)) due.push(one);
      afterNumber = one.customerNumber;
      if (due.length >= turn.pace.most() || performance.now() - startMs > LONGEST_LOOK_MS) break;
    }
    const write = (scope: SystemScope): void => {
      for (const { customerId } of due) {
        const member = mustHave(selectHolder(scope.db, merchantId, customerId), 'whose day it is');
        awardEvent(scope, member, what, [version]);
      }
    };
    yield { count: due.length, write: due.length === 0 ? null : write, mark: { atMs, seq: afterNumber } };
  }
}

function isDue(
  { env, shop }: JobTurn,
  version: StoredVersion,
  { customerId }: Celebrated,
  what: EventToAward,
): boolean {
  const db = env.db.read;
  const member = mustHave(selectHolder(db, shop.merchantId, customerId), 'whose day it is');
  const scope = { db, shop, moment: momentOf(env, shop) };
  return earnByEvent(scope, member, what, [version]).some(({ earning }) => earning.points > 0);
}
