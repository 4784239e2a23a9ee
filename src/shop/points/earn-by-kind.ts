import { mulDiv, sumOf } from '../money/money.ts';
import type { Rounding, TracedStep } from '../money/trace.ts';
import { EVERY_ITEM, type ItemFilter, matchesFilter } from '../offers/item-filter.ts';
import { baseOfLines, type EarningLine, type EarningSale } from './earning-base.ts';
import type { Programme } from './programme.ts';
import type { EarningRule } from './programme-rules.ts';

/** A rule that a sale can fulfil; what happens outside a sale is in event-earning.ts. */
export type SaleRule = Exclude<EarningRule, { kind: 'event' }>;
type RuleOf<K extends SaleRule['kind']> = Extract<SaleRule, { kind: K }>;

interface Given {
  readonly sale: EarningSale;
  readonly programme: Programme;
  /** Lines that can earn at all, or those of them that a promotion covers. */
  readonly lines: readonly EarningLine[];
}

/** The rules of a programme that a sale can fulfil. */
export function saleRulesOf(programme: Programme): SaleRule[] {
  return programme.rules.filter((rule): rule is SaleRule => rule.kind !== 'event');
}

/** The items that a rule counts. */
export function filterOf(rule: SaleRule): ItemFilter {
  return rule.kind === 'visit' ? EVERY_ITEM : rule.filter;
}

/** What the sale must come to for the rule, over the rule's own items; 0 where it asks nothing. */
export function minimumOf(rule: SaleRule): number {
  return rule.kind === 'spend' || rule.kind === 'visit' ? rule.minimumSpendMinor : 0;
}

/** Whether a rule's points come from lines, so that a promotion on some items can cover a part of them. */
export function isByLine(rule: SaleRule): boolean {
  return rule.kind !== 'visit';
}

/**
 * The points of a rule over lines: made whole once per sale and never per line (C-1, C-2), then times the rule's own
 * multiplier, floored again (C-4). The last step's result is the points.
 */
export function earnByRule(rule: SaleRule, given: Given): readonly TracedStep[] {
  const lines = given.lines.filter((line) => matchesFilter(line, filterOf(rule)));
  const earn = EARN_BY_KIND[rule.kind] as (rule: SaleRule, given: Given) => TracedStep;
  const step = earn(rule, { ...given, lines });
  if (rule.multiplierBasisPoints === 10_000) return [step];
  const inputs = {
    ruleId: rule.ruleId,
    points: step.result,
    multiplierBasisPoints: rule.multiplierBasisPoints,
    divisor: 10_000,
  };
  const points = mulDiv(step.result, rule.multiplierBasisPoints, 10_000, 'floor');
  return [
    step,
    { what: 'rule-multiplier', inputs, operation: 'points-times-multiplier', rounding: 'floor', result: points },
  ];
}

/** The money of a rule's lines under the programme's base setting, in minor units. */
export function baseOfRule(rule: SaleRule, { sale, programme, lines }: Given): number {
  const filter = filterOf(rule);
  const covered = lines.filter((line) => matchesFilter(line, filter));
  return baseOfLines(covered, { sale, programme, filter });
}

/** One function per kind of rule. */
const EARN_BY_KIND: { readonly [K in SaleRule['kind']]: (rule: RuleOf<K>, given: Given) => TracedStep } = {
  spend: (rule, given) => {
    const baseMinor = baseOfLines(given.lines, { ...given, filter: rule.filter });
    return {
      what: 'rule-points',
      inputs: { ruleId: rule.ruleId, baseMinor, points: rule.points, perMinor: rule.perMinor },
      operation: 'base-times-rate',
      rounding: roundingOf(rule),
      result: mulDiv(baseMinor, rule.points, rule.perMinor, roundingOf(rule)),
    };
  },
  visit: (rule, { lines }) => ({
    what: 'rule-points',
    inputs: { ruleId: rule.ruleId, points: rule.points, visits: lines.length > 0 ? 1 : 0 },
    operation: 'once-a-visit',
    rounding: 'none',
    result: lines.length > 0 ? rule.points : 0,
  }),
  product: earnByUnit,
  category: earnByUnit,
};

/** Units paid for x points, made whole once over all lines. */
function earnByUnit(rule: RuleOf<'product'> | RuleOf<'category'>, { lines }: Given): TracedStep {
  const thousandths = sumOf(lines.map((line) => (line.quantityThousandths ?? 1000) - (line.freeThousandths ?? 0)));
  const rounding = roundingOf(rule);
  return {
    what: 'rule-points',
    inputs: { ruleId: rule.ruleId, thousandths, pointsPerUnit: rule.pointsPerUnit, perThousandths: 1000 },
    operation: 'units-times-points',
    rounding,
    result: mulDiv(thousandths, rule.pointsPerUnit, 1000, rounding),
  };
}

function roundingOf(rule: Pick<EarningRule, 'rounding'>): Exclude<Rounding, 'none' | 'largest-remainder'> {
  return rule.rounding === 'floor' ? 'floor' : 'half-away-from-zero';
}
