import { sumOf } from '../money/money.ts';
import type { TracedStep } from '../money/trace.ts';
import { isScheduled } from '../time/schedule.ts';
import { type EarningContext, hadOf } from './earning-context.ts';
import type { PointsPart } from './points-preview.ts';
import type { Programme } from './programme.ts';
import { type EarningConditions, type EarningLimits, NO_LIMITS } from './programme-rules.ts';

/**
 * Whether a rule or promotion holds: in its hours by the civil clock (C-42), for the customer's tier and segments. Without
 * a context only what asks for nothing holds.
 */
export function holdsFor(conditions: EarningConditions, context: EarningContext | null): boolean {
  const { schedule, tierIds, segmentIds } = conditions;
  if (schedule !== null && (context === null || !isScheduled(schedule, context.atMs, context.zone))) return false;
  if (tierIds.length > 0 && (context?.tierId == null || !tierIds.includes(context.tierId))) return false;
  return segmentIds.length === 0 || context?.segmentIds.some((id) => segmentIds.includes(id)) === true;
}

/** Whether a rule gives nothing any more, today or ever: then tier and promotions have nothing of it to add to. */
export function isUsedUp(
  { ruleId, limits }: { ruleId: string; limits: EarningLimits },
  context: EarningContext | null,
) {
  const { timesPerDay, pointsPerDay, pointsEver } = limits;
  const used = hadOf(context, ruleId);
  return (
    (timesPerDay !== null && used.timesToday >= timesPerDay) ||
    (pointsPerDay !== null && used.pointsToday >= pointsPerDay) ||
    (pointsEver !== null && used.pointsEver >= pointsEver)
  );
}

/** Parts after their limits, with the steps that cut them. */
export interface CutParts {
  readonly parts: readonly PointsPart[];
  readonly trace: readonly TracedStep[];
}

/** Cuts each part by the limits of its rule or promotion, and what is left by the caps of the programme: last of all. */
export function cutParts(
  parts: readonly PointsPart[],
  given: { readonly programme: Programme; readonly context: EarningContext | null },
): CutParts {
  const trace: TracedStep[] = [];
  const cut = parts.map((part) => {
    return { ...part, points: cutByLimits(part, limitsOf(given.programme, part), given.context, trace) };
  });
  return { parts: cutByCaps(cut, given, trace), trace };
}

function limitsOf(programme: Programme, part: PointsPart): EarningLimits {
  if (part.kind === 'tier') return NO_LIMITS;
  if (part.kind === 'base') return programme.rules.find(({ ruleId }) => ruleId === part.ruleId)?.limits ?? NO_LIMITS;
  return programme.promotions.find(({ promotionId }) => promotionId === part.ruleId)?.limits ?? NO_LIMITS;
}

function cutByLimits(
  part: PointsPart,
  limits: EarningLimits,
  context: EarningContext | null,
  trace: TracedStep[],
): number {
  const used = hadOf(context, part.ruleId);
  let points = part.points;
  const cutTo = (limit: string, most: number | null, had: number): void => {
    if (most === null || points <= Math.max(0, most - had)) return;
    const inputs = { ruleId: part.ruleId, limit, points, most, had };
    points = Math.max(0, most - had);
    trace.push({ what: 'limit', inputs, operation: 'up-to-limit', rounding: 'none', result: points });
  };
  if (limits.timesPerDay !== null && used.timesToday >= limits.timesPerDay) cutTo('timesPerDay', 0, 0);
  cutTo('pointsPerSale', limits.pointsPerSale, 0);
  cutTo('pointsPerDay', limits.pointsPerDay, used.pointsToday);
  cutTo('pointsEver', limits.pointsEver, used.pointsEver);
  return points;
}

/** What exceeds the programme's caps is cut from the last part backwards: promotions, then the tier, then the rules. */
function cutByCaps(
  parts: readonly PointsPart[],
  { programme, context }: { readonly programme: Programme; readonly context: EarningContext | null },
  trace: TracedStep[],
): readonly PointsPart[] {
  const { pointsPerSale, pointsPerDay } = programme.caps;
  const had = context?.programmePointsToday ?? 0;
  let points = sumOf(parts.map((part) => part.points));
  let over = 0;
  for (const [limit, most, before] of [
    ['pointsPerSale', pointsPerSale, 0],
    ['pointsPerDay', pointsPerDay, had],
  ] as const) {
    if (most === null || points <= Math.max(0, most - before)) continue;
    const inputs = { limit, points, most, had: before };
    over += points - Math.max(0, most - before);
    points = Math.max(0, most - before);
    trace.push({ what: 'cap', inputs, operation: 'up-to-limit', rounding: 'none', result: points });
  }
  const cut = [...parts];
  for (let index = cut.length - 1; index >= 0; index--) {
    const part = cut[index] as PointsPart;
    const taken = Math.min(part.points, over);
    cut[index] = { ...part, points: part.points - taken };
    over -= taken;
  }
  return cut;
}
