import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome } from '#shop/refusal.ts';
import { sumOf } from '#shop/money/money.ts';
import { mustHave } from '#shop/must.ts';
import type { BookedTenderKind, PayingKind, TenderKind } from '#shop/till/sale.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { reverseSalePoints } from '../ledger/reverse-sale-points.ts';
import { takeReceiptNumber } from '../terminal-state-store.ts';
import {
  type DecidedRefund,
  decideSaleRefund,
  refundLinesSchema,
  refundTenderSchema,
  soldValueBack,
} from './decide-sale-refund.ts';
import { insertRefund } from './refunds-store.ts';
import { selectOpenShiftId } from './shifts-store.ts';
import type { StoredCreditAccount } from '../credit/credit-accounts-store.ts';
import { bookRefundAsCredit, giveBackValue, refundAccount, returnedTendersOf } from '../value/give-back-value.ts';
import { overrideIdsSchema } from '../override-ids.ts';

export const refundSchema = z.strictObject({
  saleId: idSchema,
  lines: refundLinesSchema,
  tenderKind: refundTenderSchema,
  /** Of a refund onto a gift card: the card; left out a new one is made. */
  accountId: idSchema.optional(),
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
  /** Where it went as credit; code and balance of the card to be handed over. Null for money. */
  readonly credit: RefundedCredit | null;
}

interface RefundedCredit {
  readonly kind: 'credit' | 'gift-card';
  readonly accountId: string;
  readonly code: string | null;
  readonly amountMinor: number;
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
  const { sale, decision, tenderKind, value } = decided;
  const { amountMinor, taxMinor, cashRoundingMinor, lines } = decision;
  const { pointsReversed, pointsReturned, deductedMinor } = decision;
  const refundId = scope.newId();
  const handed = handedOf(scope, decided);
  const receiptNumber = takeReceiptNumber(db, shop.terminalCode);
  insertRefund(scope, {
    refundId,
    saleId: sale.saleId,
    exchangeSaleId,
    customerId: sale.customerId,
    shiftId: selectOpenShiftId(db, shop.terminalId),
    receiptNumber,
    amountMinor,
    soldValueMinor: soldValueBack(decided),
    taxMinor,
    cashRoundingMinor,
    pointsReversed,
    pointsReturned,
    deductedMinor,
    deductedKind: deductedMinor === 0 ? null : moneyKindOf(tenderKind),
    trace: decision.trace,
    approvedByStaffId,
    reason,
    lines,
    tenders: [...handed.tenders, ...returnedTendersOf(scope, value, decision.storedValue)],
  });
  giveBackValue(scope, { saleId: sale.saleId, refundId }, value, decision.storedValue);
  const credit = handed.account === null ? null : bookCredit(scope, handed, { saleId: sale.saleId, refundId });
  const newBalance = tellCustomer(scope, decided, { refundId, receiptNumber }, settlesTiers);
  scope.changed({
    table: 'refunds',
    recordId: refundId,
    before: null,
    after: { saleId: sale.saleId, receiptNumber, amountMinor, pointsReversed, pointsReturned, deductedMinor },
    personalAfter: reason === '' ? undefined : { reason },
  });
  for (const topic of ['sales', 'shift'] as const) scope.touch(topic);
  return { refundId, receiptNumber, amountMinor, pointsReversed, pointsReturned, deductedMinor, newBalance, credit };
}

/** What is handed over: money, or credit on the account that it goes to. */
interface Handed {
  readonly account: StoredCreditAccount | null;
  readonly tenders: readonly { kind: BookedTenderKind; amountMinor: number; accountId: string | null }[];
}

function handedOf(scope: CommandScope, { sale, decision, tenderKind, accountId }: DecidedRefund): Handed {
  const isCredit = decision.tenders.some(({ kind }) => kind === 'credit' || kind === 'gift-card');
  if (!isCredit || (tenderKind !== 'credit' && tenderKind !== 'gift-card')) {
    return { account: null, tenders: decision.tenders.map((tender) => ({ ...tender, accountId: null })) };
  }
  const account = refundAccount(scope, { kind: tenderKind, customerId: sale.customerId, accountId });
  return { account, tenders: decision.tenders.map((tender) => ({ ...tender, accountId: account.accountId })) };
}

function bookCredit(
  scope: CommandScope,
  { account, tenders }: Handed,
  cause: { readonly saleId: string; readonly refundId: string },
): RefundedCredit {
  const { accountId, kind, code } = mustHave(account, 'the account of a refund as credit');
  const amountMinor = sumOf(tenders.map((tender) => tender.amountMinor));
  bookRefundAsCredit(scope, mustHave(account, 'the account of a refund as credit'), { ...cause, amountMinor });
  return { kind, accountId, code, amountMinor };
}

/** What is kept for missing points is kept of money; credit counts as neither cash nor card. */
function moneyKindOf(kind: PayingKind): TenderKind {
  return kind === 'credit' || kind === 'gift-card' ? 'other' : kind;
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
