import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/date-text.tsx';
import { useFormat } from '../../ui/format.ts';
import { navigateTo } from '../../ui/route.ts';
import { Tag } from '../../ui/tag.tsx';
import { forgetRun, secondsLeft, stopRun, useImportRun } from './import-run.ts';

/** How far the import is, how long it still takes, and how it ended. */
export function ImportProgress({ onAnother }: { onAnother: () => void }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const run = useImportRun();
  const left = secondsLeft(run, useNow(1_000));
  const isRunning = run.phase === 'running';
  const percent = run.total === 0 ? 100 : Math.round((run.sent / run.total) * 100);
  const { totals } = run;
  return (
    <div className="ui-card customers-import-run">
      <div className="customers-progress" role="status">
        <b>
          {isRunning
            ? t('import.progress', { done: format.number(run.sent), total: format.number(run.total) })
            : t(run.phase === 'done' ? 'import.done' : 'import.stopped')}
        </b>
        <div
          className="customers-progress-track"
          role="progressbar"
          aria-label={t('import.title')}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
        >
          <i style={{ width: `${percent}%` }} />
        </div>
        <span className="is-muted is-small">
          {left === null ? `${percent} %` : t('import.left', { seconds: left })}
        </span>
      </div>
      <div className="customers-counts">
        <Tag tone="success">{t('import.created', { count: totals.created, shown: format.number(totals.created) })}</Tag>
        <Tag tone="info">{t('import.updated', { count: totals.updated, shown: format.number(totals.updated) })}</Tag>
        {totals.failed > 0 && (
          <Tag tone="danger">
            {t('import.failedRows', { count: totals.failed, shown: format.number(totals.failed) })}
          </Tag>
        )}
      </div>
      <div className="customers-import-foot">
        {isRunning ? (
          <Button onPress={stopRun}>{t('import.cancel')}</Button>
        ) : (
          <>
            <Button onPress={onAnother}>{t('import.another')}</Button>
            <Button
              kind="primary"
              onPress={() => {
                forgetRun();
                navigateTo('customers');
              }}
            >
              {t('import.toCustomers')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
