import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { done, type Outcome } from '#shop/refusal.ts';
import { tenderKindSchema } from '#shop/till/sale-draft-schema.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { type Member, selectMember } from '../points/accounts-store.ts';
import { appendEntry } from '../points/ledger-store.ts';
import { takeReceiptNumber } from '../terminal-state-store.ts';
import { type DecidedRefund, decideSaleRefund, refundLinesSchema } from './decide-sale-refund.ts';
import { insertRefund } from './refunds-store.ts';
import { selectOpenShiftId } from './shifts-store.ts';

export const refundSchema = z.strictObject({
  saleId: idSchema,
  lines: refundLinesSchema,
  tenderKind: tenderKindSchema,
  reason: lineText({ min: 0, max: 200 }),
  overrideId: idSchema.optional(),
});

export interface RefundedSale {
  readonly refundId: string;
  readonly receiptNumber: string;
  readonly amountMinor: number;
  readonly pointsReversed: number;
  readonly newBalance: number | null;
}

/**
 * Refunds lines of a completed sale: a document of its own, money and points recomputed from what remains of the sale.
 * The sale stays completed. Refuses as decideSaleRefund does.
 */
export function refundSale(scope: CommandScope, input: z.output<typeof refundSchema>): Outcome<RefundedSale> {
  const { db, shop } = scope;
  const decided = decideSaleRefund(scope, input);
  if (decided.kind === 'refused') return decided;
  const { sale, decision } = decided;
  const refundId = scope.newId();
  const receiptNumber = takeReceiptNumber(db, shop.terminalCode);
  insertRefund(scope, {
    refundId,
    saleId: sale.saleId,
    customerId: sale.customerId,
    shiftId: selectOpenShiftId(db, shop.terminalId),
    receiptNumber,
    amountMinor: decision.amountMinor,
    taxMinor: decision.taxMinor,
    cashRoundingMinor: decision.cashRoundingMinor,
    pointsReversed: decision.pointsReversed,
    reason: input.reason,
    lines: decision.lines,
    tenders: decision.tenders,
  });
  const newBalance = tellCustomer(scope, decided, { refundId, receiptNumber });
  const { amountMinor, pointsReversed } = decision;
  scope.changed({
    table: 'refunds',
    recordId: refundId,
    before: null,
    after: { saleId: sale.saleId, receiptNumber, amountMinor, pointsReversed },
    personalAfter: input.reason === '' ? undefined : { reason: input.reason },
  });
  for (const topic of ['sales', 'shift'] as const) scope.touch(topic);
  return done({ refundId, receiptNumber, amountMinor, pointsReversed, newBalance });
}

/** Takes the points back and tells the customer's history; returns the balance after it, null without a customer. */
function tellCustomer(
  scope: CommandScope,
  { sale, decision, earned }: DecidedRefund,
  refund: { readonly refundId: string; readonly receiptNumber: string },
): number | null {
  if (sale.customerId === null) return null;
  const member = mustHave(selectMember(scope.db, scope.shop.merchantId, sale.customerId), 'the customer of a sale');
  scope.event({
    type: 'customer.order.updated',
    category: 'ACTION',
    customerId: sale.customerId,
    data: {
      saleId: sale.saleId,
      ...refund,
      saleReceiptNumber: sale.receiptNumber,
      amountMinor: -decision.amountMinor,
      change: 'refund',
    },
  });
  scope.touch('customers');
  if (earned === null || decision.pointsReversed === 0) return member.balance;
  return takePointsBack(scope, {
    member,
    earned,
    points: decision.pointsReversed,
    saleId: sale.saleId,
    refundId: refund.refundId,
  });
}

/** Books points of a sale back and tells the customer's history; returns the balance after it. */
export function takePointsBack(
  scope: CommandScope,
  given: {
    readonly member: Member;
    readonly earned: { readonly entryId: string; readonly programId: string; readonly versionId: string | null };
    readonly points: number;
    readonly saleId: string;
    readonly refundId: string | null;
  },
): number {
  const { member, earned, points, saleId, refundId } = given;
  const entryId = appendEntry(scope, {
    member,
    programId: earned.programId,
    kind: 'reverse_earn',
    points: -points,
    saleId,
    refundId,
    reversesId: earned.entryId,
    programmeVersionId: earned.versionId,
  });
  const balance = member.balance - points;
  scope.event({
    type: 'customer.rewarded.loyalty_points',
    category: 'EFFECT',
    customerId: member.customerId,
    data: { entryId, saleId, refundId, points: -points, balance },
  });
  scope.touch('points');
  return balance;
}
