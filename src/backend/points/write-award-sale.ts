import type { Earning } from '#shop/points/earning.ts';
import { expiryOf } from '#shop/points/lot-expiry.ts';
import type { CommandScope } from '../command-scope.ts';
import { takeReceiptNumber } from '../terminal-state-store.ts';
import { insertSale, insertTender } from '../till/sale-rows-store.ts';
import { selectOpenShiftId } from '../till/shifts-store.ts';
import type { Member } from './accounts-store.ts';
import { appendEntry } from './ledger-store.ts';
import type { StoredVersion } from './programmes-store.ts';

export interface AwardToWrite {
  readonly member: Member;
  readonly amountMinor: number;
  readonly earning: Earning;
  readonly programme: StoredVersion;
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
  const saleId = scope.newId();
  const receiptNumber = writeDocument(scope, award, saleId);
  const { member, earning, programme, amountMinor } = award;
  const { points } = earning;
  scope.event({
    type: 'customer.order.created',
    category: 'ACTION',
    customerId: member.customerId,
    data: { saleId, receiptNumber, amountMinor, kind: 'AWARD', externalReceiptNumber: award.externalReceiptNumber },
  });
  const terms = { months: programme.programme.expiryMonths, rounding: programme.programme.expiryRounding };
  const expiresAtMs = expiryOf(scope.moment.trustedAtMs, terms, scope.shop.timeZone);
  const entryId = appendEntry(scope, {
    member,
    programId: programme.programId,
    kind: 'earn',
    points,
    saleId,
    programmeVersionId: programme.versionId,
    parts: earning.parts,
    expiresAtMs,
    reason: 'purchase',
  });
  const newBalance = member.balance + points;
  scope.event({
    type: 'customer.rewarded.loyalty_points',
    category: 'EFFECT',
    customerId: member.customerId,
    data: { entryId, saleId, points, balance: newBalance, expiresAtMs },
  });
  scope.changed({
    table: 'transactions',
    recordId: saleId,
    before: null,
    after: { kind: 'AWARD', receiptNumber, amountMinor, points, customerId: member.customerId },
  });
  scope.touch('sales');
  return { entryId, points, newBalance, saleId };
}

function writeDocument(scope: CommandScope, award: AwardToWrite, saleId: string): string {
  const { shop, moment } = scope;
  const { amountMinor } = award;
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
    itemCount: 0,
    businessDate: moment.businessDate,
    localHour: moment.localHour,
    programmeVersionId: award.programme.versionId,
    taxByRate: '[]',
    trace: JSON.stringify(award.earning.trace),
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
  });
  return receiptNumber;
}
