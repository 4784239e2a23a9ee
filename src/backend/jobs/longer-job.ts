import { mustHave } from '#shop/must.ts';
import type { Validity } from '#shop/vouchers/campaign.ts';
import { claimEndOf, earliest, endOf } from '#shop/vouchers/validity.ts';
import type { SystemScope } from '../command-scope.ts';
import { formerEndsOf } from '../value/later-ends.ts';
import { selectCampaign } from '../vouchers/campaigns-store.ts';
import {
  selectBearersEndingAt,
  selectClaimsEndingAt,
  selectRepublished,
  setClaimEnd,
  setVoucherEnd,
} from '../vouchers/ends-store.ts';
import { behind, type Job, type JobPage, type JobTurn } from './job.ts';

/**
 * After a campaign was published with a later end, what was claimed and given before runs as long as what is claimed now:
 * nobody is worse off for having been early. What has ended stays ended. The mark is the last publishing that was followed.
 */
export const LENGTHEN_VOUCHERS: Job = { name: 'lengthen-vouchers', action: 'jobs.lengthen-vouchers', pages };

/** A claim or a code that runs longer; null: without end. */
interface Longer {
  readonly claimId: string | null;
  readonly voucherId: string | null;
  readonly expiresAtMs: number | null;
}

function* pages(turn: JobTurn): Generator<JobPage> {
  const { env, shop, nowMs } = turn;
  const { merchantId, timeZone } = shop;
  const db = env.db.read;
  const mark = behind(turn.mark, nowMs);
  let lastMs = mark.atMs;
  for (const { campaignId, inForceSinceMs } of selectRepublished(db, { merchantId, afterMs: mark.atMs })) {
    const { version } = mustHave(selectCampaign(db, merchantId, campaignId), 'a campaign that was published');
    const { validity } = mustHave(version, 'the version in force').campaign;
    const endMs = endOf(validity, timeZone);
    for (const endsAtMs of formerEndsOf({ db, shop }, campaignId)) {
      if (endMs !== null && endsAtMs >= endMs) continue;
      yield* lengthened(turn, { campaignId, validity, endsAtMs }, mark);
    }
    lastMs = inForceSinceMs;
  }
  yield { count: 0, write: null, mark: { atMs: lastMs, seq: 0 } };
}

function* lengthened(
  { env, shop, pace }: JobTurn,
  { campaignId, validity, endsAtMs }: { campaignId: string; validity: Validity; endsAtMs: number },
  mark: JobPage['mark'],
): Generator<JobPage> {
  const { merchantId, timeZone } = shop;
  const asked = { merchantId, campaignId, endsAtMs };
  const isLonger = (expiresAtMs: number | null): boolean => expiresAtMs === null || expiresAtMs > endsAtMs;
  const pageOf = (found: readonly Longer[]): JobPage => {
    const due = found.filter(({ expiresAtMs }) => isLonger(expiresAtMs));
    return { count: due.length, write: due.length === 0 ? null : (scope) => write(scope, due), mark };
  };
  for (let afterId = ''; ; ) {
    const claims = selectClaimsEndingAt(env.db.read, { ...asked, afterId, limit: pace.most() });
    const last = claims.at(-1);
    if (last === undefined) break;
    afterId = last.customerVoucherId;
    yield pageOf(
      claims.map(({ customerVoucherId, voucherId, sinceMs, isOwn, voucherEndsAtMs }) => {
        const endMs = claimEndOf(validity, sinceMs, timeZone);
        return isOwn === 1
          ? { claimId: customerVoucherId, voucherId, expiresAtMs: endMs }
          : { claimId: customerVoucherId, voucherId: null, expiresAtMs: earliest(endMs, voucherEndsAtMs) };
      }),
    );
  }
  for (let afterId = ''; ; ) {
    const bearers = selectBearersEndingAt(env.db.read, { ...asked, afterId, limit: pace.most() });
    const last = bearers.at(-1);
    if (last === undefined) break;
    afterId = last.voucherId;
    yield pageOf(
      bearers.map(({ voucherId, sinceMs }) => ({
        claimId: null,
        voucherId,
        expiresAtMs: claimEndOf(validity, sinceMs, timeZone),
      })),
    );
  }
}

function write(scope: SystemScope, due: readonly Longer[]): void {
  for (const { claimId, voucherId, expiresAtMs } of due) {
    if (claimId !== null) {
      setClaimEnd(scope.db, { id: claimId, expiresAtMs });
      scope.fact('customer_vouchers', { id: claimId, expiresAtMs, remindedAtMs: null });
    }
    if (voucherId !== null) {
      setVoucherEnd(scope.db, { id: voucherId, expiresAtMs });
      scope.fact('vouchers', { id: voucherId, expiresAtMs });
    }
  }
  for (const topic of ['wallet', 'vouchers', 'customers'] as const) scope.touch(topic);
}
