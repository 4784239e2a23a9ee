import { Plus, Search, Ticket as TicketIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { classNames } from '../../ui/class-names.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { useMay } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import { benefitBadge } from './benefit-badge.ts';
import { daysLeft } from './days-left.ts';
import { type ListedCampaign, STANDING_TONES, TABS, type Tab, type useCampaigns } from './vouchers-data.ts';

const SOON_DAYS = 3;
const SHARES = 100;
const LONG_BADGE = 6;
const RESTING: ReadonlySet<string> = new Set(['scheduled', 'draft', 'ended', 'used-up']);

/** How much of the limit is used; without one the bar is whole and pale. */
function UsedBar({ row }: { row: ListedCampaign }): ReactNode {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  const { uses, limit } = row;
  const share = limit === null ? SHARES : Math.min(SHARES, (uses * SHARES) / limit);
  return (
    <span className="vouchers-used">
      <span>
        <b>{format.number(uses)}</b>
        <span className="is-muted">
          {limit === null ? t('list.noLimit') : t('list.ofLimit', { limit: format.number(limit) })}
        </span>
      </span>
      <i className={limit === null ? 'is-endless' : undefined} aria-hidden="true">
        <i style={{ width: `${share}%` }} />
      </i>
    </span>
  );
}

function Ends({ row }: { row: ListedCampaign }): ReactNode {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  const nowMs = shopNowMs();
  const { standing, startsAtMs, endsAtMs } = row;
  if (standing === 'scheduled' && startsAtMs !== null) return t('list.from', { date: format.day(startsAtMs, nowMs) });
  if (endsAtMs === null) return t('list.noEnd');
  const days = daysLeft(endsAtMs, nowMs, format.dateKey);
  if (standing === 'ended' || days < 0 || days > SOON_DAYS) return format.day(endsAtMs - 1, nowMs);
  return <b className="vouchers-soon">{days === 0 ? t('list.today') : t('list.inDays', { count: days })}</b>;
}

/** 'Percent off: 10 %': the kind of what it gives, in words, with its number. */
function useBenefitWords(): (row: Pick<ListedCampaign, 'kind' | 'value' | 'paidUnits'>) => string {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  return ({ kind, value, paidUnits }) =>
    `${t(`kind.${kind}`)}: ${kind === 'credit' ? format.money(value) : benefitBadge(format, kind, value, paidUnits)}`;
}

/** The few characters that stand for what a campaign gives; pointed at, it says so in words. */
function BenefitBadge({ row }: { row: Pick<ListedCampaign, 'kind' | 'value' | 'paidUnits' | 'standing'> }): ReactNode {
  const format = useFormat();
  const words = useBenefitWords();
  const text = benefitBadge(format, row.kind, row.value, row.paidUnits);
  const isResting = RESTING.has(row.standing);
  return (
    <span
      className={classNames(
        'vouchers-badge',
        isResting ? 'is-resting' : `is-${row.kind}`,
        text.length >= LONG_BADGE && 'is-long',
      )}
      title={words(row)}
      aria-hidden="true"
    >
      {text}
    </span>
  );
}

function useColumns(): readonly Column<ListedCampaign>[] {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  const codeOf = (row: ListedCampaign): string =>
    row.code ??
    (row.codeCount === 0
      ? t('list.noCode')
      : t('list.codes', { count: row.codeCount, codes: format.number(row.codeCount) }));
  return [
    {
      id: 'name',
      header: t('column.voucher'),
      cell: (row) => (
        <span className="vouchers-name">
          <BenefitBadge row={row} />
          <span>
            <b>{row.name}</b>
            <small>
              {codeOf(row)}
              {row.hasDraft && row.standing !== 'draft' && ` · ${t('list.hasDraft')}`}
            </small>
          </span>
        </span>
      ),
    },
    { id: 'used', header: t('column.redeemed'), width: '190px', cell: (row) => <UsedBar row={row} /> },
    {
      id: 'claims',
      header: t('column.claims'),
      width: '104px',
      isNumber: true,
      cell: (row) => (
        <b>
          {row.claimsUsedBasisPoints === null ? '–' : format.percent(Math.round(row.claimsUsedBasisPoints / 100) * 100)}
        </b>
      ),
    },
    { id: 'ends', header: t('column.ends'), width: '118px', cell: (row) => <Ends row={row} /> },
    {
      id: 'status',
      header: t('column.status'),
      width: '132px',
      cell: (row) => <Tag tone={STANDING_TONES[row.standing]}>{t(`standing.${row.standing}`)}</Tag>,
    },
  ];
}

interface VoucherListProps {
  readonly list: ReturnType<typeof useCampaigns>;
  readonly tab: Tab;
  readonly query: string;
  readonly openId: string | null;
  readonly onTab: (tab: Tab) => void;
  readonly onQuery: (query: string) => void;
  readonly onOpen: (campaignId: string) => void;
  readonly onNew: () => void;
}

/** Every campaign of the shop with how it stands: tabs, search, table. */
export function VoucherList(props: VoucherListProps): ReactNode {
  const { list, tab, query, openId, onTab, onQuery, onOpen, onNew } = props;
  const { t } = useTranslation(['vouchers', 'common']);
  const columns = useColumns();
  const benefitWords = useBenefitWords();
  const mayEdit = useMay('vouchers.edit');
  const rows = list.data?.rows ?? [];
  const create = (
    <Button icon={<Plus size={18} strokeWidth={2} aria-hidden="true" />} onPress={onNew}>
      {t('new')}
    </Button>
  );
  const isBare = tab === 'all' && query === '';
  return (
    <>
      <div className="vouchers-filters">
        <Segmented
          label={t('tabs.label')}
          segments={TABS.filter((id) => id !== 'archived' || id === tab || (list.data?.counts[id] ?? 0) > 0).map(
            (id) => ({
              id,
              label: (
                <>
                  {t(`tabs.${id}`)} <small>{list.data?.counts[id] ?? ''}</small>
                </>
              ),
            }),
          )}
          value={tab}
          onChange={onTab}
        />
        <TextField
          label={t('list.search')}
          isLabelHidden
          type="search"
          placeholder={t('list.search')}
          prefix={<Search size={18} strokeWidth={1.75} aria-hidden="true" />}
          value={query}
          onChange={onQuery}
        />
        {mayEdit && create}
      </div>
      <Card className="vouchers-table">
        {list.isPending && <Skeleton rows={6} />}
        {list.isError && (
          <EmptyState
            tone="danger"
            title={t('common:error.load')}
            detail={t('common:error.loadDetail')}
            action={<Button onPress={() => void list.refetch()}>{t('common:retry')}</Button>}
          />
        )}
        {list.isSuccess && rows.length === 0 && (
          <EmptyState
            tone={isBare ? 'accent' : 'neutral'}
            icon={<TicketIcon size={26} strokeWidth={1.75} aria-hidden="true" />}
            title={t(isBare ? 'list.empty' : 'list.nothing')}
            detail={isBare ? t('list.emptyDetail') : undefined}
            action={isBare && mayEdit ? create : undefined}
          />
        )}
        {rows.length > 0 && (
          <DataTable
            label={t('title')}
            columns={columns}
            rows={rows}
            rowId={(row) => row.campaignId}
            rowLabel={(row) => `${row.name}, ${t(`standing.${row.standing}`)}, ${benefitWords(row)}`}
            onOpen={(row) => onOpen(row.campaignId)}
            isSelected={(row) => row.campaignId === openId}
          />
        )}
      </Card>
    </>
  );
}
