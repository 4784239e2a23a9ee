import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { PointsPart } from '#shop/points/points-preview.ts';
import type { BookedTenderKind, TaxMode, TaxOfRate, TracedStep } from '#shop/till/sale.ts';
import { NO_VALUE_OF_SALE, type ValueOfSale } from '#shop/till/value-on-sale.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { type PointsOfDocument, selectBookedOfSale, selectPointsOfDocument } from '../points/ledger-store.ts';
import { keptValueOf } from '../value/kept-value.ts';
import { valueOfSale } from '../value/value-of-sale.ts';
import { selectCustomerName, selectStaffName } from './names-store.ts';
import { countPrint, selectPrints } from './prints-store.ts';
import {
  selectRefund,
  selectCardsOfRefund,
  selectRefundItems,
  selectRefundTenders,
  type StoredRefund,
  type StoredRefundItem,
} from './refunds-store.ts';
import { loyaltyOf, traceOf } from './sale-lines.ts';
import {
  selectItems,
  selectSale,
  selectTenders,
  type StoredItem,
  type StoredSale,
  type StoredTender,
} from './sales-store.ts';

export const receiptSchema = z.union([z.strictObject({ saleId: idSchema }), z.strictObject({ refundId: idSchema })]);

interface ReceiptLine {
  readonly name: string;
  readonly quantityThousandths: number;
  readonly unitPriceMinor: number;
  readonly grossMinor: number;
  readonly discountMinor: number;
  readonly amountMinor: number;
  readonly note: string;
}

interface ReceiptTender {
  readonly kind: BookedTenderKind | 'external';
  readonly amountMinor: number;
  readonly receivedMinor: number | null;
  readonly changeMinor: number;
  readonly reference: string | null;
  /** Which pieces of the sale a pass paid; null for every other way. */
  readonly covers: { readonly name: string; readonly pieces: number } | null;
}

/** What a receipt says. Amounts of a refund are what is handed back, positive. */
export interface Receipt {
  readonly documentId: string;
  readonly saleId: string;
  readonly kind: 'sale' | 'refund' | 'award';
  readonly status: 'completed' | 'cancelled';
  readonly shop: {
    readonly name: string;
    readonly terminal: string;
    readonly merchantCode: string;
    readonly currency: string;
  };
  readonly number: string;
  /** For a refund: the receipt of its sale. */
  readonly ofNumber: string | null;
  readonly atMs: number;
  readonly staffName: string;
  readonly customerName: string | null;
  readonly taxMode: TaxMode;
  readonly lines: readonly ReceiptLine[];
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly taxByRate: readonly TaxOfRate[];
  readonly totalMinor: number;
  readonly cashRoundingMinor: number;
  /** Kept of a refund for points that the customer no longer had (C-10); 0 on a sale. */
  readonly deductedMinor: number;
  readonly paidMinor: number;
  readonly tenders: readonly ReceiptTender[];
  /** earned is negative on a refund. */
  readonly points: PointsOfDocument | null;
  /** The rewards that were taken: what each cost and took off. */
  readonly rewards: readonly { readonly name: string; readonly points: number; readonly amountMinor: number }[];
  /** Vouchers, promotions, credit, passes, and what was sold or given; on a refund the card that it was put on alone. */
  readonly value: ValueOfSale;
  /** The way to each number, and the names of what the steps tell of, by their ids. */
  readonly trace: readonly TracedStep[];
  readonly traceNames: Readonly<Record<string, string>>;
  /** What the QR on it holds: scanning it finds the sale. */
  readonly qrText: string;
  /** Which print the next one is: from 2 on it is marked as a copy. */
  readonly copyNumber: number;
  readonly note: string;
}

/** Returns everything that a receipt of a sale or refund shows. Refuses 'not-found' and 'sale-not-completed'. */
export function showReceipt(scope: ReadScope, input: z.output<typeof receiptSchema>): Outcome<Receipt> {
  return 'refundId' in input ? refundReceipt(scope, input.refundId) : saleReceipt(scope, input.saleId);
}

function saleReceipt(scope: ReadScope, saleId: string): Outcome<Receipt> {
  const { db, shop } = scope;
  const sale = selectSale(db, shop.merchantId, saleId);
  if (sale === null) return refuse('not-found', { kind: 'sale' });
  if (sale.receiptNumber === null || (sale.status !== 'completed' && sale.status !== 'cancelled')) {
    return refuse('sale-not-completed', { status: sale.status });
  }
  const items = selectItems(db, saleId);
  return done({
    ...headOf(scope, saleId, sale.receiptNumber, sale.staffId),
    saleId,
    kind: sale.kind === 'AWARD' ? 'award' : 'sale',
    status: sale.status,
    ofNumber: null,
    atMs: sale.completedAtMs ?? sale.createdAtMs,
    customerName: selectCustomerName(db, sale.customerId),
    taxMode: sale.taxMode,
    lines: items.map((item) => ({
      name: item.name,
      quantityThousandths: item.quantityThousandths,
      unitPriceMinor: item.unitPriceMinor,
      grossMinor: item.grossMinor,
      discountMinor: item.grossMinor - item.netMinor,
      amountMinor: item.payableMinor,
      note: item.note,
    })),
    subtotalMinor: sale.subtotalMinor,
    discountMinor: sale.discountMinor,
    taxMinor: sale.taxMinor,
    taxByRate: JSON.parse(sale.taxByRate) as TaxOfRate[],
    totalMinor: sale.totalMinor,
    cashRoundingMinor: sale.cashRoundingMinor,
    deductedMinor: 0,
    paidMinor: sale.amountMinor,
    tenders: selectTenders(db, saleId)
      .filter(({ status }) => status === 'approved')
      .map((tender) => ({ ...tender, covers: coveredBy(tender, items) })),
    points: selectPointsOfDocument(db, saleId),
    rewards: rewardsOf(sale),
    value: valueOfSale(db, { saleId, kept: keptValueOf(sale), lines: items }),
    trace: traceOf(sale, items),
    traceNames: traceNamesOf(scope, sale, items),
    note: sale.note,
  });
}

function coveredBy({ lineId, uses }: StoredTender, items: readonly StoredItem[]): ReceiptTender['covers'] {
  const item = items.find((each) => each.lineId === lineId);
  return item === undefined ? null : { name: item.name, pieces: uses };
}

function refundReceipt(scope: ReadScope, refundId: string): Outcome<Receipt> {
  const { db, shop } = scope;
  const refund = selectRefund(db, shop.merchantId, refundId);
  if (refund === null) return refuse('not-found', { kind: 'refund' });
  const sale = mustHave(selectSale(db, shop.merchantId, refund.saleId), 'the sale of a refund');
  const items = selectRefundItems(db, refundId);
  const linesMinor = items.reduce((sum, item) => sum + item.amountMinor, 0);
  return done({
    ...headOf(scope, refundId, refund.receiptNumber, refund.staffId),
    saleId: refund.saleId,
    kind: 'refund',
    status: 'completed',
    ofNumber: sale.receiptNumber,
    atMs: refund.atMs,
    customerName: selectCustomerName(db, sale.customerId),
    taxMode: sale.taxMode,
    lines: items.map((item) => ({
      name: item.name,
      quantityThousandths: item.quantityThousandths,
      unitPriceMinor: item.unitPriceMinor,
      grossMinor: item.amountMinor,
      discountMinor: 0,
      amountMinor: item.amountMinor,
      note: '',
    })),
    subtotalMinor: linesMinor,
    discountMinor: 0,
    taxMinor: refund.taxMinor,
    taxByRate: [],
    totalMinor: linesMinor,
    cashRoundingMinor: refund.cashRoundingMinor,
    deductedMinor: refund.deductedMinor,
    paidMinor: refund.amountMinor - refund.deductedMinor,
    tenders: selectRefundTenders(db, refundId).map((tender) => ({
      ...tender,
      receivedMinor: null,
      changeMinor: 0,
      reference: null,
      covers: null,
    })),
    points: selectPointsOfDocument(db, refund.saleId, refundId),
    rewards: [],
    value: { ...NO_VALUE_OF_SALE, sold: selectCardsOfRefund(db, refundId).map(cardOfRefund) },
    trace: refundTraceOf(refund, sale, items),
    traceNames: traceNamesOf(scope, sale, items),
    note: refund.reason,
  });
}

/** A card that a refund was put on stands on the receipt as one that was sold: its code is all that the customer has of it. */
function cardOfRefund({
  accountId,
  code,
  amountMinor,
}: ReturnType<typeof selectCardsOfRefund>[number]): Receipt['value']['sold'][number] {
  const card = { lineId: accountId, kind: 'gift-card' as const, name: '', subjectId: accountId, code };
  return { ...card, amountMinor, units: 0, leftMinor: amountMinor, endsAtMs: null };
}

/** The steps kept with a refund, and in front of them what each of its lines tells by itself. */
function refundTraceOf(
  { trace }: StoredRefund,
  { taxMode }: StoredSale,
  items: readonly StoredRefundItem[],
): TracedStep[] {
  const lines = items.map(
    ({ lineId, quantityThousandths, amountMinor, taxMinor }): TracedStep => ({
      what: 'refund-line',
      inputs: { lineId, quantityThousandths, netMinor: taxMode === 'inclusive' ? amountMinor : amountMinor - taxMinor },
      operation: 'share-of-units',
      rounding: 'largest-remainder',
      result: amountMinor,
    }),
  );
  return [...lines, ...(JSON.parse(trace) as TracedStep[])];
}

/** Lines, and the rules, tiers and rewards that the points of a sale tell of. */
function traceNamesOf(
  { db }: ReadScope,
  sale: StoredSale,
  items: readonly { readonly lineId: string; readonly name: string }[],
): Record<string, string> {
  const parts = selectBookedOfSale(db, sale.saleId)
    .filter(({ kind }) => kind === 'earn')
    .flatMap((entry) => JSON.parse(entry.parts) as PointsPart[]);
  return Object.fromEntries([
    ...items.map(({ lineId, name }) => [lineId, name] as const),
    ...parts.map(({ ruleId, name }) => [ruleId, name] as const),
    ...(loyaltyOf(sale)?.taken ?? []).map(({ rewardId, name }) => [rewardId, name] as const),
  ]);
}

function rewardsOf(sale: StoredSale): Receipt['rewards'] {
  return (loyaltyOf(sale)?.taken ?? []).map(({ name, points, amountMinor }) => ({ name, points, amountMinor }));
}

function headOf({ db, shop }: ReadScope, documentId: string, number: string, staffId: string) {
  return {
    documentId,
    shop: {
      name: shop.shopName,
      terminal: shop.terminalName,
      merchantCode: shop.merchantCode,
      currency: shop.currency,
    },
    number,
    staffName: selectStaffName(db, staffId),
    qrText: number,
    copyNumber: selectPrints(db, shop.merchantId, documentId) + 1,
  };
}

/** Counts a print of a receipt and answers its number: the second and later ones are copies. Refuses 'not-found'. */
export function markPrinted(
  scope: CommandScope,
  input: z.output<typeof receiptSchema>,
): Outcome<{ copyNumber: number }> {
  const { db, shop, moment } = scope;
  const isRefund = 'refundId' in input;
  const documentId = isRefund ? input.refundId : input.saleId;
  const found = isRefund ? selectRefund(db, shop.merchantId, documentId) : selectSale(db, shop.merchantId, documentId);
  if (found === null || found.receiptNumber === null)
    return refuse('not-found', { kind: isRefund ? 'refund' : 'sale' });
  const copyNumber = countPrint(db, { merchantId: shop.merchantId, documentId, atMs: moment.atMs });
  scope.changed({ table: 'printed_documents', recordId: documentId, before: null, after: { copyNumber } });
  return done({ copyNumber });
}
