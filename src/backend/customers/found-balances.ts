import type { ReadScope } from '../context.ts';
import { selectJobState } from '../jobs/job-states-store.ts';
import { standingsOf } from '../ledger/standing.ts';
import { selectMember } from '../points/accounts-store.ts';
import { selectMayHaveEnded } from '../points/lot-dates-store.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';

/**
 * Returns rows with what counts now: points that have ended are not shown as somebody's only because nobody has written them
 * off yet. Where nothing has ended since that was last done, the sum that each account keeps is the balance.
 */
export function asOfNow<Row extends { readonly customerId: string; readonly balance: number }>(
  scope: ReadScope,
  rows: readonly Row[],
): Row[] {
  const { db, shop, moment } = scope;
  const { merchantId } = shop;
  const stateOf = (job: string) => selectJobState(db, { merchantId, job });
  const mayHaveEnded = selectMayHaveEnded(db, {
    merchantId,
    nowMs: moment.trustedAtMs,
    writtenUntilMs: stateOf('expire')?.markAtMs ?? 0,
    lookedAtSeq: stateOf('late-lots')?.markSeq ?? 0,
  });
  if (!mayHaveEnded) return [...rows];
  const main = selectLiveProgrammes(db, merchantId).slice(0, 1);
  return rows.map((row) => {
    if (row.balance === 0) return row;
    const [standing] = standingsOf(scope, selectMember(db, merchantId, row.customerId), main);
    return { ...row, balance: standing?.balance() ?? row.balance };
  });
}
