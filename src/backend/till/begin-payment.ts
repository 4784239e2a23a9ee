import { z } from 'zod';
import { uuidV7Schema } from '#shop/ids/uuid.ts';
import { must, mustHave } from '#shop/must.ts';
import { MAX_AMOUNT_MINOR, sumOf } from '#shop/money/money.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { MONEY_ONLY } from '#shop/till/decide-tenders.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import { saleDraftSchema, tenderDraftSchema } from '#shop/till/sale-draft-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import { decideSellable, memberOfDraft, refuseStaleDraft } from './decide-sale.ts';
import { selectDraft, upsertDraft } from './drafts-store.ts';
import { exchangeApproverOf, frozenExchangeOf, refuseExchange, settleTicket, ticketOf } from './exchange.ts';
import { heldCreditOf, holdForPayment, refuseKept } from '../value/hold-sale.ts';
import { keptValueOf } from '../value/kept-value.ts';
import { leavingOf, NOTHING_LEAVES } from '../value/leaving.ts';
import { recordRefused } from '../value/redeem-sale.ts';
import { creditTendersOf, refuseSpends } from '../value/spend.ts';
import { exchangeOf } from './frozen-exchange.ts';
import { passMinorOf } from './price-with-value.ts';
import { creditPayableOf, creditPayableOfItems, openValue } from './take-value.ts';
import { openRewardsOf, reserveRewards } from './reserve-rewards.ts';
import { isStillAsked, loyaltyOf } from './sale-lines.ts';
import { pricingPolicyOf } from './sale-policy.ts';
import { insertTender } from './sale-rows-store.ts';
import { selectItems, selectSale, selectSaleState, selectTenders, type StoredSale } from './sales-store.ts';
import { selectOpenShiftId } from './shifts-store.ts';
import { keptRewardsOf } from './taken-rewards.ts';
import { insertPricedSale, pendingRowOf } from './write-sale.ts';
import { overrideIdsSchema } from '../override-ids.ts';

export const beginPaymentSchema = z.strictObject({
  draft: saleDraftSchema,
  tender: z.strictObject({
    kind: z.enum(['card', 'other']),
    amountMinor: z.int().min(1).max(MAX_AMOUNT_MINOR),
    tenderId: uuidV7Schema.optional(),
  }),
  /** What credit and gift cards pay beside it, all of them: set aside until the sale is paid, declined or given up. */
  taken: z.array(tenderDraftSchema).max(20).default([]),
  /** The total that was seen when the prices are frozen; left out: whatever they come to. */
  expectedTotalMinor: z.int().min(0).max(MAX_AMOUNT_MINOR).optional(),
  revision: z.int().min(0).optional(),
  overrideIds: overrideIdsSchema,
});

export interface BegunPayment {
  readonly saleId: string;
  readonly tenderId: string;
  /** What is still to be paid besides the tenders that wait or are approved. */
  readonly dueMinor: number;
  /** The revision of the draft that is kept beside the pending sale. */
  readonly revision: number;
}

/**
 * Begins a payment whose answer comes from elsewhere (a card terminal): the sale becomes pending with its prices frozen,
 * and the tender waits. Called again it adds another tender. Refuses as decideSellable and decideSaleRefund do, and
 * 'tender-too-large', 'sale-already-completed', 'draft-changed-elsewhere', 'customer-blocked', 'scan-risk', 'points-short'
 * and 'not-permitted' for who may not take goods back; as refuseSpends for what credit pays beside it; for a voucher or
 * pass that a declined tender let go and that is gone; and as completeSale where the prices come to another total than was seen.
 */
export function beginPayment(scope: CommandScope, input: z.output<typeof beginPaymentSchema>): Outcome<BegunPayment> {
  const { db, shop, moment } = scope;
  const { saleId } = input.draft;
  const state = selectSaleState(db, shop.merchantId, saleId);
  const stale = refuseStaleDraft(scope, saleId, state, input.revision);
  if (stale !== null) return stale;
  const refused = state === null ? freezeSale(scope, input) : payAgain(scope, input);
  if (refused !== null) return refused;
  const dueMinor = dueOf(scope, saleId);
  must(input.tender.amountMinor <= dueMinor, 'a tender pays no more than is due');
  const tenderId = freshTenderId(scope, saleId, input.tender.tenderId);
  insertTender(scope, {
    id: tenderId,
    merchantId: shop.merchantId,
    transactionId: saleId,
    kind: input.tender.kind,
    amountMinor: input.tender.amountMinor,
    receivedMinor: null,
    changeMinor: 0,
    reference: null,
    status: 'pending',
    atMs: moment.atMs,
    ...MONEY_ONLY,
  });
  const revision = keepDraft(scope, input.draft);
  scope.changed({
    table: 'transaction_tenders',
    recordId: tenderId,
    before: null,
    after: { saleId, status: 'pending', kind: input.tender.kind, amountMinor: input.tender.amountMinor },
  });
  scope.touch('drafts');
  return done({ saleId, tenderId, dueMinor: dueMinor - input.tender.amountMinor, revision });
}

/** A screen that tries again may still hold the id of a declined tender: each try is a tender of its own. */
function freshTenderId(scope: CommandScope, saleId: string, given: string | undefined): string {
  const isUsed = given === undefined || selectTenders(scope.db, saleId).some(({ tenderId }) => tenderId === given);
  return isUsed ? scope.newId() : given;
}

/** A sale that is being paid is paid as it was frozen; rewards whose points a declined tender gave back are paid for anew. */
function payAgain(scope: CommandScope, { draft, tender, taken }: z.output<typeof beginPaymentSchema>): Refusal | null {
  const { db, shop } = scope;
  const { saleId } = draft;
  const sale = mustHave(selectSale(db, shop.merchantId, saleId), 'the pending sale');
  if (!isStillAsked(draft, sale, selectItems(db, saleId))) return refuse('sale-not-pending');
  const paying = creditTendersOf(taken);
  const dueMinor = dueOf(scope, saleId) + heldCreditOf(scope, saleId) - minorOf(paying);
  const kept = keptValueOf(sale);
  const { customerId } = sale;
  const payableMinor = creditPayableOfItems(selectItems(db, saleId), kept);
  const refused =
    refuseTooLarge(tender, dueMinor) ??
    refuseKept(scope, { saleId, customerId }, kept) ??
    refuseSpends(scope, { saleId, customerId, payableMinor, leaving: NOTHING_LEAVES }, paying) ??
    payRewardsAgain(scope, draft, sale);
  if (refused === null) holdForPayment(scope, { saleId, customerId }, kept, paying);
  return refused;
}

function payRewardsAgain(scope: CommandScope, draft: SaleDraft, sale: StoredSale): Refusal | null {
  const { db, shop } = scope;
  const { saleId } = draft;
  const open = openRewardsOf(scope, saleId, loyaltyOf(sale)?.taken ?? []);
  if (open.length === 0) return null;
  const found = memberOfDraft(scope, draft);
  if ('reason' in found) return found;
  const { member } = found;
  const ticket = ticketOf(scope, draft, member, selectLiveProgrammes(db, shop.merchantId));
  if ('reason' in ticket) return ticket;
  return reserveRewards(scope, { saleId, member, open, standings: ticket.standings });
}

type FreezeInput = z.output<typeof beginPaymentSchema>;

/**
 * Writes the sale as pending: its lines are frozen from here on, and its rewards are paid for. Returns why it may not be
 * sold, or null.
 */
function freezeSale(
  scope: CommandScope,
  { draft: given, tender, taken: paidBefore, expectedTotalMinor }: FreezeInput,
): Refusal | null {
  const notAllowed = refuseExchange(scope, given);
  if (notAllowed !== null) return notAllowed;
  const policy = pricingPolicyOf(scope);
  const found = memberOfDraft(scope, given);
  if ('reason' in found) return found;
  const { member } = found;
  const { db, shop } = scope;
  const ticket = ticketOf(scope, given, member, member === null ? [] : selectLiveProgrammes(db, shop.merchantId));
  if ('reason' in ticket) return ticket;
  const { standings, refund } = ticket;
  const leaving = leavingOf(refund);
  const sellable = decideSellable(scope, given, {
    policy,
    standings,
    expectedTotalMinor: expectedTotalMinor ?? null,
    leaving,
  });
  if (sellable.kind === 'refused') return sellable;
  const { draft, priced, taken, redemptions, refusedVouchers, passes, selling } = sellable;
  const use = { redemptions, refused: refusedVouchers, passes, selling, frozen: null, atSale: null };
  const kept = keptRewardsOf(taken, standings, () => scope.newId());
  const shiftId = selectOpenShiftId(db, shop.terminalId);
  const { saleId, customerId } = draft;
  const paying = creditTendersOf(paidBefore);
  const settled = settleTicket(refund, priced.totalMinor - passMinorOf(passes), 'other');
  const notPaid =
    refuseTooLarge(tender, settled.dueMinor - minorOf(paying)) ??
    refuseSpends(scope, { saleId, customerId, payableMinor: creditPayableOf({ draft, priced, use }), leaving }, paying);
  if (notPaid !== null) return notPaid;
  const exchange = frozenExchangeOf(draft, refund, settled, exchangeApproverOf(scope));
  const { taxMode, cashRounding } = policy;
  const value = openValue(scope, draft, use);
  const sale = { draft, priced, taxMode, cashRounding, exchange, member, shiftId, taken, kept, value };
  insertPricedSale(scope, sale, pendingRowOf(scope, sale));
  recordRefused(scope, { saleId, customerId }, refusedVouchers);
  holdForPayment(scope, { saleId, customerId }, value, paying);
  const short = reserveRewards(scope, { saleId, member, open: kept, standings });
  must(short === null, 'rewards that were just taken can be paid for');
  return null;
}

function minorOf(paying: readonly { readonly amountMinor: number }[]): number {
  return sumOf(paying.map(({ amountMinor }) => amountMinor));
}

/** Nothing is written of a tender that would pay too much: the sale stays as it was. */
function refuseTooLarge({ amountMinor }: { readonly amountMinor: number }, dueMinor: number): Refusal | null {
  return amountMinor > dueMinor ? refuse('tender-too-large', { dueMinor }) : null;
}

/** The draft stays beside the pending sale: if the machine stops, the till opens it again. */
function keepDraft(scope: CommandScope, draft: SaleDraft): number {
  const { db, shop, moment } = scope;
  const stored = selectDraft(db, shop.merchantId, draft.saleId);
  const revision = (stored?.revision ?? 0) + 1;
  upsertDraft(db, {
    saleId: draft.saleId,
    merchantId: shop.merchantId,
    terminalId: shop.terminalId,
    staffId: scope.session.staffId,
    revision,
    draft: JSON.stringify(draft),
    heldAtMs: stored?.heldAtMs ?? null,
    updatedAtMs: moment.atMs,
  });
  return revision;
}

/** What is left to pay of a pending sale once what comes back, passes, credit set aside, and its waiting and approved tenders are counted. */
export function dueOf(scope: CommandScope, saleId: string): number {
  const sale = mustHave(selectSale(scope.db, scope.shop.merchantId, saleId), 'the pending sale');
  const counted = selectTenders(scope.db, saleId).filter(({ status }) => status === 'pending' || status === 'approved');
  const passMinor = passMinorOf(keptValueOf(sale)?.passes ?? []);
  const dueMinor = sale.totalMinor - (exchangeOf(sale)?.exchangedMinor ?? 0) - passMinor - heldCreditOf(scope, saleId);
  return dueMinor - counted.reduce((sum, tender) => sum + tender.amountMinor, 0);
}
