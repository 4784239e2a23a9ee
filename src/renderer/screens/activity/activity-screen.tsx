import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { History } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppRouter } from '#backend/router.ts';
import { useApi } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SelectField } from '../../ui/choice-field.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useMay } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag, type Tone } from '../../ui/tag.tsx';
import { ActivityDetail } from './activity-detail.tsx';
import { actionWords } from './activity-words.ts';
import { VerifyChain } from './verify-chain.tsx';
import './activity.css';

export type ActivityRow = inferRouterOutputs<AppRouter>['activity']['list']['rows'][number];

const ROWS_A_PAGE = 50;
const NOUNS = ['all', 'till', 'points', 'customers', 'catalogue', 'staff', 'settings'] as const;
const ALL = 'all';
const TONES: Readonly<Record<string, Tone>> = { done: 'success', refused: 'warning', denied: 'danger' };

interface Filters {
  readonly noun: (typeof NOUNS)[number];
  readonly staffId: string;
}

function useActivity({ noun, staffId }: Filters) {
  return useInfiniteQuery(
    useApi().activity.list.infiniteQueryOptions(
      { limit: ROWS_A_PAGE, ...(noun === ALL ? {} : { noun }), ...(staffId === ALL ? {} : { staffId }) },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
}

function useColumns(): readonly Column<ActivityRow>[] {
  const { t } = useTranslation('activity');
  return [
    { id: 'at', header: t('column.at'), width: '176px', cell: (row) => <DateText atMs={row.atMs} /> },
    {
      id: 'action',
      header: t('column.action'),
      cell: (row) => (
        <>
          <b className="is-strong">{actionWords(t, row.action)}</b>
          {row.subject?.label != null && <span className="is-muted"> {row.subject.label}</span>}
        </>
      ),
    },
    { id: 'who', header: t('column.who'), width: '190px', cell: (row) => row.staffName ?? t('system') },
    {
      id: 'outcome',
      header: t('column.outcome'),
      width: '128px',
      cell: (row) => (
        <Tag tone={TONES[row.outcome] ?? 'neutral'}>{t(`outcome.${row.outcome}`, { defaultValue: row.outcome })}</Tag>
      ),
    },
  ];
}

function FilterBar({ filters, onChange }: { filters: Filters; onChange: (filters: Filters) => void }): ReactNode {
  const { t } = useTranslation('activity');
  const staff = useQuery(useApi().staff.list.queryOptions());
  const mayReadAll = useMay('activity.all');
  return (
    <div className="activity-filters">
      <Segmented
        label={t('filter')}
        segments={NOUNS.map((id) => ({ id, label: t(`nouns.${id}`) }))}
        value={filters.noun}
        onChange={(noun) => onChange({ ...filters, noun })}
      />
      <span className="activity-space" />
      {mayReadAll && (
        <SelectField
          label={t('column.who')}
          isLabelHidden
          choices={[
            { id: ALL, label: t('everybody') },
            ...(staff.data ?? []).map((person) => ({ id: person.staffId, label: person.name })),
          ]}
          value={filters.staffId}
          onChange={(staffId) => onChange({ ...filters, staffId })}
        />
      )}
      {mayReadAll && <VerifyChain />}
    </div>
  );
}

/** The shop's log, newest first. */
export function ActivityScreen(): ReactNode {
  const { t } = useTranslation(['activity', 'common']);
  const [filters, setFilters] = useState<Filters>({ noun: ALL, staffId: ALL });
  const [opened, setOpened] = useState<ActivityRow | null>(null);
  const list = useActivity(filters);
  const columns = useColumns();
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="activity">
      <FilterBar filters={filters} onChange={setFilters} />
      <Card className="activity-card">
        {list.isPending && <Skeleton rows={8} />}
        {list.isError && (
          <EmptyState
            tone="danger"
            title={t('common:error.load')}
            detail={t('common:error.loadDetail')}
            action={<Button onPress={() => void list.refetch()}>{t('common:retry')}</Button>}
          />
        )}
        {list.isSuccess && rows.length === 0 && <EmptyState icon={<History strokeWidth={1.75} />} title={t('empty')} />}
        {rows.length > 0 && (
          <DataTable
            label={t('table')}
            columns={columns}
            rows={rows}
            rowId={(row) => String(row.seq)}
            onOpen={setOpened}
          />
        )}
        {list.hasNextPage && (
          <div className="activity-more">
            <Button isBusy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
              {t('common:loadMore')}
            </Button>
          </div>
        )}
      </Card>
      {opened !== null && <ActivityDetail row={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
