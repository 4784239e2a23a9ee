import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SaleDetail } from '../till-types.ts';
import { WhySteps } from './why-steps.tsx';

/** "Why this number": every step from the price tags to the total and the points, as it was computed. */
export function WhyNumbers({ detail }: { detail: SaleDetail }): ReactNode {
  const { t } = useTranslation('till');
  if (detail.trace.length === 0) return null;
  return (
    <section className="sale-card">
      <details className="sale-why">
        <summary>{t('sale.why')}</summary>
        <WhySteps trace={detail.trace} names={new Map(detail.lines.map((line) => [line.lineId, line.name]))} />
      </details>
    </section>
  );
}
