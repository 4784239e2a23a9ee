import { useQuery } from '@tanstack/react-query';
import { FileDown, Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { WhyDetails } from '../sales/why-details.tsx';
import { ReceiptView } from './receipt-view.tsx';
import { type ReceiptOf, useReceiptPrinting } from './use-receipt-printing.tsx';
import '../panel.css';
import '../payment/payment.css';

/** A receipt on screen, to print again (marked as a copy) or to keep as a PDF. */
export function ReceiptDialog({
  of,
  number,
  onClose,
}: {
  of: ReceiptOf;
  number: string;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('till');
  const api = useApi();
  const receipt = useQuery(api.till.receipt.queryOptions(of));
  const printing = useReceiptPrinting(of, number);
  return (
    <Dialog
      title={t('receipt.title', { number })}
      hasCloseButton
      needsAnswer={false}
      onClose={onClose}
      footer={
        <>
          <Button
            icon={<FileDown strokeWidth={1.75} aria-hidden="true" />}
            isBusy={printing.isSaving}
            onPress={printing.save}
          >
            {t('receipt.savePdf')}
          </Button>
          <Button
            kind="primary"
            autoFocus
            icon={<Printer strokeWidth={1.75} aria-hidden="true" />}
            isBusy={printing.isPrinting}
            onPress={printing.print}
          >
            {t('receipt.print')}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long receipt scrolls, by keys too */}
      <section className="receipt-paper" tabIndex={0} aria-label={t('receipt.title', { number })}>
        {receipt.data === undefined ? (
          <Skeleton rows={6} />
        ) : (
          <ReceiptView receipt={receipt.data} copyNumber={receipt.data.copyNumber} />
        )}
      </section>
      {receipt.data !== undefined && (
        <WhyDetails
          of={t('receipt.title', { number })}
          trace={receipt.data.trace}
          names={new Map(Object.entries(receipt.data.traceNames))}
        />
      )}
      {printing.problem}
      {printing.sheet}
    </Dialog>
  );
}
