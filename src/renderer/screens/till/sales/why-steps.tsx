import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TracedStep } from '#shop/till/sale.ts';
import { useFormat } from '../../../ui/format.ts';
import { wordTrace } from './words.ts';
import './why-steps.css';

/** The steps that led to a number, one under the other; `names` of lines, rules, tiers and promotions by their ids. */
export function WhySteps({
  trace,
  names,
}: {
  trace: readonly TracedStep[];
  names: ReadonlyMap<string, string>;
}): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  return (
    <ol className="sale-steps">
      {wordTrace(trace, t, format, (id) => names.get(id) ?? '').map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a derivation never move
        <li key={index}>
          <span>
            {step.title}
            <small>{step.how}</small>
          </span>
          <b>{step.result}</b>
        </li>
      ))}
    </ol>
  );
}
