import { sumOf } from '#shop/money/money.ts';
import type { CashRounding } from '#shop/money/cash-rounding.ts';
import type { Payment } from '#shop/till/decide-tenders.ts';
import type { EarningSale } from '#shop/points/earning.ts';
import type { TakenReward } from '#shop/till/price-with-rewards.ts';
import type { BookedTenderKind, PricedSale, SaleDraft, TaxMode, TracedStep } from '#shop/till/sale.ts';
import type { CommandScope } from '../command-scope.ts';
import type { Member } from '../points/accounts-store.ts';
import { type BookedPoints, bookSalePoints, type RedemptionToBook } from '../ledger/book-sale-points.ts';
import type { ProgrammeEarning } from '../ledger/earn-in-programmes.ts';
import type { KeptValue } from '../value/kept-value.ts';
import { takeReceiptNumber } from '../terminal-state-store.ts';
import type { FrozenExchange } from './frozen-exchange.ts';
import { itemRowsOf, soldValueIn } from './sale-lines.ts';
import {
  completePendingSale,
  insertDiscounts,
  insertItems,
  insertSale,
  insertTender,
  type SaleRow,
} from './sale-rows-store.ts';
import { discountRowsOf, type KeptReward, type SaleLoyalty } from './taken-rewards.ts';

/** A sale that has been decided in every respect and only needs writing. */
export interface SaleToWrite {
  readonly draft: SaleDraft;
  readonly priced: PricedSale;
  readonly taxMode: TaxMode;
  readonly payment: Payment;
  /** Null for a customer who is not known. */
  readonly member: Member | null;
  /** What it earns, by programme; the main one first. None without a customer. */
  readonly earnings: readonly ProgrammeEarning[];
  readonly earningSale: EarningSale;
  /** The rewards as they were priced, and as they are kept. */
  readonly taken: readonly TakenReward[];
  readonly kept: readonly KeptReward[];
  /** Those of them that are paid for now; the others were when its payment began. */
  readonly toBook: readonly RedemptionToBook[];
  /** The rule for cash that its refunds go by, and what came back in the same ticket. */
  readonly cashRounding: CashRounding;
  readonly exchange: FrozenExchange | null;
  /** What it uses and sells of value; null where it is nothing. */
  readonly value: KeptValue | null;
  readonly shiftId: string | null;
  /** The sale stands as pending with its lines: it is moved to completed and not inserted. */
  readonly isPending: boolean;
  readonly isOfTender: (tenderId: string) => boolean;
}

export interface WrittenSale {
  readonly saleId: string;
  readonly receiptNumber: string;
  readonly pointsEarned: number;
  readonly pointsRedeemed: number;
  readonly newBalance: number | null;
}

/**
 * Writes a completed sale: document, lines and tenders, each into the op as well; totals, visits and the day follow by
 * trigger. The receipt number is taken in the same transaction and answered. Nothing is decided here.
 */
export function writeSaleDocument(scope: CommandScope, sale: SaleToWrite): string {
  const receiptNumber = takeReceiptNumber(scope.db, scope.shop.terminalCode);
  writeDocument(scope, sale, receiptNumber);
  for (const tender of sale.payment.tenders) {
    if (sale.isOfTender(tender.tenderId)) continue;
    const { tenderId, ...rest } = tender;
    insertTender(scope, {
      id: tenderId,
      merchantId: scope.shop.merchantId,
      transactionId: sale.draft.saleId,
      ...rest,
      status: 'approved',
      atMs: scope.moment.atMs,
    });
  }
  return receiptNumber;
}

/** Books the points of a sale that stands written, with its events and its line in the audit log. */
export function bookWrittenSale(scope: CommandScope, sale: SaleToWrite, receiptNumber: string): WrittenSale {
  const points = writePoints(scope, sale, receiptNumber);
  const pointsRedeemed = redeemedInMain(sale);
  scope.changed({
    table: 'transactions',
    recordId: sale.draft.saleId,
    before: sale.isPending ? { status: 'pending' } : null,
    after: {
      status: 'completed',
      receiptNumber,
      totalMinor: sale.priced.totalMinor,
      paidMinor: sale.payment.paidMinor,
      discountMinor: sale.priced.discountMinor,
      customerId: sale.member?.customerId ?? null,
      points: points?.pointsEarned ?? 0,
      pointsRedeemed,
    },
  });
  for (const topic of ['sales', 'drafts', 'shift'] as const) scope.touch(topic);
  return {
    saleId: sale.draft.saleId,
    receiptNumber,
    pointsEarned: points?.pointsEarned ?? 0,
    pointsRedeemed,
    newBalance: points?.newBalance ?? null,
  };
}

/** What the rewards of a sale cost in the main programme, also those that were paid for when its payment began. */
function redeemedInMain({ kept, earnings }: SaleToWrite): number {
  const main = earnings[0]?.standing.version.programId;
  return sumOf(kept.filter(({ programId }) => programId === main).map(({ points }) => points));
}

function writeDocument(scope: CommandScope, sale: SaleToWrite, receiptNumber: string): void {
  const row = completedRowOf(scope, sale, receiptNumber);
  if (sale.isPending) {
    const { id, merchantId, paymentMethod, shiftId, customerId, staffId } = row;
    const { cashRoundingMinor, storedValueMinor, soldValueMinor } = row;
    const { businessDate, localHour, programmeVersionId, trace, note, completedAtMs, trustedAtMs } = row;
    const money = { paymentMethod, cashRoundingMinor, storedValueMinor, soldValueMinor };
    const paid = { id, merchantId, receiptNumber, shiftId, customerId, staffId, ...money };
    completePendingSale(scope, {
      ...paid,
      businessDate,
      localHour,
      programmeVersionId,
      trace,
      note,
      completedAtMs,
      trustedAtMs,
    });
    return;
  }
  insertPricedSale(scope, sale, row);
}

/** Inserts a sale with its lines and the shares of what was taken off, as they were priced. */
export function insertPricedSale(
  scope: CommandScope,
  { draft, priced, taken, kept, value }: Pick<SaleToWrite, 'draft' | 'priced' | 'taken' | 'kept' | 'value'>,
  row: SaleRow,
): void {
  const { merchantId } = scope.shop;
  insertSale(scope, row);
  insertItems(scope, itemRowsOf(merchantId, draft, priced, value?.sold ?? []));
  insertDiscounts(scope, discountRowsOf({ merchantId, saleId: draft.saleId, priced }, taken, kept));
}

function completedRowOf(scope: CommandScope, sale: SaleToWrite, receiptNumber: string): SaleRow {
  const earned = sale.earnings.flatMap(({ earning }) => earning.trace);
  return {
    ...pendingRowOf(scope, sale, earned),
    status: 'completed',
    receiptNumber,
    paymentMethod: paymentMethodOf(sale.payment),
    cashRoundingMinor: sale.payment.cashRoundingMinor,
    storedValueMinor: storedValueOf(sale.payment),
    soldValueMinor: soldValueIn(sale.priced, sale.earningSale.lines, sale.payment.cashRoundingMinor),
    programmeVersionId: sale.earnings[0]?.standing.version.versionId ?? null,
    completedAtMs: scope.moment.atMs,
  };
}

/** The row of a sale whose prices are frozen and which nobody has paid yet. */
export function pendingRowOf(
  scope: CommandScope,
  sale: Pick<
    SaleToWrite,
    'draft' | 'priced' | 'taxMode' | 'cashRounding' | 'exchange' | 'member' | 'shiftId' | 'taken' | 'kept' | 'value'
  >,
  earned: readonly TracedStep[] = [],
): SaleRow {
  const { shop, moment } = scope;
  const { draft, priced, cashRounding, exchange } = sale;
  return {
    id: draft.saleId,
    merchantId: shop.merchantId,
    shopId: shop.shopId,
    terminalId: shop.terminalId,
    shiftId: sale.shiftId,
    customerId: sale.member?.customerId ?? null,
    staffId: scope.session.staffId,
    kind: 'SALE',
    status: 'pending',
    receiptNumber: null,
    externalReceiptNumber: null,
    paymentMethod: null,
    currency: priced.currency,
    taxMode: sale.taxMode,
    subtotalMinor: priced.subtotalMinor,
    discountMinor: priced.discountMinor,
    taxMinor: priced.taxMinor,
    totalMinor: priced.totalMinor,
    cashRoundingMinor: 0,
    cashRoundingStepMinor: cashRounding.stepMinor,
    cashRoundingMode: cashRounding.mode,
    itemCount: priced.itemCount,
    businessDate: moment.businessDate,
    localHour: moment.localHour,
    programmeVersionId: null,
    taxByRate: JSON.stringify(priced.taxByRate),
    trace: traceText([...priced.trace, ...sale.taken.flatMap(({ redemption }) => redemption.trace), ...earned]),
    loyalty: loyaltyText(draft, sale.kept),
    exchange: exchange === null ? null : JSON.stringify(exchange),
    value: sale.value === null ? null : JSON.stringify(sale.value),
    storedValueMinor: 0,
    soldValueMinor: soldValueIn(priced, draft.lines),
    note: draft.note,
    createdAtMs: moment.atMs,
    completedAtMs: null,
    trustedAtMs: moment.trustedAtMs,
  };
}

function loyaltyText({ redemptions }: SaleDraft, taken: readonly KeptReward[]): string | null {
  return taken.length === 0 ? null : JSON.stringify({ redemptions, taken } satisfies SaleLoyalty);
}

/** The steps that the frozen lines do not tell by themselves: the gross of a line is its price times its quantity. */
function traceText(trace: readonly TracedStep[]): string {
  return JSON.stringify(trace.filter((step) => step.what !== 'line-gross'));
}

/** What credit, gift cards and passes pay. */
export function storedValueOf({ tenders }: Payment): number {
  return sumOf(tenders.filter(({ kind }) => isStoredValue(kind)).map(({ amountMinor }) => amountMinor));
}

function isStoredValue(kind: BookedTenderKind): boolean {
  return kind === 'credit' || kind === 'gift-card' || kind === 'package';
}

function paymentMethodOf({ tenders }: Payment): string {
  const kinds = new Set(tenders.map(({ kind }) => (isStoredValue(kind) ? 'other' : kind)));
  const [only] = kinds;
  return kinds.size > 1 ? 'split' : (only ?? 'cash');
}

/** Tells the customer's history of the sale and books its points; null without a customer. */
function writePoints(scope: CommandScope, sale: SaleToWrite, receiptNumber: string): BookedPoints | null {
  const { member, draft, priced, earnings } = sale;
  if (member === null) return null;
  scope.touch('customers');
  scope.event({
    type: 'customer.order.created',
    category: 'ACTION',
    customerId: member.customerId,
    data: {
      saleId: draft.saleId,
      receiptNumber,
      amountMinor: sale.payment.paidMinor,
      discountMinor: priced.discountMinor,
      itemCount: priced.itemCount,
      identifiedBy: draft.customerIdentifiedBy,
      kind: 'SALE',
    },
  });
  return bookSalePoints(scope, {
    member,
    saleId: draft.saleId,
    sale: sale.earningSale,
    earnings,
    redemptions: sale.toBook,
    trustedAtMs: scope.moment.trustedAtMs,
  });
}
