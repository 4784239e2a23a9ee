import { sumOf } from '#shop/money/money.ts';
import { must } from '#shop/must.ts';
import { type Refusal, refuse } from '#shop/refusal.ts';
import { mayBeOpenedFor } from '#shop/staff/permissions.ts';
import { decideExchange, type Exchange } from '#shop/till/decide-exchange.ts';
import { MONEY_ONLY, type Payment } from '#shop/till/decide-tenders.ts';
import type { ExchangePreview, SaleDraft, TenderKind } from '#shop/till/sale.ts';
import type { CommandScope } from '../command-scope.ts';
import { type PointsScope, type Standing, standingsOf } from '../ledger/standing.ts';
import { reaches, type RefundToCome, standingsAfterRefund } from '../ledger/standings-after-refund.ts';
import type { Member } from '../points/accounts-store.ts';
import type { StoredVersion } from '../points/programmes-store.ts';
import { type DecidedRefund, decideSaleRefund } from './decide-sale-refund.ts';
import type { KeptPassUse } from '../value/kept-value.ts';
import type { FrozenExchange } from './frozen-exchange.ts';
import { type RefundedSale, writeRefund } from './refund-sale.ts';
import type { ShopScope } from './sale-policy.ts';
import { selectSale } from './sales-store.ts';

/** A sale with what comes back in the same ticket: where its customer stands once that has been settled. */
export interface Ticket {
  readonly standings: readonly Standing[];
  /** Null for a plain sale. */
  readonly refund: DecidedRefund | null;
}

type TicketScope = ShopScope & PointsScope;

/**
 * Decides what comes back with a sale and where its customer stands after it; preview and commit call the same, and nothing
 * is written. A ticket is a refund and then a sale: only the money of both meets (T9). Refuses as decideSaleRefund does.
 */
export function ticketOf(
  scope: TicketScope,
  draft: SaleDraft,
  member: Member | null,
  versions: readonly StoredVersion[],
): Ticket | Refusal {
  if (draft.exchange === undefined) return { standings: standingsOf(scope, member, versions), refund: null };
  const { saleId, lines } = draft.exchange;
  const refund = decideSaleRefund(scope, { saleId, lines: [...lines], tenderKind: 'other' });
  if (refund.kind === 'refused') return refund;
  return { refund, standings: standingsAfterRefund(scope, member, versions, toComeOf(refund)) };
}

function toComeOf({ sale, decision, points, storedValueLineIds }: DecidedRefund): RefundToCome {
  const spent = decision.lines.filter(({ lineId }) => !storedValueLineIds.has(lineId));
  return {
    saleId: sale.saleId,
    customerId: sale.customerId,
    points,
    spendMinor: 0 - sumOf(spent.map(({ amountMinor }) => amountMinor)),
    isComplete: decision.isComplete,
  };
}

const EXCHANGE_PERMISSION = 'sale.refund';

/** Refuses 'not-permitted' for who may not take goods back; a manager's PIN opens it. */
export function refuseExchange(scope: CommandScope, { exchange }: SaleDraft): Refusal | null {
  if (exchange === undefined || scope.may(EXCHANGE_PERMISSION)) return null;
  const overridable = mayBeOpenedFor(scope.session.roles, EXCHANGE_PERMISSION);
  return refuse('not-permitted', { permission: EXCHANGE_PERMISSION, overridable });
}

/** The manager who let goods come back in this command, or null: another may have allowed its discount. */
export function exchangeApproverOf(scope: CommandScope): string | null {
  return scope.approverOf(EXCHANGE_PERMISSION);
}

/** What comes back of money for new goods: not what goes back to credit, nor what is kept for missing points. */
export function returnedOf(refund: DecidedRefund | null): number {
  return refund === null ? 0 : sumOf(refund.decision.tenders.map(({ amountMinor }) => amountMinor));
}

/** How the money of a ticket settles; of a plain sale all is due. Cash is handed back by the rule of the sale it was paid for. */
export function settleTicket(refund: DecidedRefund | null, totalMinor: number, tenderKind: TenderKind): Exchange {
  if (refund === null) return { exchangedMinor: 0, dueMinor: totalMinor, handedMinor: 0, trace: [] };
  const returnedMinor = returnedOf(refund);
  const { amountMinor, refundedMinor } = refund.sale;
  return decideExchange({
    returnedMinor,
    totalMinor,
    tenderKind,
    cashRounding: refund.cashRounding,
    mostHandedMinor: amountMinor - refundedMinor - (refund.decision.amountMinor - returnedMinor),
  });
}

/** What a screen shows of what comes back; null for a plain sale. */
export function exchangePreviewOf(
  { db, shop }: TicketScope,
  { exchange }: SaleDraft,
  ticket: Ticket | Refusal,
  { exchangedMinor, handedMinor, trace }: Exchange,
): ExchangePreview | null {
  if (exchange === undefined) return null;
  const receiptNumber = selectSale(db, shop.merchantId, exchange.saleId)?.receiptNumber ?? '';
  const refund = 'reason' in ticket ? null : ticket.refund;
  const decision = refund?.decision;
  return {
    ofSaleId: exchange.saleId,
    receiptNumber,
    returnedMinor: returnedOf(refund),
    exchangedMinor,
    handedMinor,
    pointsReversed: decision?.pointsReversed ?? 0,
    pointsReturned: decision?.pointsReturned ?? 0,
    deductedMinor: decision?.deductedMinor ?? 0,
    trace: [...(decision?.trace ?? []), ...trace],
    refusal: 'reason' in ticket ? { reason: ticket.reason, facts: ticket.facts } : null,
  };
}

/** What is kept with the sale of what comes back. */
export function frozenExchangeOf(
  { exchange }: SaleDraft,
  refund: DecidedRefund | null,
  { exchangedMinor }: Exchange,
  approvedByStaffId: string | null,
): FrozenExchange | null {
  if (exchange === undefined || refund === null) return null;
  const { saleId, lines } = exchange;
  return { saleId, lines, returnedMinor: returnedOf(refund), exchangedMinor, approvedByStaffId };
}

/** The payment with what units of passes pay, a tender for each line that they pay pieces of. */
export function withPasses(scope: CommandScope, payment: Payment, uses: readonly KeptPassUse[]): Payment {
  if (uses.length === 0) return payment;
  const paid = uses.map(({ passId, lineId, units, amountMinor }) => ({
    tenderId: scope.newId(),
    kind: 'package' as const,
    amountMinor,
    receivedMinor: null,
    changeMinor: 0,
    reference: null,
    ...{ accountId: null, passId, lineId, uses: units },
  }));
  return {
    ...payment,
    tenders: [...paid, ...payment.tenders.filter(({ amountMinor }) => amountMinor > 0)],
    paidMinor: payment.paidMinor + sumOf(uses.map(({ amountMinor }) => amountMinor)),
  };
}

/** The payment with what the returned goods pay. */
export function withExchanged(scope: CommandScope, payment: Payment, { exchangedMinor }: Exchange): Payment {
  if (exchangedMinor === 0) return payment;
  const tender = {
    tenderId: scope.newId(),
    kind: 'exchange' as const,
    amountMinor: exchangedMinor,
    receivedMinor: null,
    changeMinor: 0,
    reference: null,
    ...MONEY_ONLY,
  };
  return {
    ...payment,
    tenders: [tender, ...payment.tenders.filter(({ kind, amountMinor }) => kind === 'package' || amountMinor > 0)],
    paidMinor: payment.paidMinor + exchangedMinor,
  };
}

/**
 * Writes what comes back with a sale that stands written, before its points are booked. The customer then stands where it
 * was decided that they would (asserted). Returns null for a plain sale.
 */
export function writeExchanged(
  scope: CommandScope,
  { refund, standings }: Ticket,
  given: {
    readonly draft: SaleDraft;
    readonly member: Member | null;
    readonly settled: Exchange;
    readonly tenderKind: TenderKind;
    readonly approvedByStaffId: string | null;
  },
): RefundedSale | null {
  const { draft, member, settled, tenderKind, approvedByStaffId } = given;
  if (refund === null || draft.exchange === undefined) return null;
  const isTheirs = reaches(scope, refund.sale, member);
  const written = writeRefund(scope, asExchanged(refund, settled, tenderKind), {
    reason: draft.exchange.reason,
    exchangeSaleId: draft.saleId,
    approvedByStaffId,
    // The sale that follows settles the tiers once for both.
    settlesTiers: !isTheirs,
  });
  for (const { version, balance } of isTheirs ? standings : []) {
    const [now] = standingsOf(scope, member, [version]);
    must(now?.balance() === balance(), 'a refund does to the points what was decided');
  }
  return written;
}

/** The refund as the ticket settles it: a part pays the new goods, the rest is handed back. */
function asExchanged(refund: DecidedRefund, settled: Exchange, tenderKind: TenderKind): DecidedRefund {
  const { decision } = refund;
  const { exchangedMinor, handedMinor, trace } = settled;
  const changedMinor = exchangedMinor + handedMinor - returnedOf(refund);
  const tenders = [
    { kind: 'exchange' as const, amountMinor: exchangedMinor },
    { kind: tenderKind, amountMinor: handedMinor },
  ].filter(({ amountMinor }) => amountMinor > 0);
  return {
    ...refund,
    decision: {
      ...decision,
      tenders,
      amountMinor: decision.amountMinor + changedMinor,
      cashRoundingMinor: decision.cashRoundingMinor + changedMinor,
      trace: [...decision.trace, ...trace],
    },
  };
}
