import type { TFunction } from 'i18next';
import type { TracedStep } from '#shop/till/sale.ts';
import type { Formatter } from '../../../ui/format.ts';

/** Steps whose result is money, by their code; the others count points. */
const MONEY_STEPS = new Set([
  'line-gross',
  'line-discount',
  'sale-discount',
  'free-units',
  'offer-free-units',
  'offer-buy-take',
  'offer-fixed-price',
  'offer-cheapest-percent',
  'offer-percent',
  'offer-amount',
  'points-off',
  'tax',
  'total',
  'earning-base',
  'refund-line',
  'refund',
  'refund-stored-value',
  'refund-deducted',
  'exchanged',
  'handed-back',
  'reward-amount',
  'deducted',
]);

const WORDED_STEPS = new Set([
  ...MONEY_STEPS,
  'minimum-spend',
  'rule-minimum',
  'rule-points',
  'rule-multiplier',
  'tier-points',
  'promotion-points',
  'covered-points',
  'covered-multiplier',
  'limit',
  'cap',
  'points-earned',
  'points-reversed',
  'points-returned',
  'returned-to-lot',
  'returned-with-grace',
  'floored',
  'reward-price',
  'reward-points',
]);

/** Ids in a step, and the name under which its words want what they mean. */
const NAMED: Readonly<Record<string, string>> = {
  lineId: 'line',
  ruleId: 'rule',
  tierId: 'tier',
  promotionId: 'promotion',
  rewardId: 'reward',
};

/** One step of a number's way as a person reads it. */
export interface WordedStep {
  readonly title: string;
  readonly how: string;
  readonly result: string;
}

/** Inputs as words: money, points, quantities and rates each written as such; ids become names. */
function inputWords(step: TracedStep, format: Formatter, nameOf: (id: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(step.inputs).map(([name, value]) => {
      const named = NAMED[name];
      if (named !== undefined) return [named, nameOf(String(value))];
      if (typeof value !== 'number') return [name, String(value ?? '')];
      if (name.endsWith('Minor')) return [name, format.money(value)];
      if (/thousandths$/i.test(name)) return [name, format.quantity(value)];
      if (name.endsWith('BasisPoints')) return [name, format.percent(value)];
      return [name, format.number(value)];
    }),
  );
}

/** Whole pieces need no rounding, so nothing is said of it. */
function isExact({ what, inputs, rounding }: TracedStep): boolean {
  return rounding === 'none' || (what === 'line-gross' && Number(inputs.quantityThousandths) % 1000 === 0);
}

/** Words the steps that led to a number; a step this version does not know keeps its code and its result. */
export function wordTrace(
  trace: readonly TracedStep[],
  t: TFunction<'till'>,
  format: Formatter,
  nameOf: (id: string) => string,
): WordedStep[] {
  return trace.map((step) => {
    const result = MONEY_STEPS.has(step.what) ? format.money(step.result) : format.points(step.result);
    if (!WORDED_STEPS.has(step.what)) return { title: step.what, how: step.operation, result };
    const words = inputWords(step, format, (id) => nameOf(id) || t('trace.unnamed'));
    const rounding = isExact(step) ? '' : t(`trace.rounding.${step.rounding}`);
    const how = [t(`trace.how.${step.operation}`, words), rounding].filter((part) => part !== '').join(', ');
    return { title: t(`trace.what.${step.what}`, words), how, result };
  });
}
