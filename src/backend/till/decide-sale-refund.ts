import { z } from 'zod';
import type { CashRounding } from '#shop/money/cash-rounding.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { sumOf } from '#shop/money/money.ts';
import { earningContextSchema } from '#shop/points/earning-context.ts';
import type { PointsPart } from '#shop/points/points-preview.ts';
import { type Refusal, refuse } from '#shop/refusal.ts';
import {
  decideRefund,
  type RefundDecision,
  type SoldLine,
  type SoldSale,
  usualRefundTender,
} from '#shop/till/decide-refund.ts';
import type { SoldShares } from '#shop/money/line-slices.ts';
import type { SoldEarning } from '#shop/till/refund-points.ts';
import { MAX_SALE_LINES, tenderKindSchema } from '#shop/till/sale-draft-schema.ts';
import type { BookedTenderKind, PayingKind, TenderKind } from '#shop/till/sale.ts';
import { returnedValueOf, type SplitAmount } from '#shop/till/goods-sold.ts';
import { storedValueOf } from '#shop/till/sold-value.ts';
import { type BookedOfSale, selectBookedOfSale } from '../points/ledger-store.ts';
import { selectProgrammeVersion, type StoredVersion } from '../points/programmes-store.ts';
import { decideNegatives, entryOf } from '../ledger/decide-negatives.ts';
import type { SalePointsToReverse } from '../ledger/reverse-sale-points.ts';
import type { PointsScope } from '../ledger/standing.ts';
import { selectCreditAccount } from '../credit/credit-accounts-store.ts';
import type { ReadableDb } from '../db/database.ts';
import { selectCustomer } from '../customers/customers-store.ts';
import { type ComingBack, decideGiveBack, type ValueToGiveBack } from '../value/decide-give-back.ts';
import { selectDiscounts } from './discounts-store.ts';
import { selectEarlierRefunds } from './refunds-store.ts';
import type { ShopScope } from './sale-policy.ts';
import { cashRoundingOf, frozenTagsOf } from './sale-lines.ts';
import { selectItems, selectSale, selectTenders, type StoredSale } from './sales-store.ts';

type RefundScope = ShopScope & PointsScope;

export const refundLinesSchema = z
  .array(z.strictObject({ lineId: idSchema, quantityThousandths: z.int().min(0).max(1_000_000_000) }))
  .max(MAX_SALE_LINES);

/** How a refund is handed back; a gift card that is not named is a new one. */
export const refundTenderSchema = z.enum([...tenderKindSchema.options, 'credit', 'gift-card']);

export const previewRefundSchema = z.strictObject({
  saleId: idSchema,
  lines: refundLinesSchema,
  tenderKind: refundTenderSchema.optional(),
  accountId: idSchema.optional(),
});

export interface DecidedRefund {
  readonly kind: 'decided';
  readonly sale: StoredSale;
  readonly decision: RefundDecision;
  /** How its money goes back, and the rule by which cash does. */
  readonly tenderKind: PayingKind;
  /** The gift card that it goes to; null for a new one, and for everything else. */
  readonly accountId: string | null;
  readonly cashRounding: CashRounding;
  /** Lines that sold credit or the like: nothing that was spent. */
  readonly storedValueLineIds: ReadonlySet<string>;
  /** What earlier refunds of the sale took back, goods and stored value. */
  readonly earlier: SplitAmount;
  /** What goes the other way in points, by the entries that the sale booked. */
  readonly points: DecidedPoints;
  /** Vouchers, units of passes, and what was sold of value, that go the other way. */
  readonly value: ValueToGiveBack;
}

export type DecidedPoints = Pick<SalePointsToReverse, 'returns' | 'reversals' | 'adjustments'>;

/**
 * Decides a refund from the sale as it was frozen and what earlier refunds took; preview and commit call the same. Where a
 * programme keeps money for missing points (C-10), the money is settled again with what is kept.
 * Refuses 'not-found', 'sale-not-completed', 'sale-needs-customer' for credit of nobody, and as decideRefund and
 * decideGiveBack do.
 */
export function decideSaleRefund(
  scope: RefundScope,
  request: z.output<typeof previewRefundSchema>,
): DecidedRefund | Refusal {
  const { db, shop } = scope;
  const sale = selectSale(db, shop.merchantId, request.saleId);
  if (sale === null) return refuse('not-found', { kind: 'sale' });
  if (sale.status !== 'completed') return refuse('sale-not-completed', { status: sale.status });
  const paid = selectTenders(db, sale.saleId).filter((tender) => tender.status === 'approved');
  const booked = selectBookedOfSale(db, sale.saleId);
  const plain = soldSaleOf(scope, sale, paid, booked);
  const tenderKind = request.tenderKind ?? usualTenderOf(paid);
  const refused = refuseTender(scope, sale, tenderKind, request.accountId ?? null);
  if (refused !== null) return refused;
  const value = decideGiveBack(scope, comingBackOf(db, sale.saleId, plain.lines, request.lines));
  if ('reason' in value) return value;
  const sold = { ...plain, storedValueFirst: storedValueOf(value.paid, value.units) };
  const earlier = selectEarlierRefunds(db, sale.saleId);
  const wanted = { lines: request.lines, tenderKind };
  const first = decideRefund(sold, earlier, wanted);
  if (first.kind === 'refused') return first;
  const moneyMinor = sumOf(first.tenders.map(({ amountMinor }) => amountMinor));
  const negative = decideNegatives(scope, sale, booked, { ...first, moneyMinor });
  const decision = negative.deductMinor === 0 ? first : decideRefund(sold, earlier, { ...wanted, ...negative });
  if (decision.kind === 'refused') return decision;
  const points = { ...pointsOf(booked, decision), adjustments: negative.adjustments };
  return {
    kind: 'decided',
    sale,
    decision: { ...decision, trace: [...decision.trace, ...negative.trace] },
    ...{ tenderKind, accountId: request.accountId ?? null, value },
    cashRounding: sold.cashRounding,
    storedValueLineIds: new Set(sold.lines.filter((line) => line.isStoredValue).map(({ lineId }) => lineId)),
    earlier,
    points,
  };
}

/** What of a refund, as its ticket settles it, takes sold stored value back. */
export function soldValueBack({ sale, earlier, decision, storedValueLineIds }: DecidedRefund): number {
  const lines = decision.lines.map((line) => ({ ...line, isStoredValue: storedValueLineIds.has(line.lineId) }));
  return returnedValueOf(sale, earlier, { amountMinor: decision.amountMinor, lines });
}

/** The sale as a refund sees it: what was frozen when it was paid. */
export function soldSaleOf(
  { db, shop, env }: RefundScope,
  sale: StoredSale,
  paid: readonly { readonly kind: string; readonly amountMinor: number }[],
  booked: readonly BookedOfSale[],
): SoldSale {
  const discounts = booked.some(({ kind }) => kind === 'redeem') ? selectDiscounts(db, sale.saleId) : [];
  return {
    lines: selectItems(db, sale.saleId).map((item) => ({
      ...item,
      isStoredValue: item.isStoredValue === 1,
      tags: frozenTagsOf(item),
    })),
    taxMode: sale.taxMode,
    totalMinor: sale.totalMinor,
    cashRoundingMinor: sale.cashRoundingMinor,
    nonCashMinor: paid.reduce((sum, { kind, amountMinor }) => sum + (kind === 'cash' ? 0 : amountMinor), 0),
    cashRounding: cashRoundingOf(sale) ?? env.settings().cashRounding,
    earnings: booked.flatMap((entry) => {
      const version = entry.kind === 'earn' ? selectProgrammeVersion(db, shop.merchantId, entry.versionId ?? '') : null;
      return version === null ? [] : [soldEarningOf(entry, version)];
    }),
    redemptions: booked
      .filter(({ kind }) => kind === 'redeem')
      .map(({ offerId: redemptionId, points }) => ({
        redemptionId,
        points: -points,
        shares: discounts.filter(({ offerId }) => offerId === redemptionId),
      })),
  };
}

function soldEarningOf(entry: BookedOfSale, version: StoredVersion): SoldEarning {
  return {
    programId: entry.programId,
    points: entry.points,
    parts: JSON.parse(entry.parts) as PointsPart[],
    alreadyReversedPoints: entry.reversedPoints,
    version,
    context: entry.context === null ? null : earningContextSchema.parse(JSON.parse(entry.context)),
  };
}

/** Which entries the decided points belong to. */
function pointsOf(
  booked: readonly BookedOfSale[],
  { reversals, returns }: RefundDecision,
): Pick<DecidedPoints, 'reversals' | 'returns'> {
  return {
    reversals: reversals.map(({ programId, points }) => ({
      entry: entryOf(booked, 'earn', 'programId', programId),
      points,
    })),
    returns: returns.map(({ redemptionId, points }) => ({
      entry: entryOf(booked, 'redeem', 'offerId', redemptionId),
      points,
    })),
  };
}

function usualTenderOf(
  paid: readonly { readonly kind: BookedTenderKind | 'external'; readonly amountMinor: number }[],
): TenderKind {
  return usualRefundTender(
    paid.flatMap(({ kind, amountMinor }) => {
      if (kind === 'credit' || kind === 'gift-card' || kind === 'package') return [];
      return [{ kind: kind === 'cash' || kind === 'card' ? kind : ('other' as const), amountMinor }];
    }),
  );
}

/** Who gets the money as credit must be somebody, and the card must be one. */
function refuseTender(
  { db, shop }: RefundScope,
  { customerId }: StoredSale,
  tenderKind: PayingKind,
  accountId: string | null,
): Refusal | null {
  if (tenderKind === 'credit') {
    const customer = customerId === null ? null : selectCustomer(db, shop.merchantId, customerId);
    return customer === null || customer.status === 'erased' ? refuse('sale-needs-customer') : null;
  }
  const card = accountId === null ? null : selectCreditAccount(db, shop.merchantId, accountId);
  if (accountId === null || (tenderKind === 'gift-card' && card?.kind === 'gift-card')) return null;
  return refuse('not-found', { kind: 'gift-card' });
}

/** The sale as it stands once lines have come back; what is no line of it, or too much, decideRefund refuses. */
export function comingBackOf(
  db: ReadableDb,
  saleId: string,
  lines: readonly (SoldShares & Pick<SoldLine, 'lineId' | 'refundedThousandths'>)[],
  wanted: readonly { readonly lineId: string; readonly quantityThousandths: number }[],
): ComingBack {
  const goneOf = ({ lineId, refundedThousandths, quantityThousandths }: (typeof lines)[number]): number => {
    const asked = wanted.filter((each) => each.lineId === lineId).map((each) => each.quantityThousandths);
    return Math.min(quantityThousandths, refundedThousandths + sumOf(asked));
  };
  return {
    saleId,
    lines: lines.map((line) => ({ ...line, goneThousandths: goneOf(line) })),
    discounts: selectDiscounts(db, saleId),
  };
}
