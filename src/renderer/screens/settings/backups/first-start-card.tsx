import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/card.tsx';
import { useNow } from '../../../ui/date-text.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import type { Backups } from './backups-types.ts';

/** What this version found when it first opened the shop. */
export function FirstStartCard({ check }: { check: NonNullable<Backups['firstStart']> }): ReactNode {
  const { t } = useTranslation('backups');
  const format = useFormat();
  const nowMs = useNow(60_000);
  const when = `${format.day(check.atMs, nowMs)}, ${format.time(check.atMs)}`;
  const isAllGood = check.parts.every(({ isGood }) => isGood);
  return (
    <Card title={t('firstStart.title', { version: check.appVersion })} className="settings-card">
      <p className="is-muted">{t('firstStart.detail', { when })}</p>
      <dl className="settings-facts backups-parts">
        {check.parts.map(({ part, isGood, errorCode }) => (
          <div key={part}>
            <dt>{t(`firstStart.part.${part}`)}</dt>
            <dd>
              <Tag tone={isGood ? 'success' : 'danger'}>
                {isGood ? t('firstStart.good') : t('firstStart.bad', { code: errorCode })}
              </Tag>
            </dd>
          </div>
        ))}
      </dl>
      {!isAllGood && <p className="is-small">{t('firstStart.badDetail')}</p>}
    </Card>
  );
}
