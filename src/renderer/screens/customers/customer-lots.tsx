import { CircleQuestionMark } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/date-text.tsx';
import { useFormat } from '../../ui/format.ts';
import { Points } from '../../ui/points-text.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { Lot, Position } from './customers-data.ts';
import { daysBetween, lastDayOf } from './day-words.ts';
import { RewardList } from './reward-list.tsx';
import './customer-lots.css';

const SOON_DAYS = 30;
const COUNTED_DAYS = 14;

interface CustomerLotsProps {
  readonly position: Position | null;
  readonly tabs: ReactNode;
  readonly onWhy: () => void;
}

/** The points in hand by the day they were earned, in the order in which they are used. */
export function CustomerLots({ position, tabs, onWhy }: CustomerLotsProps): ReactNode {
  const { t } = useTranslation('customers');
  const held = (position?.programmes[0]?.lots ?? []).filter((lot) => lot.remaining > 0);
  const [first, ...later] = held;
  return (
    <section className="ui-card customer-lots" aria-label={t('lots.title')}>
      <header className="customer-lots-head">
        <h2 className="is-hidden-visually">{t('lots.title')}</h2>
        {tabs}
        {held.length > 0 && <Tag tone="accent">{t('lots.count', { count: held.length })}</Tag>}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
      <div className="customer-lots-body" tabIndex={0}>
        {position !== null && <RewardList position={position} />}
        {first === undefined ? (
          <p className="is-muted is-small">{t('lots.empty')}</p>
        ) : (
          <>
            <h3 className="customer-lots-group">{t('lots.first')}</h3>
            <ul>
              <LotTicket lot={first} />
            </ul>
            {later.length > 0 && <h3 className="customer-lots-group">{t('lots.later')}</h3>}
            <ul>
              {later.map((lot) => (
                <LotTicket key={lot.lotId} lot={lot} />
              ))}
            </ul>
          </>
        )}
      </div>
      <footer className="customer-lots-foot">
        <Button
          kind="ghost"
          isFullWidth
          icon={<CircleQuestionMark size={18} strokeWidth={1.75} aria-hidden="true" />}
          onPress={onWhy}
        >
          {t('lots.why')}
        </Button>
      </footer>
    </section>
  );
}

function LotTicket({ lot }: { lot: Lot }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const nowMs = useNow(60_000);
  const daysLeft =
    lot.expiresAtMs === null ? null : daysBetween(format.dateKey(nowMs), format.dateKey(lastDayOf(lot.expiresAtMs)));
  const isSoon = daysLeft !== null && daysLeft <= SOON_DAYS;
  const used =
    lot.remaining === lot.points
      ? t('lots.whole')
      : t('lots.rest', { remaining: format.points(lot.remaining), points: format.points(lot.points) });
  return (
    <li className="customer-lot" data-soon={isSoon}>
      <div className="customer-lot-stub">
        <Points points={lot.remaining} />
        <small>{t('lots.points')}</small>
      </div>
      <div className="customer-lot-text">
        <b>{t('lots.earned', { day: format.day(lot.earnedAtMs, nowMs) })}</b>
        <span>
          {lot.ripensAtMs !== null && lot.ripensAtMs > nowMs
            ? t('lots.ripens', { day: format.day(lot.ripensAtMs, nowMs) })
            : used}
        </span>
        <span>
          {expiryWords(t, lot, daysLeft, lot.expiresAtMs === null ? '' : format.day(lastDayOf(lot.expiresAtMs), nowMs))}
        </span>
      </div>
    </li>
  );
}

function expiryWords(
  t: ReturnType<typeof useTranslation<'customers'>>['t'],
  lot: Lot,
  daysLeft: number | null,
  day: string,
): string {
  if (lot.expiresAtMs === null || daysLeft === null) return t('lots.never');
  if (daysLeft <= 0) return t('lots.expiresToday');
  return daysLeft <= COUNTED_DAYS ? t('lots.expiresSoon', { count: daysLeft }) : t('lots.expires', { day });
}
