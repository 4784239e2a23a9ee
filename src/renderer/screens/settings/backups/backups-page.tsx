import { useQuery } from '@tanstack/react-query';
import { CircleCheck, DatabaseBackup, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { useNow } from '../../../ui/date-text.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useReport } from '../../../ui/refusal-text.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useCommand } from '../../../ui/use-command.ts';
import { PageFrame } from '../page-frame.tsx';
import { CopiesTable } from './copies-table.tsx';
import { ErrorsCard } from './errors-card.tsx';
import { FirstStartCard } from './first-start-card.tsx';
import { LastRestore } from './last-restore.tsx';
import type { Backups } from './backups-types.ts';
import './backups.css';

/** How often it is asked how far a copy is, and whether there is a new one, ms. */
const ASK_EVERY_MS = { running: 500, idle: 15_000 };

/** The copies of the shop, making one, and how they are. */
export function BackupsPage(): ReactNode {
  const { t } = useTranslation(['backups', 'common']);
  const make = useCommand(useApiClient().backups.make);
  const report = useReport();
  const list = useQuery({
    ...useApi().backups.list.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.running == null ? ASK_EVERY_MS.idle : ASK_EVERY_MS.running),
  });
  const copyNow = async (): Promise<void> => {
    if (report(await make.run({}))) showToast({ tone: 'success', title: t('asked') });
    await list.refetch();
  };
  const data = list.data;
  return (
    <PageFrame
      title={t('title')}
      detail={t('detail')}
      actions={
        <Button
          kind="primary"
          icon={<DatabaseBackup />}
          isBusy={make.isRunning || data?.running != null}
          isDisabled={data?.isPossible !== true}
          onPress={() => void copyNow()}
        >
          {t('make')}
        </Button>
      }
    >
      {list.isPending && <Skeleton rows={3} />}
      {list.isError && (
        <EmptyState
          tone="danger"
          title={t('common:error.load')}
          detail={t('common:error.loadDetail')}
          action={<Button onPress={() => void list.refetch()}>{t('common:retry')}</Button>}
        />
      )}
      {data !== undefined && (
        <>
          <Standing backups={data} />
          {data.restore !== null && <LastRestore restore={data.restore} />}
          {data.copies.length > 0 && <CopiesTable copies={data.copies} />}
          <p className="is-muted is-small">{t('elsewhere')}</p>
          {data.firstStart !== null && data.firstStart.parts.length > 0 && <FirstStartCard check={data.firstStart} />}
          <ErrorsCard errors={data.errors} />
        </>
      )}
    </PageFrame>
  );
}

/** One sentence on how the copies are, with what to do. */
function Standing({ backups }: { backups: Backups }): ReactNode {
  const { isGood, title, detail } = useStanding(backups);
  return (
    <Card className="settings-about">
      <span className={`settings-about-icon ${isGood ? 'tone-success' : 'tone-warning'}`}>
        {isGood ? <CircleCheck size={30} strokeWidth={1.75} /> : <TriangleAlert size={30} strokeWidth={1.75} />}
      </span>
      <div>
        <p className="settings-about-title">{title}</p>
        <p className="is-muted">{detail}</p>
        {backups.running !== null && <Progress running={backups.running} />}
      </div>
    </Card>
  );
}

function useStanding({ isPossible, lastFailure, newestAtMs, isTooOld }: Backups) {
  const { t } = useTranslation('backups');
  const format = useFormat();
  const nowMs = useNow(60_000);
  const when = (atMs: number): string => `${format.day(atMs, nowMs)}, ${format.time(atMs)}`;
  if (!isPossible) return { isGood: false, title: t('none'), detail: t('notHere') };
  if (lastFailure !== null) {
    const detail = t(lastFailure.fault === 'disk-full' ? 'failedFull' : 'failedOther');
    return { isGood: false, title: t('failed', { when: when(lastFailure.atMs) }), detail };
  }
  if (newestAtMs === null) return { isGood: false, title: t('none'), detail: t('noneDetail') };
  if (isTooOld) return { isGood: false, title: t('old'), detail: t('oldDetail') };
  return { isGood: true, title: t('good'), detail: t('goodDetail', { when: when(newestAtMs) }) };
}

function Progress({ running }: { running: NonNullable<Backups['running']> }): ReactNode {
  const { t } = useTranslation('backups');
  const { donePages, totalPages } = running;
  const percent = totalPages === 0 ? 0 : Math.round((donePages / totalPages) * 100);
  const words = totalPages === 0 ? t('starting') : percent === 100 ? t('checking') : `${percent} %`;
  return (
    <div className="backups-progress" role="status">
      <b className="is-small">{t('running')}</b>
      <div
        className="backups-progress-track"
        role="progressbar"
        aria-label={t('progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <i style={{ width: `${percent}%` }} />
      </div>
      <span className="is-muted is-small">{words}</span>
    </div>
  );
}
