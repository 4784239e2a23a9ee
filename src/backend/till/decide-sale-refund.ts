import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { sumOf } from '#shop/money/money.ts';
import type { TracedStep } from '#shop/money/trace.ts';
import { mustHave } from '#shop/must.ts';
import { balanceAfterRefund } from '#shop/points/balance-after-refund.ts';
import { decideNegative } from '#shop/points/decide-negative.ts';
import { earningContextSchema } from '#shop/points/earning-context.ts';
import type { PointsPart } from '#shop/points/points-preview.ts';
import { type Refusal, refuse } from '#shop/refusal.ts';
import { decideRefund, type RefundDecision, type SoldSale, usualRefundTender } from '#shop/till/decide-refund.ts';
import type { SoldEarning } from '#shop/till/refund-points.ts';
import { MAX_SALE_LINES, tenderKindSchema } from '#shop/till/sale-draft-schema.ts';
import type { TenderKind } from '#shop/till/sale.ts';
import { type Holder, selectHolder } from '../points/accounts-store.ts';
import { type BookedOfSale, selectBookedOfSale } from '../points/ledger-store.ts';
import { selectProgrammeVersion, type StoredVersion } from '../points/programmes-store.ts';
import type { PointsToAdjust, SalePointsToReverse } from '../ledger/reverse-sale-points.ts';
import { type PointsScope, standingsOf } from '../ledger/standing.ts';
import { selectDiscounts } from './discounts-store.ts';
import { selectEarlierRefunds } from './refunds-store.ts';
import type { ShopScope } from './sale-policy.ts';
import { selectItems, selectSale, selectTenders, type StoredSale } from './sales-store.ts';

type RefundScope = ShopScope & PointsScope;

export const refundLinesSchema = z
  .array(z.strictObject({ lineId: idSchema, quantityThousandths: z.int().min(0).max(1_000_000_000) }))
  .max(MAX_SALE_LINES);

export const previewRefundSchema = z.strictObject({
  saleId: idSchema,
  lines: refundLinesSchema,
  tenderKind: tenderKindSchema.optional(),
});

export interface DecidedRefund {
  readonly kind: 'decided';
  readonly sale: StoredSale;
  readonly decision: RefundDecision;
  /** What goes the other way in points, by the entries that the sale booked. */
  readonly points: DecidedPoints;
}

export type DecidedPoints = Pick<SalePointsToReverse, 'returns' | 'reversals' | 'adjustments'>;

/**
 * Decides a refund from the sale as it was frozen and what earlier refunds took; preview and commit call the same. Where a
 * programme keeps money for missing points (C-10), the money is settled again with what is kept.
 * Refuses 'not-found', 'sale-not-completed', and as decideRefund does.
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
  const sold = soldSaleOf(scope, sale, paid, booked);
  const earlier = selectEarlierRefunds(db, sale.saleId);
  const wanted = { lines: request.lines, tenderKind: request.tenderKind ?? usualTenderOf(paid) };
  const first = decideRefund(sold, earlier, wanted);
  if (first.kind === 'refused') return first;
  const moneyMinor = sumOf(first.tenders.map(({ amountMinor }) => amountMinor));
  const negative = decideNegatives(scope, sale, booked, { ...first, moneyMinor });
  const decision = negative.deductMinor === 0 ? first : decideRefund(sold, earlier, { ...wanted, ...negative });
  if (decision.kind === 'refused') return decision;
  const points = { ...pointsOf(booked, decision), adjustments: negative.adjustments };
  return { kind: 'decided', sale, decision: { ...decision, trace: [...decision.trace, ...negative.trace] }, points };
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
    lines: selectItems(db, sale.saleId).map((item) => ({ ...item, isStoredValue: item.isStoredValue === 1 })),
    taxMode: sale.taxMode,
    totalMinor: sale.totalMinor,
    cashRoundingMinor: sale.cashRoundingMinor,
    nonCashMinor: paid.reduce((sum, { kind, amountMinor }) => sum + (kind === 'cash' ? 0 : amountMinor), 0),
    cashRounding: env.settings().cashRounding,
    earnings: booked.flatMap((entry) => {
      const version = entry.kind === 'earn' ? selectProgrammeVersion(db, shop.merchantId, entry.versionId ?? '') : null;
      return version === null ? [] : [soldEarningOf(entry, version)];
    }),
    redemptions: booked
      .filter(({ kind }) => kind === 'redeem')
      .map(({ entryId, points }) => ({
        redemptionId: entryId,
        points: -points,
        shares: discounts.filter(({ offerId }) => offerId === entryId),
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
      entry: entryOf(booked, 'redeem', 'entryId', redemptionId),
      points,
    })),
  };
}

function entryOf(
  booked: readonly BookedOfSale[],
  kind: BookedOfSale['kind'],
  by: 'programId' | 'entryId',
  id: string,
): BookedOfSale {
  return mustHave(
    booked.find((entry) => entry.kind === kind && entry[by] === id),
    'the entry that a refund reverses',
  );
}

interface Negatives {
  readonly deductMinor: number;
  readonly adjustments: readonly PointsToAdjust[];
  readonly trace: readonly TracedStep[];
}

/** What of a refund or a cancellation decides about a balance below zero. */
interface TakenBack {
  readonly reversals: RefundDecision['reversals'];
  readonly returns: readonly Pick<RefundDecision['returns'][number], 'redemptionId' | 'points'>[];
  /** The money that goes back. */
  readonly moneyMinor: number;
}

/** What each programme does about a balance that taking back brings below zero (C-10), under the version of the sale. */
export function decideNegatives(
  scope: RefundScope,
  { customerId }: Pick<StoredSale, 'customerId'>,
  booked: readonly BookedOfSale[],
  taken: TakenBack,
): Negatives {
  const { db, shop } = scope;
  const holder = customerId === null ? null : selectHolder(db, shop.merchantId, customerId);
  if (holder === null || taken.reversals.every(({ points }) => points === 0))
    return { deductMinor: 0, adjustments: [], trace: [] };
  let { moneyMinor } = taken;
  let deductMinor = 0;
  const adjustments: PointsToAdjust[] = [];
  const trace: TracedStep[] = [];
  for (const { programId, points } of taken.reversals) {
    const { versionId } = entryOf(booked, 'earn', 'programId', programId);
    const version = mustHave(selectProgrammeVersion(db, shop.merchantId, versionId ?? ''), 'the version of an earning');
    const { negativeBalance, pointValue } = version.programme;
    if (points === 0 || negativeBalance === 'ALLOW_NEGATIVE') continue;
    const { before, after } = balancesOf(scope, { holder, booked, taken, version, points });
    const negative = decideNegative({
      policy: negativeBalance,
      balanceAfter: after,
      reversedPoints: Math.max(0, before - after),
      refundMinor: moneyMinor,
      pointValue,
    });
    trace.push(...negative.trace);
    moneyMinor -= negative.deductedMinor;
    deductMinor += negative.deductedMinor;
    if (negative.reason !== null)
      adjustments.push({ programId, points: negative.adjustPoints, reason: negative.reason });
  }
  return { deductMinor, adjustments, trace };
}

/** Where points went to another record with their owner, what that one has counts too (C-48). */
function balancesOf(
  scope: RefundScope,
  given: {
    readonly holder: Holder;
    readonly booked: readonly BookedOfSale[];
    readonly taken: TakenBack;
    readonly version: StoredVersion;
    readonly points: number;
  },
): { readonly before: number; readonly after: number } {
  const { db, shop, moment } = scope;
  const { holder, booked, version, points } = given;
  const { programId } = version;
  const balances = balanceAfterRefund({
    entries: standingsOf(scope, holder, [version]).flatMap((standing) => standing.entries()),
    earnEntryId: entryOf(booked, 'earn', 'programId', programId).entryId,
    reversedPoints: points,
    returns: given.taken.returns
      .filter(({ redemptionId }) => entryOf(booked, 'redeem', 'entryId', redemptionId).programId === programId)
      .map((each) => ({ redeemEntryId: each.redemptionId, points: each.points })),
    atMs: moment.trustedAtMs,
    graceDays: version.programme.refundGraceDays,
    zone: shop.timeZone,
  });
  const survivor = holder.mergedInto === null ? null : selectHolder(db, shop.merchantId, holder.mergedInto);
  const [elsewhere] = survivor === null ? [] : standingsOf(scope, survivor, [version]);
  const more = elsewhere?.balance() ?? 0;
  return { before: balances.before + more, after: balances.after + more };
}

function usualTenderOf(
  paid: readonly { readonly kind: TenderKind | 'external' | 'exchange'; readonly amountMinor: number }[],
): TenderKind {
  return usualRefundTender(
    paid.map(({ kind, amountMinor }) => ({
      kind: kind === 'external' || kind === 'exchange' ? 'other' : kind,
      amountMinor,
    })),
  );
}
