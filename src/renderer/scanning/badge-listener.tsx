import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../ui/api-context.ts';
import { playSound } from '../ui/sounds.ts';
import { showToast } from '../ui/toast.tsx';
import { sendCommand, useCommandHost } from '../ui/use-command.ts';
import type { RawScan } from './raw-scans.ts';
import { useBadgeSignIn } from './use-badge-sign-in.ts';
import { listenForWedge } from './wedge-listener.ts';

/** Hears the hand scanner while nobody is signed in: a badge opens the till, everything else waits for somebody. */
export function BadgeListener(): null {
  const { t } = useTranslation('scanning');
  const client = useApiClient();
  const host = useCommandHost();
  const signIn = useBadgeSignIn();
  const take = async ({ text, source, atMs }: RawScan): Promise<void> => {
    const input = { text, source, screen: 'sign-in' as const, atMs };
    const logged = await sendCommand(client.scanning.submit, host.newOperationId(), input);
    const outcome = logged.kind === 'done' ? logged.value.outcome : null;
    // Read twice, a badge opens all the same; anything else read twice has been answered.
    const kind = outcome?.kind === 'repeat' ? outcome.ofKind : outcome?.kind;
    if (kind === 'staff-badge') return signIn(text);
    if (outcome?.kind === 'repeat') return;
    playSound('unknown');
    showToast({ slot: 'scan', tone: 'warning', title: t('signInFirst') });
  };
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => listenForWedge(window, (scan) => void latest.current(scan)), []);
  return null;
}
