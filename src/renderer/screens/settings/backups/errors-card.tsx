import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/card.tsx';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { useNow } from '../../../ui/date-text.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useFormat } from '../../../ui/format.ts';
import type { Backups } from './backups-types.ts';

type RecentError = Backups['errors'][number];

/** What came up unexpectedly, kind by kind, with the code that the screen showed last. */
export function ErrorsCard({ errors }: { errors: readonly RecentError[] }): ReactNode {
  const { t } = useTranslation('backups');
  const columns = useColumns();
  return (
    <Card title={t('errors.title')}>
      {errors.length === 0 ? (
        <EmptyState
          icon={<CircleCheck strokeWidth={1.75} />}
          title={t('errors.empty')}
          detail={t('errors.emptyDetail')}
        />
      ) : (
        <DataTable label={t('errors.title')} rows={errors} rowId={({ what }) => what} columns={columns} />
      )}
    </Card>
  );
}

function useColumns(): readonly Column<RecentError>[] {
  const { t } = useTranslation('backups');
  const format = useFormat();
  const nowMs = useNow(60_000);
  return [
    { id: 'code', header: t('errors.code'), width: '110px', cell: ({ code }) => <b className="is-strong">{code}</b> },
    { id: 'what', header: t('errors.what'), cell: ({ what }) => <span className="backups-what">{what}</span> },
    {
      id: 'when',
      header: t('errors.when'),
      width: '150px',
      cell: ({ atMs }) => `${format.day(atMs, nowMs)}, ${format.time(atMs)}`,
    },
    {
      id: 'times',
      header: t('errors.times'),
      width: '120px',
      isNumber: true,
      cell: ({ times }) => format.number(times),
    },
  ];
}
