import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { useNow } from '../../../ui/date-text.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import { useMay } from '../../../ui/shop-context.ts';
import type { Backups } from './backups-types.ts';
import { RestoreDialog } from './restore-dialog.tsx';

const BYTES_PER_MEGABYTE = 1_000_000;

type ListedCopy = Backups['copies'][number];

/** The copies that are there, the newest state of the shop first. */
export function CopiesTable({ copies }: { copies: readonly ListedCopy[] }): ReactNode {
  const { t } = useTranslation('backups');
  const [chosen, setChosen] = useState<ListedCopy | null>(null);
  const columns = useColumns(setChosen);
  return (
    <Card className="backups-table">
      <DataTable label={t('table')} rows={copies} rowId={({ name }) => name} columns={columns} />
      {chosen !== null && <RestoreDialog copy={chosen} onClose={() => setChosen(null)} />}
    </Card>
  );
}

function useColumns(onRestore: (copy: ListedCopy) => void): readonly Column<ListedCopy>[] {
  const { t } = useTranslation('backups');
  const format = useFormat();
  const nowMs = useNow(60_000);
  const mayRestore = useMay('backups.restore');
  const restore: Column<ListedCopy> = {
    id: 'restore',
    header: t('column.restore'),
    width: '152px',
    cell: (copy) => (
      <Button
        size="counter"
        onPress={() => onRestore(copy)}
        aria-label={`${t('restore.action')}: ${format.exact(copy.atMs)}`}
      >
        {t('restore.action')}
      </Button>
    ),
  };
  return [
    {
      id: 'when',
      header: t('column.when'),
      width: '150px',
      cell: ({ atMs }) => (
        <>
          <b className="is-strong">
            {format.day(atMs, nowMs)}, {format.time(atMs)}
          </b>
          <br />
          <Tag tone="success">{t('checked')}</Tag>
        </>
      ),
    },
    { id: 'why', header: t('column.why'), cell: ({ reason }) => t(`reason.${reason}`) },
    {
      id: 'size',
      header: t('column.size'),
      width: '110px',
      isNumber: true,
      cell: ({ appVersion, schemaVersion, bytes }) => (
        <>
          {t('megabytes', { size: format.number(Math.max(1, Math.round(bytes / BYTES_PER_MEGABYTE))) })}
          <br />
          <span className="is-muted is-small">
            {appVersion} · {format.number(schemaVersion)}
          </span>
        </>
      ),
    },
    ...(mayRestore ? [restore] : []),
  ];
}
