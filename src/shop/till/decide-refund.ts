import { type CashRounding, roundCashBack, roundCashDue } from '../money/cash-rounding.ts';
import { mulDiv, sumOf } from '../money/money.ts';
import type { TracedStep } from '../money/trace.ts';
import { must } from '../must.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type SoldShares, sharesBetween } from '../money/line-slices.ts';
import {
  type ProgrammeReversal,
  type RedemptionReturn,
  returnSteps,
  returnsOf,
  reversalsOf,
  type SoldEarning,
  type SoldFacts,
  type SoldRedemption,
} from './refund-points.ts';
import { refundSteps } from './refund-steps.ts';
import type { BookedTenderKind, PayingKind, TaxMode, TenderKind } from './sale.ts';
import { returnStoredValue, type StoredValueReturn, type StoredValueTender } from './stored-value.ts';

/** A line of a completed sale with its frozen shares and what earlier refunds took of it. */
export interface SoldLine extends SoldShares, SoldFacts {
  readonly lineId: string;
  readonly refundedThousandths: number;
}

/** A completed sale as a refund sees it: everything was frozen when it was paid. */
export interface SoldSale {
  readonly lines: readonly SoldLine[];
  readonly taxMode: TaxMode;
  readonly totalMinor: number;
  readonly cashRoundingMinor: number;
  /** What was paid otherwise than in cash, stored value included. */
  readonly nonCashMinor: number;
  /** What stored value paid, in the order in which it gets its money back: before any other way (C-52). */
  readonly storedValueFirst?: readonly StoredValueTender[];
  /** The shop's rule for cash. */
  readonly cashRounding: CashRounding;
  /** What the sale earned, by programme; none without a customer. */
  readonly earnings: readonly SoldEarning[];
  /** What the sale used of the customer's points. */
  readonly redemptions?: readonly SoldRedemption[];
}

/** What earlier refunds of the sale settled. */
export interface EarlierRefunds {
  /** Handed back, and kept for missing points. */
  readonly amountMinor: number;
  /** The part of amountMinor that went back in cash, what was kept of it included. */
  readonly cashMinor: number;
}

/** Lines and quantities to give back, and how the money goes. */
export interface RefundRequest {
  readonly lines: readonly { readonly lineId: string; readonly quantityThousandths: number }[];
  /** Credit: what is handed back becomes credit, on the customer's account or on a gift card (W5). */
  readonly tenderKind: PayingKind;
  /** What the shop keeps for points that the customer no longer has (C-10), as far as money goes back. */
  readonly deductMinor?: number;
}

/** One line of a refund: amountMinor is its payable share, tax included. */
interface RefundedLine {
  readonly lineId: string;
  readonly quantityThousandths: number;
  readonly amountMinor: number;
  readonly taxMinor: number;
  readonly netMinor: number;
}

/**
 * amountMinor = sum of the lines + cashRoundingMinor = tenders + storedValue + deductedMinor: what the refund settles.
 * Points go the other way: pointsReversed are taken back, pointsReturned go back to the lots that they came from.
 */
export interface RefundDecision {
  readonly kind: 'refund';
  readonly lines: readonly RefundedLine[];
  readonly amountMinor: number;
  readonly taxMinor: number;
  readonly cashRoundingMinor: number;
  /** Money handed over. */
  readonly tenders: readonly { readonly kind: BookedTenderKind; readonly amountMinor: number }[];
  /** Money that goes back to where it came from. */
  readonly storedValue: readonly StoredValueReturn[];
  readonly deductedMinor: number;
  readonly pointsReversed: number;
  readonly reversals: readonly ProgrammeReversal[];
  readonly pointsReturned: number;
  readonly returns: readonly RedemptionReturn[];
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
  const amounts = settle(sale, earlier, lines, request);
  const takenOf = (line: SoldLine): number => wanted.get(line.lineId) ?? 0;
  const { reversals, trace } = reversalsOf(sale, takenOf);
  const returns = returnsOf(sale, takenOf);
  return {
    kind: 'refund',
    lines,
    ...amounts,
    taxMinor: sumOf(lines.map((line) => line.taxMinor)),
    reversals,
    pointsReversed: sumOf(reversals.map((reversal) => reversal.points)),
    returns,
    pointsReturned: sumOf(returns.map((each) => each.points)),
    isComplete: sale.lines.every((line) => line.refundedThousandths + takenOf(line) === line.quantityThousandths),
    trace: [...refundSteps(lines, amounts, request.deductMinor ?? 0), ...trace, ...returnSteps(returns)],
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

type Settled = Pick<RefundDecision, 'amountMinor' | 'cashRoundingMinor' | 'tenders' | 'storedValue' | 'deductedMinor'>;

/**
 * The money: what was paid, less what would be paid for the remaining lines under the same cash rounding, less what
 * earlier refunds settled (C-53). Stored value gets its part first (C-52). Handed back in cash, a part is rounded by the
 * region's rule, never beyond what was paid; the last refund hands back all that is left, so that refunds always sum to
 * what was paid.
 */
function settle(
  sale: SoldSale,
  earlier: EarlierRefunds,
  lines: readonly RefundedLine[],
  { tenderKind, deductMinor = 0 }: RefundRequest,
): Settled {
  const paidMinor = sale.totalMinor + sale.cashRoundingMinor;
  const refundedMinor = sumOf(sale.lines.map((line) => sharesBetween(line, 0, line.refundedThousandths).payableMinor));
  const linesMinor = sumOf(lines.map((line) => line.amountMinor));
  const remainingMinor = sale.totalMinor - refundedMinor - linesMinor;
  must(remainingMinor >= 0, 'a refund leaves nothing negative');
  const dueBackMinor = remainingMinor === sale.totalMinor ? 0 : paidMinor - keptFor(sale, remainingMinor);
  const storedValue = returnStoredValue(sale.storedValueFirst ?? [], Math.max(0, dueBackMinor - earlier.amountMinor));
  const storedMinor = sumOf(storedValue.map((each) => each.amountMinor));
  const otherwiseMinor = earlier.amountMinor - earlier.cashMinor + storedMinor;
  const targetMinor =
    tenderKind === 'cash' && remainingMinor > 0
      ? otherwiseMinor + roundCashBack(Math.max(0, dueBackMinor - otherwiseMinor), sale.cashRounding)
      : dueBackMinor;
  const amountMinor = Math.max(storedMinor, Math.min(targetMinor, paidMinor) - earlier.amountMinor);
  const stepMinor = tenderKind === 'cash' ? sale.cashRounding.stepMinor : 1;
  const deductedMinor = deductedFrom(amountMinor - storedMinor, deductMinor, stepMinor);
  const handedMinor = amountMinor - storedMinor - deductedMinor;
  return {
    amountMinor,
    cashRoundingMinor: amountMinor - linesMinor,
    tenders: handedMinor === 0 ? [] : [{ kind: tenderKind, amountMinor: handedMinor }],
    storedValue,
    deductedMinor,
  };
}

/** What is kept of the money: what is left to hand over can be paid in coins, the odd part in the customer's favour. */
function deductedFrom(moneyMinor: number, deductMinor: number, stepMinor: number): number {
  must(Number.isSafeInteger(deductMinor) && deductMinor >= 0, 'what is kept is not negative');
  const exactMinor = Math.max(0, moneyMinor - deductMinor);
  const handedMinor = -mulDiv(-exactMinor, 1, stepMinor, 'floor') * stepMinor || 0;
  return moneyMinor - Math.min(moneyMinor, handedMinor);
}

/**
 * What the shop keeps for the lines that remain: what was paid by card and the like first, then cash with its rounding,
 * stored value last, because it is the first to go back.
 */
function keptFor(sale: SoldSale, remainingMinor: number): number {
  const storedMinor = sumOf((sale.storedValueFirst ?? []).map((tender) => tender.amountMinor));
  const otherwiseMinor = Math.min(remainingMinor, sale.nonCashMinor - storedMinor);
  const inCashMinor = Math.min(remainingMinor - otherwiseMinor, sale.totalMinor - sale.nonCashMinor);
  const inStoredMinor = remainingMinor - otherwiseMinor - inCashMinor;
  return otherwiseMinor + inStoredMinor + roundCashDue(inCashMinor, sale.cashRounding);
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
