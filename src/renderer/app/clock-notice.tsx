import { useQuery } from '@tanstack/react-query';
import { Clock } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../ui/api-context.ts';
import { Button } from '../ui/button.tsx';
import { useNow } from '../ui/date-text.tsx';
import { type Formatter, useFormat } from '../ui/format.ts';
import { useKeys } from '../ui/keys.ts';
import { useReport } from '../ui/refusal-text.ts';
import { announce, showToast } from '../ui/toast.tsx';
import { useCommand } from '../ui/use-command.ts';
import { type ClockAnswer, ClockDialog } from './clock-dialog.tsx';
import './clock-notice.css';

const KEYS_YES = 'Alt 0';

function useWhen(format: Formatter): (atMs: number) => string {
  const { t } = useTranslation('shell');
  return (atMs) =>
    t('clock.when', { day: format.longDay(atMs), year: format.dateKey(atMs).slice(0, 4), time: format.time(atMs) });
}

function useAnswer(when: (atMs: number) => string): {
  send: (answer: ClockAnswer) => Promise<boolean>;
  isRunning: boolean;
} {
  const { t } = useTranslation('shell');
  const confirm = useCommand(useApiClient().time.confirm);
  const report = useReport();
  const send = async (answer: ClockAnswer): Promise<boolean> => {
    const result = await confirm.run({ answer });
    if (!report(result)) return false;
    showToast({ tone: 'success', title: t('clock.done', { when: when(result.value.trustedAtMs) }) });
    return true;
  };
  return { send, isRunning: confirm.isRunning };
}

/**
 * Asks what time it is when the computer's clock cannot be believed; a strip over the screen that never stands in the way
 * of a sale. Everybody sees it, a manager or IT answers, by PIN where somebody else is signed in.
 */
export function ClockNotice(): ReactNode {
  const status = useQuery(useApi().system.status.queryOptions(undefined, { staleTime: 5000 }));
  const clock = status.data?.clock;
  if (clock === undefined || clock.standing === 'agreed') return null;
  const kind = clock.standing === 'unconfirmed' ? 'asked' : clock.isAnswered ? 'wrong' : 'jumped';
  return <ClockStrip kind={kind} keptAheadMs={clock.bookedMs - clock.wallMs} />;
}

/** Reads the question aloud when it changes, not each minute. */
function useSaidOnce(text: string, kind: string): void {
  const textNow = useRef(text);
  textNow.current = text;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the kind is what is new, the text follows the minutes
  useEffect(() => announce(textNow.current, 'assertive'), [kind]);
}

function ClockStrip({ kind, keptAheadMs }: { kind: 'asked' | 'jumped' | 'wrong'; keptAheadMs: number }): ReactNode {
  const { t } = useTranslation('shell');
  const when = useWhen(useFormat());
  const answer = useAnswer(when);
  useNow(1000);
  const wallMs = Date.now();
  const [isOther, setIsOther] = useState(false);
  const sayYes = (): void => void answer.send({ is: 'as-shown', shownMs: Date.now() });
  useKeys({ 'Alt+0': kind === 'wrong' ? undefined : sayYes });
  const facts = { when: when(wallMs), kept: when(wallMs + keptAheadMs) };
  useSaidOnce(t(`clock.${kind}`, facts), kind);
  return (
    <section className="clock-notice" aria-label={t('clock.title')}>
      <Clock size={20} strokeWidth={1.75} aria-hidden="true" />
      <div className="clock-notice-words">
        <b>{t(`clock.${kind}`, facts)}</b>
        <span className="is-small">{t(`clock.${kind}Detail`, facts)}</span>
      </div>
      <div className="clock-notice-answers">
        {kind !== 'wrong' && (
          <Button kind="primary" keys={KEYS_YES} isBusy={answer.isRunning} onPress={sayYes}>
            {t('clock.yes')}
          </Button>
        )}
        {kind === 'jumped' && (
          <Button onPress={() => void answer.send({ is: 'as-kept' })}>{t('clock.no', facts)}</Button>
        )}
        <Button onPress={() => setIsOther(true)}>{t('clock.other')}</Button>
      </div>
      {isOther && (
        <ClockDialog
          shownMs={wallMs + (kind === 'asked' ? 0 : keptAheadMs)}
          isBusy={answer.isRunning}
          onAnswer={async (given) => {
            if (await answer.send(given)) setIsOther(false);
          }}
          onClose={() => setIsOther(false)}
        />
      )}
    </section>
  );
}
