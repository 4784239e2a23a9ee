import { ChartColumn, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { navigateTo } from '../../ui/route.ts';
import { useMay } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { HoursPanel } from './hours-panel.tsx';
import { LastSales } from './last-sales.tsx';
import { NumberCards } from './number-cards.tsx';
import { OpenAlerts } from './open-alerts.tsx';
import { VoucherPanels } from './voucher-panels.tsx';
import { type Question, type Today, useToday } from './today-data.ts';
import { WhyPanel } from './why-panel.tsx';
import './analytics.css';

/** Analytics, range Today: the day's numbers, live, each with its reason. */
export function AnalyticsScreen(): ReactNode {
  const { t } = useTranslation('analytics');
  if (!useMay('analytics.today')) {
    return (
      <EmptyState
        icon={<ChartColumn aria-hidden="true" />}
        title={t('noPermission.title')}
        detail={t('noPermission.detail')}
        tone="neutral"
      />
    );
  }
  return <TodayBoard />;
}

function TodayBoard(): ReactNode {
  const { t } = useTranslation('analytics');
  const today = useToday();
  const mayAll = useMay('analytics.all');
  const [question, setQuestion] = useState<Question | null>(null);
  if (today.data === undefined) {
    return today.isError ? (
      <EmptyState
        tone="danger"
        icon={<TriangleAlert aria-hidden="true" />}
        title={t('error.title')}
        detail={t('error.detail', { code: today.error.data?.errorCode ?? '–' })}
        action={<Button onPress={() => void today.refetch()}>{t('error.retry')}</Button>}
      />
    ) : (
      <Skeleton rows={6} shape="card" />
    );
  }
  return (
    <div className="analytics">
      <RangeBar today={today.data} readAtMs={today.dataUpdatedAt} onAsk={setQuestion} />
      <NumberCards today={today.data} onAsk={setQuestion} />
      {today.data.salesCount === 0 && today.data.lastSales.length === 0 ? (
        <div className="ui-card analytics-empty">
          <p>{t('empty.title')}</p>
          <Button onPress={() => navigateTo('till')}>{t('empty.action')}</Button>
        </div>
      ) : (
        <div className="analytics-panels">
          <HoursPanel today={today.data} onAsk={setQuestion} />
          <LastSales today={today.data} />
        </div>
      )}
      {mayAll && <VoucherPanels />}
      {question !== null && (
        <WhyPanel question={question} businessDate={today.data.businessDate} onClose={() => setQuestion(null)} />
      )}
    </div>
  );
}

/** The range with its comparison written out. */
function RangeBar({
  today,
  readAtMs,
  onAsk,
}: {
  readonly today: Today;
  readonly readAtMs: number;
  readonly onAsk: (question: Question) => void;
}): ReactNode {
  const { t } = useTranslation('analytics');
  const format = useFormat();
  const mayAlerts = useMay('alerts.read');
  const time = format.time(readAtMs);
  return (
    <div className="analytics-bar">
      <h2>
        {t('today')}, {businessDay(today.businessDate, format.settings.language)}
      </h2>
      <span>{today.yesterdaySameHour === null ? t('noYesterday', { time }) : t('against', { time })}</span>
      {today.refundsCount > 0 && (
        <span>{t('refunded', { count: today.refundsCount, amount: format.money(today.refundsMinor) })}</span>
      )}
      {today.soldValueMinor !== 0 && (
        <Button kind="ghost" size="small" onPress={() => onAsk({ measure: 'soldValue' })}>
          {t('soldValue', { amount: format.money(today.soldValueMinor) })}
        </Button>
      )}
      {mayAlerts && <OpenAlerts />}
    </div>
  );
}

/** 'Saturday 14 November' of the business date, which before the day starts is still yesterday's. */
function businessDay(date: string, language: 'en' | 'es'): string {
  const locale = language === 'es' ? 'es' : 'en-GB';
  const atMs = Date.parse(`${date}T00:00:00Z`);
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(atMs);
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(atMs);
  return `${weekday} ${day}`;
}
