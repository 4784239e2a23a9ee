import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { canCancel } from '#shop/till/sale-status.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectMember } from '../points/accounts-store.ts';
import { selectEarnedOfSale } from '../points/ledger-store.ts';
import { takePointsBack } from './refund-sale.ts';
import { endSale } from './sale-rows-store.ts';
import { selectSale, type StoredSale } from './sales-store.ts';

export const cancelSaleSchema = z.strictObject({
  saleId: idSchema,
  reason: lineText({ min: 0, max: 200 }),
  overrideId: idSchema.optional(),
});

export interface CancelledSale {
  readonly saleId: string;
  readonly amountMinor: number;
  readonly pointsReversed: number;
  readonly newBalance: number | null;
}

/**
 * Cancels (voids) a completed sale on its own business day while nothing has been refunded: totals are reversed by
 * trigger, points by an entry. Refuses 'not-found', 'sale-not-completed', 'cancel-too-late'.
 */
export function cancelSale(
  scope: CommandScope,
  { saleId, reason }: z.output<typeof cancelSaleSchema>,
): Outcome<CancelledSale> {
  const sale = selectSale(scope.db, scope.shop.merchantId, saleId);
  if (sale === null) return refuse('not-found', { kind: 'sale' });
  if (sale.status !== 'completed') return refuse('sale-not-completed', { status: sale.status });
  if (!canCancel({ ...sale, todayBusinessDate: scope.moment.businessDate })) {
    return refuse('cancel-too-late', { businessDate: sale.businessDate, refundedMinor: sale.refundedMinor });
  }
  endSale(scope, { saleId, fromStatus: 'completed', status: 'cancelled' });
  scope.changed({
    table: 'transactions',
    recordId: saleId,
    before: { status: 'completed' },
    after: { status: 'cancelled' },
    personalAfter: reason === '' ? undefined : { reason },
  });
  for (const topic of ['sales', 'shift'] as const) scope.touch(topic);
  const points = reversePoints(scope, sale);
  return done({ saleId, amountMinor: sale.amountMinor, ...points });
}

function reversePoints(scope: CommandScope, sale: StoredSale): { pointsReversed: number; newBalance: number | null } {
  if (sale.customerId === null) return { pointsReversed: 0, newBalance: null };
  const member = mustHave(selectMember(scope.db, scope.shop.merchantId, sale.customerId), 'the customer of a sale');
  scope.event({
    type: 'customer.order.canceled',
    category: 'ACTION',
    customerId: sale.customerId,
    data: { saleId: sale.saleId, receiptNumber: sale.receiptNumber, amountMinor: -sale.amountMinor },
  });
  scope.touch('customers');
  const earned = selectEarnedOfSale(scope.db, sale.saleId);
  const points = earned === null ? 0 : earned.points - earned.reversedPoints;
  if (earned === null || points === 0) return { pointsReversed: 0, newBalance: member.balance };
  const newBalance = takePointsBack(scope, { member, earned, points, saleId: sale.saleId, refundId: null });
  return { pointsReversed: points, newBalance };
}
