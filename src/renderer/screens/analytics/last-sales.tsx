import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../ui/date-text.tsx';
import { useFormat } from '../../ui/format.ts';
import { Money } from '../../ui/money-text.tsx';
import { Points } from '../../ui/points-text.tsx';
import { hrefTo } from '../../ui/route.ts';
import { PanelMenu } from '../../ui/panel-menu.tsx';
import type { PlainTable } from '../../ui/table-text.ts';
import type { LastSale, Today } from './today-data.ts';
import './last-sales.css';

/** The ids that were not in the list the time before; empty on the first look, so nothing flashes on opening. */
function useNewcomers(ids: readonly string[]): ReadonlySet<string> {
  const known = useRef<ReadonlySet<string> | null>(null);
  const before = known.current;
  const fresh = new Set(before === null ? [] : ids.filter((id) => !before.has(id)));
  useEffect(() => {
    known.current = new Set([...(known.current ?? []), ...ids]);
  }, [ids]);
  return fresh;
}

/** The last ten sales, newest first; each opens on the till. */
export function LastSales({ today }: { today: Today }): ReactNode {
  const { t } = useTranslation('analytics');
  const format = useFormat();
  const newcomers = useNewcomers(today.lastSales.map((sale) => sale.saleId));
  const readTable = (): PlainTable => ({
    columns: [
      t('last.when'),
      t('last.receipt'),
      t('last.customer'),
      `${t('last.total')} (${today.currency})`,
      t('last.points'),
    ],
    rows: today.lastSales.map((sale) => [
      format.exact(sale.atMs),
      sale.receiptNumber ?? t('last.award'),
      sale.customerName ?? '',
      sale.totalMinor,
      sale.points,
    ]),
  });
  return (
    <section className="ui-card analytics-panel" aria-label={t('last.title')}>
      <header className="analytics-panel-head">
        <h2>{t('last.title')}</h2>
        <PanelMenu name={t('last.title')} fileName={`sales-${today.businessDate}.csv`} isTable readTable={readTable} />
      </header>
      <div className="analytics-scroll">
        {today.lastSales.length === 0 ? (
          <p className="analytics-empty">{t('last.empty')}</p>
        ) : (
          <ul className="analytics-sales">
            {today.lastSales.map((sale) => (
              <li key={sale.saleId} data-new={newcomers.has(sale.saleId)}>
                <SaleLink sale={sale} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function SaleLink({ sale }: { sale: LastSale }): ReactNode {
  const { t } = useTranslation('analytics');
  const title = sale.kind === 'award' ? t('last.award') : t('last.sale', { number: sale.receiptNumber });
  return (
    <a className="analytics-sale" href={hrefTo('till', 'sale', sale.saleId)}>
      <span>
        <b>{sale.customerName ?? t('last.noCustomer')}</b>
        <small>
          <DateText atMs={sale.atMs} /> · {title}
        </small>
      </span>
      <span>
        <b>
          <Money minor={sale.totalMinor} />
        </b>
        {sale.points !== 0 && (
          <small className="analytics-sale-points">
            <Points points={sale.points} sign="always" /> {t('last.points').toLocaleLowerCase()}
          </small>
        )}
      </span>
    </a>
  );
}
