import { z } from 'zod';
import type { CashRounding } from '#shop/money/cash-rounding.ts';
import { mustHave } from '#shop/must.ts';
import { MAX_AMOUNT_MINOR } from '#shop/money/money.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import type { Exchange } from '#shop/till/decide-exchange.ts';
import { decideTenders, type Payment } from '#shop/till/decide-tenders.ts';
import { earningSaleOf, type SoldItem } from '#shop/till/earning-sale.ts';
import type { TakenReward } from '#shop/till/price-with-rewards.ts';
import type { PricedSale, SaleDraft, TaxMode, TenderDraft } from '#shop/till/sale.ts';
import type { ValueOfSale } from '#shop/till/value-on-sale.ts';
import { saleDraftSchema, tenderDraftSchema, tenderKindSchema } from '#shop/till/sale-draft-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import type { RedemptionToBook } from '../ledger/book-sale-points.ts';
import { earnInProgrammes } from '../ledger/earn-in-programmes.ts';
import type { Member } from '../points/accounts-store.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import type { Standing } from '../ledger/standing.ts';
import { decideSellable, memberOfDraft, refuseStaleDraft } from './decide-sale.ts';
import { showPaid } from '../customer-screen/show-paid.ts';
import { deleteDraft } from './drafts-store.ts';
import {
  exchangeApproverOf,
  frozenExchangeOf,
  refuseExchange,
  returnedOf,
  settleTicket,
  type Ticket,
  ticketOf,
  withExchanged,
  withPasses,
  writeExchanged,
} from './exchange.ts';
import { keptValueOf } from '../value/kept-value.ts';
import { refuseKept } from '../value/hold-sale.ts';
import { leavingOf } from '../value/leaving.ts';
import { creditTendersOf, refuseSpends } from '../value/spend.ts';
import { valueJustWritten } from '../value/value-of-sale.ts';
import { exchangeOf, type FrozenExchange } from './frozen-exchange.ts';
import type { RefundedSale } from './refund-sale.ts';
import { firstShort, openRewardsOf, toBook } from './reserve-rewards.ts';
import { cashRoundingOf, isStillAsked, loyaltyOf, pricedAsFrozen, soldItemsOf } from './sale-lines.ts';
import { pricingPolicyOf } from './sale-policy.ts';
import { selectItems, selectSale, selectSaleState, selectTenders, type StoredTender } from './sales-store.ts';
import { settlePendingTenders } from './settle-tenders.ts';
import { selectOpenShiftId } from './shifts-store.ts';
import { keptRewardsOf, type KeptReward } from './taken-rewards.ts';
import { passMinorOf } from './price-with-value.ts';
import { creditPayableOf, followSale, frozenUseOf, openValue, type SaleValue, takeValue } from './take-value.ts';
import { bookWrittenSale, storedValueOf, type WrittenSale, writeSaleDocument } from './write-sale.ts';
import { overrideIdsSchema } from '../override-ids.ts';

export const completeSaleSchema = z.strictObject({
  draft: saleDraftSchema,
  tenders: z.array(tenderDraftSchema).max(20),
  expectedTotalMinor: z.int().min(0).max(MAX_AMOUNT_MINOR),
  /** What the cashier saw of what comes back in the same ticket, and how a difference is handed back. */
  exchange: z
    .strictObject({
      expectedReturnedMinor: z.int().min(0).max(MAX_AMOUNT_MINOR),
      tenderKind: tenderKindSchema,
    })
    .optional(),
  /** The revision of the draft that the window saw; with it, a sale changed in another window is refused. */
  revision: z.int().min(0).optional(),
  overrideIds: overrideIdsSchema,
});

export interface CompletedSale {
  readonly saleId: string;
  readonly receiptNumber: string;
  readonly totalMinor: number;
  readonly changeMinor: number;
  readonly cashRoundingMinor: number;
  /** Points of the main programme. */
  readonly pointsEarned: number;
  readonly pointsRedeemed: number;
  readonly newBalance: number | null;
  readonly businessDate: string;
  readonly atMs: number;
  /** What came back in the same ticket; null for a plain sale. */
  readonly exchange: ExchangedGoods | null;
  /** Vouchers, promotions, credit, passes, and what was sold or given. */
  readonly value: ValueOfSale;
}

export interface ExchangedGoods extends Pick<Exchange, 'exchangedMinor' | 'handedMinor'> {
  readonly refundId: string;
  readonly receiptNumber: string;
  readonly returnedMinor: number;
  readonly pointsReversed: number;
  readonly pointsReturned: number;
}

interface ToComplete {
  readonly draft: SaleDraft;
  readonly priced: PricedSale;
  readonly taxMode: TaxMode;
  readonly cashRounding: CashRounding;
  /** The lines as earning reads them. */
  readonly soldItems: readonly SoldItem[];
  /** The tenders booked while the sale was pending. */
  readonly known: readonly StoredTender[];
  readonly isPending: boolean;
  readonly taken: readonly TakenReward[];
  readonly kept: readonly KeptReward[];
  readonly toBook: readonly RedemptionToBook[];
  /** What comes back, as it was frozen when the payment began; null where none has begun. */
  readonly frozenExchange: FrozenExchange | null;
  readonly use: SaleValue;
}

/**
 * Completes a sale: priced by the rule that previewed it, paid by tenders and by what comes back in the same ticket (T9),
 * written at once. All is decided before anything is written. Refuses as decideSellable, decideSaleRefund and decideTenders
 * and refuseSpends do, and 'sale-already-completed', 'draft-changed-elsewhere', 'customer-blocked', 'scan-risk', 'not-found', 'points-short',
 * 'exchange-changed', and 'not-permitted' for who may not take goods back.
 */
export function completeSale(scope: CommandScope, input: z.output<typeof completeSaleSchema>): Outcome<CompletedSale> {
  const { db, shop } = scope;
  const { draft } = input;
  const state = selectSaleState(db, shop.merchantId, draft.saleId);
  const stale =
    refuseStaleDraft(scope, draft.saleId, state, input.revision) ??
    (state === null ? refuseExchange(scope, draft) : null);
  if (stale !== null) return stale;
  const found = memberOfDraft(scope, draft);
  if ('reason' in found) return found;
  const { member } = found;
  const ticket = ticketOf(scope, draft, member, member === null ? [] : selectLiveProgrammes(db, shop.merchantId));
  if ('reason' in ticket) return ticket;
  const sale = state === null ? freshSale(scope, input, ticket) : frozenSale(scope, input, ticket.standings);
  if ('reason' in sale) return sale;
  const { totalMinor } = sale.priced;
  const settled = settleTicket(
    ticket.refund,
    totalMinor - passMinorOf(sale.use.passes),
    input.exchange?.tenderKind ?? 'cash',
  );
  const changed = refuseChangedExchange(input, returnedOf(ticket.refund), sale.frozenExchange);
  if (changed !== null) return changed;
  const payment = decideTenders(settled.dueMinor, tendersOf(input.tenders, sale.known), sale.cashRounding);
  if (payment.kind === 'refused') return payment;
  const { saleId, customerId } = draft;
  const payableMinor = creditPayableOf(sale);
  const leaving = leavingOf(ticket.refund);
  const unpaid = refuseSpends(scope, { saleId, customerId, payableMinor, leaving }, creditTendersOf(payment.tenders));
  if (unpaid !== null) return unpaid;
  return done(writeTicket(scope, input, { member, ticket, sale, settled, payment }));
}

/** Refuses 'exchange-changed' where what comes back is worth something else than was seen or than its payment counts on. */
function refuseChangedExchange(
  { exchange }: z.output<typeof completeSaleSchema>,
  returnedMinor: number,
  frozen: FrozenExchange | null,
): Refusal | null {
  const isSeen = exchange === undefined || exchange.expectedReturnedMinor === returnedMinor;
  const isFrozen = frozen === null || frozen.returnedMinor === returnedMinor;
  return isSeen && isFrozen ? null : refuse('exchange-changed', { returnedMinor });
}

interface DecidedTicket {
  readonly member: Member | null;
  readonly ticket: Ticket;
  readonly sale: ToComplete;
  readonly settled: Exchange;
  readonly payment: Payment;
}

/** Writes the sale, then what comes back, then the points of the sale: they are a refund's and then a sale's. */
function writeTicket(
  scope: CommandScope,
  { draft, exchange }: z.output<typeof completeSaleSchema>,
  { member, ticket, sale, settled, payment }: DecidedTicket,
): CompletedSale {
  const { db, shop, moment } = scope;
  const { saleId } = draft;
  if (sale.isPending) settlePendingTenders(scope, saleId, sale.known, payment);
  const paid = withExchanged(scope, withPasses(scope, payment, sale.use.passes), settled);
  const earningSale = earningSaleOf(sale.soldItems, sale.priced, sale.taxMode, storedValueOf(paid));
  const value = openValue(scope, draft, sale.use);
  const approvedByStaffId = sale.frozenExchange?.approvedByStaffId ?? exchangeApproverOf(scope);
  const toWrite = {
    ...sale,
    exchange: frozenExchangeOf(draft, ticket.refund, settled, approvedByStaffId),
    payment: paid,
    value,
    member,
    earningSale,
    earnings: earnInProgrammes(scope, ticket.standings, earningSale, { ...moment, saleId }),
    shiftId: selectOpenShiftId(db, shop.terminalId),
    isOfTender: (tenderId: string) => sale.known.some((tender) => tender.tenderId === tenderId),
  };
  const receiptNumber = writeSaleDocument(scope, toWrite);
  const tenderKind = exchange?.tenderKind ?? 'cash';
  const refund = writeExchanged(scope, ticket, { draft, member, settled, tenderKind, approvedByStaffId });
  takeValue(scope, { draft, value, refused: sale.use.refused, payment: paid });
  const written = bookWrittenSale(scope, toWrite, receiptNumber);
  const buyer = { saleId, customerId: member?.customerId ?? null };
  const issued = followSale(scope, buyer, earningSale.lines, sale.use.atSale);
  const has = { credit: storedValueOf(paid) > 0, issued: issued > 0 };
  deleteDraft(db, shop.merchantId, saleId);
  const answer = answerOf(written, sale.priced, payment, moment);
  if (scope.env.screens.isWatched) showPaid(scope, draft, answer);
  return {
    ...answer,
    exchange: exchangedOf(ticket, settled, refund),
    value: valueJustWritten(db, { saleId, kept: value, lines: draft.lines }, has),
  };
}

function exchangedOf(
  { refund }: Ticket,
  { exchangedMinor, handedMinor }: Exchange,
  written: RefundedSale | null,
): ExchangedGoods | null {
  if (written === null) return null;
  const { refundId, receiptNumber, pointsReversed, pointsReturned } = written;
  const returnedMinor = returnedOf(refund);
  return { refundId, receiptNumber, returnedMinor, exchangedMinor, handedMinor, pointsReversed, pointsReturned };
}

function answerOf(
  written: WrittenSale,
  priced: PricedSale,
  payment: Payment,
  moment: CommandScope['moment'],
): Omit<CompletedSale, 'exchange' | 'value'> {
  return {
    saleId: written.saleId,
    receiptNumber: written.receiptNumber,
    totalMinor: priced.totalMinor,
    changeMinor: payment.changeMinor,
    cashRoundingMinor: payment.cashRoundingMinor,
    pointsEarned: written.pointsEarned,
    pointsRedeemed: written.pointsRedeemed,
    newBalance: written.newBalance,
    businessDate: moment.businessDate,
    atMs: moment.atMs,
  };
}

function freshSale(
  scope: CommandScope,
  { draft: given, expectedTotalMinor }: z.output<typeof completeSaleSchema>,
  { standings, refund }: Ticket,
): ToComplete | Refusal {
  const policy = pricingPolicyOf(scope);
  const sellable = decideSellable(scope, given, {
    ...{ policy, standings, expectedTotalMinor },
    leaving: leavingOf(refund),
  });
  if (sellable.kind === 'refused') return sellable;
  const { draft, priced, taken, redemptions, refusedVouchers: refused, passes, selling, atSale } = sellable;
  const kept = keptRewardsOf(taken, standings, () => scope.newId());
  const { taxMode, cashRounding } = policy;
  const fresh = { known: [], isPending: false, soldItems: draft.lines, toBook: kept, frozenExchange: null };
  const use = { redemptions, refused, passes, selling, frozen: null, atSale };
  return { ...fresh, draft, priced, taken, kept, taxMode, cashRounding, use };
}

/** A sale whose payment has begun keeps the prices and terms that were frozen then. */
function frozenSale(
  scope: CommandScope,
  { draft, expectedTotalMinor }: z.output<typeof completeSaleSchema>,
  standings: readonly Standing[],
): ToComplete | Refusal {
  const { db, shop } = scope;
  const { saleId } = draft;
  const stored = mustHave(selectSale(db, shop.merchantId, saleId), 'the pending sale');
  const items = selectItems(db, saleId);
  if (!isStillAsked(draft, stored, items)) return refuse('draft-changed-elsewhere', { revision: 0 });
  if (expectedTotalMinor !== stored.totalMinor) return refuse('price-changed', { totalMinor: stored.totalMinor });
  const kept = loyaltyOf(stored)?.taken ?? [];
  const open = openRewardsOf(scope, saleId, kept);
  const short = firstShort(open, standings);
  const frozen = keptValueOf(stored);
  const gone = short?.refusal ?? refuseKept(scope, { saleId, customerId: stored.customerId }, frozen);
  if (gone !== null) return gone;
  return {
    use: frozenUseOf(frozen),
    draft,
    priced: pricedAsFrozen(stored, items),
    taxMode: stored.taxMode,
    cashRounding: cashRoundingOf(stored) ?? scope.env.settings().cashRounding,
    soldItems: soldItemsOf(items),
    known: selectTenders(db, saleId),
    isPending: true,
    taken: [],
    kept,
    toBook: toBook(scope, saleId, open),
    frozenExchange: exchangeOf(stored),
  };
}

/** A tender that has been declined or given up does not pay, whatever a screen still holds. */
function tendersOf(given: readonly TenderDraft[], known: readonly StoredTender[]): TenderDraft[] {
  const dead = new Set(
    known.filter(({ status }) => status === 'declined' || status === 'given-up').map(({ tenderId }) => tenderId),
  );
  return given.filter((tender) => !dead.has(tender.tenderId));
}
