import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { TierTag } from '../../ui/tier-tag.tsx';
import type { Tier } from './customers-data.ts';
import { lastDayOf } from './day-words.ts';
import './tier-ladder.css';

/** Where the customer stands on the ladder: each tier with its threshold, what is missing, how long the tier stays. */
export function TierLadder({ tier }: { tier: Tier }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const amount = (value: number): string => (tier.measure === 'spend' ? format.money(value) : format.number(value));
  const { next, keepsUntilMs } = tier;
  const from = tier.threshold;
  const to = next?.threshold ?? from;
  const share = next === null ? 100 : Math.max(0, Math.min(100, ((tier.progress - from) / (to - from)) * 100));
  return (
    <section className="ui-card customer-tier" aria-label={t('tier.title')}>
      <header>
        <h2>{t('tier.title')}</h2>
        <TierTag tier={tier} />
      </header>
      <div className="customer-tier-bar" aria-hidden="true">
        <i style={{ width: `${share}%` }} />
      </div>
      <p>
        {next === null
          ? t('tier.top')
          : t(`tier.missing.${tier.measure}`, { count: next.missing, amount: amount(next.missing), tier: next.name })}
      </p>
      {keepsUntilMs !== null && (
        <p className="is-muted">
          {t('tier.keeps', { tier: tier.name, day: format.day(lastDayOf(keepsUntilMs), shopNowMs()) })}
        </p>
      )}
      <ol>
        {tier.levels.map((level) => (
          <li key={level.tierId} aria-current={level.tierId === tier.tierId ? 'step' : undefined}>
            <span>{level.name}</span>
            <span>{amount(level.threshold)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
