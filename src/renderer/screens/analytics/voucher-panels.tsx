import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '#shop/time/civil-date.ts';
import { useApi } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { CountBars } from '../../ui/count-bars.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { FunnelSteps } from '../../ui/funnel-steps.tsx';
import { PanelMenu } from '../../ui/panel-menu.tsx';
import { RefusedReasons, useReasonWords } from '../../ui/refused-reasons.tsx';
import { hrefTo } from '../../ui/route.ts';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { PlainTable } from '../../ui/table-text.ts';
import './voucher-panels.css';

const DAYS = 28;

/** What the vouchers of the shop came to in the last 28 days, today included: funnel, top vouchers, refusals, wallets. */
export function VoucherPanels(): ReactNode {
  const { t } = useTranslation('figures');
  const format = useFormat();
  const today = format.dateKey(shopNowMs());
  const span = { fromDate: addDays(today, 1 - DAYS), toDate: today };
  const found = useQuery(useApi().vouchers.shopFigures.queryOptions(span, { placeholderData: keepPreviousData }));
  const words = useReasonWords();
  const figures = found.data;
  if (figures === undefined) {
    return found.isError ? (
      <EmptyState
        tone="danger"
        title={t('error')}
        action={<Button onPress={() => void found.refetch()}>{t('retry')}</Button>}
      />
    ) : (
      <Skeleton rows={2} shape="card" />
    );
  }
  const { counts, topCampaigns, refused, walletSizes } = figures;
  const walletText = (vouchers: number): string => t('shop.wallet', { count: vouchers });
  return (
    <section className="voucher-panels" aria-label={t('shop.title')}>
      <h2>{t('shop.title')}</h2>
      {figures.alerts.map((alert) => (
        <p key={alert.kind} className="voucher-alert" role="status">
          <TriangleAlert size={18} aria-hidden="true" />
          {alert.kind === 'low-conversion'
            ? t('alert.lowConversion', { percent: format.share(alert.conversionBasisPoints) })
            : t('alert.manyRefused', {
                refused: format.number(alert.refused),
                attempts: format.number(alert.attempts),
              })}
        </p>
      ))}
      <Panel
        name={t('funnel.title')}
        readTable={() => ({
          columns: [t('table.what'), t('table.number')],
          rows: [
            [t('funnel.impressions'), counts.impressions],
            [t('funnel.scans'), counts.scans],
            [t('funnel.claims'), counts.claims],
            [t('funnel.redemptions'), counts.redemptions],
            [t('funnel.repeat'), counts.repeatCustomers],
          ],
        })}
      >
        <FunnelSteps counts={counts} />
      </Panel>
      <Panel
        name={t('shop.top')}
        readTable={() => ({
          columns: [t('shop.name'), t('shop.uses'), `${t('measure.cost')} (${format.settings.currency})`],
          rows: topCampaigns.map(({ name, uses, costMinor }) => [name, uses, costMinor]),
        })}
      >
        {topCampaigns.length === 0 ? <p>{t('shop.topEmpty')}</p> : <TopCampaigns rows={topCampaigns} />}
      </Panel>
      <Panel
        name={t('refused.title')}
        readTable={() => ({
          columns: [t('table.what'), t('table.number')],
          rows: refused.map(({ reason, attempts }) => [words(reason), attempts]),
        })}
      >
        <RefusedReasons refused={refused} />
      </Panel>
      <Panel
        name={t('shop.wallets')}
        readTable={() => ({
          columns: [t('table.what'), t('table.number')],
          rows: walletSizes.map(({ vouchers, customers }) => [walletText(vouchers), customers]),
        })}
      >
        {walletSizes.length === 0 ? (
          <p>{t('shop.walletsEmpty')}</p>
        ) : (
          <CountBars
            label={t('shop.wallets')}
            bars={walletSizes.map(({ vouchers, customers }) => ({
              id: String(vouchers),
              label: walletText(vouchers),
              value: customers,
              text: t('shop.customers', { count: customers, number: format.number(customers) }),
            }))}
          />
        )}
      </Panel>
    </section>
  );
}

function TopCampaigns({
  rows,
}: {
  rows: readonly {
    readonly campaignId: string;
    readonly name: string;
    readonly uses: number;
    readonly costMinor: number;
  }[];
}): ReactNode {
  const { t } = useTranslation('figures');
  const format = useFormat();
  return (
    <table className="analytics-table">
      <thead>
        <tr>
          <th scope="col">{t('shop.name')}</th>
          <th scope="col" data-number="">
            {t('shop.uses')}
          </th>
          <th scope="col">{t('measure.cost')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ campaignId, name, uses, costMinor }) => (
          <tr key={campaignId}>
            <td>
              <a href={hrefTo('vouchers', campaignId)}>{name}</a>
            </td>
            <td data-number="">{format.number(uses)}</td>
            <td>{format.money(costMinor)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface PanelProps {
  readonly name: string;
  readonly readTable: () => PlainTable;
  readonly children: ReactNode;
}

/** A panel whose content is text already: the menu copies and saves it. */
function Panel({ name, readTable, children }: PanelProps): ReactNode {
  const [isTable, setIsTable] = useState(false);
  return (
    <section className="ui-card analytics-panel voucher-panel" aria-label={name}>
      <header className="analytics-panel-head">
        <h2>{name}</h2>
        <PanelMenu
          name={name}
          fileName={`${name.toLowerCase().replace(/[^\p{L}\d]+/gu, '-')}.csv`}
          isTable={isTable}
          onShowTable={setIsTable}
          readTable={readTable}
        />
      </header>
      {isTable ? <PlainRows table={readTable()} /> : children}
    </section>
  );
}

function PlainRows({ table }: { table: PlainTable }): ReactNode {
  return (
    <table className="analytics-table">
      <thead>
        <tr>
          {table.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((cells) => (
          <tr key={String(cells[0])}>
            {cells.map((cell, place) => (
              <td key={table.columns[place]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
