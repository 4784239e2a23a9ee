import type { TFunction } from 'i18next';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Formatter, useFormat } from './format.ts';
import { shopNowMs } from './shop-clock.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** The shop's time now, renewed every `everyMs`, so that "12 min ago" stays true. */
export function useNow(everyMs = 30_000): number {
  const [nowMs, setNowMs] = useState(shopNowMs);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(shopNowMs()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
}

/** Under an hour '12 min ago', today '10:42', this week 'Tuesday 10:42', else '20 Nov' or '20 Nov 2025'. */
export function dateWords(t: TFunction<'common'>, format: Formatter, atMs: number, nowMs: number): string {
  const ageMs = nowMs - atMs;
  if (ageMs >= 0 && ageMs < MINUTE_MS) return t('date.now');
  if (ageMs >= 0 && ageMs < HOUR_MS) return t('date.minutesAgo', { count: Math.floor(ageMs / MINUTE_MS) });
  if (format.dateKey(atMs) === format.dateKey(nowMs)) return format.time(atMs);
  if (ageMs > 0 && ageMs < WEEK_MS) return format.weekdayAndTime(atMs);
  return format.day(atMs, nowMs);
}

/** An instant in the words of the brief; the exact moment is its title. */
export function DateText({ atMs }: { atMs: number }): ReactNode {
  const format = useFormat();
  const { t } = useTranslation('common');
  const nowMs = useNow();
  return (
    <time dateTime={new Date(atMs).toISOString()} title={format.exact(atMs)}>
      {dateWords(t, format, atMs, nowMs)}
    </time>
  );
}
