import { mustHave } from '#shop/must.ts';
import type { SystemScope } from '../command-scope.ts';
import { selectHolder } from '../points/accounts-store.ts';
import { selectLiveProgrammes, type StoredVersion } from '../points/programmes-store.ts';
import { settleTier } from '../ledger/settle-tier.ts';
import { standingsOf } from '../ledger/standing.ts';
import { selectTierEnds, type TierEnd } from '../points/tiers-store.ts';
import type { Job, JobPage, JobTurn } from './job.ts';

/** Takes tiers whose time has ended: once each, at the end of the period plus grace (C-54). What it wrote is no longer due. */
export const SETTLE_TIERS: Job = { name: 'tiers', action: 'jobs.tiers', pages };

function* pages({ env, shop, mark, nowMs, pace }: JobTurn): Generator<JobPage> {
  let after = { keepsUntilMs: 0, accountId: '', programId: '' };
  for (;;) {
    const range = { merchantId: shop.merchantId, untilMs: nowMs, limit: pace.most() };
    const ends = selectTierEnds(env.db.read, { ...range, ...after });
    const last = ends.at(-1);
    if (last === undefined) return;
    after = { keepsUntilMs: last.keepsUntilMs, accountId: last.accountId, programId: last.programId };
    const live = selectLiveProgrammes(env.db.read, shop.merchantId);
    const due = ends.flatMap((end) => {
      const version = live.find((one) => one.programId === end.programId);
      return version === undefined || version.programme.tiers === null ? [] : [{ end, version }];
    });
    const write = (scope: SystemScope): void => {
      for (const { end, version } of due) settle(scope, end, version);
    };
    yield { count: due.length, write: due.length === 0 ? null : write, mark };
  }
}

function settle(scope: SystemScope, { customerId, accountId }: TierEnd, version: StoredVersion): void {
  const holder = mustHave(selectHolder(scope.db, scope.shop.merchantId, customerId), 'the holder of a tier');
  const member = { ...holder, accountId };
  for (const { moves } of standingsOf(scope, member, [version])) {
    settleTier(scope, { member, accountId, version, moves: moves() });
  }
}
