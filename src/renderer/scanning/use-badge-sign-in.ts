import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../ui/api-context.ts';
import { useRefusalText } from '../ui/refusal-text.ts';
import { playSound } from '../ui/sounds.ts';
import { showToast } from '../ui/toast.tsx';
import { sendCommand, useCommandHost } from '../ui/use-command.ts';

/** Signs in whoever's badge was read, or switches to them, and says so; the open sale stays where it is. */
export function useBadgeSignIn(): (text: string) => Promise<void> {
  const { t } = useTranslation('scanning');
  const api = useApi();
  const client = useApiClient();
  const host = useCommandHost();
  const queryClient = useQueryClient();
  const wordsOf = useRefusalText();
  return async (text) => {
    const result = await sendCommand(client.staff.signInByBadge, host.newOperationId(), { text });
    if (result.kind === 'done') {
      playSound('found');
      showToast({ slot: 'scan', tone: 'success', title: t('badgeIn', { name: result.value.name }), durationMs: 3000 });
      await queryClient.invalidateQueries(api.system.status.queryFilter());
      return;
    }
    playSound('refused');
    const title = result.kind === 'refused' ? wordsOf(result.refusal) : t('failed');
    showToast({ slot: 'scan', tone: 'danger', title, durationMs: null });
  };
}
