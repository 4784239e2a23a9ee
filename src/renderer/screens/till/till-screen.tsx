import { useQuery } from '@tanstack/react-query';
import { PackageOpen } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { navigateTo, useRoute } from '../../ui/route.ts';
import { useMay } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ArrangeView } from './arrange/arrange-view.tsx';
import { SaleScreen } from './sale-screen.tsx';
import { SalesView } from './sales/sales-view.tsx';
import { ShiftView } from './shift/shift-view.tsx';
import { setCustomer, startSale, useTillState } from './till-state.ts';
import { wantVoucher } from './value-state.ts';
import './panel.css';
import './till.css';

/** The till: ringing up a sale, and from its menu the sales that were and the cash drawer. */
export function TillScreen(): ReactNode {
  const { rest } = useRoute();
  const [place, id, act, actId] = rest;
  if (place === 'sales') return <SalesView openSaleId={null} isRefunding={false} />;
  if (place === 'sale' && id !== undefined) return <SalesView openSaleId={id} isRefunding={act === 'refund'} />;
  if (place === 'shift') return <ShiftView />;
  if (place === 'tiles') return <ArrangeView />;
  return (
    <>
      {place === 'customer' && id !== undefined && (
        <AttachFromAddress customerId={id} voucherId={(act === 'voucher' && actId) || null} />
      )}
      <Selling />
    </>
  );
}

/**
 * 'Start sale' and 'Use in sale' on a customer's page come here with the customer, and the voucher, in the address. A sale
 * of somebody else stays open beside it; one that is being paid is finished first.
 */
function AttachFromAddress({ customerId, voucherId }: { customerId: string; voucherId: string | null }): null {
  const api = useApi();
  const { t } = useTranslation('till');
  const customer = useQuery(api.customers.get.queryOptions({ customerId }));
  useEffect(() => {
    if (customer.isError) navigateTo('till');
    if (customer.data === undefined) return;
    const { draft, view } = useTillState.getState();
    if (view.kind === 'payment') showToast({ tone: 'warning', slot: 'scan', title: t('payment.finishFirst') });
    else {
      if (draft.customerId !== null && draft.customerId !== customerId) startSale();
      if (useTillState.getState().draft.customerId !== customerId) {
        setCustomer({ customerId, identifiedBy: 'search', identifiedAtMs: Date.now() }, customer.data);
      }
      if (voucherId !== null) wantVoucher(voucherId);
    }
    navigateTo('till');
  }, [customer.data, customer.isError, customerId, voucherId, t]);
  return null;
}

function Selling(): ReactNode {
  const { t } = useTranslation('till');
  const api = useApi();
  const mayEdit = useMay('catalogue.edit');
  const catalogue = useQuery(api.catalogue.list.queryOptions());
  if (catalogue.data === undefined) {
    return (
      <div className="till-message">
        {catalogue.isError ? (
          <EmptyState
            tone="danger"
            title={t('catalogueFailed')}
            detail={t('catalogueFailedHow')}
            action={<Button onPress={() => void catalogue.refetch()}>{t('tryAgain')}</Button>}
          />
        ) : (
          <Skeleton rows={4} shape="card" />
        )}
      </div>
    );
  }
  const isEmpty = !catalogue.data.products.some((product) => product.isActive);
  return (
    <SaleScreen
      catalogue={catalogue.data}
      noItems={
        isEmpty ? (
          <EmptyState
            icon={<PackageOpen size={28} strokeWidth={1.75} aria-hidden="true" />}
            title={t('noItems.title')}
            detail={mayEdit ? t('noItems.how') : t('noItems.askManager')}
            action={
              mayEdit ? (
                <Button onPress={() => navigateTo('settings', 'catalogue')}>{t('noItems.open')}</Button>
              ) : undefined
            }
          />
        ) : null
      }
    />
  );
}
