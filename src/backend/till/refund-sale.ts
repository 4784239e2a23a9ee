import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome } from '#shop/refusal.ts';
import { tenderKindSchema } from '#shop/till/sale-draft-schema.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { reverseSalePoints } from '../ledger/reverse-sale-points.ts';
import { takeReceiptNumber } from '../terminal-state-store.ts';
import { type DecidedRefund, decideSaleRefund, refundLinesSchema } from './decide-sale-refund.ts';
import { insertRefund } from './refunds-store.ts';
import { selectOpenShiftId } from './shifts-store.ts';
import { overrideIdsSchema } from '../staff/override-ids.ts';

export const refundSchema = z.strictObject({
  saleId: idSchema,
  lines: refundLinesSchema,
  tenderKind: tenderKindSchema,
  reason: lineText({ min: 0, max: 200 }),
  overrideIds: overrideIdsSchema,
});

export interface RefundedSale {
  readonly refundId: string;
  readonly receiptNumber: string;
  readonly amountMinor: number;
  readonly pointsReversed: number;
  readonly pointsReturned: number;
  readonly deductedMinor: number;
  readonly newBalance: number | null;
}

/**
 * Refunds lines of a completed sale: a document of its own, money and points recomputed from what remains of the sale.
 * The sale stays completed. Refuses as decideSaleRefund does.
 */
export function refundSale(scope: CommandScope, input: z.output<typeof refundSchema>): Outcome<RefundedSale> {
  const decided = decideSaleRefund(scope, input);
  if (decided.kind === 'refused') return decided;
  return done(writeRefund(scope, decided, { reason: input.reason }));
}

/** Writes a decided refund with its points, and tells the customer's history. Nothing is decided here. */
export function writeRefund(
  scope: CommandScope,
  decided: DecidedRefund,
  given: {
    readonly reason: string;
    /** The sale of the same ticket, where the goods were exchanged. */
    readonly exchangeSaleId?: string;
    readonly approvedByStaffId?: string | null;
    /** Where the sale of the ticket settles the tiers of both, the refund does not. */
    readonly settlesTiers?: boolean;
  },
): RefundedSale {
  const { db, shop } = scope;
  const { reason, exchangeSaleId = null, approvedByStaffId = null, settlesTiers = true } = given;
  const { sale, decision, tenderKind } = decided;
  const { amountMinor, taxMinor, cashRoundingMinor, lines, tenders } = decision;
  const { pointsReversed, pointsReturned, deductedMinor } = decision;
  const refundId = scope.newId();
  const receiptNumber = takeReceiptNumber(db, shop.terminalCode);
  insertRefund(scope, {
    refundId,
    saleId: sale.saleId,
    exchangeSaleId,
    customerId: sale.customerId,
    shiftId: selectOpenShiftId(db, shop.terminalId),
    receiptNumber,
    amountMinor,
    taxMinor,
    cashRoundingMinor,
    pointsReversed,
    pointsReturned,
    deductedMinor,
    deductedKind: deductedMinor === 0 ? null : tenderKind,
    trace: decision.trace,
    approvedByStaffId,
    reason,
    lines,
    tenders,
  });
  const newBalance = tellCustomer(scope, decided, { refundId, receiptNumber }, settlesTiers);
  scope.changed({
    table: 'refunds',
    recordId: refundId,
    before: null,
    after: { saleId: sale.saleId, receiptNumber, amountMinor, pointsReversed, pointsReturned, deductedMinor },
    personalAfter: reason === '' ? undefined : { reason },
  });
  for (const topic of ['sales', 'shift'] as const) scope.touch(topic);
  return { refundId, receiptNumber, amountMinor, pointsReversed, pointsReturned, deductedMinor, newBalance };
}

/** Books the points back and tells the customer's history; returns the balance after it, null without a customer. */
function tellCustomer(
  scope: CommandScope,
  { sale, decision, points }: DecidedRefund,
  refund: { readonly refundId: string; readonly receiptNumber: string },
  settlesTiers: boolean,
): number | null {
  const { customerId, saleId } = sale;
  if (customerId === null) return null;
  scope.event({
    type: 'customer.order.updated',
    category: 'ACTION',
    customerId,
    data: {
      saleId,
      ...refund,
      saleReceiptNumber: sale.receiptNumber,
      amountMinor: -decision.amountMinor,
      change: 'refund',
    },
  });
  scope.touch('customers');
  return reverseSalePoints(scope, { customerId, saleId, refundId: refund.refundId, ...points, settlesTiers });
}
