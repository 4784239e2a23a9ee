import { z } from 'zod';
import { mustHave } from '#shop/must.ts';
import { MAX_AMOUNT_MINOR } from '#shop/money/money.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { decideTenders, type Payment } from '#shop/till/decide-tenders.ts';
import type { PricingPolicy } from '#shop/till/price-sale.ts';
import { earningSaleOf } from '#shop/till/earning-sale.ts';
import type { TakenReward } from '#shop/till/price-with-rewards.ts';
import type { PricedSale, SaleDraft, TaxMode, TenderDraft } from '#shop/till/sale.ts';
import { saleDraftSchema, tenderDraftSchema } from '#shop/till/sale-draft-schema.ts';
import { idSchema } from '#shop/ids/ids.ts';
import type { CommandScope } from '../command-scope.ts';
import { earnInProgrammes } from '../ledger/earn-in-programmes.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import { type Standing, standingsOf } from '../ledger/standing.ts';
import { decideSellable, memberOfDraft, refuseStaleDraft } from './decide-sale.ts';
import { deleteDraft } from './drafts-store.ts';
import { hasSameRewards, isAsFrozen, loyaltyOf, pricedAsFrozen } from './sale-lines.ts';
import { pricingPolicyOf } from './sale-policy.ts';
import { selectItems, selectSale, selectSaleState, selectTenders, type StoredTender } from './sales-store.ts';
import { settlePendingTenders } from './settle-tenders.ts';
import { selectOpenShiftId } from './shifts-store.ts';
import { keptRewardsOf, type KeptReward } from './taken-rewards.ts';
import { writeCompletedSale } from './write-sale.ts';

export const completeSaleSchema = z.strictObject({
  draft: saleDraftSchema,
  tenders: z.array(tenderDraftSchema).max(20),
  expectedTotalMinor: z.int().min(0).max(MAX_AMOUNT_MINOR),
  /** The revision of the draft that the window saw; with it, a sale changed in another window is refused. */
  revision: z.int().min(0).optional(),
  overrideId: idSchema.optional(),
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
}

interface ToComplete {
  readonly draft: SaleDraft;
  readonly priced: PricedSale;
  readonly taxMode: TaxMode;
  /** The tenders booked while the sale was pending. */
  readonly known: readonly StoredTender[];
  readonly isPending: boolean;
  readonly taken: readonly TakenReward[];
  readonly kept: readonly KeptReward[];
}

/**
 * Completes a sale: priced by the rule that previewed it, paid by tenders, written at once. Refuses as decideSellable
 * and decideTenders do, and 'sale-already-completed', 'draft-changed-elsewhere', 'customer-blocked',
 * 'scan-risk', 'not-found'.
 */
export function completeSale(scope: CommandScope, input: z.output<typeof completeSaleSchema>): Outcome<CompletedSale> {
  const { db, shop, moment } = scope;
  const { saleId } = input.draft;
  const state = selectSaleState(db, shop.merchantId, saleId);
  const stale = refuseStaleDraft(scope, saleId, state, input.revision);
  if (stale !== null) return stale;
  const policy = pricingPolicyOf(scope);
  const found = memberOfDraft(scope, input.draft);
  if ('reason' in found) return found;
  const { member } = found;
  const standings = member === null ? [] : standingsOf(scope, member, selectLiveProgrammes(db, shop.merchantId));
  const sale = state === null ? freshSale(scope, input, policy, standings) : frozenSale(scope, input);
  if ('reason' in sale) return sale;
  const payment = decideTenders(sale.priced.totalMinor, tendersOf(input.tenders, sale.known), policy.cashRounding);
  if (payment.kind === 'refused') return payment;
  if (sale.isPending) settlePendingTenders(scope, saleId, sale.known, payment);
  const earningSale = earningSaleOf(sale.draft.lines, sale.priced, sale.taxMode);
  const { atMs, trustedAtMs } = moment;
  const written = writeCompletedSale(scope, {
    ...sale,
    payment,
    member,
    earningSale,
    earnings: earnInProgrammes(scope, standings, earningSale, { saleId, atMs, trustedAtMs }),
    shiftId: selectOpenShiftId(db, shop.terminalId),
    isOfTender: (tenderId) => sale.known.some((tender) => tender.tenderId === tenderId),
  });
  deleteDraft(db, shop.merchantId, saleId);
  return done(answerOf(written, sale.priced, payment, moment));
}

function answerOf(
  written: ReturnType<typeof writeCompletedSale>,
  priced: PricedSale,
  payment: Payment,
  moment: CommandScope['moment'],
): CompletedSale {
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
  input: z.output<typeof completeSaleSchema>,
  policy: PricingPolicy,
  standings: readonly Standing[],
): ToComplete | Refusal {
  const { expectedTotalMinor } = input;
  const sellable = decideSellable(scope, input.draft, { policy, standings, expectedTotalMinor });
  if (sellable.kind === 'refused') return sellable;
  const { draft, priced, taken } = sellable;
  const kept = keptRewardsOf(taken, standings, () => scope.newId());
  return { draft, priced, taken, kept, taxMode: policy.taxMode, known: [], isPending: false };
}

/** A sale whose payment has begun keeps the prices that were frozen then. */
function frozenSale(
  scope: CommandScope,
  { draft, expectedTotalMinor }: z.output<typeof completeSaleSchema>,
): ToComplete | Refusal {
  const stored = mustHave(selectSale(scope.db, scope.shop.merchantId, draft.saleId), 'the pending sale');
  const items = selectItems(scope.db, draft.saleId);
  if (!isAsFrozen(draft, items) || !hasSameRewards(draft, stored))
    return refuse('draft-changed-elsewhere', { revision: 0 });
  if (expectedTotalMinor !== stored.totalMinor) return refuse('price-changed', { totalMinor: stored.totalMinor });
  const known = selectTenders(scope.db, draft.saleId);
  const priced = pricedAsFrozen(stored, items);
  const kept = loyaltyOf(stored)?.taken ?? [];
  return { draft, priced, taxMode: stored.taxMode, known, isPending: true, taken: [], kept };
}

/** A tender that has been declined or given up does not pay, whatever a screen still holds. */
function tendersOf(given: readonly TenderDraft[], known: readonly StoredTender[]): TenderDraft[] {
  const dead = new Set(
    known.filter(({ status }) => status === 'declined' || status === 'given-up').map(({ tenderId }) => tenderId),
  );
  return given.filter((tender) => !dead.has(tender.tenderId));
}
