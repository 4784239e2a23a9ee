import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { formatReceiptNumber, readReceiptNumber } from '#shop/ids/receipt-number.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { SaleStatus, TaxMode, TaxOfRate, TracedStep } from '#shop/till/sale.ts';
import { canCancel } from '#shop/till/sale-status.ts';
import { soughtText } from '#shop/text/text-schema.ts';
import type { ReadScope } from '../context.ts';
import { selectBalanceAfter, selectEarnedOfSale } from '../points/ledger-store.ts';
import { selectCustomerName, selectStaffName } from './names-store.ts';
import { type RefundOfSale, selectRefundsOfSale, selectSaleIdByRefundReceipt } from './refunds-store.ts';
import { traceOf } from './sale-lines.ts';
import {
  selectItems,
  selectSale,
  selectSaleIdByReceipt,
  selectTenders,
  type StoredItem,
  type StoredSale,
  type StoredTender,
} from './sales-store.ts';

export const showSaleSchema = z.union([
  z.strictObject({ saleId: idSchema }),
  z.strictObject({ receiptNumber: soughtText({ max: 64 }) }),
]);

interface SaleDetailLine extends Omit<StoredItem, 'position'> {
  readonly discountMinor: number;
}

/** Everything about one sale, with the way to each number. */
export interface SaleDetail {
  readonly saleId: string;
  readonly receiptNumber: string | null;
  readonly externalReceiptNumber: string | null;
  readonly status: SaleStatus;
  readonly kind: 'sale' | 'award';
  readonly atMs: number;
  readonly businessDate: string;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly staffId: string;
  readonly staffName: string;
  readonly note: string;
  readonly currency: string;
  readonly taxMode: TaxMode;
  readonly lines: readonly SaleDetailLine[];
  readonly discounts: { readonly linesMinor: number; readonly saleMinor: number };
  readonly taxByRate: readonly TaxOfRate[];
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly cashRoundingMinor: number;
  /** What was paid: total and cash rounding. */
  readonly paidMinor: number;
  readonly refundedMinor: number;
  readonly tenders: readonly StoredTender[];
  readonly points: { readonly earned: number; readonly reversed: number; readonly balanceAfter: number | null };
  readonly refunds: readonly RefundOfSale[];
  readonly trace: readonly TracedStep[];
  /** Whether it can still be cancelled (void): its own business day, nothing refunded. */
  readonly canCancel: boolean;
  readonly canRefund: boolean;
}

/** Returns a sale by its id or by the number on its receipt, or on the receipt of one of its refunds. Refuses 'not-found'. */
export function showSale(scope: ReadScope, input: z.output<typeof showSaleSchema>): Outcome<SaleDetail> {
  const saleId = 'saleId' in input ? input.saleId : saleIdOf(scope, input.receiptNumber);
  const sale = saleId === null ? null : selectSale(scope.db, scope.shop.merchantId, saleId);
  return sale === null ? refuse('not-found', { kind: 'sale' }) : done(detailOf(scope, sale));
}

function saleIdOf({ db, shop }: ReadScope, text: string): string | null {
  const read = readReceiptNumber(text);
  if (read === null) return null;
  const number = formatReceiptNumber(read);
  return selectSaleIdByReceipt(db, shop.merchantId, number) ?? selectSaleIdByRefundReceipt(db, shop.merchantId, number);
}

function detailOf(scope: ReadScope, sale: StoredSale): SaleDetail {
  const { db, moment } = scope;
  const items = selectItems(db, sale.saleId);
  const { taxByRate, trace: _trace, kind, amountMinor, programmeVersionId: _version, ...kept } = sale;
  const isCompleted = sale.status === 'completed';
  return {
    ...kept,
    kind: kind === 'AWARD' ? 'award' : 'sale',
    atMs: sale.completedAtMs ?? sale.createdAtMs,
    customerName: selectCustomerName(db, sale.customerId),
    staffName: selectStaffName(db, sale.staffId),
    lines: items.map(({ position: _position, ...item }) => ({
      ...item,
      discountMinor: item.lineDiscountMinor + item.saleDiscountShareMinor,
    })),
    discounts: {
      linesMinor: items.reduce((sum, item) => sum + item.lineDiscountMinor, 0),
      saleMinor: items.reduce((sum, item) => sum + item.saleDiscountShareMinor, 0),
    },
    taxByRate: JSON.parse(taxByRate) as TaxOfRate[],
    paidMinor: amountMinor,
    tenders: selectTenders(db, sale.saleId),
    points: pointsOf(scope, sale),
    refunds: selectRefundsOfSale(db, sale.saleId),
    trace: traceOf(sale, items),
    canCancel: canCancel({ ...sale, todayBusinessDate: moment.businessDate }),
    canRefund: isCompleted && items.some((item) => item.refundedThousandths < item.quantityThousandths),
  };
}

function pointsOf({ db }: ReadScope, sale: StoredSale): SaleDetail['points'] {
  const earned = selectEarnedOfSale(db, sale.saleId);
  if (earned === null) return { earned: 0, reversed: 0, balanceAfter: null };
  return {
    earned: earned.points,
    reversed: earned.reversedPoints,
    balanceAfter: selectBalanceAfter(db, earned),
  };
}
