import { sumOf } from '../money/money.ts';
import type { TracedStep } from '../money/trace.ts';
import { computeEarning, type EarningSale } from './earning.ts';
import type { EarningContext } from './earning-context.ts';
import type { PointsPart } from './points-preview.ts';
import type { ProgrammeVersion } from './programme.ts';

/** How many points a refund takes back, and which parts of the earning they belong to (negative points). */
export interface EarningReversal {
  readonly points: number;
  readonly parts: readonly PointsPart[];
  readonly trace: readonly TracedStep[];
}

/**
 * Returns how many points a refund takes back: what the sale earned, less what its remaining lines earn under the same
 * version and context, less what earlier refunds took. Slicing a refund gives the same sum as doing it at once (C-7), a
 * programme changed since has no say (C-11), and a used daily limit stays used (C-55). Never negative.
 */
export function computeReversal(given: {
  readonly earned: { readonly points: number; readonly parts?: readonly PointsPart[] };
  readonly alreadyReversedPoints: number;
  readonly remaining: EarningSale;
  readonly version: ProgrammeVersion;
  readonly context: EarningContext | null;
}): EarningReversal {
  const { earned, remaining, version, alreadyReversedPoints } = given;
  const keeps = computeEarning(remaining, version, given.context);
  const points = Math.max(0, earned.points - keeps.points - alreadyReversedPoints);
  const inputs = {
    earnedPoints: earned.points,
    remainingPoints: keeps.points,
    alreadyReversedPoints,
    programmeVersion: version.version,
  };
  return {
    points,
    parts: lostParts(earned.parts ?? [], keeps.parts),
    trace: [{ what: 'points-reversed', inputs, operation: 'earned-minus-remaining', rounding: 'none', result: points }],
  };
}

/** What each part has lost since the sale, earlier refunds included. */
function lostParts(before: readonly PointsPart[], after: readonly PointsPart[]): PointsPart[] {
  const left = (part: PointsPart): number =>
    sumOf(after.filter((each) => each.kind === part.kind && each.ruleId === part.ruleId).map((each) => each.points));
  return before.map((part) => ({ ...part, points: left(part) - part.points })).filter((part) => part.points !== 0);
}
