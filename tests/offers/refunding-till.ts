import type { CashRounding } from '#shop/money/cash-rounding.ts';
import type { Offer } from '#shop/offers/offer.ts';
import { computeEarning } from '#shop/points/earning.ts';
import { programmeOf } from '#shop/points/programme.ts';
import {
  decideRefund,
  type EarlierRefunds,
  type RefundDecision,
  type RefundRequest,
  type SoldSale,
} from '#shop/till/decide-refund.ts';
import { decideTenders } from '#shop/till/decide-tenders.ts';
import { earningSaleOf } from '#shop/till/earning-sale.ts';
import type { PricingPolicy } from '#shop/till/price-sale.ts';
import type { ManualDiscount, PointsOff, PricedSale, SaleLineDraft, TenderKind } from '#shop/till/sale.ts';
import type { StoredValueTender } from '#shop/till/stored-value.ts';
import { POLICY, priceOf } from './offer-sales.ts';

export interface Selling {
  readonly lines: readonly SaleLineDraft[];
  readonly offers?: readonly Offer[];
  readonly discount?: ManualDiscount | null;
  readonly pointsOff?: PointsOff | null;
  readonly policy?: Partial<PricingPolicy>;
  readonly creditMinor?: number;
  readonly cardMinor?: number;
  /** Points spent on each offer, by offer id. */
  readonly pricePoints?: Readonly<Record<string, number>>;
}

export interface RefundingTill {
  readonly priced: PricedSale;
  readonly earned: number;
  readonly paidMinor: number;
  readonly refund: (
    takes: readonly (readonly [line: number, thousandths: number])[],
    tenderKind?: TenderKind,
    deductMinor?: number,
  ) => RefundDecision;
  readonly leftOf: (line: number) => number;
}

const VERSION = {
  versionId: 'v',
  version: 1,
  programme: programmeOf({ name: 'P', points: 1, perMinor: 100, minimumSpendMinor: 0, expiryMonths: null }),
};

/** A till that sells once, paid by credit, card and then cash, and refunds slice by slice. */
export function sellAndRefund(selling: Selling): RefundingTill {
  const policy: PricingPolicy = { ...POLICY, ...selling.policy };
  const { lines, discount = null, pointsOff = null } = selling;
  const priced = priceOf(lines, selling.offers ?? [], policy, { discount, pointsOff });
  const items = lines.map((line, index) => ({ ...line, lineId: priced.lines[index]?.lineId ?? line.lineId }));
  const creditMinor = Math.min(selling.creditMinor ?? 0, priced.totalMinor);
  const cardMinor = Math.min(selling.cardMinor ?? 0, priced.totalMinor - creditMinor);
  const { cashRounding } = policy;
  const { paidMinor, cashRoundingMinor } = payIn(priced.totalMinor, creditMinor + cardMinor, cashRounding);
  const earned = computeEarning(earningSaleOf(items, priced, policy.taxMode, creditMinor), VERSION, null).points;
  const refunded = items.map(() => 0);
  const credit: StoredValueTender = { tenderId: 'credit', kind: 'credit', amountMinor: creditMinor, returnedMinor: 0 };
  let earlier: EarlierRefunds = { amountMinor: 0, cashMinor: 0 };
  let alreadyReversedPoints = 0;
  let returnedMinor = 0;

  const soldSale = (): SoldSale => ({
    lines: priced.lines.map((line, index) => ({
      ...line,
      quantityThousandths: items[index]?.quantityThousandths ?? 1000,
      refundedThousandths: refunded[index] ?? 0,
    })),
    taxMode: policy.taxMode,
    totalMinor: priced.totalMinor,
    cashRoundingMinor,
    nonCashMinor: creditMinor + cardMinor,
    storedValueFirst: creditMinor === 0 ? [] : [{ ...credit, returnedMinor }],
    cashRounding,
    earnings: [{ programId: 'p', points: earned, context: null, alreadyReversedPoints, version: VERSION }],
    redemptions: redemptionsOf(priced, selling.pricePoints ?? {}),
  });
  const refund: RefundingTill['refund'] = (takes, tenderKind = 'cash', deductMinor = 0) => {
    const asked = takes.map(([line, quantityThousandths]) => ({
      lineId: items[line]?.lineId ?? '',
      quantityThousandths,
    }));
    const request: RefundRequest = { tenderKind, lines: asked, deductMinor };
    const decision = decideRefund(soldSale(), earlier, request);
    if (decision.kind === 'refused') throw new Error(decision.reason);
    for (const [line, thousandths] of takes) refunded[line] = (refunded[line] ?? 0) + thousandths;
    const storedMinor = decision.storedValue.reduce((sum, each) => sum + each.amountMinor, 0);
    earlier = {
      amountMinor: earlier.amountMinor + decision.amountMinor,
      cashMinor: earlier.cashMinor + (tenderKind === 'cash' ? decision.amountMinor - storedMinor : 0),
    };
    returnedMinor += storedMinor;
    alreadyReversedPoints += decision.pointsReversed;
    return decision;
  };
  const leftOf = (line: number) => (items[line]?.quantityThousandths ?? 0) - (refunded[line] ?? 0);
  return { priced, earned, paidMinor, refund, leftOf };
}

function payIn(totalMinor: number, otherwiseMinor: number, cashRounding: CashRounding) {
  const cash = { tenderId: 'cash', kind: 'cash', amountMinor: totalMinor - otherwiseMinor } as const;
  const other = { tenderId: 'card', kind: 'card', amountMinor: otherwiseMinor } as const;
  const payment = decideTenders(totalMinor, cash.amountMinor > 0 ? [other, cash] : [other], cashRounding);
  if (payment.kind !== 'paid') throw new Error(payment.reason);
  return payment;
}

function redemptionsOf({ pointsOff, offers }: PricedSale, pricePoints: Readonly<Record<string, number>>) {
  const ofOffers = offers.flatMap(({ offerId, shares }) => {
    const points = pricePoints[offerId];
    return points === undefined ? [] : [{ redemptionId: offerId, points, shares }];
  });
  return pointsOff === null
    ? ofOffers
    : [...ofOffers, { redemptionId: 'points', points: pointsOff.points, shares: pointsOff.shares }];
}
