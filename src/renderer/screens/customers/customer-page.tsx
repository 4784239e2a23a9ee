import { Ban, ChevronLeft, Merge, TriangleAlert, UserX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { hrefTo } from '../../ui/route.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TopBarSlot } from '../../ui/top-bar-slot.tsx';
import { resultOfError } from '../../ui/use-command.ts';
import { BalanceExplained } from './balance-explained.tsx';
import { CustomerHeader } from './customer-header.tsx';
import { CustomerLots } from './customer-lots.tsx';
import { CustomerSummary } from './customer-summary.tsx';
import { CustomerTimeline } from './customer-timeline.tsx';
import { CustomerWallet } from './customer-wallet.tsx';
import { DuplicatesNotice } from './duplicates-notice.tsx';
import { openCustomer } from './customer-links.ts';
import { type Customer, useCustomer, usePosition } from './customers-data.ts';
import { RecordEvents } from './record-event.tsx';
import './customer-page.css';

/** One customer: who they are, what they hold, what they did. */
export function CustomerPage({ customerId }: { customerId: string }): ReactNode {
  const { t } = useTranslation('customers');
  const customer = useCustomer(customerId);
  return (
    <>
      <TopBarSlot replacesTitle>
        <a className="customer-back" href={hrefTo('customers')}>
          <ChevronLeft size={20} strokeWidth={1.75} aria-hidden="true" />
          {t('back')}
        </a>
      </TopBarSlot>
      {customer.data !== undefined ? (
        <FoundPage customer={customer.data} />
      ) : customer.isError ? (
        <Unreadable error={customer.error} onRetry={() => void customer.refetch()} />
      ) : (
        <div className="customer-loading">
          <Skeleton rows={1} shape="person" />
          <Skeleton rows={3} shape="card" />
        </div>
      )}
    </>
  );
}

function Unreadable({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactNode {
  const { t } = useTranslation('customers');
  const result = resultOfError(error);
  if (result?.kind === 'invalid' || (result?.kind === 'refused' && result.refusal.reason === 'not-found')) {
    return (
      <EmptyState
        tone="neutral"
        icon={<TriangleAlert aria-hidden="true" />}
        title={t('error.missing')}
        detail={t('error.missingDetail')}
      />
    );
  }
  const code =
    result?.kind === 'failed' && result.errorCode !== null ? ` ${t('error.code', { code: result.errorCode })}` : '';
  return (
    <EmptyState
      tone="danger"
      icon={<TriangleAlert aria-hidden="true" />}
      title={t('error.load')}
      detail={`${t('error.safe')}${code}`}
      action={<Button onPress={onRetry}>{t('error.retry')}</Button>}
    />
  );
}

/** The customer's page; a record that was merged, and one of somebody who was erased, only say so. */
function FoundPage({ customer }: { customer: Customer }): ReactNode {
  const { t } = useTranslation('customers');
  if (customer.status === 'erased') {
    return (
      <EmptyState
        tone="neutral"
        icon={<UserX aria-hidden="true" />}
        title={t('erase.gone')}
        detail={t('erase.goneDetail')}
      />
    );
  }
  if (customer.duplicateOf !== null) return <MergedAway customer={customer} otherId={customer.duplicateOf} />;
  return <LoadedPage customer={customer} />;
}

function MergedAway({ customer, otherId }: { customer: Customer; otherId: string }): ReactNode {
  const { t } = useTranslation('customers');
  const other = useCustomer(otherId).data?.displayName ?? t('merge.awayOther');
  return (
    <EmptyState
      tone="neutral"
      icon={<Merge aria-hidden="true" />}
      title={t('merge.away', { name: customer.displayName, other })}
      detail={t('merge.awayDetail', { other })}
      action={
        <Button kind="primary" onPress={() => openCustomer(otherId)}>
          {t('merge.awayOpen', { other })}
        </Button>
      }
    />
  );
}

type Tab = 'timeline' | 'wallet' | 'points';

function LoadedPage({ customer }: { customer: Customer }): ReactNode {
  const { t } = useTranslation('customers');
  const [tab, setTab] = useState<Tab>('timeline');
  const position = usePosition(customer.customerId);
  const [isWhyOpen, setIsWhyOpen] = useState(false);
  const segment = (id: Tab) => ({ id, label: t(`tabs.${id}`) });
  const side = (
    <Segmented<Tab>
      className="customer-side-tabs"
      label={t('tabs.side')}
      value={tab === 'points' ? 'points' : 'wallet'}
      onChange={setTab}
      segments={[segment('wallet'), segment('points')]}
    />
  );
  const tabs = (
    <>
      {side}
      <Segmented<Tab>
        className="customer-tabs"
        label={t('tabs.label')}
        value={tab}
        onChange={setTab}
        segments={[segment('timeline'), segment('wallet'), segment('points')]}
      />
    </>
  );
  return (
    <div className="customer-page">
      <div>
        <CustomerHeader customer={customer} tier={position?.programmes[0]?.tier ?? null} />
        {customer.status === 'blocked' && (
          <p className="customer-blocked" role="status">
            <Ban size={18} strokeWidth={2} aria-hidden="true" />
            {t('page.saleBlocked')} {customer.blockReason !== '' && t('block.why', { reason: customer.blockReason })}
          </p>
        )}
        <DuplicatesNotice customer={customer} />
        <RecordEvents customer={customer} />
      </div>
      <div className="customer-cols" data-tab={tab}>
        <CustomerSummary customer={customer} position={position} onWhy={() => setIsWhyOpen(true)} />
        <CustomerTimeline customer={customer} tabs={tabs} />
        <CustomerWallet customer={customer} tabs={tabs} />
        <CustomerLots position={position} tabs={tabs} onWhy={() => setIsWhyOpen(true)} />
      </div>
      {isWhyOpen && <BalanceExplained customer={customer} onClose={() => setIsWhyOpen(false)} />}
    </div>
  );
}
