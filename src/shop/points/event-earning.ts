import type { TracedStep } from '../money/trace.ts';
import { mulDiv, sumOf } from '../money/money.ts';
import { type Earning, usesOf } from './earning.ts';
import { type EarningContext, hadOf } from './earning-context.ts';
import { cutParts, holdsFor } from './earning-limits.ts';
import type { PointsPart } from './points-preview.ts';
import type { Programme, ProgrammeVersion } from './programme.ts';
import type { EventRule } from './programme-rules.ts';

/** What the system sees by itself; everything else is recorded by somebody. */
export const SYSTEM_EVENTS = ['birthday', 'enrolment', 'referral'] as const;

/** The event of the person who was brought along: what the rule for 'referral' gives them. */
export const FRIEND_EVENT = 'referral-friend';

/** The rules of a programme for an event. What a friend gets stands in the rule for who brought them. */
export function rulesForEvent({ rules }: Pick<Programme, 'rules'>, event: string): EventRule[] {
  const named = event === FRIEND_EVENT ? 'referral' : event;
  return rules.filter(
    (rule): rule is EventRule =>
      rule.kind === 'event' && rule.event === named && (event !== FRIEND_EVENT || rule.friendPoints !== null),
  );
}

/**
 * The least that a friend's purchase must come to, in minor units, for a rule on referrals to hold; null: it holds at
 * enrolment, whatever they buy.
 */
export function purchaseMinimumOf({ on, minimumSpendMinor }: EventRule): number | null {
  return on === 'enrolment' ? null : Math.max(1, minimumSpendMinor);
}

/**
 * Returns the points that something outside a sale earns: a birthday, a review, a friend brought along, an enrolment, or a
 * code of the shop's own (PT4). Each rule for it counts at most `timesPerYear` in a civil year. The tier adds nothing.
 * `spendMinor` is what the purchase comes to that a referral waited for; null where there is none.
 */
export function computeEventEarning(
  event: string,
  version: ProgrammeVersion,
  context: EarningContext,
  spendMinor: number | null = null,
): Earning {
  const { programme } = version;
  const parts: PointsPart[] = [];
  const trace: TracedStep[] = [];
  for (const rule of rulesForEvent(programme, event)) {
    const times = hadOf(context, rule.ruleId).timesThisYear;
    if (!holdsFor(rule, context) || (rule.timesPerYear !== null && times >= rule.timesPerYear)) continue;
    if (rule.event === 'referral' && !isMet(purchaseMinimumOf(rule), spendMinor)) continue;
    const { ruleId, name, multiplierBasisPoints } = rule;
    const rulePoints = event === FRIEND_EVENT ? (rule.friendPoints ?? 0) : rule.points;
    const points = mulDiv(rulePoints, multiplierBasisPoints, 10_000, 'floor');
    const inputs = { ruleId, points: rulePoints, multiplierBasisPoints, divisor: 10_000 };
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

function isMet(minimumMinor: number | null, spendMinor: number | null): boolean {
  if (minimumMinor === null) return spendMinor === null;
  return (spendMinor ?? 0) >= minimumMinor;
}
