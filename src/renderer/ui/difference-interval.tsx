import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison } from '#shop/experiments/compare-arms.ts';
import { type Formatter, useFormat } from './format.ts';
import './difference-interval.css';

/** '+5.2 p.p.' of a difference of two rates, as a fraction of one: a change in a rate is never a percentage. */
function pointsText(format: Formatter, fraction: number): string {
  const tenths = Math.round(fraction * 1000);
  const sign = tenths > 0 ? '+' : tenths < 0 ? '−' : '';
  return `${sign}${format.tenths(Math.abs(tenths))}`;
}

interface DifferenceIntervalProps {
  readonly comparison: Comparison;
  /** The name of what it is measured against; left out: being shown nothing. */
  readonly against?: string;
}

/** The difference of two conversions with its interval, drawn and said; or how many customers are missing to say it. */
export function DifferenceInterval({ comparison, against }: DifferenceIntervalProps): ReactNode {
  const { t } = useTranslation('figures');
  const format = useFormat();
  if (comparison.kind === 'not-enough') {
    const { have, needed } = comparison;
    return (
      <p className="ui-interval-words">
        {t('interval.notEnough', { have: format.number(have), needed: format.number(needed) })}
      </p>
    );
  }
  const { difference, low, high, isClear } = comparison;
  const reach = Math.max(Math.abs(low), Math.abs(high), 0.01);
  const placeOf = (fraction: number): string => `${50 + (50 * fraction) / reach}%`;
  const verdict = isClear ? (difference > 0 ? 'more' : 'less') : 'unclear';
  return (
    <div className="ui-interval" data-verdict={verdict}>
      <div className="ui-interval-bar" aria-hidden="true">
        <i className="ui-interval-zero" />
        <i className="ui-interval-range" style={{ left: placeOf(low), right: `calc(100% - ${placeOf(high)})` }} />
        <i className="ui-interval-middle" style={{ left: placeOf(difference) }} />
      </div>
      <p className="ui-interval-words">
        <b>{t('interval.difference', { points: pointsText(format, difference) })}</b>{' '}
        {t('interval.range', { low: pointsText(format, low), high: pointsText(format, high) })}{' '}
        <span>
          {against === undefined || verdict === 'unclear'
            ? t(`interval.${verdict}`)
            : t(`interval.${verdict}Than`, { name: against })}
        </span>
      </p>
    </div>
  );
}
