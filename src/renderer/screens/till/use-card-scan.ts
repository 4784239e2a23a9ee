import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../ui/api-context.ts';
import { useFormat } from '../../ui/format.ts';
import { useRefusalText } from '../../ui/refusal-text.ts';
import { playSound } from '../../ui/sounds.ts';
import { showToast } from '../../ui/toast.tsx';
import { resultOfError } from '../../ui/use-command.ts';
import { useTillState } from './till-state.ts';
import { payWithCard } from './value-state.ts';

/** Scans and what follows from them share one place on the screen. */
const SLOT = 'scan';

/** Says what is on a gift card that was scanned beside the payment, and offers to pay with it where something is rung up. */
export function useCardScan(onCharge: () => void): (code: string) => Promise<void> {
  const { t } = useTranslation('value');
  const api = useApi();
  const queries = useQueryClient();
  const format = useFormat();
  const wordsOf = useRefusalText();
  return useCallback(
    async (code) => {
      try {
        const options = { ...api.credit.position.queryOptions({ code }), staleTime: 0, retry: false };
        const { availableMinor, status } = await queries.fetchQuery(options);
        const isUsable = status === 'active' && availableMinor > 0 && useTillState.getState().draft.lines.length > 0;
        const pay = (): void => {
          payWithCard(code);
          onCharge();
        };
        playSound('found');
        showToast({
          slot: SLOT,
          tone: status === 'frozen' ? 'warning' : 'success',
          title: t('cardScan.holds', { amount: format.money(availableMinor) }),
          detail: status === 'frozen' ? t('cardScan.frozen', { code }) : code,
          durationMs: null,
          ...(isUsable ? { action: { label: t('cardScan.pay'), onPress: pay } } : {}),
        });
      } catch (error) {
        const result = resultOfError(error);
        playSound('refused');
        const title = result?.kind === 'refused' ? wordsOf(result.refusal) : t('pay.failed');
        showToast({ slot: SLOT, tone: 'danger', title, detail: code, durationMs: null });
      }
    },
    [api, queries, format, wordsOf, t, onCharge],
  );
}
