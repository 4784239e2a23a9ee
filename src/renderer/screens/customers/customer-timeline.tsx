import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { useShop } from '../../ui/shop-context.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { Customer, TimelineFilter, TimelineGroup } from './customers-data.ts';
import { useTimeline } from './customers-data.ts';
import { dayText } from './day-words.ts';
import { TimelineEvent } from './timeline-event.tsx';
import './customer-timeline.css';

const FILTERS: readonly TimelineFilter[] = ['all', 'sales', 'points', 'vouchers', 'scans'];
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface CustomerTimelineProps {
  readonly customer: Customer;
  /** Shown on narrow windows, where the points are a tab beside the timeline. */
  readonly tabs: ReactNode;
}

/** What happened, grouped by day: what a person did is the row, what followed from it stands as chips below. */
export function CustomerTimeline({ customer, tabs }: CustomerTimelineProps): ReactNode {
  const { t } = useTranslation('customers');
  const [filter, setFilter] = useState<TimelineFilter>('all');
  const timeline = useTimeline(customer.customerId, filter);
  const groups = (timeline.data?.pages ?? []).flatMap((page) => page.groups);
  return (
    <section className="ui-card customer-timeline" aria-label={t('timeline.title')}>
      <header className="customer-timeline-head">
        <h2>{t('timeline.title')}</h2>
        {tabs}
        <Segmented<TimelineFilter>
          label={t('timeline.filter')}
          value={filter}
          onChange={setFilter}
          segments={FILTERS.map((id) => ({ id, label: t(`timeline.${id}`) }))}
        />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
      <div className="customer-timeline-body" tabIndex={0}>
        {timeline.isError && groups.length === 0 ? (
          <EmptyState
            tone="danger"
            title={t('timeline.error')}
            action={<Button onPress={() => void timeline.refetch()}>{t('error.retry')}</Button>}
          />
        ) : timeline.data === undefined ? (
          <Skeleton rows={6} />
        ) : groups.length === 0 ? (
          <p className="is-muted customer-timeline-empty">
            {filter === 'all' ? t('timeline.empty', { name: customer.displayName }) : t('timeline.emptyFilter')}
          </p>
        ) : (
          <Days groups={groups} />
        )}
        {timeline.hasNextPage && (
          <div className="customer-more">
            <Button kind="ghost" isBusy={timeline.isFetchingNextPage} onPress={() => void timeline.fetchNextPage()}>
              {t('timeline.more')}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}

interface Day {
  readonly businessDate: string;
  readonly groups: readonly TimelineGroup[];
}

/** Neighbouring groups of one business day stand together; the order stays the back end's. */
export function byDay(groups: readonly TimelineGroup[]): Day[] {
  const days: { businessDate: string; groups: TimelineGroup[] }[] = [];
  for (const group of groups) {
    const last = days.at(-1);
    if (last?.businessDate === group.businessDate) last.groups.push(group);
    else days.push({ businessDate: group.businessDate, groups: [group] });
  }
  return days;
}

function Days({ groups }: { groups: readonly TimelineGroup[] }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { dayStartsAtHour } = useShop();
  const nowMs = shopNowMs() - dayStartsAtHour * HOUR_MS;
  const words = (businessDate: string): string => {
    // The hour at which the day starts is taken off, so that a sale at 01:00 stands under the evening it belongs to.
    if (businessDate === format.dateKey(nowMs)) return t('timeline.today');
    if (businessDate === format.dateKey(nowMs - DAY_MS)) return t('timeline.yesterday');
    return dayText(businessDate, format.settings.language, format.dateKey(nowMs).slice(0, 4));
  };
  return byDay(groups).map((day) => (
    <section key={day.businessDate + (day.groups[0]?.groupId ?? '')}>
      <h3 className="customer-day">{words(day.businessDate)}</h3>
      <ul className="customer-events">
        {day.groups.map((group) => (
          <TimelineEvent key={group.groupId} group={group} />
        ))}
      </ul>
    </section>
  ));
}
