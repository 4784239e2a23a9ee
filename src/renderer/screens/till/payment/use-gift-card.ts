import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreditAllowances } from '#shop/allowance/allowance.ts';
import { useApi } from '../../../ui/api-context.ts';
import { useRefusalText } from '../../../ui/refusal-text.ts';
import { resultOfError } from '../../../ui/use-command.ts';

/** An account that may pay, or be paid to: a customer's credit, or a gift card. */
export interface PayingAccount {
  readonly accountId: string;
  readonly kind: 'credit' | 'gift-card';
  readonly code: string | null;
  readonly availableMinor: number;
  readonly endsAtMs: number | null;
  /** When what was left ended, where nothing is left for that reason. */
  readonly emptySinceMs: number | null;
  readonly isFrozen: boolean;
  readonly allowances: CreditAllowances;
}

/** Looks a gift card up by its code, and tells `onFound`; `problem` says why there is none. */
export function useGiftCard(onFound?: (card: PayingAccount) => void) {
  const { t } = useTranslation('value');
  const api = useApi();
  const queries = useQueryClient();
  const wordsOf = useRefusalText();
  const [card, setCard] = useState<PayingAccount | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isLooking, setIsLooking] = useState(false);
  const ask = async (code: string): Promise<void> => {
    setIsLooking(true);
    setProblem(null);
    try {
      const found = await queries.fetchQuery({
        ...api.credit.position.queryOptions({ code }),
        staleTime: 0,
        retry: false,
      });
      const { accountId, endsNextMs: endsAtMs, status, ...shown } = found;
      if (accountId === null) return;
      const account = { ...shown, accountId, endsAtMs, isFrozen: status === 'frozen' };
      setCard(account);
      onFound?.(account);
    } catch (error) {
      const result = resultOfError(error);
      setProblem(result?.kind === 'refused' ? wordsOf(result.refusal) : t('pay.failed'));
    } finally {
      setIsLooking(false);
    }
  };
  const look = (code: string): void => {
    if (code.trim() !== '' && !isLooking) void ask(code.trim());
  };
  return { card, problem, isLooking, look, forget: () => setCard(null) };
}
