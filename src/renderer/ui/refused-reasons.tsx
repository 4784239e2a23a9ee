import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CountBars } from './count-bars.tsx';
import { useFormat } from './format.ts';

/** A few words for the reason of a refusal, without its facts; a reason without words is said as it is kept. */
export function useReasonWords(): (reason: string) => string {
  const { t } = useTranslation('figures');
  return (reason) => t(`refused.reason.${reason}`, { defaultValue: reason });
}

/** What was refused, by its reason, the most frequent first. */
export function RefusedReasons({
  refused,
}: {
  refused: readonly { readonly reason: string; readonly attempts: number }[];
}): ReactNode {
  const { t } = useTranslation('figures');
  const format = useFormat();
  const words = useReasonWords();
  if (refused.length === 0) return <p className="ui-interval-words">{t('refused.empty')}</p>;
  return (
    <CountBars
      label={t('refused.title')}
      bars={refused.map(({ reason, attempts }) => ({
        id: reason,
        label: words(reason),
        value: attempts,
        text: format.number(attempts),
      }))}
    />
  );
}
