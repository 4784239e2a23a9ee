import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { sumOf } from '#shop/money/money.ts';
import { formatReceiptNumber, readReceiptNumber } from '#shop/ids/receipt-number.ts';
import type { PointsPart } from '#shop/points/points-preview.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { SaleStatus, TaxMode, TaxOfRate, TracedStep } from '#shop/till/sale.ts';
import type { ValueOfSale } from '#shop/till/value-on-sale.ts';
import { soughtText } from '#shop/text/text-schema.ts';
import type { ReadScope } from '../context.ts';
import { selectBookedOfSale, selectPointsOfDocument } from '../points/ledger-store.ts';
import { keptValueOf } from '../value/kept-value.ts';
import { valueOfSale } from '../value/value-of-sale.ts';
import { selectCustomerName, selectStaffName } from './names-store.ts';
import { isCancellable } from './cancel-sale.ts';
import { type RefundOfSale, selectRefundsOfSale, selectSaleIdByRefundReceipt } from './refunds-store.ts';
import { loyaltyOf, traceOf } from './sale-lines.ts';
import type { KeptReward } from './taken-rewards.ts';
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
  /** By hand on lines and on the whole sale, by offers (rewards and the like), and by points as money. */
  readonly discounts: {
    readonly linesMinor: number;
    readonly saleMinor: number;
    readonly offersMinor: number;
    readonly pointsMinor: number;
  };
  readonly rewards: readonly KeptReward[];
  /** Vouchers, promotions, credit, passes, and what was sold or given. */
  readonly value: ValueOfSale;
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
  /** Of the main programme. */
  readonly points: {
    readonly earned: number;
    /** What each rule, the tier and each promotion gave. */
    readonly parts: readonly PointsPart[];
    readonly reversed: number;
    readonly redeemed: number;
    readonly returned: number;
    readonly balanceAfter: number | null;
  };
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
  const { db } = scope;
  const items = selectItems(db, sale.saleId);
  const {
    taxByRate,
    trace: _trace,
    kind,
    amountMinor,
    programmeVersionId: _version,
    loyalty: _rewards,
    value: _kept,
    ...kept
  } = sale;
  const isCompleted = sale.status === 'completed';
  return {
    ...kept,
    kind: kind === 'AWARD' ? 'award' : 'sale',
    atMs: sale.completedAtMs ?? sale.createdAtMs,
    customerName: selectCustomerName(db, sale.customerId),
    staffName: selectStaffName(db, sale.staffId),
    lines: items.map(({ position: _position, ...item }) => ({
      ...item,
      discountMinor: item.grossMinor - item.netMinor,
    })),
    discounts: {
      linesMinor: sumOf(items.map((item) => item.lineDiscountMinor)),
      saleMinor: sumOf(items.map((item) => item.saleDiscountShareMinor)),
      offersMinor: sumOf(items.map((item) => item.offerShareMinor)),
      pointsMinor: sumOf(items.map((item) => item.pointsShareMinor)),
    },
    rewards: loyaltyOf(sale)?.taken ?? [],
    value: valueOfSale(db, { saleId: sale.saleId, kept: keptValueOf(sale), lines: items }),
    taxByRate: JSON.parse(taxByRate) as TaxOfRate[],
    paidMinor: amountMinor,
    tenders: selectTenders(db, sale.saleId),
    points: pointsOf(scope, sale),
    refunds: selectRefundsOfSale(db, sale.saleId),
    trace: traceOf(sale, items),
    canCancel: isCancellable(scope, sale),
    canRefund: isCompleted && items.some((item) => item.refundedThousandths < item.quantityThousandths),
  };
}

function pointsOf({ db }: ReadScope, { saleId }: StoredSale): SaleDetail['points'] {
  const booked = selectBookedOfSale(db, saleId).filter(({ isMain }) => isMain === 1);
  const earned = booked.filter(({ kind }) => kind === 'earn');
  const redeemed = booked.filter(({ kind }) => kind === 'redeem');
  return {
    earned: sumOf(earned.map(({ points }) => points)),
    parts: earned.flatMap(({ parts }) => JSON.parse(parts) as PointsPart[]),
    reversed: sumOf(earned.map(({ reversedPoints }) => reversedPoints)),
    redeemed: sumOf(redeemed.map(({ points }) => -points)),
    returned: sumOf(redeemed.map(({ reversedPoints }) => -reversedPoints)),
    balanceAfter: selectPointsOfDocument(db, saleId)?.after ?? null,
  };
}
