import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { DateText } from '../../../ui/date-text.tsx';
import { useFormat } from '../../../ui/format.ts';
import { MenuButton } from '../../../ui/menu.tsx';
import { useReport } from '../../../ui/refusal-text.ts';
import { useMay } from '../../../ui/shop-context.ts';
import { showToast } from '../../../ui/toast.tsx';
import { useCommand } from '../../../ui/use-command.ts';
import type { Batch } from './codes-data.ts';

interface BatchRowProps {
  readonly batch: Batch;
  readonly onPrint: () => void;
  readonly onExport: () => void;
}

/** One batch: how many codes it has, or how far it is and how to stop it. */
export function BatchRow({ batch, onPrint, onExport }: BatchRowProps): ReactNode {
  const { t } = useTranslation(['codes', 'common']);
  const format = useFormat();
  const mayEdit = useMay('vouchers.edit');
  const { kind, status, made, wanted, pattern, createdAtMs, staffName, usesPerCode } = batch;
  const isRunning = status === 'running';
  const count = { count: made, shown: format.number(made) };
  const what =
    status === 'cancelled'
      ? t('batch.cancelled', { ...count, wanted: format.number(wanted) })
      : t(kind === 'imported' ? 'batch.imported' : 'batch.made', count);
  return (
    <li className="codes-batch">
      <span>
        <b>{isRunning ? t('batch.running', { made: count.shown, wanted: format.number(wanted) }) : what}</b>
        <small className="is-muted">
          <DateText atMs={createdAtMs} />
          {staffName !== null && ` · ${staffName}`}
          {pattern !== '' && (
            <>
              {' · '}
              <span>{pattern}</span>
            </>
          )}
          {made > 0 && ` · ${usesPerCode === null ? t('batch.usesFree') : t('batch.uses', { count: usesPerCode })}`}
        </small>
      </span>
      {isRunning && mayEdit && <CancelBatch batch={batch} />}
      {!isRunning && mayEdit && made > 0 && (
        <MenuButton
          label={t('batch.more')}
          entries={[
            { id: 'print', label: t('print.open'), onAction: onPrint },
            { id: 'export', label: t('export.batch'), onAction: onExport },
          ]}
        >
          <Ellipsis size={20} strokeWidth={2} aria-hidden="true" />
        </MenuButton>
      )}
      {isRunning && <Progress done={made} total={wanted} label={t('batch.progress')} />}
    </li>
  );
}

function CancelBatch({ batch: { batchId } }: { batch: Batch }): ReactNode {
  const { t } = useTranslation(['codes', 'common']);
  const format = useFormat();
  const cancel = useCommand(useApiClient().codes.cancelBatch);
  const report = useReport();
  const stop = async (): Promise<void> => {
    const result = await cancel.run({ batchId });
    if (!report(result)) return;
    const { made } = result.value;
    showToast({ tone: 'neutral', title: t('batch.stopped', { count: made, shown: format.number(made) }) });
  };
  return (
    <Button isBusy={cancel.isRunning} onPress={() => void stop()}>
      {t('batch.cancel')}
    </Button>
  );
}

/** How much of something is done, as a bar. */
export function Progress({ done, total, label }: { done: number; total: number; label: string }): ReactNode {
  const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
  return (
    <div
      className="codes-progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <i style={{ width: `${percent}%` }} />
    </div>
  );
}
