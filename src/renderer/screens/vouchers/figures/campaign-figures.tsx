import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { CountBars } from '../../../ui/count-bars.tsx';
import { DifferenceInterval } from '../../../ui/difference-interval.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useFormat } from '../../../ui/format.ts';
import { FunnelSteps } from '../../../ui/funnel-steps.tsx';
import { PanelMenu } from '../../../ui/panel-menu.tsx';
import { RefusedReasons } from '../../../ui/refused-reasons.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { useMay } from '../../../ui/shop-context.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { type Figures, type Measure, useMeasures } from './measures.ts';
import { SPANS, type Span, useFigures } from './use-figures.ts';
import './figures.css';

/** What became of a campaign: its funnel, its measures with their formulas, its scans, what was refused, and its uplift. */
export function CampaignFigures({ campaignId }: { campaignId: string }): ReactNode {
  return useMay('analytics.all') ? <FiguresCard campaignId={campaignId} /> : null;
}

function FiguresCard({ campaignId }: { campaignId: string }): ReactNode {
  const { t } = useTranslation('figures');
  const [span, setSpan] = useState<Span>('all');
  const [isTable, setIsTable] = useState(false);
  const found = useFigures(campaignId, span);
  const figures = found.data;
  const rows = useMeasures(figures ?? null);
  return (
    <section className="figures" aria-label={t('title')}>
      <header className="figures-head">
        <h2>{t('title')}</h2>
        <PanelMenu
          name={t('title')}
          fileName="voucher-figures.csv"
          isTable={isTable}
          onShowTable={setIsTable}
          readTable={() => ({
            columns: [t('table.what'), t('table.number')],
            rows: rows.map(({ name, value, formula }) => [`${name} (${formula})`, value]),
          })}
        />
      </header>
      <Segmented
        label={t('span')}
        value={span}
        onChange={setSpan}
        isWide
        segments={SPANS.map((id) => ({ id, label: t(`spans.${id}`) }))}
      />
      {figures !== undefined ? (
        <>
          {!isTable && <FunnelSteps counts={figures.counts} />}
          <Measures rows={rows} isTable={isTable} />
          {figures.uplift !== null && (
            <div className="figures-part">
              <h3>{t('measure.uplift')}</h3>
              <small>{figures.uplift.name}</small>
              <DifferenceInterval comparison={figures.uplift.comparison} />
            </div>
          )}
          <Scanners figures={figures} />
          <div className="figures-part">
            <h3>{t('refused.title')}</h3>
            <RefusedReasons refused={figures.refused} />
          </div>
        </>
      ) : found.isError ? (
        <EmptyState
          tone="danger"
          title={t('error')}
          action={<Button onPress={() => void found.refetch()}>{t('retry')}</Button>}
        />
      ) : (
        <Skeleton rows={4} />
      )}
    </section>
  );
}

function Measures({ rows, isTable }: { rows: readonly Measure[]; isTable: boolean }): ReactNode {
  const { t } = useTranslation('figures');
  if (!isTable) {
    return (
      <dl className="figures-measures">
        {rows
          .filter(({ id }) => !id.startsWith('count.'))
          .map(({ id, name, value, formula }) => (
            <div key={id}>
              <dt>{name}</dt>
              <dd>
                <b>{value}</b>
                <small>{formula}</small>
              </dd>
            </div>
          ))}
      </dl>
    );
  }
  return (
    <table className="figures-table">
      <thead>
        <tr>
          <th scope="col">{t('table.what')}</th>
          <th scope="col">{t('table.number')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, value, formula }) => (
          <tr key={id}>
            <td>
              {name}
              <small>{formula}</small>
            </td>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Who scanned: the customer alone, or somebody at the counter; where they come from stands under the ticket. */
function Scanners({ figures }: { figures: Figures }): ReactNode {
  const { t } = useTranslation('figures');
  const format = useFormat();
  if (figures.counts.scans === 0) return null;
  return (
    <div className="figures-part">
      <h3>{t('scans.byType')}</h3>
      <CountBars
        label={t('scans.byType')}
        bars={Object.entries(figures.scansByType)
          .sort(([, a], [, b]) => b - a)
          .map(([type, value]) => ({
            id: type,
            label: t(`scans.type.${type as 'CUSTOMER'}`),
            value,
            text: format.number(value),
          }))}
      />
    </div>
  );
}
