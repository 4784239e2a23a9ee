import { type ComponentProps, lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../ui/api-context.ts';
import { useKeys } from '../ui/keys.ts';
import { useMay } from '../ui/shop-context.ts';
import { showToast } from '../ui/toast.tsx';

const PrintLastReceipt = lazy(async () => {
  const { PrintLastReceipt: Print } = await import('../screens/till/receipt/print-last-receipt.tsx');
  return { default: Print };
});

type Printing = Pick<ComponentProps<typeof PrintLastReceipt>, 'of' | 'number'>;

const SCREENS: readonly string[] = ['till', 'activity'];

/** Ctrl P on Till and Activity: the newest receipt of this till again. The paid sheet binds the key for its own. */
export function LastReceiptKey({ screen }: { screen: string }): ReactNode {
  const { t } = useTranslation('shell');
  const client = useApiClient();
  const maySell = useMay('sale.make');
  const [printing, setPrinting] = useState<Printing | null>(null);
  const end = useCallback(() => setPrinting(null), []);
  const print = async (): Promise<void> => {
    const last = await client.till.lastReceipt.query().catch(() => undefined);
    if (last === undefined) return void showToast({ tone: 'danger', title: t('lastReceipt.failed') });
    if (last === null) return void showToast({ tone: 'neutral', title: t('lastReceipt.none') });
    const of = last.refundId === null ? { saleId: last.saleId } : { refundId: last.refundId };
    setPrinting({ of, number: last.receiptNumber });
  };
  useKeys({
    'Ctrl+P': () => {
      if (!maySell || !SCREENS.includes(screen)) return false;
      if (printing === null) void print();
      return true;
    },
  });
  if (printing === null) return null;
  return (
    <Suspense>
      <PrintLastReceipt {...printing} onEnd={end} />
    </Suspense>
  );
}
