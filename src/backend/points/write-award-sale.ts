import { mustHave } from '#shop/must.ts';
import type { EarningSale } from '#shop/points/earning.ts';
import { MONEY_ONLY } from '#shop/till/decide-tenders.ts';
import type { CommandScope } from '../command-scope.ts';
import { takeReceiptNumber } from '../terminal-state-store.ts';
import { insertSale, insertTender } from '../till/sale-rows-store.ts';
import { selectOpenShiftId } from '../till/shifts-store.ts';
import type { Member } from './accounts-store.ts';
import { bookSalePoints } from '../ledger/book-sale-points.ts';
import type { ProgrammeEarning } from '../ledger/earn-in-programmes.ts';

export interface AwardToWrite {
  readonly saleId: string;
  readonly member: Member;
  readonly amountMinor: number;
  readonly sale: EarningSale;
  /** By programme, the main one first. */
  readonly earnings: readonly ProgrammeEarning[];
  readonly externalReceiptNumber: string | null;
  readonly note: string;
}

/**
 * Writes a sale that was rung up elsewhere: an amount without lines, paid there, and what it earns. It counts as a visit
 * and in the day like any sale. Nothing is decided here.
 */
export function writeAwardSale(
  scope: CommandScope,
  award: AwardToWrite,
): { entryId: string; points: number; newBalance: number; saleId: string } {
  const { saleId, member, amountMinor, sale, earnings } = award;
  const receiptNumber = writeDocument(scope, award, saleId);
  scope.event({
    type: 'customer.order.created',
    category: 'ACTION',
    customerId: member.customerId,
    data: { saleId, receiptNumber, amountMinor, kind: 'AWARD', externalReceiptNumber: award.externalReceiptNumber },
  });
  const { trustedAtMs } = scope.moment;
  const reason = 'purchase';
  const booked = bookSalePoints(scope, { member, saleId, sale, earnings, redemptions: [], trustedAtMs, reason });
  const { pointsEarned: points, newBalance } = booked;
  scope.changed({
    table: 'transactions',
    recordId: saleId,
    before: null,
    after: { kind: 'AWARD', receiptNumber, amountMinor, points, customerId: member.customerId },
  });
  scope.touch('sales');
  const entryId = mustHave(booked.entryId, 'an entry of an award');
  return { entryId, points, newBalance, saleId };
}

function writeDocument(scope: CommandScope, award: AwardToWrite, saleId: string): string {
  const { shop, moment } = scope;
  const { amountMinor } = award;
  const { stepMinor, mode } = scope.env.settings().cashRounding;
  const receiptNumber = takeReceiptNumber(scope.db, shop.terminalCode);
  insertSale(scope, {
    id: saleId,
    merchantId: shop.merchantId,
    shopId: shop.shopId,
    terminalId: shop.terminalId,
    shiftId: selectOpenShiftId(scope.db, shop.terminalId),
    customerId: award.member.customerId,
    staffId: scope.session.staffId,
    kind: 'AWARD',
    status: 'completed',
    receiptNumber,
    externalReceiptNumber: award.externalReceiptNumber,
    paymentMethod: 'external',
    currency: shop.currency,
    taxMode: scope.env.settings().taxMode,
    subtotalMinor: amountMinor,
    discountMinor: 0,
    taxMinor: 0,
    totalMinor: amountMinor,
    cashRoundingMinor: 0,
    cashRoundingStepMinor: stepMinor,
    cashRoundingMode: mode,
    itemCount: 0,
    businessDate: moment.businessDate,
    localHour: moment.localHour,
    programmeVersionId: award.earnings[0]?.standing.version.versionId ?? null,
    taxByRate: '[]',
    loyalty: null,
    exchange: null,
    value: null,
    storedValueMinor: 0,
    soldValueMinor: 0,
    trace: JSON.stringify(award.earnings.flatMap(({ earning }) => earning.trace)),
    note: award.note,
    createdAtMs: moment.atMs,
    completedAtMs: moment.atMs,
    trustedAtMs: moment.trustedAtMs,
  });
  insertTender(scope, {
    id: scope.newId(),
    merchantId: shop.merchantId,
    transactionId: saleId,
    kind: 'external',
    amountMinor,
    receivedMinor: null,
    changeMinor: 0,
    reference: award.externalReceiptNumber,
    status: 'approved',
    atMs: moment.atMs,
    ...MONEY_ONLY,
  });
  return receiptNumber;
}
