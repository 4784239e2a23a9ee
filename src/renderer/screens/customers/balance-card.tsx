import { Clock, Hourglass, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Lapacho } from '../../ui/lapacho.tsx';
import { Points } from '../../ui/points-text.tsx';
import { shopNowMs } from '../../ui/shop-clock.ts';
import type { Customer, Position } from './customers-data.ts';
import { lastDayOf } from './day-words.ts';
import './customer-summary.css';

const LONG_BALANCE = 9;

interface BalanceCardProps {
  readonly customer: Customer;
  /** Null until it has been read; the balance alone is known before. */
  readonly position: Position | null;
  readonly onWhy: () => void;
}

/** What the customer has: points, their worth at the till, the way to the next reward, and what ends soonest. */
export function BalanceCard({ customer, position, onWhy }: BalanceCardProps): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const [main, ...others] = position?.programmes ?? [];
  const balance = main?.balance ?? customer.balance;
  return (
    <section className="customer-balance" aria-label={t('balance.label')}>
      <Lapacho size={190} isPlain className="customer-bloom" />
      <h2 className="customer-balance-label">{t('balance.label')}</h2>
      <div className="customer-balance-number" data-long={format.points(balance).length > LONG_BALANCE}>
        <span key={balance} className="customer-swap">
          <Points points={balance} />
        </span>
      </div>
      {main !== undefined && main.worthMinor !== null && main.worthMinor > 0 && (
        <p className="customer-balance-worth">{t('balance.worth', { amount: format.money(main.worthMinor) })}</p>
      )}
      {main !== undefined && main.nextReward !== null && main.nextReward.name !== '' && (
        <NextReward next={main.nextReward} spendablePoints={main.spendablePoints} />
      )}
      <button type="button" className="customer-balance-why" onClick={onWhy}>
        <Info size={16} strokeWidth={2} aria-hidden="true" />
        {t('balance.why')}
      </button>
      {main !== undefined && <Notes main={main} />}
      {others.map((other) => (
        <div key={other.programId} className="customer-balance-line">
          <b>{other.name}</b>
          <Points points={other.balance} />
        </div>
      ))}
    </section>
  );
}

type Programme = Position['programmes'][number];

function NextReward({
  next,
  spendablePoints,
}: {
  next: NonNullable<Programme['nextReward']>;
  spendablePoints: number;
}): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const share = Math.max(0, Math.min(100, (spendablePoints / next.pointsNeeded) * 100));
  return (
    <div className="customer-balance-next">
      <div className="customer-balance-bar" aria-hidden="true">
        <i style={{ width: `${share}%` }} />
      </div>
      <span>{t('balance.next', { points: format.points(next.pointsMissing), name: next.name })}</span>
      <small>
        <Points points={next.pointsNeeded} />
      </small>
    </div>
  );
}

/** What waits, what is owed, and what ends soonest. */
function Notes({ main }: { main: Programme }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const ending = main.lots
    .filter((lot) => lot.remaining > 0 && lot.expiresAtMs !== null)
    .toSorted((one, other) => (one.expiresAtMs ?? 0) - (other.expiresAtMs ?? 0))[0];
  return (
    <>
      {main.pendingPoints > 0 && (
        <div className="customer-balance-line">
          <Hourglass size={16} strokeWidth={2} aria-hidden="true" />
          {t('balance.pending', { points: format.points(main.pendingPoints) })}
        </div>
      )}
      {main.owedPoints > 0 && (
        <div className="customer-balance-line">{t('balance.owed', { points: format.points(main.owedPoints) })}</div>
      )}
      {ending?.expiresAtMs != null && (
        <div className="customer-balance-line">
          <Clock size={16} strokeWidth={2} aria-hidden="true" />
          {t('balance.expiring', {
            points: format.points(ending.remaining),
            day: format.day(lastDayOf(ending.expiresAtMs), shopNowMs()),
          })}
        </div>
      )}
    </>
  );
}
