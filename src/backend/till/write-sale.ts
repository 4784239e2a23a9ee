import type { Payment } from '#shop/till/decide-tenders.ts';
import { computeEarning, type Earning } from '#shop/points/earning.ts';
import { expiryOf } from '#shop/points/lot-expiry.ts';
import type { PricedSale, SaleDraft, TaxMode, TracedStep } from '#shop/till/sale.ts';
import type { CommandScope } from '../command-scope.ts';
import type { Member } from '../points/accounts-store.ts';
import { appendEntry } from '../points/ledger-store.ts';
import type { StoredVersion } from '../points/programmes-store.ts';
import { takeReceiptNumber } from '../terminal-state-store.ts';
import { itemRowsOf } from './sale-lines.ts';
import { completePendingSale, insertItems, insertSale, insertTender, type SaleRow } from './sale-rows-store.ts';

/** A sale that has been decided in every respect and only needs writing. */
export interface SaleToWrite {
  readonly draft: SaleDraft;
  readonly priced: PricedSale;
  readonly taxMode: TaxMode;
  readonly payment: Payment;
  /** Null for a customer who is not known. */
  readonly member: Member | null;
  readonly programme: StoredVersion | null;
  readonly shiftId: string | null;
  /** The sale stands as pending with its lines: it is moved to completed and not inserted. */
  readonly isPending: boolean;
  readonly isOfTender: (tenderId: string) => boolean;
}

export interface WrittenSale {
  readonly saleId: string;
  readonly receiptNumber: string;
  readonly pointsEarned: number;
  readonly newBalance: number | null;
}

/**
 * Writes a completed sale: document, lines, tenders, points and events, each into the op as well; totals, visits and the
 * day follow by trigger. The receipt number is taken in the same transaction. Nothing is decided here.
 */
export function writeCompletedSale(scope: CommandScope, sale: SaleToWrite): WrittenSale {
  const earning = earningOfSale(sale);
  const receiptNumber = takeReceiptNumber(scope.db, scope.shop.terminalCode);
  writeDocument(scope, sale, receiptNumber, earning);
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
  const newBalance = writePoints(scope, sale, earning, receiptNumber);
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
      points: earning?.points ?? 0,
    },
  });
  for (const topic of ['sales', 'drafts', 'shift'] as const) scope.touch(topic);
  return { saleId: sale.draft.saleId, receiptNumber, pointsEarned: earning?.points ?? 0, newBalance };
}

function earningOfSale({ member, programme, priced, taxMode }: SaleToWrite): Earning | null {
  if (member === null || programme === null) return null;
  return computeEarning({ lines: priced.lines, taxMode }, programme);
}

function writeDocument(scope: CommandScope, sale: SaleToWrite, receiptNumber: string, earning: Earning | null): void {
  const row = completedRowOf(scope, sale, receiptNumber, earning);
  if (sale.isPending) {
    const { id, merchantId, paymentMethod, shiftId, customerId, staffId, cashRoundingMinor } = row;
    const { businessDate, localHour, programmeVersionId, trace, note, completedAtMs, trustedAtMs } = row;
    const paid = { id, merchantId, receiptNumber, paymentMethod, shiftId, customerId, staffId, cashRoundingMinor };
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
  insertSale(scope, row);
  insertItems(scope, itemRowsOf(scope.shop.merchantId, sale.draft, sale.priced));
}

function completedRowOf(
  scope: CommandScope,
  sale: SaleToWrite,
  receiptNumber: string,
  earning: Earning | null,
): SaleRow {
  return {
    ...pendingRowOf(scope, sale),
    status: 'completed',
    receiptNumber,
    paymentMethod: paymentMethodOf(sale.payment),
    cashRoundingMinor: sale.payment.cashRoundingMinor,
    programmeVersionId: earning === null ? null : (sale.programme?.versionId ?? null),
    trace: traceText([...sale.priced.trace, ...(earning?.trace ?? [])]),
    completedAtMs: scope.moment.atMs,
  };
}

/** The row of a sale whose prices are frozen and which nobody has paid yet. */
export function pendingRowOf(
  scope: CommandScope,
  sale: Pick<SaleToWrite, 'draft' | 'priced' | 'taxMode' | 'member' | 'shiftId'>,
): SaleRow {
  const { shop, moment } = scope;
  const { draft, priced } = sale;
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
    itemCount: priced.itemCount,
    businessDate: moment.businessDate,
    localHour: moment.localHour,
    programmeVersionId: null,
    taxByRate: JSON.stringify(priced.taxByRate),
    trace: traceText(priced.trace),
    note: draft.note,
    createdAtMs: moment.atMs,
    completedAtMs: null,
    trustedAtMs: moment.trustedAtMs,
  };
}

/** The steps that the frozen lines do not tell by themselves: the gross of a line is its price times its quantity. */
function traceText(trace: readonly TracedStep[]): string {
  return JSON.stringify(trace.filter((step) => step.what !== 'line-gross'));
}

function paymentMethodOf({ tenders }: Payment): string {
  const kinds = new Set(tenders.map((tender) => tender.kind));
  const [only] = kinds;
  return kinds.size > 1 ? 'split' : (only ?? 'cash');
}

/** Books the points and tells the customer's history; returns the new balance. */
function writePoints(
  scope: CommandScope,
  sale: SaleToWrite,
  earning: Earning | null,
  receiptNumber: string,
): number | null {
  const { member, programme, draft } = sale;
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
      discountMinor: sale.priced.discountMinor,
      itemCount: sale.priced.itemCount,
      identifiedBy: draft.customerIdentifiedBy,
      kind: 'SALE',
    },
  });
  if (earning === null || programme === null || earning.points === 0) return member.balance;
  const expiresAtMs = earnedLotEnd(scope, programme);
  const entryId = appendEntry(scope, {
    member,
    programId: programme.programId,
    kind: 'earn',
    points: earning.points,
    saleId: draft.saleId,
    programmeVersionId: programme.versionId,
    parts: earning.parts,
    expiresAtMs,
  });
  const balance = member.balance + earning.points;
  scope.event({
    type: 'customer.rewarded.loyalty_points',
    category: 'EFFECT',
    customerId: member.customerId,
    data: { entryId, saleId: draft.saleId, points: earning.points, balance, expiresAtMs },
  });
  scope.touch('points');
  return balance;
}

/** When points earned now end under the programme, UTC ms, or null. */
function earnedLotEnd(scope: Pick<CommandScope, 'moment' | 'shop'>, { programme }: StoredVersion): number | null {
  const terms = { months: programme.expiryMonths, rounding: programme.expiryRounding };
  return expiryOf(scope.moment.trustedAtMs, terms, scope.shop.timeZone);
}
