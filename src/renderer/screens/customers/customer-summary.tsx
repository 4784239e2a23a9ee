import { Check, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../ui/date-text.tsx';
import { useFormat } from '../../ui/format.ts';
import { Money } from '../../ui/money-text.tsx';
import { Tag } from '../../ui/tag.tsx';
import { BalanceCard } from './balance-card.tsx';
import type { Customer, Position } from './customers-data.ts';
import { CustomerMore } from './customer-more.tsx';
import { TierLadder } from './tier-ladder.tsx';
import './customer-summary.css';

const RECENT_WEEKS = 4;
const LOWEST_BAR = 5;

interface CustomerSummaryProps {
  readonly customer: Customer;
  readonly position: Position | null;
  readonly onWhy: () => void;
}

/** The left column: balance, tier, four numbers, the rhythm of visits, consent. */
export function CustomerSummary({ customer, position, onWhy }: CustomerSummaryProps): ReactNode {
  const tier = position?.programmes[0]?.tier ?? null;
  return (
    <div className="customer-left">
      <BalanceCard customer={customer} position={position} onWhy={onWhy} />
      {tier !== null && <TierLadder tier={tier} />}
      <FourNumbers customer={customer} />
      <section className="ui-card customer-rhythm">
        <Visits perWeek={customer.visitsPerWeek} />
        <div>
          {customer.tags.length > 0 && (
            <div className="customer-tags">
              {customer.tags.map((tag) => (
                <Tag key={tag}>{tag}</Tag>
              ))}
            </div>
          )}
          {customer.note !== '' && <p className="customer-note">{customer.note}</p>}
        </div>
        <Consent isAgreed={customer.consentMarketing} />
      </section>
      <CustomerMore customer={customer} />
    </div>
  );
}

function FourNumbers({ customer }: { customer: Customer }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { stats } = customer;
  return (
    <dl className="ui-card customer-stats">
      <div>
        <dt>{t('stats.visits')}</dt>
        <dd>{format.number(stats.visits)}</dd>
      </div>
      <div>
        <dt>{t('stats.lastVisit')}</dt>
        <dd>{stats.lastVisitAtMs === null ? t('stats.never') : <DateText atMs={stats.lastVisitAtMs} />}</dd>
      </div>
      <div>
        <dt>{t('stats.spent')}</dt>
        <dd>
          <Money minor={stats.spentMinor} />
        </dd>
      </div>
      <div>
        <dt>{t('stats.average')}</dt>
        <dd>{stats.averageSaleMinor === null ? '–' : <Money minor={stats.averageSaleMinor} />}</dd>
      </div>
    </dl>
  );
}

/** 26 bars, this week last. One tab stop; arrows read week by week. */
function Visits({ perWeek }: { perWeek: readonly number[] }): ReactNode {
  const { t } = useTranslation('customers');
  const [marked, setMarked] = useState<number | null>(null);
  const top = Math.max(1, ...perWeek);
  const last = perWeek.length - 1;
  const say = (index: number): string => {
    const visits = t('visits.count', { count: perWeek[index] ?? 0 });
    return index === last ? t('visits.thisWeek', { visits }) : t('visits.weeksAgo', { count: last - index, visits });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = marked ?? last + 1;
    const goal = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    setMarked(Math.max(0, Math.min(last, goal)));
  };
  return (
    <div className="customer-visits">
      <div className="customer-visits-head">
        <h2>{t('visits.title')}</h2>
        <span>{marked === null ? t('visits.weeks') : say(marked)}</span>
      </div>
      <div
        className="customer-weeks"
        // A slider speaks its value on every arrow key: that is how a chart is read point by point.
        role="slider"
        tabIndex={0}
        aria-label={t('visits.chart')}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={marked ?? last}
        aria-valuetext={say(marked ?? last)}
        onKeyDown={onKeyDown}
        onBlur={() => setMarked(null)}
        onPointerLeave={() => setMarked(null)}
      >
        {perWeek.map((visits, index) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: a week is its place in the row
            key={index}
            data-recent={index > last - RECENT_WEEKS}
            data-marked={index === marked}
            style={{ height: visits === 0 ? '2px' : `${LOWEST_BAR + (visits / top) * (100 - LOWEST_BAR)}%` }}
            onPointerEnter={() => setMarked(index)}
          />
        ))}
      </div>
    </div>
  );
}

function Consent({ isAgreed }: { isAgreed: boolean }): ReactNode {
  const { t } = useTranslation('customers');
  const Icon = isAgreed ? Check : X;
  return (
    <div className="customer-consent" data-agreed={isAgreed}>
      <span>{t('consent.label')}</span>
      <b>
        <Icon size={16} strokeWidth={2.25} aria-hidden="true" />
        {t(isAgreed ? 'consent.yes' : 'consent.no')}
      </b>
    </div>
  );
}
