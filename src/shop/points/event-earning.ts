import type { TracedStep } from '../money/trace.ts';
import { mulDiv, sumOf } from '../money/money.ts';
import { type Earning, usesOf } from './earning.ts';
import { type EarningContext, hadOf } from './earning-context.ts';
import { cutParts, holdsFor } from './earning-limits.ts';
import type { PointsPart } from './points-preview.ts';
import type { ProgrammeVersion } from './programme.ts';
import type { EventRule } from './programme-rules.ts';

/**
 * Returns the points that something outside a sale earns: a birthday, a review, a friend brought along, an enrolment, or a
 * code of the shop's own (PT4). Each rule for it counts at most `timesPerYear` in a civil year. The tier adds nothing.
 */
export function computeEventEarning(event: string, version: ProgrammeVersion, context: EarningContext): Earning {
  const { programme } = version;
  const parts: PointsPart[] = [];
  const trace: TracedStep[] = [];
  const rules = programme.rules.filter((rule): rule is EventRule => rule.kind === 'event' && rule.event === event);
  for (const rule of rules) {
    const times = hadOf(context, rule.ruleId).timesThisYear;
    if (!holdsFor(rule, context) || (rule.timesPerYear !== null && times >= rule.timesPerYear)) continue;
    const { ruleId, name, multiplierBasisPoints } = rule;
    const points = mulDiv(rule.points, multiplierBasisPoints, 10_000, 'floor');
    const inputs = { ruleId, points: rule.points, multiplierBasisPoints, divisor: 10_000 };
    trace.push({
      what: 'event-points',
      inputs,
      operation: 'points-times-multiplier',
      rounding: 'floor',
      result: points,
    });
    parts.push({ ruleId, name, kind: 'base', points });
  }
  const cut = cutParts(parts, { programme, context });
  const points = sumOf(cut.parts.map((part) => part.points));
  const { parts: given } = cut;
  return { points, parts: given, minimumMet: true, baseMinor: 0, uses: usesOf(given), trace: [...trace, ...cut.trace] };
}
