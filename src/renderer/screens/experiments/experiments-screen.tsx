import { FlaskConical, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { navigateTo, useRoute } from '../../ui/route.ts';
import { useMay } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import { ExperimentPanel } from './experiment-panel.tsx';
import { ExperimentResult } from './experiment-result.tsx';
import { type ListedExperiment, STATUS_TONES, useExperiments } from './experiments-data.ts';
import './experiments.css';

const SCREEN = 'experiments';
const NEW = 'new';
const EDIT = 'edit';

/** Vouchers tried against one another, or against nothing. */
export function ExperimentsScreen(): ReactNode {
  const { t } = useTranslation('experiments');
  if (useMay('analytics.all')) return <Experiments />;
  return (
    <EmptyState
      tone="neutral"
      icon={<FlaskConical aria-hidden="true" />}
      title={t('noPermission')}
      detail={t('noPermissionDetail')}
    />
  );
}

function Experiments(): ReactNode {
  const { t } = useTranslation('experiments');
  const { rest } = useRoute();
  const [first = '', second = ''] = rest;
  const mayEdit = useMay('experiments.edit');
  const found = useExperiments();
  const all = found.data;
  const shown = all?.find(({ experimentId }) => experimentId === first) ?? all?.[0] ?? null;
  const edited = !mayEdit ? undefined : first === NEW ? null : second === EDIT ? (shown ?? undefined) : undefined;
  const add = mayEdit ? (
    <Button kind="primary" icon={<Plus size={18} aria-hidden="true" />} onPress={() => navigateTo(SCREEN, NEW)}>
      {t('add')}
    </Button>
  ) : undefined;
  return (
    <div className="experiments">
      {all === undefined ? (
        found.isError ? (
          <EmptyState
            tone="danger"
            title={t('error')}
            detail={t('safe')}
            action={<Button onPress={() => void found.refetch()}>{t('retry')}</Button>}
          />
        ) : (
          <Skeleton rows={3} shape="card" />
        )
      ) : all.length === 0 ? (
        <EmptyState
          icon={<FlaskConical aria-hidden="true" />}
          title={t('empty')}
          detail={t('emptyDetail')}
          action={add}
        />
      ) : (
        <>
          <Card title={t('title')} actions={add}>
            <ExperimentList experiments={all} openId={shown?.experimentId ?? null} />
          </Card>
          {shown !== null && (
            <ExperimentResult
              key={shown.experimentId}
              experimentId={shown.experimentId}
              onEdit={() => navigateTo(SCREEN, shown.experimentId, EDIT)}
            />
          )}
        </>
      )}
      {edited !== undefined && (
        <ExperimentPanel
          key={edited?.experimentId ?? NEW}
          before={edited}
          onClose={(experimentId) => (experimentId === null ? navigateTo(SCREEN) : navigateTo(SCREEN, experimentId))}
        />
      )}
    </div>
  );
}

function ExperimentList({
  experiments,
  openId,
}: {
  experiments: readonly ListedExperiment[];
  openId: string | null;
}): ReactNode {
  const { t } = useTranslation('experiments');
  const format = useFormat();
  return (
    <DataTable
      label={t('title')}
      rows={experiments}
      rowId={({ experimentId }) => experimentId}
      rowLabel={({ experiment }) => experiment.name}
      isSelected={({ experimentId }) => experimentId === openId}
      onOpen={({ experimentId }) => navigateTo(SCREEN, experimentId)}
      columns={[
        { id: 'name', header: t('name'), cell: ({ experiment }) => experiment.name },
        {
          id: 'status',
          header: t('status'),
          cell: ({ status }) => <Tag tone={STATUS_TONES[status]}>{t(`statuses.${status}`)}</Tag>,
          width: '140px',
        },
        {
          id: 'arms',
          header: t('arms'),
          cell: ({ experiment }) => format.number(experiment.variants.length),
          isNumber: true,
          width: '100px',
        },
        {
          id: 'started',
          header: t('started'),
          cell: ({ startedAtMs }) => (startedAtMs === null ? '–' : <DateText atMs={startedAtMs} />),
          width: '160px',
        },
      ]}
    />
  );
}
