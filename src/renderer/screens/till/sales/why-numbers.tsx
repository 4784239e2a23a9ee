import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/format.ts';
import type { SaleDetail } from '../till-types.ts';
import { wordTrace } from './words.ts';

/** "Why this number": every step from the price tags to the total and the points, as it was computed. */
export function WhyNumbers({ detail }: { detail: SaleDetail }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  if (detail.trace.length === 0) return null;
  const names = new Map(detail.lines.map((line) => [line.lineId, line.name]));
  const steps = wordTrace(detail.trace, t, format, (lineId) => names.get(lineId) ?? '');
  return (
    <section className="sale-card">
      <details className="sale-why">
        <summary>{t('sale.why')}</summary>
        <ol className="sale-steps">
          {steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a finished sale never move
            <li key={index}>
              <span>
                {step.title}
                <small>{step.how}</small>
              </span>
              <b>{step.result}</b>
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}
