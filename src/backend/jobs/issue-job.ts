import { localDateOf } from '#shop/time/business-day.ts';
import type { CampaignVersion } from '#shop/vouchers/campaign.ts';
import { comesAgain, isLastingRefusal, issueKeyOf, type Occasion } from '#shop/vouchers/issue.ts';
import { endOf } from '#shop/vouchers/validity.ts';
import { codeKeyOf } from '#shop/vouchers/voucher-code.ts';
import type { SystemScope } from '../command-scope.ts';
import type { BackendEnv } from '../context.ts';
import { tellNotGiven } from '../value/campaign-alerts.ts';
import { issueVoucher } from '../value/issue-voucher.ts';
import { selectCampaign } from '../vouchers/campaigns-store.ts';
import { selectClaim } from '../vouchers/claims-store.ts';
import { hasIssued, selectRunningCampaigns } from '../vouchers/due-store.ts';
import { selectNotGiven, setGiven, upsertNotGiven } from '../vouchers/not-given-store.ts';
import { selectVoucherByKey } from '../vouchers/vouchers-store.ts';
import { type Candidate, candidatesOf, type Giving } from './issue-candidates.ts';
import type { Job, JobPage, JobTurn } from './job.ts';

/** A voucher with its claim, event and audit row is more than an entry: so many fit into one op. */
const MOST_ISSUED = 16;
/** The till has its turn in between. */
const LONGEST_LOOK_MS = 10;

/** A job for each campaign that gives vouchers by itself: for birthdays, to who was long away, to a segment, and so on. */
export function issueJobs(env: BackendEnv): readonly Job[] {
  const shop = env.shop();
  if (shop === null) return [];
  return selectRunningCampaigns(env.db.read, shop.merchantId).flatMap(({ campaignId, ...published }) => {
    const version = selectCampaign(env.db.read, shop.merchantId, campaignId)?.version ?? null;
    if (version === null) return [];
    const { distribution, validity } = version.campaign;
    if (distribution.kind === 'by-hand' || distribution.kind === 'after-sale') return [];
    const giving = { version, distribution, ...published };
    const pages = (turn: JobTurn): Iterable<JobPage> => {
      const endMs = endOf(validity, shop.timeZone);
      return endMs !== null && turn.nowMs >= endMs ? [] : issues(turn, giving, candidatesOf(turn, giving));
    };
    return [{ name: `issues:${campaignId}`, action: 'jobs.issues', pages }];
  });
}

type Due = { readonly customerId: string; readonly occasion: Occasion; readonly issueKey: string };

/** Gives to each candidate what they have not had for the same cause: under the id of the cause, so never twice. */
function* issues(turn: JobTurn, giving: Giving, candidates: Iterable<Candidate>): Generator<JobPage> {
  const page = { due: [] as Due[], startMs: performance.now() };
  const isDue = dueIn(turn, giving);
  let mark = turn.mark;
  const turnPage = (): JobPage => {
    const { due } = page;
    const write = (scope: SystemScope): void => {
      for (const one of due) give(scope, giving.version, one);
    };
    page.due = [];
    return { count: due.length, write: due.length === 0 ? null : write, mark };
  };
  for (const { who, mark: reached } of candidates) {
    const issueKey = who === null ? null : issueKeyOf(giving.version.campaignId, who.customerId, who.occasion);
    if (who !== null && issueKey !== null && isDue({ ...who, issueKey })) page.due.push({ ...who, issueKey });
    mark = reached;
    const isFull = page.due.length >= Math.min(MOST_ISSUED, turn.pace.most());
    if (!isFull && performance.now() - page.startMs < LONGEST_LOOK_MS) continue;
    yield turnPage();
    page.startMs = performance.now();
  }
  yield turnPage();
}

/**
 * Whether something is still to be given: not given for this cause, not in the wallet where the code is everybody's, and not
 * refused under the terms that are in force, today or for good. What was refused is tried again the next day as long as its
 * occasion lasts, where it can pass what stands against it, or under new terms.
 */
function dueIn({ env, shop, nowMs }: JobTurn, { version }: Giving): (due: Due) => boolean {
  const db = env.db.read;
  const today = localDateOf(nowMs, shop.timeZone);
  const { genericCode } = version.campaign;
  const codeKey = genericCode === null ? null : codeKeyOf(genericCode);
  const ofAll = codeKey === null ? null : selectVoucherByKey(db, shop.merchantId, codeKey);
  return ({ customerId, occasion, issueKey }) => {
    if (hasIssued(db, issueKey)) return false;
    if (ofAll !== null && !comesAgain(occasion) && selectClaim(db, customerId, ofAll.voucherId) !== null) return false;
    const refused = selectNotGiven(db, issueKey);
    if (refused === null || refused.version !== version.version) return true;
    return refused.isLasting === 0 && refused.triedOn !== today;
  };
}

/** Gives it, or keeps why not. What comes again has a code of its own each time, also where the campaign has one for all. */
function give(scope: SystemScope, { campaignId, version }: CampaignVersion, due: Due): void {
  const { db, shop, moment } = scope;
  const { customerId, occasion, issueKey } = due;
  const hasOwnCode = comesAgain(occasion);
  const before = selectNotGiven(db, issueKey);
  const given = issueVoucher(scope, { campaignId, customerId, saleId: null, issueKey, hasOwnCode });
  if (given.kind === 'refused') {
    const triedOn = localDateOf(moment.trustedAtMs, shop.timeZone);
    const { reason } = given;
    const isLasting = isLastingRefusal(reason) ? (1 as const) : (0 as const);
    const tried = { triedOn, firstTriedOn: before?.firstTriedOn ?? triedOn, isLasting };
    const row = { id: issueKey, merchantId: shop.merchantId, campaignId, customerId, version, reason, ...tried };
    scope.fact('vouchers_not_given', upsertNotGiven(db, row));
    tellNotGiven(scope, campaignId, reason);
    scope.touch('vouchers');
  } else if (before !== null) {
    const row = { id: issueKey, givenAtMs: moment.trustedAtMs };
    setGiven(db, row);
    scope.fact('vouchers_not_given', row);
  }
}
