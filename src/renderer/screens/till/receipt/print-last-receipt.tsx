import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '../../../ui/toast.tsx';
import { type ReceiptOf, useReceiptPrinting } from './use-receipt-printing.tsx';

interface PrintLastReceiptProps {
  readonly of: ReceiptOf;
  readonly number: string;
  /** Told when the paper has been handed over, or when it failed and was said to. */
  readonly onEnd: () => void;
}

/** Prints one receipt at once, out of sight, and says so; a failed print is said and holds nothing up. */
export function PrintLastReceipt({ of, number, onEnd }: PrintLastReceiptProps): ReactNode {
  const { t } = useTranslation('till');
  const end = (isGood: boolean): void => {
    if (isGood) showToast({ tone: 'success', title: t('receipt.printedLast', { number }) });
    else showToast({ tone: 'danger', title: t('receipt.failed.print'), detail: t('receipt.failedHow') });
    onEnd();
  };
  const { print, sheet } = useReceiptPrinting(of, number, end);
  const hasStarted = useRef(false);
  useEffect(() => {
    if (hasStarted.current) return;
    hasStarted.current = true;
    print();
  }, [print]);
  return sheet;
}
