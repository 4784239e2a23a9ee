import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/card.tsx';
import { useNow } from '../../../ui/date-text.tsx';
import { useFormat } from '../../../ui/format.ts';
import type { Backups } from './backups-types.ts';

/** What became of the last copy that was to be put back. */
export function LastRestore({ restore }: { restore: NonNullable<Backups['restore']> }): ReactNode {
  const { t } = useTranslation('backups');
  const format = useFormat();
  const nowMs = useNow(60_000);
  const { phase, copyAtMs, setAside, reason } = restore;
  const when = `${format.day(copyAtMs, nowMs)}, ${format.time(copyAtMs)}`;
  if (phase === 'failed' && reason !== null) {
    return (
      <Card title={t('restore.failedTitle')} className="settings-card">
        <p role="alert">{t(`restore.failedReason.${reason}`)}</p>
      </Card>
    );
  }
  if (phase !== 'noted') {
    return (
      <Card title={t('restore.wanted')} className="settings-card">
        <p role="alert">{t('restore.waiting')}</p>
      </Card>
    );
  }
  return (
    <Card title={t('restore.notedTitle')} className="settings-card">
      <p className="is-muted">{t('restore.noted', { when, folder: setAside })}</p>
    </Card>
  );
}
