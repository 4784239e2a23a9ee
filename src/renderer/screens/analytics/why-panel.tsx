import { Copy, Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { hourText } from './hours-chart.tsx';
import { useTableActions } from '../../ui/panel-menu.tsx';
import type { PlainTable } from '../../ui/table-text.ts';
import { type ExplainedRow, type Measure, type Question, useExplanation } from './today-data.ts';
import './why-panel.css';

const MONEY: readonly Measure[] = ['sales', 'soldValue', 'average'];

interface WhyPanelProps {
  readonly question: Question;
  readonly businessDate: string;
  readonly onClose: () => void;
}

/** Where a number comes from: the rule in words, then the rows that sum to it. */
export function WhyPanel({ question, businessDate, onClose }: WhyPanelProps): ReactNode {
  const { t } = useTranslation('analytics');
  const format = useFormat();
  const explanation = useExplanation(question);
  const pages = explanation.data?.pages ?? [];
  const first = pages[0];
  const rows = pages.flatMap((page) => page.rows);
  const isMoney = MONEY.includes(question.measure);
  const figure = (value: number): string => (isMoney ? format.money(value) : format.number(value));
  const rowFigure = (row: ExplainedRow): string =>
    isMoney ? format.money(row.amount) : format.points(row.amount, { sign: 'always' });
  const name = t(`long.${question.measure}`);
  const readTable = (): PlainTable => ({
    columns: [t('why.what'), t('why.when'), t('why.amount')],
    rows: rows.map((row) => [rowTitle(t, row), format.exact(row.atMs), row.amount]),
  });
  const actions = useTableActions(name, `${question.measure}-${businessDate}.csv`, readTable);
  const hour =
    question.hour === undefined
      ? ''
      : ` · ${t('why.hour', { from: hourText(question.hour), to: hourText(question.hour + 1) })}`;
  return (
    <SidePanel title={t('why.title')} onClose={onClose} size="medium">
      <p className="is-muted">
        {name}
        {hour}
      </p>
      {explanation.isError && (
        <EmptyState
          tone="danger"
          title={t('error.title')}
          action={<Button onPress={() => void explanation.refetch()}>{t('error.retry')}</Button>}
        />
      )}
      {first === undefined && explanation.isPending && <Skeleton rows={6} />}
      {first !== undefined && (
        <>
          <p className="analytics-why-number">{first.value === null ? '–' : figure(first.value)}</p>
          <p className="analytics-why-formula">{t(`why.formula.${question.measure}`)}</p>
          <div className="analytics-why-sum">
            <span>{t('why.sum')}</span>
            <span>{figure(first.sumOfRows)}</span>
          </div>
          <div className="analytics-why-actions">
            <Button size="small" icon={<Copy size={16} aria-hidden="true" />} onPress={actions.copy}>
              {t('panel.copy')}
            </Button>
            <Button size="small" icon={<Download size={16} aria-hidden="true" />} onPress={actions.save}>
              {t('panel.csv')}
            </Button>
          </div>
          {rows.length === 0 ? (
            <p className="is-muted">{t('why.empty')}</p>
          ) : (
            <RowsTable rows={rows} figure={rowFigure} />
          )}
          {explanation.hasNextPage && (
            <Button
              kind="ghost"
              isFullWidth
              isBusy={explanation.isFetchingNextPage}
              onPress={() => void explanation.fetchNextPage()}
            >
              {t('why.more')}
            </Button>
          )}
        </>
      )}
    </SidePanel>
  );
}

type Words = ReturnType<typeof useTranslation<'analytics'>>['t'];

function rowTitle(t: Words, row: ExplainedRow): string {
  if (row.kind === 'entry') return t(`entry.${row.label}`, { defaultValue: row.label });
  return t(`why.kind.${row.kind}`, { label: row.label });
}

function RowsTable({
  rows,
  figure,
}: {
  rows: readonly ExplainedRow[];
  figure: (row: ExplainedRow) => string;
}): ReactNode {
  const { t } = useTranslation('analytics');
  return (
    <table className="analytics-table">
      <thead>
        <tr>
          <th scope="col">{t('why.what')}</th>
          <th scope="col">{t('why.when')}</th>
          <th scope="col">{t('why.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.kind}${row.id}`}>
            <td>{rowTitle(t, row)}</td>
            <td>
              <DateText atMs={row.atMs} />
            </td>
            <td>{figure(row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
