import {
  type CreditEndingSoon,
  creditEndingSoon,
  creditWarnUntilMs,
  type DueCreditExpiry,
  dueCreditExpiries,
} from '#shop/credit/due-credit.ts';
import { foldCredit } from '#shop/credit/fold-credit.ts';
import { mustHave } from '#shop/must.ts';
import { selectHasEvent } from '../activity/events-store.ts';
import type { SystemScope } from '../command-scope.ts';
import { selectCreditAccount } from '../credit/credit-accounts-store.ts';
import { appendCreditEntry, selectCreditEnds, selectCreditEntries } from '../credit/credit-entries-store.ts';
import { selectIsWaitedFor } from '../value/sale-holds-store.ts';
import { behind, type Job, type JobPage, type JobTurn } from './job.ts';

/** Writes off credit that has ended (W8): an entry for each lot, so that it moves and is not deleted. */
export const EXPIRE_CREDIT: Job = { name: 'expire-credit', action: 'jobs.expire-credit', pages: expiries };

/** How many days before its end customers' credit is told to end soon. */
export const CREDIT_WARN_DAYS = 14;

/**
 * Tells what of a customer's credit ends within two weeks, once for each end (W8). Credit that is given with fewer days
 * says so when it is given, and is not told again.
 */
export const WARN_CREDIT: Job = { name: 'warn-credit', action: 'jobs.warn-credit', pages: warnings };

function* expiries(turn: JobTurn): Generator<JobPage> {
  yield* pages(turn, turn.nowMs, (accountId) => {
    const { db, nowMs } = readsOf(turn);
    if (selectIsWaitedFor(db, accountId)) return null;
    return dueCreditExpiries(accountId, foldCredit(selectCreditEntries(db, accountId), nowMs)).map(
      (expiry) => (scope: SystemScope) => writeExpiry(scope, accountId, expiry),
    );
  });
}

function* warnings(turn: JobTurn): Generator<JobPage> {
  const untilMs = creditWarnUntilMs(turn.nowMs, CREDIT_WARN_DAYS, turn.shop.timeZone);
  yield* pages(turn, untilMs, (accountId) => {
    const { db, nowMs } = readsOf(turn);
    return creditEndingSoon(accountId, foldCredit(selectCreditEntries(db, accountId), nowMs), untilMs)
      .filter(({ eventId }) => !selectHasEvent(db, eventId))
      .map((soon) => (scope: SystemScope) => writeWarning(scope, accountId, soon));
  });
}

const readsOf = ({ env, nowMs }: JobTurn) => ({ db: env.db.read, nowMs });

type Writing = (scope: SystemScope) => void;

/**
 * Goes through the ends of lots in their order; what is due is folded anew for each page, after the last was written. Of an
 * account that has to wait (null) nothing is written, and the next run begins with it.
 */
function* pages(turn: JobTurn, untilMs: number, dueOf: (accountId: string) => Writing[] | null): Generator<JobPage> {
  const { env, shop, pace } = turn;
  const db = env.db.read;
  let mark = behind(turn.mark, untilMs);
  if (mark !== turn.mark) yield { count: 0, write: null, mark };
  let seen = mark;
  let isHeldUp = false;
  for (;;) {
    const range = { merchantId: shop.merchantId, afterMs: seen.atMs, afterSeq: seen.seq, untilMs };
    const ends = selectCreditEnds(db, { ...range, limit: pace.most() });
    const last = ends.at(-1);
    if (last === undefined) return;
    const accountIds = [...new Set(ends.map(({ accountId }) => accountId))];
    const dueOfEach = accountIds.map(dueOf);
    const due = dueOfEach.flatMap((each) => each ?? []);
    isHeldUp ||= dueOfEach.includes(null);
    seen = { atMs: last.atMs, seq: last.seq };
    if (!isHeldUp) mark = seen;
    const write = (scope: SystemScope): void => {
      for (const one of due) one(scope);
    };
    yield { count: due.length, write: due.length === 0 ? null : write, mark };
  }
}

function writeExpiry(scope: SystemScope, accountId: string, { entryId, lotId, amountMinor }: DueCreditExpiry): void {
  const account = selectCreditAccount(scope.db, scope.shop.merchantId, accountId);
  const { customerId } = mustHave(account, 'the account of a lot');
  appendCreditEntry(scope, { entryId, accountId, kind: 'expire', amountMinor, lotId });
  scope.touch('wallet');
  if (customerId === null) return;
  scope.event({
    type: 'customer.credit.expired',
    category: 'EFFECT',
    customerId,
    source: 'System',
    data: { accountId, entryId, lotId, amountMinor },
  });
}

function writeWarning(scope: SystemScope, accountId: string, { eventId, expiresAtMs, endingMinor }: CreditEndingSoon) {
  const { customerId } = mustHave(
    selectCreditAccount(scope.db, scope.shop.merchantId, accountId),
    'the account of a lot',
  );
  if (customerId === null) return;
  scope.event({
    id: eventId,
    type: 'customer.credit.expiring',
    category: 'EFFECT',
    customerId,
    source: 'System',
    data: { accountId, endingMinor, expiresAtMs },
  });
}
