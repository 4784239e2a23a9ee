import { birthdayDays } from '#shop/points/birthdays.ts';
import { localDateOf, startOfLocalDay } from '#shop/time/business-day.ts';
import { addDays } from '#shop/time/civil-date.ts';
import type { CampaignVersion, Distribution } from '#shop/vouchers/campaign.ts';
import { issueKeyOf, OCCASION_DAYS, type Occasion } from '#shop/vouchers/issue.ts';
import { seasonOn } from '#shop/vouchers/season.ts';
import { selectBirthdays } from '../customers/birthdays-store.ts';
import { type OpenTry, selectOpenTries } from '../vouchers/not-given-store.ts';
import { selectAway, selectNewCustomers, selectReferralPage, selectSegmentPage } from '../vouchers/due-store.ts';
import { behind, type JobTurn } from './job.ts';
import type { JobMark } from './job-states-store.ts';

const READ_AT_ONCE = 200;

/** Somebody to whom a campaign may give a voucher and why, or nobody; and up to where all is done with this. */
export interface Candidate {
  readonly who: { readonly customerId: string; readonly occasion: Occasion } | null;
  readonly mark: JobMark;
}

/** A campaign that gives by a rule, as a job looks at it. */
export interface Giving {
  readonly version: CampaignVersion;
  readonly distribution: Distribution;
  /** When its first version was published, and the one in force, UTC ms. */
  readonly publishedAtMs: number;
  readonly inForceSinceMs: number;
}

/** Whom a campaign's rule means now, in the order of its mark; some may have been given theirs before. */
export function candidatesOf(turn: JobTurn, giving: Giving): Iterable<Candidate> {
  const { distribution, publishedAtMs } = giving;
  switch (distribution.kind) {
    case 'birthday':
      return both(triedAgain(turn, giving), birthdays(turn, distribution.daysBefore));
    case 'win-back':
      return both(triedAgain(turn, giving), longAway(turn, distribution.afterDays));
    case 'segment':
      return members(turn, distribution.segmentId, { kind: 'segment' });
    case 'season':
      return seasonal(turn, distribution, giving.inForceSinceMs);
    case 'enrolment':
      return both(triedAgain(turn, giving), newcomers(turn, publishedAtMs));
    case 'referral':
      return referrals(turn, distribution.side, publishedAtMs);
    case 'by-hand':
    case 'after-sale':
      return [];
  }
}

function* both(first: Iterable<Candidate>, second: Iterable<Candidate>): Generator<Candidate> {
  yield* first;
  yield* second;
}

/**
 * What was refused lately, of occasions whose mark has passed them by: the others look at everybody again. An occasion that
 * is over, or that the terms no longer ask for, has another key than any that stands now.
 */
function* triedAgain({ env, shop, nowMs, mark }: JobTurn, { version, distribution }: Giving): Generator<Candidate> {
  const today = localDateOf(nowMs, shop.timeZone);
  const { campaignId, version: number } = version;
  const fromDay = addDays(today, 1 - OCCASION_DAYS);
  const asked = { campaignId, version: number, today, fromDay, limit: READ_AT_ONCE };
  let [afterDay, afterId] = [fromDay, ''];
  for (;;) {
    const found = selectOpenTries(env.db.read, { ...asked, afterDay, afterId });
    if (found.length === 0) return;
    for (const each of found) {
      [afterDay, afterId] = [each.firstTriedOn, each.id];
      const { customerId } = each;
      const occasion = occasionsOf(distribution.kind, each).find(
        (one) => issueKeyOf(campaignId, customerId, one) === each.id,
      );
      yield { who: occasion === undefined ? null : { customerId, occasion }, mark };
    }
  }
}

/** What a refused customer may be given something for now; a birthday may lie in the year after its first try. */
function occasionsOf(kind: Distribution['kind'], { firstTriedOn, lastVisitMs }: OpenTry): readonly Occasion[] {
  if (kind === 'enrolment') return [{ kind }];
  if (kind === 'win-back') return lastVisitMs === null ? [] : [{ kind, lastVisitMs }];
  const year = Number(firstTriedOn.slice(0, 4));
  return kind === 'birthday' ? [year - 1, year, year + 1].map((each) => ({ kind, year: each })) : [];
}

/**
 * The mark is the start of the day from which was looked ahead; that day is looked at again, for who joined since. After a long
 * pause only birthdays are made up for that still are an occasion.
 */
function* birthdays(turn: JobTurn, daysBefore: number): Generator<Candidate> {
  const { env, shop, nowMs } = turn;
  const { merchantId, timeZone } = shop;
  const today = localDateOf(nowMs, timeZone);
  const mark = { atMs: startOfLocalDay(today, timeZone), seq: 0 };
  const known = behind(turn.mark, nowMs);
  const since = known.atMs === 0 ? today : addDays(localDateOf(known.atMs, timeZone), daysBefore);
  const earliest = addDays(today, -OCCASION_DAYS);
  const from = since < earliest ? earliest : since;
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
function* members({ env, mark }: JobTurn, segmentId: string, occasion: Occasion): Generator<Candidate> {
  let afterId = '';
  for (;;) {
    const found = selectSegmentPage(env.db.read, { segmentId, afterId, limit: READ_AT_ONCE });
    if (found.length === 0) return;
    for (const { customerId } of found) {
      afterId = customerId;
      yield { who: { customerId, occasion }, mark };
    }
  }
}

/**
 * During its days once a year: to who is in the segment, or to every customer. Everybody is looked at once a day, and again
 * under new terms: the mark is the start of that day, or when the terms came, with the last customer who was looked at.
 */
function* seasonal(
  turn: JobTurn,
  { segmentId, ...days }: Extract<Distribution, { kind: 'season' }>,
  inForceSinceMs: number,
): Generator<Candidate> {
  const { merchantId, timeZone } = turn.shop;
  const today = localDateOf(turn.nowMs, timeZone);
  const season = seasonOn(days, today);
  if (season === null) return;
  const occasion = { kind: 'season', year: season.year } as const;
  if (segmentId !== null) {
    yield* members(turn, segmentId, occasion);
    return;
  }
  const atMs = Math.max(startOfLocalDay(today, timeZone), inForceSinceMs);
  let afterNumber = turn.mark.atMs === atMs ? turn.mark.seq : 0;
  for (;;) {
    const page = { merchantId, fromMs: 0, afterNumber, limit: READ_AT_ONCE };
    const found = selectNewCustomers(turn.env.db.read, page);
    if (found.length === 0) return;
    for (const { customerId, customerNumber } of found) {
      afterNumber = customerNumber;
      yield { who: { customerId, occasion }, mark: { atMs, seq: customerNumber } };
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
