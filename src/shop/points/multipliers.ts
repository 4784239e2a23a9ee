import { mulDiv, sumOf } from '../money/money.ts';
import type { TracedStep } from '../money/trace.ts';
import { itemAt } from '../must.ts';
import { coversEverything, matchesFilter } from '../offers/item-filter.ts';
import { earnByRule, isByLine, type SaleRule } from './earn-by-kind.ts';
import type { EarningLine, EarningSale } from './earning-base.ts';
import type { EarningContext } from './earning-context.ts';
import { holdsFor } from './earning-limits.ts';
import type { PointsPart } from './points-preview.ts';
import type { Programme } from './programme.ts';
import type { Promotion } from './programme-rules.ts';

/** What the rules gave, before a limit cuts it: what tier and promotions build on. Rules that are used up gave nothing. */
export interface RuleEarning {
  readonly rules: readonly SaleRule[];
  readonly points: number;
  readonly lines: readonly EarningLine[];
}

/**
 * Tier and promotions each add floor(points of what they cover x (multiplier - 1)): they add up and never multiply each
 * other (C-51). The tier, and a promotion on everything, cover all that the rules gave; a promotion on some items covers
 * what those items alone would earn by the same rules.
 */
export function addMultipliers(
  earned: RuleEarning,
  given: { readonly sale: EarningSale; readonly programme: Programme; readonly context: EarningContext | null },
): { readonly parts: readonly PointsPart[]; readonly trace: readonly TracedStep[] } {
  const parts: PointsPart[] = [];
  const trace: TracedStep[] = [];
  const add = (part: Omit<PointsPart, 'points'>, steps: readonly TracedStep[]): void => {
    const points = itemAt(steps, steps.length - 1).result;
    if (points === 0) return;
    trace.push(...steps);
    parts.push({ ...part, points });
  };
  const level = given.programme.tiers?.levels.find(({ tierId }) => tierId === given.context?.tierId);
  if (level !== undefined) {
    const { tierId, name, multiplierBasisPoints } = level;
    const step = extraStep('tier-points', { tierId }, earned.points, multiplierBasisPoints);
    add({ ruleId: tierId, kind: 'tier', name }, [step]);
  }
  for (const promotion of given.programme.promotions) {
    if (!holdsFor(promotion, given.context)) continue;
    const { promotionId, name, multiplierBasisPoints } = promotion;
    const covered = coveredBy(promotion, earned, given);
    const step = extraStep('promotion-points', { promotionId }, covered.points, multiplierBasisPoints);
    add({ ruleId: promotionId, kind: 'promotion', name }, [...covered.trace, step]);
  }
  return { parts, trace };
}

function extraStep(
  what: string,
  id: Record<string, string>,
  points: number,
  multiplierBasisPoints: number,
): TracedStep {
  const extraBasisPoints = multiplierBasisPoints - 10_000;
  return {
    what,
    inputs: { ...id, points, extraBasisPoints, divisor: 10_000 },
    operation: 'points-times-extra',
    rounding: 'floor',
    result: mulDiv(points, extraBasisPoints, 10_000, 'floor'),
  };
}

function coveredBy(
  promotion: Promotion,
  earned: RuleEarning,
  given: { readonly sale: EarningSale; readonly programme: Programme },
): { readonly points: number; readonly trace: readonly TracedStep[] } {
  if (coversEverything(promotion.filter)) return { points: earned.points, trace: [] };
  const lines = earned.lines.filter((line) => matchesFilter(line, promotion.filter));
  const steps = earned.rules.filter(isByLine).map((rule) => earnByRule(rule, { ...given, lines }));
  const trace = steps.flat().map((step) => ({
    ...step,
    what: step.what === 'rule-points' ? 'covered-points' : 'covered-multiplier',
    inputs: { promotionId: promotion.promotionId, ...step.inputs },
  }));
  return { points: sumOf(steps.map((each) => itemAt(each, each.length - 1).result)), trace };
}
