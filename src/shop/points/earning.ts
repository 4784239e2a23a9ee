import { sumOf, mulDiv } from '../money/money.ts';
import type { TracedStep } from '../money/trace.ts';
import type { EarningBase, EarningRule, ProgrammeVersion } from './programme.ts';
import type { PointsPart, PointsPreview } from './points-preview.ts';

/** What of a line counts for earning: its shares after every discount, as frozen in the sale. */
export interface EarningLine {
  readonly lineId: string;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
}

/** A sale, or what remains of it, as the programme sees it. */
export interface EarningSale {
  readonly lines: readonly EarningLine[];
  readonly taxMode: 'inclusive' | 'exclusive';
}

/** The points of a sale with their parts and the way to them. */
export interface Earning {
  readonly points: number;
  readonly parts: readonly PointsPart[];
  readonly minimumMet: boolean;
  readonly baseMinor: number;
  readonly trace: readonly TracedStep[];
}

/**
 * Returns the points that a sale earns under a programme version: each rule floors once over the whole sale, never per
 * line (C-1, C-2). Below the minimum spend nothing is earned. The same function serves preview, commit and refund.
 */
export function computeEarning(sale: EarningSale, version: ProgrammeVersion): Earning {
  const { programme } = version;
  const baseMinor = sumOf(sale.lines.map((line) => earningBaseOf(line, sale.taxMode, programme.base)));
  const minimumMet = baseMinor >= programme.minimumSpendMinor;
  const trace: TracedStep[] = [
    {
      what: 'earning-base',
      inputs: { programmeVersion: version.version, base: programme.base, lines: sale.lines.length },
      operation: 'sum-of-shares',
      rounding: 'none',
      result: baseMinor,
    },
  ];
  if (!minimumMet) {
    trace.push({
      what: 'minimum-spend',
      inputs: { baseMinor, minimumSpendMinor: programme.minimumSpendMinor },
      operation: 'below-minimum',
      rounding: 'none',
      result: 0,
    });
    return { points: 0, parts: [], minimumMet, baseMinor, trace };
  }
  const parts: PointsPart[] = [];
  for (const rule of programme.rules) {
    const step = EARN_BY_KIND[rule.kind](rule, baseMinor);
    trace.push(step);
    parts.push({ ruleId: rule.ruleId, kind: 'base', points: step.result });
  }
  return { points: sumOf(parts.map((part) => part.points)), parts, minimumMet, baseMinor, trace };
}

/** Earning of an amount without lines: a sale that was rung up elsewhere. The amount is what the customer paid. */
export function computeAmountEarning(amountMinor: number, version: ProgrammeVersion): Earning {
  const line = { lineId: 'amount', netMinor: amountMinor, taxMinor: 0, payableMinor: amountMinor };
  return computeEarning({ lines: [line], taxMode: 'inclusive' }, version);
}

/** What the till and the award screen show: the earning and what becomes of the balance. */
export function previewPoints(earning: Earning, version: ProgrammeVersion, balanceBefore: number): PointsPreview {
  return {
    programmeVersionId: version.versionId,
    points: earning.points,
    parts: earning.parts,
    balanceBefore,
    balanceAfter: balanceBefore + earning.points,
    minimumMet: earning.minimumMet,
    trace: earning.trace,
  };
}

/**
 * Returns how many points a refund takes back: what the sale earned, less what its remaining lines earn under the same
 * version, less what earlier refunds took. Slicing a refund gives the same sum as doing it at once (C-7), and a
 * programme changed since has no say (C-11). Never negative.
 */
export function computePointsToReverse(given: {
  readonly earnedPoints: number;
  readonly alreadyReversedPoints: number;
  readonly remaining: EarningSale;
  readonly version: ProgrammeVersion;
}): { readonly points: number; readonly trace: readonly TracedStep[] } {
  const keeps = given.remaining.lines.length === 0 ? 0 : computeEarning(given.remaining, given.version).points;
  const points = Math.max(0, given.earnedPoints - keeps - given.alreadyReversedPoints);
  const inputs = {
    earnedPoints: given.earnedPoints,
    remainingPoints: keeps,
    alreadyReversedPoints: given.alreadyReversedPoints,
    programmeVersion: given.version.version,
  };
  return {
    points,
    trace: [{ what: 'points-reversed', inputs, operation: 'earned-minus-remaining', rounding: 'none', result: points }],
  };
}

function earningBaseOf(line: EarningLine, taxMode: EarningSale['taxMode'], base: EarningBase): number {
  if (base === 'as-priced') return line.netMinor;
  if (base === 'with-tax') return line.payableMinor;
  return taxMode === 'inclusive' ? line.netMinor - line.taxMinor : line.netMinor;
}

/** One function per kind of rule: points of the whole base, floored once. */
const EARN_BY_KIND: { readonly [K in EarningRule['kind']]: (rule: EarningRule, baseMinor: number) => TracedStep } = {
  spend: (rule, baseMinor) => ({
    what: 'rule-points',
    inputs: { ruleId: rule.ruleId, baseMinor, points: rule.points, perMinor: rule.perMinor },
    operation: 'base-times-rate',
    rounding: 'floor',
    result: mulDiv(baseMinor, rule.points, rule.perMinor, 'floor'),
  }),
};
