import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { sumOf } from '#shop/money/money.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { canCancel } from '#shop/till/sale-status.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectBookedOfSale } from '../points/ledger-store.ts';
import { reverseSalePoints } from '../ledger/reverse-sale-points.ts';
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
  readonly pointsReturned: number;
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

type ReversedPoints = Pick<CancelledSale, 'pointsReversed' | 'pointsReturned' | 'newBalance'>;

function reversePoints(scope: CommandScope, sale: StoredSale): ReversedPoints {
  const { customerId, saleId } = sale;
  if (customerId === null) return { pointsReversed: 0, pointsReturned: 0, newBalance: null };
  scope.event({
    type: 'customer.order.canceled',
    category: 'ACTION',
    customerId,
    data: { saleId, receiptNumber: sale.receiptNumber, amountMinor: -sale.amountMinor },
  });
  scope.touch('customers');
  return takeAllBack(scope, { customerId, saleId });
}

/** Books everything back that a sale earned and cost in points; also of one that was given up. */
export function takeAllBack(
  scope: CommandScope,
  { customerId, saleId }: { readonly customerId: string; readonly saleId: string },
): ReversedPoints & { readonly newBalance: number } {
  const booked = selectBookedOfSale(scope.db, saleId).map((entry) => ({
    entry,
    points: Math.abs(entry.points - entry.reversedPoints),
  }));
  const reversals = booked.filter(({ entry }) => entry.kind === 'earn');
  const returns = booked.filter(({ entry }) => entry.kind === 'redeem');
  const given = { customerId, saleId, refundId: null, reversals, returns, adjustments: [] };
  return {
    pointsReversed: sumOf(reversals.map(({ points }) => points)),
    pointsReturned: sumOf(returns.map(({ points }) => points)),
    newBalance: reverseSalePoints(scope, given),
  };
}
