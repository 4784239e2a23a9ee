import { sumOf } from '../money/money.ts';
import type { TracedStep } from '../money/trace.ts';
import { itemAt } from '../must.ts';
import { EVERY_ITEM } from '../offers/item-filter.ts';
import { baseOfRule, earnByRule, minimumOf, type SaleRule, saleRulesOf } from './earn-by-kind.ts';
import { baseOfLines, countedOf, type EarningLine, type EarningSale, earningLinesOf } from './earning-base.ts';
import type { EarningContext } from './earning-context.ts';
import { cutParts, holdsFor, isUsedUp } from './earning-limits.ts';
import { addMultipliers } from './multipliers.ts';
import type { PointsPart, PointsPreview } from './points-preview.ts';
import type { Programme, ProgrammeVersion } from './programme.ts';

export type { EarningLine, EarningSale } from './earning-base.ts';

/** What a sale used of a rule or promotion: what the limits of the next sale read. */
export interface EarningUse {
  readonly id: string;
  readonly points: number;
  readonly times: number;
}

/** The points of a sale with their parts and the way to them. */
export interface Earning {
  readonly points: number;
  readonly parts: readonly PointsPart[];
  readonly minimumMet: boolean;
  readonly baseMinor: number;
  readonly uses: readonly EarningUse[];
  readonly trace: readonly TracedStep[];
}

/**
 * Returns the points that a sale earns under a programme version (LOYALTY.md 2): each rule is made whole once over the
 * whole sale, never per line (C-1, C-2); tier and promotions add to that (C-51); limits and caps cut last. Below the
 * minimum spend nothing is earned. Without a context, what asks for a tier, a segment or an hour does not hold. The same
 * function serves preview, commit, refund and what-if.
 */
export function computeEarning(sale: EarningSale, version: ProgrammeVersion, context: EarningContext | null): Earning {
  const { programme } = version;
  const lines = earningLinesOf(sale, programme);
  const baseMinor = baseOfLines(lines, { sale, programme, filter: EVERY_ITEM });
  const trace: TracedStep[] = [baseStep(sale, version, lines, baseMinor)];
  const minimumMet = baseMinor >= programme.minimumSpendMinor;
  if (!minimumMet) {
    trace.push(belowMinimum(baseMinor, programme.minimumSpendMinor));
    return { points: 0, parts: [], minimumMet, baseMinor, uses: [], trace };
  }
  const given = { sale, programme, context, lines };
  const earned = earnByRules(given, trace);
  const added = addMultipliers({ ...earned, lines }, given);
  const cut = cutParts([...earned.parts, ...added.parts], given);
  trace.push(...added.trace, ...cut.trace);
  const points = sumOf(cut.parts.map((part) => part.points));
  if (cut.parts.length > 1) trace.push(sumStep(cut.parts, points));
  return { points, parts: cut.parts, minimumMet, baseMinor, uses: usesOf(cut.parts), trace };
}

interface Given {
  readonly sale: EarningSale;
  readonly programme: Programme;
  readonly context: EarningContext | null;
  readonly lines: readonly EarningLine[];
}

function earnByRules(
  given: Given,
  trace: TracedStep[],
): { readonly rules: readonly SaleRule[]; readonly parts: readonly PointsPart[]; readonly points: number } {
  const rules: SaleRule[] = [];
  const parts: PointsPart[] = [];
  let points = 0;
  for (const rule of saleRulesOf(given.programme)) {
    if (!holdsFor(rule, given.context)) continue;
    const baseMinor = baseOfRule(rule, given);
    if (baseMinor < minimumOf(rule)) {
      const below = belowMinimum(baseMinor, minimumOf(rule));
      trace.push({ ...below, what: 'rule-minimum', inputs: { ruleId: rule.ruleId, ...below.inputs } });
      continue;
    }
    const steps = earnByRule(rule, given);
    const rulePoints = itemAt(steps, steps.length - 1).result;
    trace.push(...steps);
    parts.push({ ruleId: rule.ruleId, name: rule.name, kind: 'base', points: rulePoints });
    if (isUsedUp(rule, given.context)) continue;
    rules.push(rule);
    points += rulePoints;
  }
  return { rules, parts, points };
}

/** What each part used of its rule or promotion. */
export function usesOf(parts: readonly PointsPart[]): EarningUse[] {
  return parts
    .filter((part) => part.kind !== 'tier' && part.points > 0)
    .map((part) => ({ id: part.ruleId, points: part.points, times: 1 }));
}

function baseStep(
  sale: EarningSale,
  { version, programme }: ProgrammeVersion,
  lines: readonly EarningLine[],
  baseMinor: number,
): TracedStep {
  const countedMinor = countedOf(lines, { sale, programme, filter: EVERY_ITEM });
  const { storedValueMinor, totalMinor } = sale.paid ?? { storedValueMinor: 0, totalMinor: 0 };
  const paid: TracedStep['inputs'] = countedMinor === baseMinor ? {} : { storedValueMinor, totalMinor };
  return {
    what: 'earning-base',
    inputs: { programmeVersion: version, base: programme.base, lines: lines.length, countedMinor, ...paid },
    operation: 'sum-of-shares',
    rounding: countedMinor === baseMinor ? 'none' : 'half-away-from-zero',
    result: baseMinor,
  };
}

function belowMinimum(baseMinor: number, minimumSpendMinor: number): TracedStep {
  return {
    what: 'minimum-spend',
    inputs: { baseMinor, minimumSpendMinor },
    operation: 'below-minimum',
    rounding: 'none',
    result: 0,
  };
}

function sumStep(parts: readonly PointsPart[], points: number): TracedStep {
  const inputs = Object.fromEntries(parts.map((part) => [`${part.kind}:${part.ruleId}`, part.points]));
  return { what: 'points-earned', inputs, operation: 'sum-of-parts', rounding: 'none', result: points };
}

/** A sale that was rung up elsewhere: an amount without lines, what the customer paid. */
export function amountSaleOf(amountMinor: number): EarningSale {
  const line = { lineId: 'amount', netMinor: amountMinor, taxMinor: 0, payableMinor: amountMinor };
  return { lines: [line], taxMode: 'inclusive' };
}

/** What the till and the award screen show: the earning and what becomes of the balance. */
export function previewPoints(
  earning: Earning,
  version: ProgrammeVersion,
  balanceBefore: number,
  spentPoints = 0,
): PointsPreview {
  return {
    programmeVersionId: version.versionId,
    points: earning.points,
    parts: earning.parts,
    balanceBefore,
    spentPoints,
    balanceAfter: balanceBefore - spentPoints + earning.points,
    minimumMet: earning.minimumMet,
    trace: earning.trace,
  };
}
