import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { useShop } from '../ui/shop-context.ts';
import { useLock } from './person-menu.tsx';

const WARN_BEFORE_MS = 20_000;
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Seconds until the lock once the warning is due, else null. Any sign of life starts over. */
function useIdleSeconds(limitMs: number, onIdle: () => void): number | null {
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    if (limitMs <= 0) return;
    // Not the wall clock: set forward it would lock in the middle of a sale, set back it would never lock (fault F11).
    const clock = { aliveMs: performance.now(), isOver: false };
    const live = (): void => {
      clock.aliveMs = performance.now();
      setSeconds(null);
    };
    const timer = setInterval(() => {
      const leftMs = clock.aliveMs + limitMs - performance.now();
      if (leftMs <= 0 && !clock.isOver) {
        clock.isOver = true;
        onIdle();
      } else if (leftMs <= WARN_BEFORE_MS) setSeconds(Math.max(0, Math.ceil(leftMs / 1000)));
    }, 1000);
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, live, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, live, { capture: true });
    };
  }, [limitMs, onIdle]);
  return seconds;
}

/** Locks after the shop's idle time, with 20 s of warning; the open sale is kept. */
export function IdleLock(): ReactNode {
  const { t } = useTranslation('shell');
  const { autoLockMinutes } = useShop();
  const lock = useLock();
  const [lockNow] = useState(() => () => void lock());
  const seconds = useIdleSeconds(autoLockMinutes * 60_000, lockNow);
  if (seconds === null) return null;
  return (
    <div className="shell-idle" role="alert">
      <div>
        <b>{t('idle.title', { count: seconds })}</b>
        <p className="is-muted is-small">{t('idle.detail')}</p>
      </div>
      <Button kind="primary">{t('idle.stay')}</Button>
    </div>
  );
}
