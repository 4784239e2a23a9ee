import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { FileUp } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppRouter } from '#backend/router.ts';
import { endOfPage } from '#shop/catalogue/import-page.ts';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Money } from '../../ui/money-text.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag, type Tone } from '../../ui/tag.tsx';
import { useCommand, useCommandHost } from '../../ui/use-command.ts';

type Row = inferRouterOutputs<AppRouter>['catalogue']['previewImport']['rows'][number];

interface Progress {
  readonly sent: number;
  readonly created: number;
  readonly updated: number;
  readonly failed: number;
  readonly isOver: boolean;
}

const TONES: Readonly<Record<Row['action'], Tone>> = {
  create: 'success',
  update: 'info',
  skip: 'neutral',
  error: 'danger',
};

function useImport(): { run: (rows: readonly Row[]) => Promise<void>; stop: () => void; progress: Progress | null } {
  const command = useCommand(useApiClient().catalogue.importRows);
  const host = useCommandHost();
  const report = useReport();
  const [progress, setProgress] = useState<Progress | null>(null);
  const stopped = useRef(false);
  const run = async (rows: readonly Row[]): Promise<void> => {
    const importId = host.newOperationId();
    let state: Progress = { sent: 0, created: 0, updated: 0, failed: 0, isOver: false };
    setProgress(state);
    const texts = rows.map((row) => row.values);
    while (state.sent < rows.length && !stopped.current) {
      const page = rows.slice(state.sent, endOfPage(texts, state.sent));
      const result = await command.run({ importId, fromLine: page[0]?.line ?? 0, rows: page });
      if (!report(result)) break;
      const { created, updated, errors } = result.value;
      state = {
        ...state,
        sent: state.sent + page.length,
        created: state.created + created,
        updated: state.updated + updated,
        failed: state.failed + errors.length,
      };
      setProgress(state);
    }
    setProgress({ ...state, isOver: true });
  };
  const stop = (): void => {
    stopped.current = true;
  };
  return { run, stop, progress };
}

function PreviewTable({ rows }: { rows: readonly Row[] }): ReactNode {
  const { t } = useTranslation('settings');
  const columns: readonly Column<Row>[] = [
    { id: 'line', header: t('import.line'), width: '72px', cell: (row) => row.line },
    { id: 'name', header: t('catalogue.name'), cell: (row) => row.name },
    {
      id: 'price',
      header: t('catalogue.price'),
      width: '120px',
      isNumber: true,
      cell: (row) => (row.priceMinor === null ? '–' : <Money minor={row.priceMinor} />),
    },
    {
      id: 'action',
      header: t('import.result'),
      width: '240px',
      cell: (row) => (
        <>
          <Tag tone={TONES[row.action]}>{t(`import.action.${row.action}`)}</Tag>
          {row.errors.map((error) => (
            <span key={`${error.column}${error.code}`} className="is-small is-bad">
              {' '}
              {t('import.error', {
                column: t(`import.column.${error.column}`, { defaultValue: error.column }),
                problem: t(`import.code.${error.code}`, { defaultValue: error.code }),
              })}
            </span>
          ))}
        </>
      ),
    },
  ];
  return (
    <div className="settings-import-table">
      <DataTable label={t('import.title')} columns={columns} rows={rows} rowId={(row) => String(row.line)} isDense />
    </div>
  );
}

function ProgressBar({ progress, total }: { progress: Progress; total: number }): ReactNode {
  const { t } = useTranslation('settings');
  const percent = total === 0 ? 100 : Math.round((progress.sent / total) * 100);
  return (
    <div className="settings-progress" role="status">
      <b>
        {progress.isOver
          ? t('import.done', { created: progress.created, updated: progress.updated, failed: progress.failed })
          : t('import.running', { percent })}
      </b>
      <div className="settings-progress-track">
        <i style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}

/** A list of products from a CSV file: what would happen row by row, then page by page with progress. */
export function ImportProducts({ onClose }: { onClose: () => void }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const files = useRef<HTMLInputElement>(null);
  const [csvText, setCsvText] = useState<string | null>(null);
  const preview = useQuery(
    useApi().catalogue.previewImport.queryOptions(
      { csvText: csvText ?? '' },
      { enabled: csvText !== null, staleTime: 0 },
    ),
  );
  const { run, stop, progress } = useImport();
  const rows = preview.data?.rows ?? [];
  const good = rows.filter((row) => row.action === 'create' || row.action === 'update');
  const isRunning = progress !== null && !progress.isOver;
  const leave = (): void => {
    stop();
    onClose();
  };
  return (
    <Dialog
      title={t('import.title')}
      size="large"
      onClose={leave}
      hasCloseButton
      footer={
        <>
          <Button onPress={leave}>{isRunning ? t('import.stop') : t('common:close')}</Button>
          {progress === null && good.length > 0 && (
            <Button kind="primary" onPress={() => void run(good)}>
              {t('import.start', { count: good.length })}
            </Button>
          )}
        </>
      }
    >
      <div className="settings-form">
        <p className="is-muted">{t('import.detail')}</p>
        <input
          ref={files}
          type="file"
          accept=".csv,text/csv"
          hidden
          aria-label={t('import.choose')}
          onChange={(event) => void event.target.files?.[0]?.text().then(setCsvText)}
        />
        {progress === null && (
          <div>
            <Button icon={<FileUp />} onPress={() => files.current?.click()}>
              {t('import.choose')}
            </Button>
          </div>
        )}
        {csvText !== null && preview.isPending && <Skeleton rows={4} />}
        {preview.isError && <EmptyState tone="danger" title={t('import.unreadable')} />}
        {progress !== null && <ProgressBar progress={progress} total={good.length} />}
        {progress === null && rows.length > 0 && <PreviewTable rows={rows.slice(0, 200)} />}
      </div>
    </Dialog>
  );
}
