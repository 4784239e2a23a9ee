import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { earningSaleOf } from '#shop/till/earning-sale.ts';
import { reversalsOf } from '#shop/till/refund-points.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import { addDays } from '#shop/time/civil-date.ts';
import type { CommandScope } from '../command-scope.ts';
import { type Member, selectMember } from '../points/accounts-store.ts';
import { bookSalePoints } from '../ledger/book-sale-points.ts';
import { earnInProgrammes } from '../ledger/earn-in-programmes.ts';
import { selectBookedOfSale } from '../points/ledger-store.ts';
import { selectProgrammesAt } from '../points/programmes-store.ts';
import { reverseSalePoints } from '../ledger/reverse-sale-points.ts';
import { standingsOf } from '../ledger/standing.ts';
import { soldSaleOf } from './decide-sale-refund.ts';
import { attachToSale } from './sale-rows-store.ts';
import { pricedAsFrozen, soldItemsOf } from './sale-lines.ts';
import { selectItems, selectSale, selectTenders, type StoredSale } from './sales-store.ts';
import { overrideIdsSchema } from '../override-ids.ts';

export const attachCustomerSchema = z.strictObject({
  saleId: idSchema,
  customerId: idSchema,
  overrideIds: overrideIdsSchema,
});

export interface AttachedCustomer {
  readonly saleId: string;
  readonly pointsEarned: number;
  readonly newBalance: number;
}

/**
 * Adds a customer to a sale that was completed without one: it earns by the versions of its own day, what refunds have taken
 * of it does not (PT25). On its business day whoever sells may; later within the programme's days a manager ('points.adjust').
 * Refuses 'not-found', 'sale-not-completed', 'sale-has-customer', 'customer-blocked', 'attach-too-late', 'not-permitted'.
 */
export function attachCustomer(
  scope: CommandScope,
  { saleId, customerId }: z.output<typeof attachCustomerSchema>,
): Outcome<AttachedCustomer> {
  const { db, shop } = scope;
  const sale = selectSale(db, shop.merchantId, saleId);
  if (sale === null) return refuse('not-found', { kind: 'sale' });
  if (sale.status !== 'completed') return refuse('sale-not-completed', { status: sale.status });
  if (sale.customerId !== null) return refuse('sale-has-customer', { customerId: sale.customerId });
  const member = selectMember(db, shop.merchantId, customerId);
  if (member === null || member.status === 'erased') return refuse('not-found', { kind: 'customer', customerId });
  if (member.status === 'blocked') return refuse('customer-blocked', { customerId });
  const late = refuseLate(scope, sale);
  if (late !== null) return late;
  const points = earnLate(scope, sale, member);
  scope.changed({
    table: 'transactions',
    recordId: saleId,
    before: { customerId: null },
    after: { customerId, points: points.pointsEarned },
  });
  for (const topic of ['sales', 'customers', 'points'] as const) scope.touch(topic);
  return done({ saleId, ...points });
}

function refuseLate(scope: CommandScope, { businessDate, trustedAtMs }: StoredSale): Refusal | null {
  const { db, shop, moment } = scope;
  const [main] = selectProgrammesAt(db, shop.merchantId, trustedAtMs);
  const days = main?.programme.lateAttachDays ?? 0;
  const lastDate = addDays(localDateOf(trustedAtMs, shop.timeZone), days);
  if (localDateOf(moment.trustedAtMs, shop.timeZone) > lastDate)
    return refuse('attach-too-late', { days, businessDate });
  if (businessDate === moment.businessDate || scope.may('points.adjust')) return null;
  return refuse('not-permitted', { permission: 'points.adjust', overridable: true });
}

function earnLate(
  scope: CommandScope,
  sale: StoredSale,
  member: Member,
): Pick<AttachedCustomer, 'pointsEarned' | 'newBalance'> {
  const { db, shop } = scope;
  const { saleId, trustedAtMs } = sale;
  const { customerId } = member;
  const versions = selectProgrammesAt(db, shop.merchantId, trustedAtMs);
  const standings = standingsOf(scope, member, versions);
  const items = selectItems(db, saleId);
  const { taxMode, storedValueMinor } = sale;
  const earningSale = earningSaleOf(soldItemsOf(items), pricedAsFrozen(sale, items), taxMode, storedValueMinor);
  const atMs = mustHave(sale.completedAtMs, 'when a completed sale was completed');
  const occasion = { saleId, atMs, trustedAtMs };
  const earnings = earnInProgrammes(scope, standings, earningSale, occasion);
  attachToSale(scope, { saleId, customerId, programmeVersionId: versions[0]?.versionId ?? null });
  scope.event({
    type: 'customer.order.created',
    category: 'ACTION',
    customerId,
    data: {
      saleId,
      receiptNumber: sale.receiptNumber,
      amountMinor: sale.amountMinor,
      discountMinor: sale.discountMinor,
      itemCount: sale.itemCount,
      kind: sale.kind,
      isAttached: true,
    },
  });
  const given = {
    member,
    saleId,
    sale: earningSale,
    earnings,
    redemptions: [],
    trustedAtMs,
    reason: 'attached',
    settlesTiers: false,
  };
  const { pointsEarned } = bookSalePoints(scope, given);
  const newBalance = takeRefundedBack(scope, sale, customerId);
  const reversed = selectBookedOfSale(db, saleId).find(({ isMain }) => isMain === 1)?.reversedPoints ?? 0;
  return { pointsEarned: pointsEarned - reversed, newBalance };
}

/** What refunds had taken of the sale before earns nothing; then tiers and balance as of now. */
function takeRefundedBack(scope: CommandScope, sale: StoredSale, customerId: string): number {
  const { saleId } = sale;
  const booked = selectBookedOfSale(scope.db, saleId);
  const paid = selectTenders(scope.db, saleId).filter(({ status }) => status === 'approved');
  const sold = soldSaleOf(scope, sale, paid, booked);
  const reversals = reversalsOf(sold, () => 0).reversals.flatMap(({ programId, points }) => {
    const entry = booked.find((each) => each.kind === 'earn' && each.programId === programId);
    return entry === undefined || points === 0 ? [] : [{ entry, points }];
  });
  return reverseSalePoints(scope, { customerId, saleId, refundId: null, returns: [], reversals, adjustments: [] });
}
