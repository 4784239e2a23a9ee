import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Money } from '../../ui/money-text.tsx';
import { useShop } from '../../ui/shop-context.ts';
import { type HourFigure, hoursToDraw } from './hour-scale.ts';
import { HoursChart, hourText } from './hours-chart.tsx';
import { PanelMenu } from '../../ui/panel-menu.tsx';
import type { PlainTable } from '../../ui/table-text.ts';
import type { Question, Today } from './today-data.ts';
import './hours-panel.css';

interface HoursPanelProps {
  readonly today: Today;
  readonly onAsk: (question: Question) => void;
}

/** Sales of the day by hour, as bars or as the same numbers in a table. */
export function HoursPanel({ today, onAsk }: HoursPanelProps): ReactNode {
  const { t } = useTranslation('analytics');
  const [isTable, setIsTable] = useState(false);
  const hours = hoursToDraw(today.byHour, useShop().dayStartsAtHour);
  const readTable = (): PlainTable => ({
    columns: [t('hours.hour'), t('hours.number'), `${t('hours.sales')} (${today.currency})`],
    rows: hours.map((figure) => [
      `${hourText(figure.hour)}–${hourText(figure.hour + 1)}`,
      figure.salesCount,
      figure.salesMinor,
    ]),
  });
  const ask = (hour: number): void => onAsk({ measure: 'sales', hour });
  return (
    <section className="ui-card analytics-panel" aria-label={t('hours.title')}>
      <header className="analytics-panel-head">
        <h2>{t('hours.title')}</h2>
        <span className="analytics-legend">
          <i /> {t('hours.legend')}
        </span>
        <PanelMenu
          name={t('hours.title')}
          fileName={`hours-${today.businessDate}.csv`}
          isTable={isTable}
          onShowTable={setIsTable}
          readTable={readTable}
        />
      </header>
      {isTable ? <HoursTable hours={hours} onAsk={ask} /> : <HoursChart hours={hours} onAsk={ask} />}
    </section>
  );
}

function HoursTable({ hours, onAsk }: { hours: readonly HourFigure[]; onAsk: (hour: number) => void }): ReactNode {
  const { t } = useTranslation('analytics');
  const format = useFormat();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
    <div className="analytics-scroll" tabIndex={0}>
      <table className="analytics-table">
        <thead>
          <tr>
            <th scope="col">{t('hours.hour')}</th>
            <th scope="col" data-number="">
              {t('hours.number')}
            </th>
            <th scope="col">{t('hours.sales')}</th>
          </tr>
        </thead>
        <tbody>
          {hours.map((figure) => (
            <tr key={figure.hour}>
              <td>
                {hourText(figure.hour)} – {hourText(figure.hour + 1)}
              </td>
              <td data-number="">{format.number(figure.salesCount)}</td>
              <td>
                <button type="button" className="analytics-value" onClick={() => onAsk(figure.hour)}>
                  <Money minor={figure.salesMinor} />
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
