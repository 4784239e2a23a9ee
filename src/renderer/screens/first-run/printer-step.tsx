import { Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { moveStep } from './first-run-state.ts';
import { SampleReceipt } from './sample-receipt.tsx';
import { StepFrame } from './step-frame.tsx';

/** Step 5: a test print, through the system's own dialog. */
export function PrinterStep(): ReactNode {
  const { t } = useTranslation('first-run');
  const [hasPrinted, setHasPrinted] = useState(false);
  const print = (): void => {
    window.print();
    setHasPrinted(true);
  };
  return (
    <StepFrame
      title={t('printer.title')}
      detail={t('printer.detail')}
      nextLabel={t('printer.good')}
      canSkip
      onNext={() => moveStep(1)}
      isNextDisabled={!hasPrinted}
    >
      <div className="first-run-split">
        <div className="is-printed">
          <SampleReceipt />
        </div>
        <div className="first-run-column">
          <Button icon={<Printer />} onPress={print}>
            {t('printer.print')}
          </Button>
          {hasPrinted && <p className="is-muted">{t('printer.check')}</p>}
        </div>
      </div>
    </StepFrame>
  );
}
