import { Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TracedStep } from '#shop/till/sale.ts';
import { Button } from '../../../ui/button.tsx';
import { PrintSheet } from '../../../ui/print-sheet.tsx';
import { WhySteps } from './why-steps.tsx';
import './sales.css';

interface WhyDetailsProps {
  /** What the numbers are of: stands above the steps on paper. */
  readonly of: string;
  readonly trace: readonly TracedStep[];
  /** Of lines, rules, tiers and rewards, by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** "Why these numbers", folded away until it is asked: every step as it was computed; also on paper. */
export function WhyDetails({ of, trace, names }: WhyDetailsProps): ReactNode {
  const { t } = useTranslation(['till', 'rewards']);
  const [isPrinting, setIsPrinting] = useState(false);
  if (trace.length === 0) return null;
  return (
    <>
      <details className="sale-why">
        <summary>{t('sale.why')}</summary>
        <WhySteps trace={trace} names={names} />
        <Button icon={<Printer size={18} aria-hidden="true" />} onPress={() => setIsPrinting(true)}>
          {t('rewards:why.print')}
        </Button>
      </details>
      {isPrinting && (
        <PrintSheet onDone={() => setIsPrinting(false)}>
          <h1>{of}</h1>
          <WhySteps trace={trace} names={names} />
        </PrintSheet>
      )}
    </>
  );
}
