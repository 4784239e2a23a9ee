import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerScreenState, ScreenIdle } from '#shop/customer-screen/screen-state.ts';
import { useFormat } from '../../ui/format.ts';
import { civilDayText } from '../../ui/schedule-words.ts';
import { Hero } from './hero.tsx';

const LOOK_EVERY_MS = 1000;

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function Offer({ offer }: { offer: NonNullable<ScreenIdle['offer']> }): ReactNode {
  const { t } = useTranslation('customer-screen');
  const format = useFormat();
  const today = format.dateKey(Date.now());
  return (
    <div className="customer-offer">
      <span>{t('idle.offer')}</span>
      <b>{offer.name}</b>
      {offer.endsOn !== null && (
        <span>
          {offer.endsOn === today
            ? t('idle.today')
            : t('idle.until', { day: civilDayText({ format, today }, offer.endsOn) })}
        </span>
      )}
    </div>
  );
}

interface IdleProps {
  readonly state: CustomerScreenState & ScreenIdle;
  readonly scanButton: ReactNode;
}

/** Nobody is served: the shop, the time, one offer, and where to scan. */
export function IdleMoment({ state, scanButton }: IdleProps): ReactNode {
  const { t } = useTranslation('customer-screen');
  const format = useFormat();
  const now = useNow();
  return (
    <div className="customer-whole">
      <Hero
        shopName={state.shopName}
        foot={
          <div className="customer-idle-foot">
            {state.offer === null ? <span /> : <Offer offer={state.offer} />}
            {scanButton}
          </div>
        }
      >
        <h1>{state.isOpen ? t('idle.welcome') : t('idle.closed')}</h1>
        <p className="customer-clock">
          <time dateTime={new Date(now).toISOString()}>{format.time(now)}</time>
        </p>
        <p className="customer-quiet">{format.longDay(now)}</p>
      </Hero>
    </div>
  );
}
