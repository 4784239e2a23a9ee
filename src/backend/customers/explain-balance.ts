import { foldLots } from '#shop/points/lots.ts';
import { refuse } from '#shop/refusal.ts';
import type { ReadScope } from '../context.ts';
import { refusalError } from '../trpc.ts';
import { selectLedger } from './customer-ledger-store.ts';
import { selectCustomer } from './customers-store.ts';

/**
 * Why the balance of the main programme is what it is: every entry with the balance after it, newest first, and the sums by what happened
 * (earned - redeemed - expired + adjusted; what was earned and taken back is in `reversed`).
 */
export function explainBalance({ db, shop, moment }: ReadScope, { customerId }: { customerId: string }) {
  if (selectCustomer(db, shop.merchantId, customerId) === null)
    throw refusalError(refuse('not-found', { kind: 'customer' }));
  const rows = selectLedger(db, shop.merchantId, customerId);
  const sums = { earned: 0, redeemed: 0, expired: 0, adjusted: 0, reversed: 0 };
  let runningBalance = 0;
  const entries = rows.map((row) => {
    runningBalance += row.points;
    if (row.kind === 'earn') sums.earned += row.points;
    else if (row.kind === 'reverse_earn') sums.reversed += row.points;
    else if (row.systemAccount === 'redeemed') sums.redeemed += row.points;
    else if (row.systemAccount === 'expired') sums.expired += row.points;
    else sums.adjusted += row.points;
    return {
      entryId: row.entryId,
      atMs: row.atMs,
      kind: row.kind,
      points: row.points,
      saleId: row.saleId,
      receiptNumber: row.receiptNumber,
      programmeVersion: row.programmeVersion,
      reason: row.reason === '' ? null : row.reason,
      staffName: row.staffName,
      awardedFor: row.awardedFor,
      runningBalance,
    };
  });
  const { balance } = foldLots(
    rows.map((row) => ({ ...row, atMs: row.trustedAtMs })),
    moment.trustedAtMs,
  );
  return { balance, entries: entries.reverse(), sums };
}
