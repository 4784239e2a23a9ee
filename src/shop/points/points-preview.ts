import type { TracedStep } from '../money/trace.ts';

/** The part of a sale's points that one rule, the tier or a promotion gave; ruleId is the id of whichever it was. */
export interface PointsPart {
  readonly ruleId: string;
  readonly name: string;
  readonly kind: 'base' | 'tier' | 'promotion';
  readonly points: number;
}

/** What a sale or an award earns, and what the balance becomes. points is the sum of the parts. */
export interface PointsPreview {
  readonly programmeVersionId: string;
  readonly points: number;
  readonly parts: readonly PointsPart[];
  readonly balanceBefore: number;
  /** What the rewards taken cost. */
  readonly spentPoints: number;
  /** balanceBefore - spentPoints + points. */
  readonly balanceAfter: number;
  readonly minimumMet: boolean;
  readonly trace: readonly TracedStep[];
}
