import { mulDiv, sumOf } from '../money/money.ts';
import type { TracedStep } from '../money/trace.ts';
import { amountOfFirst } from '../money/unit-shares.ts';
import { must } from '../must.ts';
import type { LineShare } from '../offers/offer.ts';
import type { EarningLine } from '../points/earning.ts';
import type { EarningContext } from '../points/earning-context.ts';
import type { PointsPart } from '../points/points-preview.ts';
import type { ProgrammeVersion } from '../points/programme.ts';
import { computeReversal } from '../points/reverse-earning.ts';
import type { SoldLine, SoldSale } from './decide-refund.ts';
import { sharesBetween } from '../money/line-slices.ts';

/** What of a sold line earning reads beside its money; members left out are nothing. */
export type SoldFacts = Pick<
  EarningLine,
  | 'productId'
  | 'categoryId'
  | 'tags'
  | 'freeThousandths'
  | 'orderDiscountShareMinor'
  | 'pointsShareMinor'
  | 'isStoredValue'
>;

/** What a sale earned in one programme, frozen, and what earlier refunds took back of it. */
export interface SoldEarning {
  readonly programId: string;
  readonly points: number;
  readonly parts?: readonly PointsPart[];
  readonly alreadyReversedPoints: number;
  readonly version: ProgrammeVersion;
  readonly context: EarningContext | null;
}

/** Points that a sale used for one reward, with the shares of the lines in what it took off. */
export interface SoldRedemption {
  /** What its giver knows it by: the id of its ledger entry. */
  readonly redemptionId: string;
  readonly points: number;
  readonly shares: readonly LineShare[];
}

/** What a refund takes back in one programme; the parts have negative points and include earlier refunds. */
export interface ProgrammeReversal {
  readonly programId: string;
  readonly points: number;
  readonly parts: readonly PointsPart[];
}

/** Points that a refund returns of one redemption. */
export interface RedemptionReturn {
  readonly redemptionId: string;
  readonly points: number;
  readonly usedPoints: number;
  /** How much of what the reward took off, `wholeMinor`, has gone back in all and before this refund. */
  readonly goneMinor: number;
  readonly beforeMinor: number;
  readonly wholeMinor: number;
}

type TakenOf = (line: SoldLine) => number;

/** Returns what the programmes take back: what remains of the sale is earned anew under what was frozen (C-7). */
export function reversalsOf(
  sale: SoldSale,
  takenOf: TakenOf,
): { readonly reversals: readonly ProgrammeReversal[]; readonly trace: readonly TracedStep[] } {
  const storedValueMinor = sumOf((sale.storedValueFirst ?? []).map((tender) => tender.amountMinor));
  const remaining = {
    lines: sale.lines
      .filter((line) => goneOf(line, takenOf) < line.quantityThousandths)
      .map((line) => leftOf(line, takenOf)),
    taxMode: sale.taxMode,
    paid: { storedValueMinor, totalMinor: sale.totalMinor },
  };
  const decided = sale.earnings.map((earned) => {
    const { programId, alreadyReversedPoints, version, context } = earned;
    const { points, parts, trace } = computeReversal({ earned, alreadyReversedPoints, remaining, version, context });
    return { reversal: { programId, points, parts }, trace };
  });
  return { reversals: decided.map((each) => each.reversal), trace: decided.flatMap((each) => each.trace) };
}

/**
 * Returns the points that come back of each redemption: the part of what the reward took off that belongs to the refunded
 * units (C-9). Counted from the beginning each time, so that slices sum to the whole, however they are cut.
 */
export function returnsOf(sale: SoldSale, takenOf: TakenOf): RedemptionReturn[] {
  const lines = new Map(sale.lines.map((line) => [line.lineId, line]));
  return (sale.redemptions ?? []).flatMap(({ redemptionId, points, shares }) => {
    const wholeMinor = sumOf(shares.map((share) => share.amountMinor));
    const sharesGone = (goneThousandths: (line: SoldLine) => number): number =>
      sumOf(
        shares.map(({ lineId, amountMinor }) => {
          const line = lines.get(lineId);
          must(line !== undefined, 'a reward has shares of lines of its sale');
          return amountOfFirst(amountMinor, goneThousandths(line), line.quantityThousandths);
        }),
      );
    if (wholeMinor === 0) return [];
    const goneMinor = sharesGone((line) => goneOf(line, takenOf));
    const beforeMinor = sharesGone((line) => line.refundedThousandths);
    const back = returnedBy(points, goneMinor, wholeMinor) - returnedBy(points, beforeMinor, wholeMinor);
    return back === 0 ? [] : [{ redemptionId, points: back, usedPoints: points, goneMinor, beforeMinor, wholeMinor }];
  });
}

/** The derivation of the points that come back. */
export function returnSteps(returns: readonly RedemptionReturn[]): TracedStep[] {
  return returns.map(({ redemptionId, points, usedPoints, goneMinor, beforeMinor, wholeMinor }) => ({
    what: 'points-returned',
    inputs: { redemptionId, usedPoints, goneMinor, beforeMinor, wholeMinor },
    operation: 'share-of-reward',
    rounding: 'half-away-from-zero',
    result: points,
  }));
}

function returnedBy(points: number, goneMinor: number, wholeMinor: number): number {
  return mulDiv(points, goneMinor, wholeMinor, 'half-away-from-zero');
}

function goneOf(line: SoldLine, takenOf: TakenOf): number {
  return line.refundedThousandths + takenOf(line);
}

/** What remains of a line, as earning sees it. */
function leftOf(line: SoldLine, takenOf: TakenOf): EarningLine {
  const gone = goneOf(line, takenOf);
  const left = (amount: number | undefined): number =>
    (amount ?? 0) - amountOfFirst(amount ?? 0, gone, line.quantityThousandths);
  const { netMinor, taxMinor, payableMinor } = sharesBetween(line, gone, line.quantityThousandths);
  return {
    lineId: line.lineId,
    productId: line.productId ?? null,
    categoryId: line.categoryId ?? null,
    tags: line.tags ?? [],
    isStoredValue: line.isStoredValue ?? false,
    netMinor,
    taxMinor,
    payableMinor,
    quantityThousandths: line.quantityThousandths - gone,
    freeThousandths: left(line.freeThousandths),
    orderDiscountShareMinor: left(line.orderDiscountShareMinor),
    pointsShareMinor: left(line.pointsShareMinor),
  };
}
