import { useQuery } from '@tanstack/react-query';
import { BellRing, Check, CreditCard, type LucideIcon, ScanLine, Ticket, TimerOff, Wallet } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { navigateTo, useRoute } from '../../ui/route.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import { AlertPanel } from './alert-panel.tsx';
import { type ListedAlert, useAlertWords } from './alert-words.ts';
import './alerts.css';

const SCREEN = 'alerts';
const TABS = ['open', 'handled'] as const;

const ICONS: Readonly<Record<ListedAlert['last']['kind'], LucideIcon>> = {
  'payment-failed': CreditCard,
  'vouchers-not-given': Ticket,
  'job-failed': TimerOff,
  'campaign-near-limit': Wallet,
  'campaign-limit-reached': Wallet,
  'unknown-codes': ScanLine,
};

/** What somebody in charge is to look at, and what was looked at. The open one is in the address. */
export function AlertsScreen(): ReactNode {
  const { t } = useTranslation(['alerts', 'common']);
  const { rest } = useRoute();
  const [tab, setTab] = useState<(typeof TABS)[number]>('open');
  const found = useQuery(useApi().alerts.list.queryOptions({ tab }));
  const alerts = found.data?.alerts ?? [];
  const shown = alerts.find(({ alertId }) => alertId === rest[0]);
  return (
    <div className="alerts">
      <Segmented
        label={t('which')}
        segments={TABS.map((id) => ({ id, label: t(`tab.${id}`) }))}
        value={tab}
        onChange={setTab}
      />
      <Card className="alerts-card">
        {found.isPending && <Skeleton rows={6} />}
        {found.isError && (
          <EmptyState
            tone="danger"
            title={t('common:error.load')}
            detail={t('common:error.loadDetail')}
            action={<Button onPress={() => void found.refetch()}>{t('common:retry')}</Button>}
          />
        )}
        {found.isSuccess && alerts.length === 0 && (
          <EmptyState
            icon={tab === 'open' ? <Check strokeWidth={1.75} /> : <BellRing strokeWidth={1.75} />}
            title={t(`empty.${tab}`)}
            detail={t(`empty.${tab}Detail`)}
          />
        )}
        {alerts.length > 0 && <AlertTable alerts={alerts} openId={shown?.alertId ?? null} />}
      </Card>
      {shown !== undefined && (
        <AlertPanel
          key={shown.alertId}
          alert={shown}
          onOpened={(alertId) => {
            setTab('open');
            navigateTo(SCREEN, alertId);
          }}
          onClose={() => navigateTo(SCREEN)}
        />
      )}
    </div>
  );
}

function AlertTable({ alerts, openId }: { alerts: readonly ListedAlert[]; openId: string | null }): ReactNode {
  const { t } = useTranslation('alerts');
  return (
    <DataTable
      label={t('table')}
      rows={alerts}
      rowId={({ alertId }) => alertId}
      isSelected={({ alertId }) => alertId === openId}
      onOpen={({ alertId }) => navigateTo(SCREEN, alertId)}
      columns={useColumns()}
    />
  );
}

function useColumns(): readonly Column<ListedAlert>[] {
  const { t } = useTranslation('alerts');
  const words = useAlertWords();
  const format = useFormat();
  return [
    {
      id: 'what',
      header: t('column.what'),
      cell: (alert) => {
        const Icon = ICONS[alert.last.kind];
        return (
          <span className="alert-what">
            <span className={alert.handledAtMs === null ? 'alert-icon is-open' : 'alert-icon'}>
              <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
            </span>
            <b className="is-strong">{words(alert.last, alert.terminalName).title}</b>
          </span>
        );
      },
    },
    { id: 'till', header: t('column.till'), width: '130px', cell: ({ terminalName }) => terminalName },
    {
      id: 'times',
      header: t('column.times'),
      width: '110px',
      cell: ({ times, handledAtMs }) => (
        <Tag tone={handledAtMs === null && times > 1 ? 'warning' : 'neutral'}>
          {t('count', { count: times, number: format.number(times) })}
        </Tag>
      ),
    },
    { id: 'last', header: t('column.last'), width: '150px', cell: ({ lastAtMs }) => <DateText atMs={lastAtMs} /> },
  ];
}
