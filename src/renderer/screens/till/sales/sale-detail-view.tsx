import { useQuery } from '@tanstack/react-query';
import { ReceiptText, Undo2, XCircle } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { DateText } from '../../../ui/date-text.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { navigateTo } from '../../../ui/route.ts';
import { useSession } from '../../../ui/shop-context.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag, type Tone } from '../../../ui/tag.tsx';
import { ReceiptDialog } from '../receipt/receipt-dialog.tsx';
import type { ReceiptOf } from '../receipt/use-receipt-printing.tsx';
import type { SaleDetail } from '../till-types.ts';
import { AttachCustomer } from './attach-customer.tsx';
import { RefundPanel } from './refund-panel.tsx';
import { SaleFacts } from './sale-facts.tsx';
import { SaleLines } from './sale-lines.tsx';
import { VoidDialog } from './void-dialog.tsx';
import { WhyNumbers } from './why-numbers.tsx';

type Open = { kind: 'void' } | { kind: 'receipt'; of: ReceiptOf; number: string };

const STATUS_TONES: Readonly<Record<SaleDetail['status'], Tone>> = {
  pending: 'warning',
  completed: 'success',
  failed: 'danger',
  cancelled: 'neutral',
};

/**
 * Whether something was allowed since `key` is what it is: a refund stays open to tell its card after it has given
 * everything back and nothing is left to refund.
 */
function useKept(key: string | null, isAllowed: boolean): boolean {
  const [keptKey, setKeptKey] = useState<string | null>(null);
  const isKept = key !== null && key === keptKey;
  if (key !== null && isAllowed && !isKept) setKeptKey(key);
  if (key === null && keptKey !== null) setKeptKey(null);
  return isKept || (key !== null && isAllowed);
}

/** One sale: what was sold and paid, why its numbers are what they are, and what can still be done about it. */
export function SaleDetailView({ saleId, isRefunding }: { saleId: string; isRefunding: boolean }): ReactNode {
  const { t } = useTranslation('till');
  const api = useApi();
  const sale = useQuery(api.till.sale.queryOptions({ saleId }));
  const [open, setOpen] = useState<Open | null>(null);
  const maySell = useMaySell();
  const mayRefund = useKept(isRefunding ? saleId : null, sale.data?.canRefund === true);
  if (sale.data === undefined) {
    return (
      <div className="sale">
        {sale.isError ? (
          <EmptyState tone="danger" title={t('sale.notFound')} detail={t('sale.notFoundHow')} />
        ) : (
          <Skeleton rows={6} shape="card" />
        )}
      </div>
    );
  }
  const detail = sale.data;
  return (
    <article className="sale" aria-label={t('sale.label', { number: detail.receiptNumber ?? '' })}>
      <div className="sale-sheet">
        <Head detail={detail} onOpen={setOpen} />
        <SaleLines detail={detail} />
        <SaleFacts detail={detail} onReceipt={(of, number) => setOpen({ kind: 'receipt', of, number })} />
        <WhyNumbers detail={detail} />
      </div>
      {isRefunding && maySell && mayRefund && (
        <RefundPanel
          detail={detail}
          onClose={() => navigateTo('till', 'sale', saleId)}
          onDone={(refundId, number) => {
            navigateTo('till', 'sale', saleId);
            setOpen({ kind: 'receipt', of: { refundId }, number });
          }}
        />
      )}
      {open?.kind === 'void' && <VoidDialog detail={detail} onClose={() => setOpen(null)} />}
      {open?.kind === 'receipt' && <ReceiptDialog of={open.of} number={open.number} onClose={() => setOpen(null)} />}
    </article>
  );
}

function useMaySell(): boolean {
  const { roles } = useSession();
  return roles.includes('cashier') || roles.includes('manager');
}

function Head({ detail, onOpen }: { detail: SaleDetail; onOpen: (open: Open) => void }): ReactNode {
  const { t } = useTranslation('till');
  const maySell = useMaySell();
  const isLeft = detail.lines.some((line) => line.refundedThousandths < line.quantityThousandths);
  const { customerId, customerName } = detail;
  return (
    <header className="sale-head">
      <div>
        <h2>
          {detail.receiptNumber ?? t('sale.noNumber')}
          <Tag tone={STATUS_TONES[detail.status]}>{t(`sale.status.${detail.status}`)}</Tag>
          {detail.refunds.length > 0 && (
            <Tag tone="warning">{t(isLeft ? 'sales.status.partly' : 'sales.status.refunded')}</Tag>
          )}
        </h2>
        <p>
          <DateText atMs={detail.atMs} /> · {t('sale.by', { name: detail.staffName })}
        </p>
      </div>
      <div className="sale-actions">
        {customerId !== null && (
          <Button kind="soft" onPress={() => navigateTo('customers', customerId)}>
            {customerName ?? t('sale.customer')}
          </Button>
        )}
        {customerId === null && maySell && detail.status === 'completed' && detail.kind === 'sale' && (
          <AttachCustomer saleId={detail.saleId} />
        )}
        <Button
          icon={<ReceiptText strokeWidth={1.75} aria-hidden="true" />}
          onPress={() => onOpen({ kind: 'receipt', of: { saleId: detail.saleId }, number: detail.receiptNumber ?? '' })}
        >
          {t('sale.receipt')}
        </Button>
        {maySell && detail.canCancel && (
          <Button icon={<XCircle strokeWidth={1.75} aria-hidden="true" />} onPress={() => onOpen({ kind: 'void' })}>
            {t('sale.void')}
          </Button>
        )}
        {maySell && detail.canRefund && (
          <Button
            kind="primary"
            icon={<Undo2 strokeWidth={1.75} aria-hidden="true" />}
            onPress={() => navigateTo('till', 'sale', detail.saleId, 'refund')}
          >
            {t('sale.refund')}
          </Button>
        )}
      </div>
    </header>
  );
}
