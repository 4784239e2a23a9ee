import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultProgramme } from '#shop/points/programme.ts';
import { useApi, useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useReport } from '../../../ui/refusal-text.ts';
import { navigateTo, useRoute } from '../../../ui/route.ts';
import { useMay, useShop } from '../../../ui/shop-context.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useCommand } from '../../../ui/use-command.ts';
import { PageFrame } from '../page-frame.tsx';
import { ProgrammeEditor } from './programme-editor.tsx';
import type { ProgrammeRow } from './programme-types.ts';
import './programme.css';

function useBegin(): { begin(): void; isRunning: boolean } {
  const { t } = useTranslation('programme');
  const { currency } = useShop();
  const save = useCommand(useApiClient().points.saveProgrammeDraft);
  const report = useReport();
  const begin = async (): Promise<void> => {
    const programme = defaultProgramme(currency, t('newName'));
    const result = await save.run({ programId: null, programme, revision: 0 });
    if (report(result)) navigateTo('settings', 'programme', result.value.programId);
  };
  return { begin: () => void begin(), isRunning: save.isRunning };
}

function ProgrammeList({ rows }: { rows: readonly ProgrammeRow[] }): ReactNode {
  const { t } = useTranslation('programme');
  return (
    <Card>
      <ul className="settings-rows">
        {rows.map((row) => (
          <li key={row.programId}>
            <button
              type="button"
              className="settings-row"
              onClick={() => navigateTo('settings', 'programme', row.programId)}
            >
              <span className="settings-row-words">
                <b>{row.name}</b>
                <span className="is-muted is-small">
                  {row.version === null ? t('version.none') : t('version.inForce', { version: row.version })}
                </span>
              </span>
              {row.isMain === 1 && <Tag tone="accent">{t('main')}</Tag>}
              {row.draftRevision !== null && row.status !== 'draft' && <Tag tone="warning">{t('draft.waiting')}</Tag>}
              <Tag tone={row.status === 'live' ? 'success' : 'neutral'}>{t(`status.${row.status}`)}</Tag>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function LoadFailed({ onRetry }: { onRetry: () => void }): ReactNode {
  const { t } = useTranslation('common');
  return (
    <EmptyState
      tone="danger"
      title={t('error.load')}
      detail={t('error.loadDetail')}
      action={<Button onPress={onRetry}>{t('retry')}</Button>}
    />
  );
}

function Opened({ programId, tab }: { programId: string; tab: string | undefined }): ReactNode {
  const detail = useQuery(useApi().points.programmeDetail.queryOptions({ programId }, { refetchOnMount: 'always' }));
  const [loaded, setLoaded] = useState(0);
  // The editor starts from what is saved now, never from what this window remembers of an earlier visit.
  if (detail.isPending || !detail.isFetchedAfterMount) return <Skeleton />;
  if (detail.isError) return <LoadFailed onRetry={() => void detail.refetch()} />;
  const reload = (): void => void detail.refetch().then(() => setLoaded((times) => times + 1));
  return <ProgrammeEditor key={`${programId}-${loaded}`} detail={detail.data} tab={tab} onReload={reload} />;
}

/** The loyalty programs: the list, or the one that is open. A shop with one program sees it at once. */
export function ProgrammePage(): ReactNode {
  const { t } = useTranslation(['programme', 'settings']);
  const { rest } = useRoute();
  const mayEdit = useMay('programme.edit');
  const list = useQuery(useApi().points.programmes.queryOptions());
  const { begin, isRunning } = useBegin();
  const rows = list.data ?? [];
  const isWanted = (row: ProgrammeRow): boolean =>
    row.programId === rest[1] || (rest[1] === 'main' && row.isMain === 1);
  const open = rows.find(isWanted) ?? (rows.length === 1 ? rows[0] : undefined);
  return (
    <PageFrame
      title={open === undefined ? t('settings:pages.programme') : open.name}
      detail={t('detail')}
      actions={
        <div className="settings-buttons">
          {open !== undefined && rows.length > 1 && (
            <Button
              kind="ghost"
              icon={<ArrowLeft size={18} strokeWidth={1.75} aria-hidden="true" />}
              onPress={() => navigateTo('settings', 'programme')}
            >
              {t('all')}
            </Button>
          )}
          {mayEdit && (
            <Button icon={<Plus size={18} strokeWidth={1.75} aria-hidden="true" />} isBusy={isRunning} onPress={begin}>
              {t('new')}
            </Button>
          )}
        </div>
      }
    >
      {list.isPending && <Skeleton />}
      {list.isError && <LoadFailed onRetry={() => void list.refetch()} />}
      {list.isSuccess && open === undefined && <ProgrammeList rows={rows} />}
      {open !== undefined && <Opened key={open.programId} programId={open.programId} tab={rest[2]} />}
    </PageFrame>
  );
}
