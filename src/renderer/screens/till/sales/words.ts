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
]);

const WORDED_STEPS = new Set([...MONEY_STEPS, 'minimum-spend', 'rule-points', 'points-reversed', 'points-returned']);

/** One step of a number's way as a person reads it. */
export interface WordedStep {
  readonly title: string;
  readonly how: string;
  readonly result: string;
}

/** Inputs as words: money, points, quantities and rates each written as such; ids become the names of their lines. */
function inputWords(step: TracedStep, format: Formatter, nameOf: (lineId: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(step.inputs).map(([name, value]) => {
      if (name === 'lineId') return ['line', nameOf(String(value))];
      if (typeof value !== 'number') return [name, String(value ?? '')];
      if (name.endsWith('Minor')) return [name, format.money(value)];
      if (name.endsWith('Thousandths')) return [name, format.quantity(value)];
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
  nameOf: (lineId: string) => string,
): WordedStep[] {
  return trace.map((step) => {
    const result = MONEY_STEPS.has(step.what) ? format.money(step.result) : format.points(step.result);
    if (!WORDED_STEPS.has(step.what)) return { title: step.what, how: step.operation, result };
    const words = inputWords(step, format, nameOf);
    const rounding = isExact(step) ? '' : t(`trace.rounding.${step.rounding}`);
    const how = [t(`trace.how.${step.operation}`, words), rounding].filter((part) => part !== '').join(', ');
    return { title: t(`trace.what.${step.what}`, words), how, result };
  });
}
