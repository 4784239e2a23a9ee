import { z } from 'zod';
import { MAX_AMOUNT_MINOR } from '#shop/money/money.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { businessDateOf } from '#shop/time/business-day.ts';
import { noteText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import type { ShopScope } from './sale-policy.ts';
import {
  closeOpenShift,
  insertShift,
  type OpenShift,
  selectOpenShift,
  selectShiftDocuments,
  selectShiftSums,
  selectShiftTax,
  type ShiftDocuments,
  type ShiftTax,
  type TenderSum,
} from './shifts-store.ts';

const moneySchema = z.int().min(0).max(MAX_AMOUNT_MINOR);
export const openShiftSchema = z.strictObject({ floatMinor: moneySchema });
export const closeShiftSchema = z.strictObject({ countedMinor: moneySchema, note: noteText({ max: 500 }) });

/** What moved by one kind of tender: in by sales, out by refunds and cancellations. */
interface TenderReport {
  readonly kind: TenderSum['kind'];
  readonly salesMinor: number;
  readonly cancelledMinor: number;
  readonly refundsMinor: number;
  readonly count: number;
}

/** The figures of a shift. expectedMinor = float + cash sales - cash cancelled - cash refunds. */
export interface ShiftReport extends OpenShift, ShiftDocuments {
  readonly expectedMinor: number;
  readonly cashSalesMinor: number;
  readonly cashRefundsMinor: number;
  readonly refundsCount: number;
  readonly refundsMinor: number;
  readonly cancelledCount: number;
  readonly cancelledMinor: number;
  readonly byTender: readonly TenderReport[];
  readonly taxByRate: readonly ShiftTax[];
}

/** The open shift with what should be in the drawer now, or null. */
export function showShift(scope: ReadScope): ShiftReport | null {
  const open = selectOpenShift(scope.db, scope.shop.terminalId);
  return open === null ? null : reportOf(scope, open);
}

/** Opens a shift with the float that is in the drawer. Refuses 'shift-already-open'. */
export function openShift(
  scope: CommandScope,
  { floatMinor }: z.output<typeof openShiftSchema>,
): Outcome<{ shiftId: string }> {
  const open = selectOpenShift(scope.db, scope.shop.terminalId);
  if (open !== null) return refuse('shift-already-open', { shiftId: open.shiftId, openedAtMs: open.openedAtMs });
  const shiftId = insertShift(scope, floatMinor);
  scope.changed({ table: 'register_shifts', recordId: shiftId, before: null, after: { floatMinor } });
  scope.touch('shift');
  return done({ shiftId });
}

export interface ClosedShift {
  readonly shiftId: string;
  readonly expectedMinor: number;
  readonly countedMinor: number;
  /** Counted less expected: negative when money is missing. */
  readonly differenceMinor: number;
  readonly report: Omit<ShiftReport, 'openedBy'>;
}

/** Closes the shift with what was counted; its figures are frozen. Refuses 'shift-not-open'. */
export function closeShift(
  scope: CommandScope,
  { countedMinor, note }: z.output<typeof closeShiftSchema>,
): Outcome<ClosedShift> {
  const open = selectOpenShift(scope.db, scope.shop.terminalId);
  if (open === null) return refuse('shift-not-open');
  const { openedBy: _name, ...report } = reportOf(scope, open);
  const { expectedMinor } = report;
  closeOpenShift(scope, { shiftId: open.shiftId, expectedMinor, countedMinor, note });
  const differenceMinor = countedMinor - expectedMinor;
  scope.changed({
    table: 'register_shifts',
    recordId: open.shiftId,
    before: { floatMinor: open.floatMinor },
    after: { expectedMinor, countedMinor, differenceMinor },
    personalAfter: note === '' ? undefined : { note },
  });
  scope.touch('shift');
  return done({ shiftId: open.shiftId, expectedMinor, countedMinor, differenceMinor, report });
}

function reportOf({ db, shop }: ShopScope, open: OpenShift): ShiftReport {
  const sums = selectShiftSums(db, {
    shiftId: open.shiftId,
    merchantId: shop.merchantId,
    terminalId: shop.terminalId,
    openedAtMs: open.openedAtMs,
    sinceDate: businessDateOf(open.openedAtMs, shop.timeZone, shop.dayStartsAtHour),
  });
  const cash = { sales: amountOf(sums.sales), cancelled: amountOf(sums.cancelled), refunds: amountOf(sums.refunds) };
  const kinds = ['cash', 'card', 'other', 'external'] as const;
  const byTender = kinds
    .map((kind) => ({
      kind,
      salesMinor: amountOf(sums.sales, kind),
      cancelledMinor: amountOf(sums.cancelled, kind),
      refundsMinor: amountOf(sums.refunds, kind),
      count: sums.sales.find((sum) => sum.kind === kind)?.count ?? 0,
    }))
    .filter(({ salesMinor, refundsMinor, cancelledMinor }) => salesMinor + refundsMinor + cancelledMinor > 0);
  return {
    ...open,
    ...selectShiftDocuments(db, open.shiftId),
    expectedMinor: open.floatMinor + cash.sales - cash.cancelled - cash.refunds,
    cashSalesMinor: cash.sales - cash.cancelled,
    cashRefundsMinor: cash.refunds,
    refundsCount: sums.refunds.reduce((sum, { count }) => sum + count, 0),
    refundsMinor: byTender.reduce((sum, { refundsMinor }) => sum + refundsMinor, 0),
    cancelledCount: sums.cancelled.reduce((sum, { count }) => sum + count, 0),
    cancelledMinor: byTender.reduce((sum, { cancelledMinor }) => sum + cancelledMinor, 0),
    byTender,
    taxByRate: selectShiftTax(db, open.shiftId),
  };
}

function amountOf(sums: readonly TenderSum[], kind: TenderSum['kind'] = 'cash'): number {
  return sums.find((sum) => sum.kind === kind)?.amountMinor ?? 0;
}
