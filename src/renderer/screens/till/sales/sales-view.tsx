import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ArrowLeft, ReceiptText, Search } from 'lucide-react';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScanTarget } from '../../../scanning/scan-target.ts';
import { useApi, useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { DateText } from '../../../ui/date-text.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { TextField } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Money } from '../../../ui/money-text.tsx';
import { navigateTo } from '../../../ui/route.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TopBarSlot } from '../../../ui/top-bar-slot.tsx';
import type { SaleRow } from '../till-types.ts';
import { SaleDetailView } from './sale-detail-view.tsx';
import './sales.css';

const PAGE = 40;

/** The sales that were, the latest first: found by receipt number, customer or a scanned receipt; one open beside. */
export function SalesView({
  openSaleId,
  isRefunding,
}: {
  openSaleId: string | null;
  /** The sale is opened with its refund panel, as after a scan of its receipt. */
  isRefunding: boolean;
}): ReactNode {
  const { t } = useTranslation('till');
  const [text, setText] = useState('');
  useKeys({ Escape: () => navigateTo('till') });
  useScanTarget((scan) => {
    if (scan.outcome.kind !== 'receipt') return false;
    navigateTo('till', 'sale', scan.outcome.saleId, 'refund');
    return undefined;
  });
  return (
    <div className="sales" data-open={openSaleId !== null}>
      <TopBarSlot replacesTitle>
        <IconButton
          label={t('backToTill')}
          icon={<ArrowLeft size={20} strokeWidth={1.75} />}
          onPress={() => navigateTo('till')}
        />
        <h1>{t('sales.title')}</h1>
      </TopBarSlot>
      <section className="sales-list" aria-label={t('sales.title')}>
        <div className="sales-search">
          <TextField
            label={t('sales.search')}
            isLabelHidden
            type="search"
            placeholder={t('sales.searchPlaceholder')}
            prefix={<Search size={18} strokeWidth={1.75} aria-hidden="true" />}
            value={text}
            onChange={setText}
            autoFocus={openSaleId === null}
          />
        </div>
        <SaleRows text={text} openSaleId={openSaleId} />
      </section>
      {openSaleId === null ? (
        <div className="sale-none">
          <EmptyState
            tone="neutral"
            icon={<ReceiptText size={28} strokeWidth={1.75} aria-hidden="true" />}
            title={t('sales.choose')}
            detail={t('sales.chooseHow')}
          />
        </div>
      ) : (
        <SaleDetailView key={openSaleId} saleId={openSaleId} isRefunding={isRefunding} />
      )}
    </div>
  );
}

function SaleRows({ text, openSaleId }: { text: string; openSaleId: string | null }): ReactNode {
  const { t } = useTranslation('till');
  const api = useApi();
  const client = useApiClient();
  const wanted = useDeferredValue(text.trim());
  const search = wanted === '' ? { limit: PAGE } : { text: wanted, limit: PAGE };
  const pages = useInfiniteQuery({
    queryKey: [...api.till.sales.queryKey(search), 'pages'],
    queryFn: ({ pageParam }) => client.till.sales.query(pageParam === null ? search : { ...search, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  if (pages.isPending) return <div className="sales-rows">{<Skeleton rows={8} />}</div>;
  if (pages.isError) {
    return (
      <EmptyState
        tone="danger"
        title={t('sales.failed')}
        action={<Button onPress={() => void pages.refetch()}>{t('tryAgain')}</Button>}
      />
    );
  }
  const rows = pages.data.pages.flatMap((page) => page.sales);
  if (rows.length === 0) {
    return (
      <EmptyState
        tone="neutral"
        title={wanted === '' ? t('sales.none') : t('sales.noMatch')}
        detail={wanted === '' ? t('sales.noneHow') : t('sales.noMatchHow')}
      />
    );
  }
  return (
    <div className="sales-rows">
      <ul aria-label={t('sales.title')}>
        {rows.map((row) => (
          <li key={row.saleId}>
            <SaleRowButton row={row} isOpen={row.saleId === openSaleId} />
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <div className="sales-more">
          <Button isBusy={pages.isFetchingNextPage} onPress={() => void pages.fetchNextPage()}>
            {t('sales.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function SaleRowButton({ row, isOpen }: { row: SaleRow; isOpen: boolean }): ReactNode {
  const { t } = useTranslation('till');
  const isUndone = row.status === 'cancelled' || row.refundedMinor > 0;
  return (
    <button
      type="button"
      className="sales-row"
      aria-current={isOpen}
      data-undone={row.status === 'cancelled'}
      onClick={() => navigateTo('till', 'sale', row.saleId)}
    >
      <b className="is-cut">{row.customerName ?? t('sales.noCustomer')}</b>
      <b>
        <Money minor={row.totalMinor} />
      </b>
      <small className="is-cut">
        {row.receiptNumber} · {t('sales.items', { count: row.itemCount })}
      </small>
      <small>
        {isUndone ? (
          t(
            row.status === 'cancelled'
              ? 'sales.status.cancelled'
              : row.refundedMinor >= row.totalMinor
                ? 'sales.status.refunded'
                : 'sales.status.partly',
          )
        ) : (
          <DateText atMs={row.atMs} />
        )}
      </small>
    </button>
  );
}
