import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { sumOf } from '#shop/money/money.ts';
import { mustHave } from '#shop/must.ts';
import { decideUndo } from '#shop/points/decide-adjustment.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import { takeReceiptNumber } from '../terminal-state-store.ts';
import { insertRefund } from '../till/refunds-store.ts';
import { endSale } from '../till/sale-rows-store.ts';
import { selectSale, type StoredSale } from '../till/sales-store.ts';
import { type Holder, selectHolder } from './accounts-store.ts';
import { appendEntry, type EntryToUndo, selectBookedOfSale, selectEntryToUndo } from './ledger-store.ts';
import { followMerge, settleTiersOf } from '../ledger/merge-points.ts';
import { reverseSalePoints } from '../ledger/reverse-sale-points.ts';
import { standingsOf } from '../ledger/standing.ts';
import { selectLiveProgrammes } from './programmes-store.ts';

export const undoSchema = z.strictObject({ entryId: idSchema, overrideId: idSchema.optional() });

/**
 * Undoes points that were given on the Award screen by a new entry; nothing is erased. By the same person within five
 * minutes, later with a manager's approval. The amount of a purchase goes with it: cancelled on its business day,
 * refunded later. Refuses 'not-found', 'already-undone' and 'undo-too-late' (opened by 'points.undo-late').
 */
export function undoAward(
  scope: CommandScope,
  { entryId }: z.output<typeof undoSchema>,
): Outcome<{ points: number; newBalance: number }> {
  const { db, shop, session, moment } = scope;
  const entry = selectEntryToUndo(db, shop.merchantId, entryId);
  if (entry === null || !isAward(entry)) return refuse('not-found', { kind: 'award' });
  const sale = entry.saleId === null ? null : selectSale(db, shop.merchantId, entry.saleId);
  if (entry.kind === 'earn' && sale?.kind !== 'AWARD') return refuse('not-found', { kind: 'award' });
  const isUndone = entry.isUndone === 1 || (entry.kind === 'earn' && entry.reversedPoints >= entry.points);
  const allowed = decideUndo({
    awardedAtMs: entry.trustedAtMs,
    awardedByStaffId: entry.staffId ?? '',
    nowMs: moment.trustedAtMs,
    staffId: session.staffId,
    isUndone,
  });
  if (!allowed.canUndo) return refuse('already-undone');
  if (allowed.needsManager && !scope.may('points.undo-late')) {
    return refuse('undo-too-late', { permission: 'points.undo-late', overridable: true });
  }
  const member = mustHave(selectHolder(db, shop.merchantId, entry.customerId), 'the customer of an entry');
  const points = -(entry.points - (entry.kind === 'earn' ? entry.reversedPoints : 0));
  scope.event({
    type: 'customer.order.canceled',
    category: 'ACTION',
    customerId: entry.customerId,
    data: { undoes: entryId, saleId: entry.saleId, amountMinor: sale === null ? null : -sale.amountMinor },
  });
  const newBalance = takeBack(scope, { entry, member, sale, points });
  for (const topic of ['points', 'customers', 'sales'] as const) scope.touch(topic);
  return done({ points, newBalance });
}

/** What a refund forgave or kept is an adjustment too, of its sale: nobody gave it by hand. */
function isAward(entry: EntryToUndo): boolean {
  if (entry.kind === 'earn') return true;
  return entry.kind === 'adjust' && entry.saleId === null && !entry.parts.includes('"undoes"');
}

function takeBack(
  scope: CommandScope,
  given: { entry: EntryToUndo; member: Holder; sale: StoredSale | null; points: number },
): number {
  const { entry, member, sale, points } = given;
  const newBalance = sale === null ? undoByHand(scope, given) : undoPurchase(scope, sale, entry);
  scope.changed({
    table: 'points_transactions',
    recordId: entry.entryId,
    before: { balance: member.balance },
    after: { balance: newBalance, points, undoes: entry.entryId },
  });
  return newBalance;
}

/** Takes from the points that were given before any others; where the record was merged, from where they went. */
function undoByHand(
  scope: CommandScope,
  { entry, member, points }: { entry: EntryToUndo; member: Holder; points: number },
): number {
  const { programId, entryId } = entry;
  const { customerId } = member;
  const parts = [{ undoes: entryId }];
  const lotId = points < 0 ? entryId : null;
  const undoId = appendEntry(scope, { member, programId, kind: 'adjust', points, lotId, reason: 'undo', parts });
  const balance = balanceOf(scope, customerId, programId);
  scope.event({
    type: 'customer.rewarded.loyalty_points',
    category: 'EFFECT',
    customerId,
    data: { entryId: undoId, undoes: entryId, points, balance },
  });
  settleTiersOf(scope, customerId);
  followMerge(scope, customerId);
  return member.mergedInto === null ? balance : balanceOf(scope, member.mergedInto, programId);
}

function balanceOf(scope: CommandScope, customerId: string, programId: string): number {
  const holder = selectHolder(scope.db, scope.shop.merchantId, customerId);
  const live = selectLiveProgrammes(scope.db, scope.shop.merchantId).filter((each) => each.programId === programId);
  const [standing] = standingsOf(scope, holder, live);
  return standing?.balance() ?? holder?.balance ?? 0;
}

/** Takes back what the purchase earned in every programme. */
function undoPurchase(scope: CommandScope, sale: StoredSale, { customerId }: EntryToUndo): number {
  const { saleId } = sale;
  const booked = selectBookedOfSale(scope.db, saleId).filter(({ kind }) => kind === 'earn');
  const reversals = booked.map((entry) => ({ entry, points: entry.points - entry.reversedPoints }));
  const refundId = takeAmountBack(scope, sale, sumOf(reversals.map(({ points }) => points)));
  const reason = 'undo';
  return reverseSalePoints(scope, { customerId, saleId, refundId, reversals, returns: [], adjustments: [], reason });
}

/** Cancels the amount on its own business day; later it is refunded, so that a day gone by does not change. */
function takeAmountBack(scope: CommandScope, sale: StoredSale, pointsReversed: number): string | null {
  if (sale.status !== 'completed') return null;
  if (sale.businessDate === scope.moment.businessDate && sale.refundedMinor === 0) {
    endSale(scope, { saleId: sale.saleId, fromStatus: 'completed', status: 'cancelled' });
    return null;
  }
  const refundId = scope.newId();
  insertRefund(scope, {
    refundId,
    saleId: sale.saleId,
    customerId: sale.customerId,
    shiftId: null,
    receiptNumber: takeReceiptNumber(scope.db, scope.shop.terminalCode),
    amountMinor: sale.amountMinor - sale.refundedMinor,
    taxMinor: 0,
    cashRoundingMinor: 0,
    pointsReversed,
    pointsReturned: 0,
    deductedMinor: 0,
    reason: 'undo',
    lines: [],
    tenders: [],
  });
  return refundId;
}
