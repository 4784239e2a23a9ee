import { type CashRounding, roundCashBack, roundCashDue } from '../money/cash-rounding.ts';
import { sumOf } from '../money/money.ts';
import type { TracedStep } from '../money/trace.ts';
import { must } from '../must.ts';
import type { EarningLine } from '../points/earning.ts';
import type { ProgrammeVersion } from '../points/programme.ts';
import { computeReversal } from '../points/reverse-earning.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type SliceShares, type SoldShares, sharesBetween } from './line-slices.ts';
import type { TaxMode, TenderKind } from './sale.ts';

/** A line of a completed sale with its frozen shares and what earlier refunds took of it. */
interface SoldLine extends SoldShares {
  readonly lineId: string;
  readonly refundedThousandths: number;
}

/** A completed sale as a refund sees it: everything was frozen when it was paid. */
export interface SoldSale {
  readonly lines: readonly SoldLine[];
  readonly taxMode: TaxMode;
  readonly totalMinor: number;
  readonly cashRoundingMinor: number;
  /** What was paid otherwise than in cash. */
  readonly nonCashMinor: number;
  /** The shop's rule for cash. */
  readonly cashRounding: CashRounding;
  /** Null where the sale earned nothing or had no customer. */
  readonly earning: { readonly points: number; readonly version: ProgrammeVersion } | null;
}

/** What earlier refunds of the sale handed back, and the points that they took. */
export interface EarlierRefunds {
  readonly amountMinor: number;
  /** The part of amountMinor that went back in cash. */
  readonly cashMinor: number;
  readonly pointsReversed: number;
}

/** Lines and quantities to give back, and how the money goes. */
export interface RefundRequest {
  readonly lines: readonly { readonly lineId: string; readonly quantityThousandths: number }[];
  readonly tenderKind: TenderKind;
}

/** One line of a refund: amountMinor is its payable share, tax included. */
interface RefundedLine {
  readonly lineId: string;
  readonly quantityThousandths: number;
  readonly amountMinor: number;
  readonly taxMinor: number;
  readonly netMinor: number;
}

/** amountMinor = sum of the lines + cashRoundingMinor: what is handed back. */
export interface RefundDecision {
  readonly kind: 'refund';
  readonly lines: readonly RefundedLine[];
  readonly amountMinor: number;
  readonly taxMinor: number;
  readonly cashRoundingMinor: number;
  readonly tenders: readonly { readonly kind: TenderKind; readonly amountMinor: number }[];
  readonly pointsReversed: number;
  /** Nothing of the sale remains. */
  readonly isComplete: boolean;
  readonly trace: readonly TracedStep[];
}

/**
 * Returns what a refund of lines and quantities hands back and takes back, recomputed from what remains of the sale
 * under the versions frozen in it (LOYALTY.md 4). Refunding slice by slice sums to refunding at once, in money and in
 * points, and never exceeds what was paid. Refuses 'nothing-to-refund', 'not-found' for a line of another sale, and
 * 'refund-exceeds-sale' with what is left of the line.
 */
export function decideRefund(
  sale: SoldSale,
  earlier: EarlierRefunds,
  request: RefundRequest,
): RefundDecision | Refusal {
  const wanted = wantedQuantities(sale, request);
  if ('reason' in wanted) return wanted;
  const lines = sale.lines.filter((line) => (wanted.get(line.lineId) ?? 0) > 0).map((line) => refundLine(line, wanted));
  const amounts = handedBack(sale, earlier, lines, request.tenderKind);
  const remaining = sale.lines.map((line) => remainderOf(line, wanted.get(line.lineId) ?? 0));
  const points = pointsTakenBack(sale, earlier, remaining);
  return {
    kind: 'refund',
    lines,
    ...amounts,
    taxMinor: sumOf(lines.map((line) => line.taxMinor)),
    tenders: amounts.amountMinor === 0 ? [] : [{ kind: request.tenderKind, amountMinor: amounts.amountMinor }],
    pointsReversed: points.points,
    isComplete: remaining.every((line) => line.leftThousandths === 0),
    trace: [...stepsOf(lines, amounts), ...points.trace],
  };
}

function wantedQuantities(sale: SoldSale, request: RefundRequest): ReadonlyMap<string, number> | Refusal {
  const wanted = new Map<string, number>();
  const sold = new Map(sale.lines.map((line) => [line.lineId, line]));
  for (const { lineId, quantityThousandths } of request.lines) {
    must(Number.isSafeInteger(quantityThousandths) && quantityThousandths >= 0, 'a refunded quantity is not negative');
    const line = sold.get(lineId);
    if (line === undefined) return refuse('not-found', { kind: 'sale-line', lineId });
    const total = (wanted.get(lineId) ?? 0) + quantityThousandths;
    const leftThousandths = line.quantityThousandths - line.refundedThousandths;
    if (total > leftThousandths) return refuse('refund-exceeds-sale', { lineId, leftThousandths });
    wanted.set(lineId, total);
  }
  if (![...wanted.values()].some((quantity) => quantity > 0)) return refuse('nothing-to-refund');
  return wanted;
}

function refundLine(line: SoldLine, wanted: ReadonlyMap<string, number>): RefundedLine {
  const quantityThousandths = wanted.get(line.lineId) ?? 0;
  const slice = sharesBetween(line, line.refundedThousandths, line.refundedThousandths + quantityThousandths);
  const { netMinor, taxMinor, payableMinor } = slice;
  return { lineId: line.lineId, quantityThousandths, amountMinor: payableMinor, taxMinor, netMinor };
}

type RemainingLine = EarningLine & SliceShares & { readonly leftThousandths: number };

function remainderOf(line: SoldLine, takenThousandths: number): RemainingLine {
  const gone = line.refundedThousandths + takenThousandths;
  const shares = sharesBetween(line, gone, line.quantityThousandths);
  return { lineId: line.lineId, ...shares, leftThousandths: line.quantityThousandths - gone };
}

/**
 * The money: what was paid, less what would be paid for the remaining lines under the same cash rounding, less what
 * earlier refunds handed back (C-53). Handed back in cash, a part is rounded by the region's rule, never beyond what was
 * paid; the last refund hands back all that is left, so that refunds always sum to what was paid.
 */
function handedBack(
  sale: SoldSale,
  earlier: EarlierRefunds,
  lines: readonly RefundedLine[],
  tenderKind: TenderKind,
): { readonly amountMinor: number; readonly cashRoundingMinor: number } {
  const paidMinor = sale.totalMinor + sale.cashRoundingMinor;
  const refundedMinor = sumOf(sale.lines.map((line) => sharesBetween(line, 0, line.refundedThousandths).payableMinor));
  const linesMinor = sumOf(lines.map((line) => line.amountMinor));
  const remainingMinor = sale.totalMinor - refundedMinor - linesMinor;
  must(remainingMinor >= 0, 'a refund leaves nothing negative');
  const dueBackMinor = paidMinor - keptFor(sale, remainingMinor);
  const otherwiseMinor = earlier.amountMinor - earlier.cashMinor;
  const targetMinor =
    tenderKind === 'cash' && remainingMinor > 0
      ? otherwiseMinor + roundCashBack(Math.max(0, dueBackMinor - otherwiseMinor), sale.cashRounding)
      : dueBackMinor;
  const amountMinor = Math.max(0, Math.min(targetMinor, paidMinor) - earlier.amountMinor);
  return { amountMinor, cashRoundingMinor: amountMinor - linesMinor };
}

/** What the shop keeps for the lines that remain: paid otherwise first, the rest in cash with its rounding. */
function keptFor(sale: SoldSale, remainingMinor: number): number {
  const paidMinor = sale.totalMinor + sale.cashRoundingMinor;
  if (remainingMinor === sale.totalMinor) return paidMinor;
  const otherwiseMinor = Math.min(remainingMinor, sale.nonCashMinor);
  const inCashMinor = remainingMinor - otherwiseMinor;
  return Math.min(paidMinor, otherwiseMinor + roundCashDue(inCashMinor, sale.cashRounding));
}

function pointsTakenBack(
  sale: SoldSale,
  earlier: EarlierRefunds,
  remaining: readonly RemainingLine[],
): { readonly points: number; readonly trace: readonly TracedStep[] } {
  if (sale.earning === null) return { points: 0, trace: [] };
  return computeReversal({
    earned: sale.earning,
    alreadyReversedPoints: earlier.pointsReversed,
    remaining: { lines: remaining.filter((line) => line.leftThousandths > 0), taxMode: sale.taxMode },
    version: sale.earning.version,
  });
}

function stepsOf(
  lines: readonly RefundedLine[],
  amounts: { readonly amountMinor: number; readonly cashRoundingMinor: number },
): TracedStep[] {
  const steps: TracedStep[] = lines.map((line) => ({
    what: 'refund-line',
    inputs: { lineId: line.lineId, quantityThousandths: line.quantityThousandths, netMinor: line.netMinor },
    operation: 'share-of-units',
    rounding: 'largest-remainder',
    result: line.amountMinor,
  }));
  const { amountMinor, cashRoundingMinor } = amounts;
  steps.push({
    what: 'refund',
    inputs: { cashRoundingMinor },
    operation: 'paid-minus-kept',
    rounding: 'none',
    result: amountMinor,
  });
  return steps;
}

/** The way in which most of a sale was paid: what a refund proposes first. */
export function usualRefundTender(
  tenders: readonly { readonly kind: TenderKind; readonly amountMinor: number }[],
): TenderKind {
  const byKind = new Map<TenderKind, number>();
  for (const { kind, amountMinor } of tenders) byKind.set(kind, (byKind.get(kind) ?? 0) + amountMinor);
  const best = [...byKind].sort(([, a], [, b]) => b - a)[0];
  return best?.[0] ?? 'cash';
}
