import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { MAX_AMOUNT_MINOR, sumOf } from '#shop/money/money.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { decideExchange, type Exchange } from '#shop/till/decide-exchange.ts';
import { decideTenders, type Payment } from '#shop/till/decide-tenders.ts';
import { earningSaleOf } from '#shop/till/earning-sale.ts';
import { saleDraftSchema, tenderDraftSchema, tenderKindSchema } from '#shop/till/sale-draft-schema.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { earnInProgrammes } from '../ledger/earn-in-programmes.ts';
import { type Standing, standingsOf } from '../ledger/standing.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import { decideSellable, memberOfDraft, refuseStaleDraft, type SellableSale } from './decide-sale.ts';
import { type DecidedRefund, decideSaleRefund, refundLinesSchema } from './decide-sale-refund.ts';
import { deleteDraft } from './drafts-store.ts';
import { type RefundedSale, writeRefund } from './refund-sale.ts';
import { pricingPolicyOf } from './sale-policy.ts';
import { selectSaleState } from './sales-store.ts';
import { selectOpenShiftId } from './shifts-store.ts';
import { keptRewardsOf } from './taken-rewards.ts';
import { type WrittenSale, writeCompletedSale } from './write-sale.ts';

export const exchangeSchema = z.strictObject({
  /** What comes back, of one completed sale. */
  returns: z.strictObject({ saleId: idSchema, lines: refundLinesSchema }),
  /** What goes out. */
  draft: saleDraftSchema,
  /** What the customer pays on top. */
  tenders: z.array(tenderDraftSchema).max(20),
  /** How a difference is handed back. */
  tenderKind: tenderKindSchema,
  expectedTotalMinor: z.int().min(0).max(MAX_AMOUNT_MINOR),
  reason: lineText({ min: 0, max: 200 }),
  overrideId: idSchema.optional(),
});

export interface ExchangedSale extends Exchange {
  readonly refund: RefundedSale;
  readonly sale: WrittenSale & { readonly totalMinor: number; readonly changeMinor: number };
}

/**
 * Exchanges goods in one ticket (T9): a refund and a sale in one transaction, the difference paid or handed back. All is
 * decided before anything is written. Refuses as decideSaleRefund, decideSellable and decideTenders do.
 */
export function exchange(scope: CommandScope, input: z.output<typeof exchangeSchema>): Outcome<ExchangedSale> {
  const { db, shop } = scope;
  const { draft, returns, tenderKind } = input;
  const state = selectSaleState(db, shop.merchantId, draft.saleId);
  if (state?.status === 'pending') return refuse('draft-changed-elsewhere', { revision: 0 });
  const stale = refuseStaleDraft(scope, draft.saleId, state, undefined);
  if (stale !== null) return stale;
  const refund = decideSaleRefund(scope, { ...returns, tenderKind: 'other' });
  if (refund.kind === 'refused') return refund;
  const bought = decideBought(scope, input, refund);
  if ('reason' in bought) return bought;
  const policy = pricingPolicyOf(scope);
  const { totalMinor } = bought.sellable.priced;
  const returnedMinor = sumOf(refund.decision.tenders.map(({ amountMinor }) => amountMinor));
  const { amountMinor, refundedMinor } = refund.sale;
  const settled = decideExchange({
    returnedMinor,
    totalMinor,
    tenderKind,
    cashRounding: policy.cashRounding,
    mostHandedMinor: amountMinor - refundedMinor - (refund.decision.amountMinor - returnedMinor),
  });
  const payment = decideTenders(settled.dueMinor, input.tenders, policy.cashRounding);
  if (payment.kind === 'refused') return payment;
  const sale = writeBought(scope, bought, withExchanged(scope, payment, settled.exchangedMinor), refund);
  deleteDraft(db, shop.merchantId, draft.saleId);
  const answer = writeRefund(scope, asExchanged(refund, settled, input), {
    reason: input.reason,
    exchangeSaleId: draft.saleId,
  });
  return done({ ...settled, refund: answer, sale: { ...sale, totalMinor, changeMinor: payment.changeMinor } });
}

interface Bought {
  readonly sellable: SellableSale;
  readonly member: Standing['member'];
  readonly standings: readonly Standing[];
}

function decideBought(
  scope: CommandScope,
  { draft, expectedTotalMinor }: z.output<typeof exchangeSchema>,
  refund: DecidedRefund,
): Bought | Refusal {
  const found = memberOfDraft(scope, draft);
  if ('reason' in found) return found;
  const { member } = found;
  const live = member === null ? [] : selectLiveProgrammes(scope.db, scope.shop.merchantId);
  const standings = standingsOf(scope, member, live).map((standing) => afterRefund(standing, refund));
  const sellable = decideSellable(scope, draft, { policy: pricingPolicyOf(scope), standings, expectedTotalMinor });
  return sellable.kind === 'refused' ? sellable : { sellable, member, standings };
}

/** What can be spent once the points of what comes back have been settled. */
function afterRefund(standing: Standing, { sale, points }: DecidedRefund): Standing {
  if (standing.member?.customerId !== sale.customerId) return standing;
  const { programId } = standing.version;
  const inProgramme = (each: { readonly entry: { readonly programId: string } }) => each.entry.programId === programId;
  const takenPoints = sumOf(points.reversals.filter(inProgramme).map((each) => each.points));
  return { ...standing, spendablePoints: () => standing.spendablePoints() - takenPoints };
}

function withExchanged(scope: CommandScope, payment: Payment, exchangedMinor: number): Payment {
  const tender = {
    tenderId: scope.newId(),
    kind: 'exchange' as const,
    amountMinor: exchangedMinor,
    receivedMinor: null,
    changeMinor: 0,
    reference: null,
  };
  return {
    ...payment,
    tenders: [tender, ...payment.tenders.filter(({ amountMinor }) => amountMinor > 0)],
    paidMinor: payment.paidMinor + exchangedMinor,
  };
}

function writeBought(
  scope: CommandScope,
  { sellable, member, standings }: Bought,
  payment: Payment,
  refund: DecidedRefund,
): WrittenSale {
  const { db, shop, moment } = scope;
  const { draft, priced, taken } = sellable;
  const { taxMode } = pricingPolicyOf(scope);
  const earningSale = earningSaleOf(draft.lines, priced, taxMode);
  const occasion = { saleId: draft.saleId, atMs: moment.atMs, trustedAtMs: moment.trustedAtMs };
  return writeCompletedSale(scope, {
    draft,
    priced,
    taken,
    kept: keptRewardsOf(taken, standings, () => scope.newId()),
    taxMode,
    payment,
    member,
    earningSale,
    earnings: earnInProgrammes(scope, standings, earningSale, occasion),
    shiftId: selectOpenShiftId(db, shop.terminalId),
    isPending: false,
    isOfTender: () => false,
    // The refund that follows settles the tiers once for both.
    settlesTiers: refund.sale.customerId !== member?.customerId,
  });
}

/** The refund as the ticket settles it: a part pays the new goods, the rest is handed back. */
function asExchanged(
  refund: DecidedRefund,
  { exchangedMinor, handedMinor }: Exchange,
  { tenderKind }: z.output<typeof exchangeSchema>,
): DecidedRefund {
  const { decision } = refund;
  const returnedMinor = sumOf(decision.tenders.map(({ amountMinor }) => amountMinor));
  const changedMinor = exchangedMinor + handedMinor - returnedMinor;
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
    },
  };
}
