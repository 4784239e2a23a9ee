import { type DueCreditExpiry, dueCreditExpiries } from '#shop/credit/due-credit.ts';
import { foldCredit } from '#shop/credit/fold-credit.ts';
import { mustHave } from '#shop/must.ts';
import type { SystemScope } from '../command-scope.ts';
import { selectCreditAccount } from '../credit/credit-accounts-store.ts';
import { appendCreditEntry, selectCreditEnds, selectCreditEntries } from '../credit/credit-entries-store.ts';
import { behind, type Job, type JobPage, type JobTurn } from './job.ts';

/** Writes off credit that has ended (W8): an entry for each lot, so that it moves and is not deleted. */
export const EXPIRE_CREDIT: Job = { name: 'expire-credit', action: 'jobs.expire-credit', pages };

/** Goes through the ends of lots in their order; what is due is folded anew for each page, after the last was written. */
function* pages(turn: JobTurn): Generator<JobPage> {
  const { env, shop, nowMs, pace } = turn;
  const db = env.db.read;
  let mark = behind(turn.mark, nowMs);
  if (mark !== turn.mark) yield { count: 0, write: null, mark };
  for (;;) {
    const range = { merchantId: shop.merchantId, afterMs: mark.atMs, afterSeq: mark.seq, untilMs: nowMs };
    const ends = selectCreditEnds(db, { ...range, limit: pace.most() });
    const last = ends.at(-1);
    if (last === undefined) return;
    mark = { atMs: last.atMs, seq: last.seq };
    const accountIds = [...new Set(ends.map(({ accountId }) => accountId))];
    const due = accountIds.flatMap((accountId) =>
      dueCreditExpiries(accountId, foldCredit(selectCreditEntries(db, accountId), nowMs)).map((expiry) => ({
        accountId,
        expiry,
      })),
    );
    const write = (scope: SystemScope): void => {
      for (const { accountId, expiry } of due) writeExpiry(scope, accountId, expiry);
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
