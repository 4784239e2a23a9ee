import { birthdayDays } from '#shop/points/birthdays.ts';
import { localDateOf, startOfLocalDay } from '#shop/time/business-day.ts';
import { addDays } from '#shop/time/civil-date.ts';
import type { Distribution } from '#shop/vouchers/campaign.ts';
import { issueKeyOf, type Occasion } from '#shop/vouchers/issue.ts';
import type { SystemScope } from '../command-scope.ts';
import type { BackendEnv } from '../context.ts';
import { selectBirthdays } from '../customers/birthdays-store.ts';
import { issueVoucher } from '../value/issue-voucher.ts';
import { selectCampaign } from '../vouchers/campaigns-store.ts';
import {
  hasIssued,
  selectAway,
  selectNewCustomers,
  selectReferralPage,
  selectRunningCampaigns,
  selectSegmentPage,
} from '../vouchers/due-store.ts';
import { behind, type Job, type JobPage, type JobTurn } from './job.ts';
import type { JobMark } from './job-states-store.ts';

const READ_AT_ONCE = 200;
/** A voucher with its claim, event and audit row is more than an entry: so many fit into one op. */
const MOST_ISSUED = 16;
/** The till has its turn in between. */
const LONGEST_LOOK_MS = 10;

/** Somebody to whom a campaign may give a voucher and why, or nobody; and up to where all is done with this. */
interface Candidate {
  readonly who: { readonly customerId: string; readonly occasion: Occasion } | null;
  readonly mark: JobMark;
}

/** A job for each campaign that gives vouchers by itself: for birthdays, to who was long away, to a segment, and so on. */
export function issueJobs(env: BackendEnv): readonly Job[] {
  const shop = env.shop();
  if (shop === null) return [];
  return selectRunningCampaigns(env.db.read, shop.merchantId).flatMap(({ campaignId, publishedAtMs }) => {
    const distribution = selectCampaign(env.db.read, shop.merchantId, campaignId)?.version?.campaign.distribution;
    if (distribution === undefined || distribution.kind === 'by-hand' || distribution.kind === 'after-sale') return [];
    const pages = (turn: JobTurn) => issues(turn, campaignId, candidatesOf(turn, distribution, publishedAtMs));
    return [{ name: `issues:${campaignId}`, action: 'jobs.issues', pages }];
  });
}

/** Gives to each candidate what they have not had for the same cause: under the id of the cause, so never twice. */
function* issues(turn: JobTurn, campaignId: string, candidates: Iterable<Candidate>): Generator<JobPage> {
  const page = { due: [] as { readonly customerId: string; readonly issueKey: string }[], startMs: performance.now() };
  let mark = turn.mark;
  const turnPage = (): JobPage => {
    const { due } = page;
    const write = (scope: SystemScope): void => {
      for (const { customerId, issueKey } of due)
        issueVoucher(scope, { campaignId, customerId, saleId: null, issueKey });
    };
    page.due = [];
    return { count: due.length, write: due.length === 0 ? null : write, mark };
  };
  for (const { who, mark: reached } of candidates) {
    const issueKey = who === null ? null : issueKeyOf(campaignId, who.customerId, who.occasion);
    if (who !== null && issueKey !== null && !hasIssued(turn.env.db.read, issueKey)) {
      page.due.push({ customerId: who.customerId, issueKey });
    }
    mark = reached;
    const isFull = page.due.length >= Math.min(MOST_ISSUED, turn.pace.most());
    if (!isFull && performance.now() - page.startMs < LONGEST_LOOK_MS) continue;
    yield turnPage();
    page.startMs = performance.now();
  }
  yield turnPage();
}

function candidatesOf(turn: JobTurn, distribution: Distribution, publishedAtMs: number): Iterable<Candidate> {
  switch (distribution.kind) {
    case 'birthday':
      return birthdays(turn, distribution.daysBefore);
    case 'win-back':
      return longAway(turn, distribution.afterDays);
    case 'segment':
      return members(turn, distribution.segmentId);
    case 'enrolment':
      return newcomers(turn, publishedAtMs);
    case 'referral':
      return referrals(turn, distribution.side, publishedAtMs);
    case 'by-hand':
    case 'after-sale':
      return [];
  }
}

/** The mark is the start of the day from which was looked ahead; that day is looked at again, for who joined since. */
function* birthdays(turn: JobTurn, daysBefore: number): Generator<Candidate> {
  const { env, shop, nowMs } = turn;
  const { merchantId, timeZone } = shop;
  const today = localDateOf(nowMs, timeZone);
  const mark = { atMs: startOfLocalDay(today, timeZone), seq: 0 };
  const known = behind(turn.mark, nowMs);
  const from = known.atMs === 0 ? today : addDays(localDateOf(known.atMs, timeZone), daysBefore);
  const range = { merchantId, beforeMs: nowMs + 1, limit: READ_AT_ONCE };
  for (const { date, monthDays } of birthdayDays(from, addDays(today, daysBefore))) {
    const year = Number(date.slice(0, 4));
    let afterNumber = 0;
    for (;;) {
      const found = selectBirthdays(env.db.read, { ...range, monthDays, afterNumber });
      const last = found.at(-1);
      if (last === undefined) break;
      afterNumber = last.customerNumber;
      for (const { customerId } of found)
        yield { who: { customerId, occasion: { kind: 'birthday', year } }, mark: turn.mark };
    }
  }
  yield { who: null, mark };
}

/** The mark is the last visit up to which everybody was looked at. */
function* longAway(turn: JobTurn, afterDays: number): Generator<Candidate> {
  const { env, shop, nowMs } = turn;
  const { merchantId, timeZone } = shop;
  const firstDayNotDue = addDays(localDateOf(nowMs, timeZone), 1 - afterDays);
  const beforeMs = startOfLocalDay(firstDayNotDue, timeZone);
  let mark = behind(turn.mark, beforeMs);
  for (;;) {
    const page = { merchantId, beforeMs, afterMs: mark.atMs, afterNumber: mark.seq, limit: READ_AT_ONCE };
    const found = selectAway(env.db.read, page);
    if (found.length === 0) return;
    for (const { customerId, customerNumber, lastVisitMs } of found) {
      mark = { atMs: lastVisitMs, seq: customerNumber };
      yield { who: { customerId, occasion: { kind: 'win-back', lastVisitMs } }, mark };
    }
  }
}

/** Everybody of a segment is looked at in each run: members come and go. */
function* members({ env, mark }: JobTurn, segmentId: string): Generator<Candidate> {
  let afterId = '';
  for (;;) {
    const found = selectSegmentPage(env.db.read, { segmentId, afterId, limit: READ_AT_ONCE });
    if (found.length === 0) return;
    for (const { customerId } of found) {
      afterId = customerId;
      yield { who: { customerId, occasion: { kind: 'segment' } }, mark };
    }
  }
}

/** The mark's number is the last customer who was looked at. */
function* newcomers(turn: JobTurn, publishedAtMs: number): Generator<Candidate> {
  const { merchantId } = turn.shop;
  let afterNumber = turn.mark.seq;
  for (;;) {
    const page = { merchantId, fromMs: publishedAtMs, afterNumber, limit: READ_AT_ONCE };
    const found = selectNewCustomers(turn.env.db.read, page);
    if (found.length === 0) return;
    for (const { customerId, customerNumber } of found) {
      afterNumber = customerNumber;
      yield { who: { customerId, occasion: { kind: 'enrolment' } }, mark: { atMs: 0, seq: customerNumber } };
    }
  }
}

/** Who was brought has it at once, who brought them with the friend's first purchase (VC23). */
function* referrals(turn: JobTurn, side: 'referrer' | 'friend', publishedAtMs: number): Generator<Candidate> {
  const { merchantId } = turn.shop;
  let afterId = '';
  for (;;) {
    const page = { merchantId, fromMs: publishedAtMs, afterId, limit: READ_AT_ONCE };
    const found = selectReferralPage(turn.env.db.read, page);
    if (found.length === 0) return;
    for (const { friendId, referrerId, hasBought } of found) {
      afterId = friendId;
      const occasion = { kind: 'referral' as const, friendId };
      const customerId = side === 'friend' ? friendId : referrerId;
      const isDue = side === 'friend' || hasBought === 1;
      yield { who: isDue ? { customerId, occasion } : null, mark: turn.mark };
    }
  }
}
