import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../ui/api-context.ts';
import { useKeys } from '../ui/keys.ts';
import { useReport } from '../ui/refusal-text.ts';
import { useShopState } from '../ui/shop-context.ts';
import { showToast } from '../ui/toast.tsx';
import { useCommand } from '../ui/use-command.ts';
import type { ClockAnswer } from './clock-dialog.tsx';
import { ClockStrip, type ClockTrouble, GivenClockStrip, useWhen } from './clock-strip.tsx';
import { forgetAnswer, giveAnswer, takeAnswer, useGivenAnswer } from './given-answer.ts';

const KEYS_YES = 'Alt 0';

interface Trouble {
  readonly kind: ClockTrouble;
  readonly keptAheadMs: number;
}

/** What is wrong with the computer's clock; null while nothing is. */
function useClockTrouble(): Trouble | null {
  const status = useQuery(useApi().system.status.queryOptions(undefined, { staleTime: 5000 }));
  const clock = status.data?.clock;
  if (clock === undefined || clock.standing === 'agreed') return null;
  const kind = clock.standing === 'unconfirmed' ? 'asked' : clock.isAnswered ? 'wrong' : 'jumped';
  return { kind, keptAheadMs: clock.bookedMs - clock.wallMs };
}

/**
 * Asks what time it is when the computer's clock cannot be believed; a strip over the screen that never stands in the way
 * of a sale. Everybody sees it, a manager or IT answers, by PIN where somebody else is signed in.
 */
export function ClockNotice(): ReactNode {
  const trouble = useClockTrouble();
  return trouble === null ? null : <ShellStrip {...trouble} />;
}

function ShellStrip({ kind, keptAheadMs }: Trouble): ReactNode {
  const { t } = useTranslation('shell');
  const when = useWhen();
  const { isLocked } = useShopState().session;
  const confirm = useCommand(useApiClient().time.confirm);
  const report = useReport();
  const send = async (answer: ClockAnswer): Promise<boolean> => {
    const result = await confirm.run({ answer });
    if (!report(result)) return false;
    showToast({ tone: 'success', title: t('clock.done', { when: when(result.value.trustedAtMs) }) });
    return true;
  };
  useKeys({
    'Alt+0': kind === 'wrong' ? undefined : () => void send({ is: 'as-shown', shownMs: Date.now() }),
  });
  const sendNow = useRef(send);
  sendNow.current = send;
  useEffect(() => {
    const answer = isLocked ? null : takeAnswer();
    if (answer !== null) void sendNow.current(answer);
  }, [isLocked]);
  return (
    <ClockStrip kind={kind} keptAheadMs={keptAheadMs} isBusy={confirm.isRunning} yesKey={KEYS_YES} onAnswer={send} />
  );
}

/**
 * The same question where nobody is signed in: what is answered here is confirmed by the sign-in that follows, or by a
 * manager's PIN if that is somebody who may not.
 */
export function SignInClockNotice(): ReactNode {
  const trouble = useClockTrouble();
  const given = useGivenAnswer((state) => state.given);
  if (trouble === null) return null;
  if (given !== null) return <GivenClockStrip onChange={forgetAnswer} />;
  const onAnswer = async (answer: ClockAnswer): Promise<boolean> => {
    giveAnswer(answer);
    return true;
  };
  return <ClockStrip {...trouble} isBusy={false} onAnswer={onAnswer} />;
}
