import { Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { PrintSheet } from '../../../ui/print-sheet.tsx';
import type { SaleDetail } from '../till-types.ts';
import { WhySteps } from './why-steps.tsx';

/** "Why this number": every step from the price tags to the total and the points, as it was computed; also on paper. */
export function WhyNumbers({ detail }: { detail: SaleDetail }): ReactNode {
  const { t } = useTranslation(['till', 'rewards']);
  const [isPrinting, setIsPrinting] = useState(false);
  const names = new Map([
    ...detail.lines.map((line) => [line.lineId, line.name] as const),
    ...detail.points.parts.map((part) => [part.ruleId, part.name] as const),
  ]);
  if (detail.trace.length === 0) return null;
  return (
    <section className="sale-card">
      <details className="sale-why">
        <summary>{t('sale.why')}</summary>
        <WhySteps trace={detail.trace} names={names} />
        <Button icon={<Printer size={18} aria-hidden="true" />} onPress={() => setIsPrinting(true)}>
          {t('rewards:why.print')}
        </Button>
      </details>
      {isPrinting && (
        <PrintSheet onDone={() => setIsPrinting(false)}>
          <h1>{t('sale.label', { number: detail.receiptNumber ?? '' })}</h1>
          <WhySteps trace={detail.trace} names={names} />
        </PrintSheet>
      )}
    </section>
  );
}
