import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { sumOf } from '#shop/money/money.ts';
import { mustHave } from '#shop/must.ts';
import { decideUndo } from '#shop/points/decide-adjustment.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import { takeReceiptNumber } from '../terminal-state-store.ts';
import { insertRefund, type RefundToWrite } from '../till/refunds-store.ts';
import { endSale } from '../till/sale-rows-store.ts';
import { selectSale, type StoredSale } from '../till/sales-store.ts';
import { type Holder, selectHolder } from './accounts-store.ts';
import { appendEntry, type EntryToUndo, selectBookedOfSale, selectEntryToUndo } from './ledger-store.ts';
import { decideNegatives } from '../ledger/decide-negatives.ts';
import { followMerge, settleTiersOf } from '../ledger/merge-points.ts';
import { reverseSalePoints } from '../ledger/reverse-sale-points.ts';
import { standingsOf } from '../ledger/standing.ts';
import { selectLiveProgrammes } from './programmes-store.ts';
import { overrideIdsSchema } from '../override-ids.ts';

export const undoSchema = z.strictObject({ entryId: idSchema, overrideIds: overrideIdsSchema });

export interface UndoneAward {
  readonly points: number;
  readonly newBalance: number;
  /** What is to be kept of the purchase's money for points that the customer no longer has (C-10). */
  readonly deductedMinor: number;
}

/**
 * Undoes points that were given on the Award screen by a new entry; nothing is erased. By the same person within five
 * minutes, later with a manager's approval. The amount of a purchase goes with it: cancelled on its business day,
 * refunded later; a balance below zero is left, forgiven or kept from the money, as in a refund. Refuses 'not-found', 'already-undone' and 'undo-too-late' (opened by 'points.undo-late').
 */
export function undoAward(scope: CommandScope, { entryId }: z.output<typeof undoSchema>): Outcome<UndoneAward> {
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
  const { newBalance, deductedMinor } = takeBack(scope, { entry, member, sale, points });
  for (const topic of ['points', 'customers', 'sales'] as const) scope.touch(topic);
  return done({ points, newBalance, deductedMinor });
}

/** What a refund forgave or kept, an erasure and an undo are adjustments too: nobody gave them by hand. */
function isAward(entry: EntryToUndo): boolean {
  if (entry.kind === 'earn') return true;
  return entry.kind === 'adjust' && (entry.reason === 'goodwill' || entry.reason === 'correction');
}

function takeBack(
  scope: CommandScope,
  given: { entry: EntryToUndo; member: Holder; sale: StoredSale | null; points: number },
): Omit<UndoneAward, 'points'> {
  const { entry, member, sale, points } = given;
  const undone =
    sale === null ? { newBalance: undoByHand(scope, given), deductedMinor: 0 } : undoPurchase(scope, sale, entry);
  const { newBalance } = undone;
  scope.changed({
    table: 'points_transactions',
    recordId: entry.entryId,
    before: { balance: member.balance },
    after: { balance: newBalance, points, undoes: entry.entryId },
  });
  return undone;
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

/** Takes back what the purchase earned in every programme, with what each does about a balance below zero. */
function undoPurchase(scope: CommandScope, sale: StoredSale, { customerId }: EntryToUndo): Omit<UndoneAward, 'points'> {
  const { saleId } = sale;
  const booked = selectBookedOfSale(scope.db, saleId).filter(({ kind }) => kind === 'earn');
  const reversals = booked.map((entry) => ({ entry, points: entry.points - entry.reversedPoints }));
  const { deductMinor, adjustments, trace } = decideNegatives(scope, { customerId }, booked, {
    reversals: reversals.map(({ entry, points }) => ({ programId: entry.programId, points })),
    returns: [],
    moneyMinor: sale.amountMinor - sale.refundedMinor,
  });
  const pointsReversed = sumOf(reversals.map(({ points }) => points));
  const refundId = takeAmountBack(scope, sale, { pointsReversed, deductedMinor: deductMinor, trace });
  const given = { customerId, saleId, refundId, reversals, returns: [], adjustments, reason: 'undo' };
  return { newBalance: reverseSalePoints(scope, given), deductedMinor: deductMinor };
}

/**
 * Cancels the amount on its own business day; later it is refunded, so that a day gone by does not change, and so it is where
 * a part of its money is kept.
 */
function takeAmountBack(
  scope: CommandScope,
  sale: StoredSale,
  taken: Pick<RefundToWrite, 'pointsReversed' | 'deductedMinor' | 'trace'>,
): string | null {
  if (sale.status !== 'completed') return null;
  const isOfToday = sale.businessDate === scope.moment.businessDate;
  if (isOfToday && sale.refundedMinor === 0 && taken.deductedMinor === 0) {
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
    soldValueMinor: 0,
    taxMinor: 0,
    cashRoundingMinor: 0,
    pointsReversed: taken.pointsReversed,
    pointsReturned: 0,
    deductedMinor: taken.deductedMinor,
    deductedKind: taken.deductedMinor === 0 ? null : 'other',
    trace: taken.trace,
    reason: 'undo',
    lines: [],
    tenders: [],
  });
  return refundId;
}
