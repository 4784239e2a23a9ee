import { Clock } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { useNow } from '../ui/date-text.tsx';
import { type Formatter, useFormat } from '../ui/format.ts';
import { announce } from '../ui/toast.tsx';
import { type ClockAnswer, ClockDialog } from './clock-dialog.tsx';
import './clock-notice.css';

/** What stands in the way of believing the clock: nobody can tell, it jumped, or it is known to be wrong. */
export type ClockTrouble = 'asked' | 'jumped' | 'wrong';

/** Words for an instant, UTC ms. */
export function useWhen(): (atMs: number) => string {
  const { t } = useTranslation('shell');
  const format: Formatter = useFormat();
  return (atMs) =>
    t('clock.when', { day: format.longDay(atMs), year: format.dateKey(atMs).slice(0, 4), time: format.time(atMs) });
}

/** Reads the question aloud when it changes, not each minute. */
function useSaidOnce(text: string, kind: string): void {
  const textNow = useRef(text);
  textNow.current = text;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the kind is what is new, the text follows the minutes
  useEffect(() => announce(textNow.current, 'assertive'), [kind]);
}

interface ClockStripProps {
  readonly kind: ClockTrouble;
  /** By how much the till's time is ahead of what the computer shows, ms. */
  readonly keptAheadMs: number;
  readonly isBusy: boolean;
  /** Shown with the yes where a key gives it. */
  readonly yesKey?: string;
  /** Answers whether it was taken. */
  readonly onAnswer: (answer: ClockAnswer) => Promise<boolean>;
}

/** The question about the time, with its answers; it never stands in the way of a sale. */
export function ClockStrip({ kind, keptAheadMs, isBusy, yesKey, onAnswer }: ClockStripProps): ReactNode {
  const { t } = useTranslation('shell');
  const when = useWhen();
  useNow(1000);
  const wallMs = Date.now();
  const [isOther, setIsOther] = useState(false);
  const facts = { when: when(wallMs), kept: when(wallMs + keptAheadMs) };
  useSaidOnce(t(`clock.${kind}`, facts), kind);
  const say = (answer: ClockAnswer): void => void onAnswer(answer);
  return (
    <section className="clock-notice" aria-label={t('clock.title')}>
      <Clock size={20} strokeWidth={1.75} aria-hidden="true" />
      <div className="clock-notice-words">
        <b>{t(`clock.${kind}`, facts)}</b>
        <span className="is-small">{t(`clock.${kind}Detail`, facts)}</span>
      </div>
      <div className="clock-notice-answers">
        {kind !== 'wrong' && (
          <Button
            kind="primary"
            {...(yesKey === undefined ? {} : { keys: yesKey })}
            isBusy={isBusy}
            onPress={() => say({ is: 'as-shown', shownMs: Date.now() })}
          >
            {t('clock.yes')}
          </Button>
        )}
        {kind === 'jumped' && <Button onPress={() => say({ is: 'as-kept' })}>{t('clock.no', facts)}</Button>}
        <Button onPress={() => setIsOther(true)}>{t('clock.other')}</Button>
      </div>
      {isOther && (
        <ClockDialog
          shownMs={wallMs + (kind === 'asked' ? 0 : keptAheadMs)}
          isBusy={isBusy}
          onAnswer={async (given) => {
            if (await onAnswer(given)) setIsOther(false);
          }}
          onClose={() => setIsOther(false)}
        />
      )}
    </section>
  );
}

/** The same strip, when somebody has answered and is to sign in. */
export function GivenClockStrip({ onChange }: { readonly onChange: () => void }): ReactNode {
  const { t } = useTranslation('shell');
  useSaidOnce(t('clock.given'), 'given');
  return (
    <section className="clock-notice" aria-label={t('clock.title')}>
      <Clock size={20} strokeWidth={1.75} aria-hidden="true" />
      <div className="clock-notice-words">
        <b>{t('clock.given')}</b>
        <span className="is-small">{t('clock.givenDetail')}</span>
      </div>
      <div className="clock-notice-answers">
        <Button onPress={onChange}>{t('clock.change')}</Button>
      </div>
    </section>
  );
}
