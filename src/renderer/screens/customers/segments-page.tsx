import { ChevronLeft, Plus, RefreshCw, Users } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { hrefTo } from '../../ui/route.ts';
import { useMay } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showToast } from '../../ui/toast.tsx';
import { TopBarSlot } from '../../ui/top-bar-slot.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { openCustomer } from './customer-links.ts';
import { type Segment, type SegmentMember, useSegmentMembers, useSegments } from './records-data.ts';
import { SegmentPanel } from './segment-panel.tsx';
import './segments.css';

/** Segments of customers: the list, the members of one, and the panel that makes and changes them. */
export function SegmentsPage(): ReactNode {
  const { t } = useTranslation('customers');
  const found = useSegments();
  const mayEdit = useMay('customers.segments');
  const [openId, setOpenId] = useState<string | null>(null);
  const [edited, setEdited] = useState<Segment | 'new' | null>(null);
  const segments = found.data?.segments;
  const open = segments?.find(({ segmentId }) => segmentId === openId) ?? null;
  const add = (
    <Button kind="primary" icon={<Plus size={18} aria-hidden="true" />} onPress={() => setEdited('new')}>
      {t('segments.add')}
    </Button>
  );
  return (
    <div className="customers-page">
      <TopBarSlot replacesTitle>
        <a className="customer-back" href={hrefTo('customers')}>
          <ChevronLeft size={20} strokeWidth={1.75} aria-hidden="true" />
          {t('back')}
        </a>
      </TopBarSlot>
      <header className="customers-page-head">
        <h1 tabIndex={-1}>{t('segments.title')}</h1>
        {mayEdit && segments !== undefined && segments.length > 0 && add}
      </header>
      {segments === undefined ? (
        found.isError ? (
          <EmptyState
            tone="danger"
            title={t('segments.error')}
            detail={t('error.safe')}
            action={<Button onPress={() => void found.refetch()}>{t('error.retry')}</Button>}
          />
        ) : (
          <Skeleton rows={3} shape="card" />
        )
      ) : segments.length === 0 ? (
        <EmptyState
          icon={<Users aria-hidden="true" />}
          title={t('segments.empty')}
          detail={t('segments.emptyDetail')}
          {...(mayEdit ? { action: add } : {})}
        />
      ) : (
        <SegmentList segments={segments} openId={openId} onOpen={setOpenId} />
      )}
      {open !== null && <Members segment={open} {...(mayEdit ? { onEdit: () => setEdited(open) } : {})} />}
      {edited !== null && (
        <SegmentPanel
          segment={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={(segmentId) => setOpenId(segmentId)}
        />
      )}
    </div>
  );
}

interface SegmentListProps {
  readonly segments: readonly Segment[];
  readonly openId: string | null;
  readonly onOpen: (segmentId: string) => void;
}

function SegmentList({ segments, openId, onOpen }: SegmentListProps): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return (
    <Card>
      <DataTable
        label={t('segments.title')}
        rows={segments}
        rowId={({ segmentId }) => segmentId}
        rowLabel={({ name }) => name}
        isSelected={({ segmentId }) => segmentId === openId}
        onOpen={({ segmentId }) => onOpen(segmentId)}
        columns={[
          { id: 'name', header: t('segments.name'), cell: ({ name }) => name },
          { id: 'kind', header: t('segments.kind'), cell: ({ kind }) => t(`segments.kinds.${kind}`), width: '160px' },
          {
            id: 'members',
            header: t('segments.members'),
            cell: ({ memberCount }) => format.number(memberCount),
            isNumber: true,
            width: '120px',
          },
        ]}
      />
    </Card>
  );
}

function Members({ segment, onEdit }: { segment: Segment; onEdit?: () => void }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const found = useSegmentMembers(segment.segmentId);
  const members = found.data?.pages.flatMap((page) => page.members);
  const mayEdit = onEdit !== undefined;
  const recompute = useRecompute();
  const remove = useRemoveMember(segment.segmentId);
  return (
    <Card
      title={segment.name}
      actions={
        mayEdit && (
          <span className="customers-dialog-actions">
            {segment.kind === 'rule' && (
              <Button
                size="small"
                icon={<RefreshCw size={16} aria-hidden="true" />}
                onPress={() => void recompute(segment)}
              >
                {t('segments.recompute')}
              </Button>
            )}
            <Button size="small" onPress={onEdit}>
              {t('segments.edit')}
            </Button>
          </span>
        )
      }
    >
      {members === undefined ? (
        <Skeleton rows={3} shape="person" />
      ) : members.length === 0 ? (
        <EmptyState title={t('segments.noMembers')} />
      ) : (
        <>
          <DataTable<SegmentMember>
            label={t('segments.membersOf', { name: segment.name })}
            rows={members}
            rowId={({ customerId }) => customerId}
            rowLabel={({ fullName, code }) => (fullName === '' ? code : fullName)}
            {...(mayEdit && segment.kind === 'static'
              ? {}
              : { onOpen: ({ customerId }: SegmentMember) => openCustomer(customerId) })}
            isDense
            columns={[
              {
                id: 'name',
                header: t('segments.name'),
                cell: ({ fullName, code }) => (fullName === '' ? code : fullName),
              },
              {
                id: 'since',
                header: t('segments.since'),
                cell: ({ enteredAtMs }) => <DateText atMs={enteredAtMs} />,
                width: '160px',
              },
              ...(mayEdit && segment.kind === 'static'
                ? [
                    {
                      id: 'remove',
                      header: '',
                      cell: ({ customerId }: SegmentMember) => (
                        <Button size="small" onPress={() => void remove(customerId)}>
                          {t('segments.remove')}
                        </Button>
                      ),
                      width: '120px',
                    },
                  ]
                : []),
            ]}
          />
          <p className="segment-more">
            {t('segments.shown', { shown: format.number(members.length), count: format.number(segment.memberCount) })}
            {found.hasNextPage && (
              <Button kind="ghost" isBusy={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>
                {t('segments.showMore')}
              </Button>
            )}
          </p>
        </>
      )}
    </Card>
  );
}

function useRecompute(): (segment: Segment) => Promise<void> {
  const { t } = useTranslation('customers');
  const command = useCommand(useApiClient().segments.recompute);
  const report = useReport();
  return async ({ segmentId }) => {
    const result = await command.run({ segmentId });
    if (!report(result) || result.kind !== 'done') return;
    const { entered, left } = result.value;
    showToast({ tone: 'success', title: t('segments.recomputed', { entered, left }) });
  };
}

function useRemoveMember(segmentId: string): (customerId: string) => Promise<void> {
  const command = useCommand(useApiClient().segments.removeMember);
  const report = useReport();
  return async (customerId) => void report(await command.run({ segmentId, customerId }));
}
