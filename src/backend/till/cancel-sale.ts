import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { sumOf } from '#shop/money/money.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { canCancel } from '#shop/till/sale-status.ts';
import { storedValueOf } from '#shop/till/sold-value.ts';
import { returnStoredValue } from '#shop/till/stored-value.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { type BookedOfSale, selectBookedOfSale } from '../points/ledger-store.ts';
import { decideNegatives } from '../ledger/decide-negatives.ts';
import { type PointsToAdjust, reverseSalePoints, type SalePointsToReverse } from '../ledger/reverse-sale-points.ts';
import { decideGiveBack } from '../value/decide-give-back.ts';
import { giveBackValue } from '../value/give-back-value.ts';
import { comingBackOf } from './decide-sale-refund.ts';
import { selectRefundsOfSale } from './refunds-store.ts';
import { endSale } from './sale-rows-store.ts';
import { selectItems, selectSale, selectTenders, type StoredSale } from './sales-store.ts';
import { overrideIdsSchema } from '../override-ids.ts';

export const cancelSaleSchema = z.strictObject({
  saleId: idSchema,
  reason: lineText({ min: 0, max: 200 }),
  overrideIds: overrideIdsSchema,
});

type CancelScope = Pick<ReadScope, 'db' | 'moment'>;

export interface CancelledSale {
  readonly saleId: string;
  readonly amountMinor: number;
  readonly pointsReversed: number;
  readonly pointsReturned: number;
  readonly newBalance: number | null;
}

/**
 * Cancels (voids) a completed sale on its own business day while nothing has been refunded: totals are reversed by
 * trigger, points by an entry. Refuses 'not-found', 'sale-not-completed', 'cancel-too-late', and 'cancel-needs-refund' where
 * it was paid with goods that came back or money would be kept for missing points (C-10): a refund can do either; and as
 * decideGiveBack does. Credit and units that paid go back, and vouchers that were used.
 */
export function cancelSale(
  scope: CommandScope,
  { saleId, reason }: z.output<typeof cancelSaleSchema>,
): Outcome<CancelledSale> {
  const sale = selectSale(scope.db, scope.shop.merchantId, saleId);
  if (sale === null) return refuse('not-found', { kind: 'sale' });
  if (sale.status !== 'completed') return refuse('sale-not-completed', { status: sale.status });
  if (isPaidWithGoods(scope, sale)) return refuse('cancel-needs-refund');
  if (!isCancellable(scope, sale)) {
    return refuse('cancel-too-late', { businessDate: sale.businessDate, refundedMinor: sale.refundedMinor });
  }
  const adjustments = decideAdjustments(scope, sale);
  if (adjustments === null) return refuse('cancel-needs-refund');
  const items = selectItems(scope.db, saleId);
  const value = decideGiveBack(scope, comingBackOf(scope.db, saleId, items, items));
  if ('reason' in value) return value;
  endSale(scope, { saleId, fromStatus: 'completed', status: 'cancelled' });
  scope.changed({
    table: 'transactions',
    recordId: saleId,
    before: { status: 'completed' },
    after: { status: 'cancelled' },
    personalAfter: reason === '' ? undefined : { reason },
  });
  for (const topic of ['sales', 'shift'] as const) scope.touch(topic);
  const returns = returnStoredValue(storedValueOf(value.paid, value.units), sale.amountMinor);
  giveBackValue(scope, { saleId, refundId: null }, value, returns);
  const points = reversePoints(scope, sale, adjustments);
  return done({ saleId, amountMinor: sale.amountMinor, ...points });
}

type ReversedPoints = Pick<CancelledSale, 'pointsReversed' | 'pointsReturned' | 'newBalance'>;

function reversePoints(scope: CommandScope, sale: StoredSale, adjustments: readonly PointsToAdjust[]): ReversedPoints {
  const { customerId, saleId } = sale;
  if (customerId === null) return { pointsReversed: 0, pointsReturned: 0, newBalance: null };
  scope.event({
    type: 'customer.order.canceled',
    category: 'ACTION',
    customerId,
    data: { saleId, receiptNumber: sale.receiptNumber, amountMinor: -sale.amountMinor },
  });
  scope.touch('customers');
  return takeAllBack(scope, { customerId, saleId, adjustments });
}

/** Books everything back that a sale earned and cost in points; also of one that was given up. */
export function takeAllBack(
  scope: CommandScope,
  {
    customerId,
    saleId,
    adjustments = [],
  }: { readonly customerId: string; readonly saleId: string; readonly adjustments?: readonly PointsToAdjust[] },
): ReversedPoints & { readonly newBalance: number } {
  const { reversals, returns } = allToTakeBack(selectBookedOfSale(scope.db, saleId));
  const given = { customerId, saleId, refundId: null, reversals, returns, adjustments };
  return {
    pointsReversed: sumOf(reversals.map(({ points }) => points)),
    pointsReturned: sumOf(returns.map(({ points }) => points)),
    newBalance: reverseSalePoints(scope, given),
  };
}

function allToTakeBack(booked: readonly BookedOfSale[]): Pick<SalePointsToReverse, 'reversals' | 'returns'> {
  const all = booked.map((entry) => ({ entry, points: Math.abs(entry.points - entry.reversedPoints) }));
  return {
    reversals: all.filter(({ entry }) => entry.kind === 'earn'),
    returns: all.filter(({ entry }) => entry.kind === 'redeem'),
  };
}

/** What the programmes forgive when all points are taken back; null where one would keep money for them (C-10). */
function decideAdjustments(scope: CommandScope, sale: StoredSale): readonly PointsToAdjust[] | null {
  const booked = selectBookedOfSale(scope.db, sale.saleId);
  const { reversals, returns } = allToTakeBack(booked);
  const { deductMinor, adjustments } = decideNegatives(scope, sale, booked, {
    reversals: reversals.map(({ entry, points }) => ({ programId: entry.programId, points })),
    returns: returns.map(({ entry, points }) => ({ redemptionId: entry.offerId, points })),
    moneyMinor: sale.amountMinor,
  });
  return deductMinor === 0 ? adjustments : null;
}

/** Whether a sale may be cancelled as far as its own facts say. */
export function isCancellable(scope: CancelScope, sale: StoredSale): boolean {
  return canCancel({
    ...sale,
    todayBusinessDate: scope.moment.businessDate,
    hasRefunds: selectRefundsOfSale(scope.db, sale.saleId).length > 0,
    isPaidWithGoods: isPaidWithGoods(scope, sale),
  });
}

/** Goods that came back in the same ticket do not go out again by a cancellation. */
function isPaidWithGoods({ db }: CancelScope, { saleId }: StoredSale): boolean {
  return selectTenders(db, saleId).some(({ kind, amountMinor }) => kind === 'exchange' && amountMinor > 0);
}
