import { type ReactNode, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { navigateTo, useRoute } from '../../ui/route.ts';
import { useMay } from '../../ui/shop-context.ts';
import { CampaignDetailPane } from './campaign-detail.tsx';
import { CampaignPanel } from './campaign-panel.tsx';
import { RedeemBar } from './redeem-bar.tsx';
import { VoucherList } from './voucher-list.tsx';
import { type Tab, useCampaigns } from './vouchers-data.ts';
import './vouchers.css';

const NEW = 'new';
const EDIT = 'edit';
const COPY = 'copy';

function Vouchers(): ReactNode {
  const { rest } = useRoute();
  const [tab, setTab] = useState<Tab>('all');
  const [query, setQuery] = useState('');
  const list = useCampaigns(tab, useDeferredValue(query.trim()));
  const mayRedeem = useMay('vouchers.redeem');
  const mayEdit = useMay('vouchers.edit');
  const [first = ''] = rest;
  const asked = first === NEW || first === '' ? null : first;
  // Beside the list there is always one to look at; where there is no room for both, the one that was opened.
  const shownId = asked ?? list.data?.rows[0]?.campaignId ?? null;
  const isEditing = mayEdit && (first === NEW || rest[1] === EDIT || rest[1] === COPY);
  const close = (campaignId: string | null): void =>
    campaignId === null ? navigateTo('vouchers') : navigateTo('vouchers', campaignId);
  return (
    <div className={classNames('vouchers', asked !== null && 'has-open')}>
      <div className="vouchers-left">
        {mayRedeem && <RedeemBar />}
        <VoucherList
          list={list}
          tab={tab}
          query={query}
          openId={shownId}
          onTab={setTab}
          onQuery={setQuery}
          onOpen={(campaignId) => navigateTo('vouchers', campaignId)}
          onNew={() => navigateTo('vouchers', NEW)}
        />
      </div>
      <aside className="vouchers-detail">
        {shownId !== null && <CampaignDetailPane key={shownId} campaignId={shownId} />}
      </aside>
      {isEditing && <CampaignPanel key={rest.join('/')} campaignId={asked} isCopy={rest[1] === COPY} onClose={close} />}
    </div>
  );
}

/** The vouchers of the shop: redeem bar, list, and one of them in full. */
export function VouchersScreen(): ReactNode {
  const { t } = useTranslation('common');
  const mayRead = useMay('vouchers.read');
  if (mayRead) return <Vouchers />;
  return <EmptyState tone="neutral" title={t('noPermission.title')} detail={t('noPermission.detail')} />;
}
