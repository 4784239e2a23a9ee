import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CountBars } from './count-bars.tsx';
import { useFormat } from './format.ts';

/** What was refused, by its reason, the most frequent first. */
export function RefusedReasons({
  refused,
}: {
  refused: readonly { readonly reason: string; readonly attempts: number }[];
}): ReactNode {
  const { t } = useTranslation('figures');
  const format = useFormat();
  if (refused.length === 0) return <p className="ui-interval-words">{t('refused.empty')}</p>;
  return (
    <CountBars
      label={t('refused.title')}
      bars={refused.map(({ reason, attempts }) => ({
        id: reason,
        label: t(`refused.reason.${reason}`, { defaultValue: reason }),
        value: attempts,
        text: format.number(attempts),
      }))}
    />
  );
}
