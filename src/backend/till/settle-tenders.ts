import type { Payment } from '#shop/till/decide-tenders.ts';
import type { CommandScope } from '../command-scope.ts';
import { updateTender } from './sale-rows-store.ts';
import type { StoredTender } from './sales-store.ts';

/** Approves the waiting tenders that the payment names, with their reference; the others are given up. */
export function settlePendingTenders(
  scope: CommandScope,
  saleId: string,
  known: readonly StoredTender[],
  payment: Payment,
): void {
  const paying = new Map(payment.tenders.map((tender) => [tender.tenderId, tender]));
  for (const { tenderId, amountMinor, reference, status } of known) {
    if (status !== 'pending') continue;
    const paid = paying.get(tenderId);
    updateTender(scope, {
      id: tenderId,
      transactionId: saleId,
      status: paid === undefined ? 'given-up' : 'approved',
      reference: paid?.reference ?? reference,
      amountMinor: paid?.amountMinor ?? amountMinor,
      atMs: scope.moment.atMs,
    });
  }
}
