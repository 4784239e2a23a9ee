import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/choice-field.tsx';
import { useFormat } from '../../ui/format.ts';
import { Tag, type Tone } from '../../ui/tag.tsx';
import type { ImportPreview, ImportRow } from './customers-data.ts';
import { importable } from './import-run.ts';
import { useRunImport } from './use-run-import.ts';

const SHOWN_ROWS = 200;
const TONES: Readonly<Record<ImportRow['action'], Tone>> = {
  create: 'success',
  update: 'info',
  skip: 'neutral',
  error: 'danger',
};
const WORDS = { create: 'actionCreate', update: 'actionUpdate', skip: 'actionSkip', error: 'actionError' } as const;
const ACTIONS = ['create', 'update', 'skip', 'error'] as const;

interface ImportPreviewPanelProps {
  readonly fileName: string;
  readonly preview: ImportPreview;
  readonly onAnother: () => void;
}

/** What each row of the file would do, before anything is written. */
export function ImportPreviewPanel({ fileName, preview, onAnother }: ImportPreviewPanelProps): ReactNode {
  const { t } = useTranslation('customers');
  const [isErrorsOnly, setIsErrorsOnly] = useState(false);
  const format = useFormat();
  const runImport = useRunImport();
  const rows = isErrorsOnly ? preview.rows.filter((row) => row.action === 'error') : preview.rows;
  const countOf = (action: ImportRow['action']): number => preview.rows.filter((row) => row.action === action).length;
  const ready = importable(preview.rows);
  return (
    <>
      <div className="customers-counts">
        <Tag>
          {t('import.file', {
            file: fileName,
            rows: t('import.rows', { count: preview.rows.length, shown: format.number(preview.rows.length) }),
          })}
        </Tag>
        {ACTIONS.filter((action) => countOf(action) > 0).map((action) => (
          <Tag key={action} tone={TONES[action]}>
            {t(`import.${action}`, { count: countOf(action), shown: format.number(countOf(action)) })}
          </Tag>
        ))}
        {countOf('error') > 0 && (
          <CheckField isSelected={isErrorsOnly} onChange={setIsErrorsOnly}>
            {t('import.onlyErrors')}
          </CheckField>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
      <div className="ui-card customers-import-table" tabIndex={0}>
        <RowsTable rows={rows.slice(0, SHOWN_ROWS)} />
      </div>
      <div className="customers-import-foot">
        <span className="is-muted is-small">
          {rows.length > SHOWN_ROWS ? t('import.shown', { count: SHOWN_ROWS, shown: format.number(SHOWN_ROWS) }) : ''}
        </span>
        <Button onPress={onAnother}>{t('import.another')}</Button>
        <Button kind="primary" isDisabled={ready.length === 0} onPress={() => void runImport(ready)}>
          {ready.length === 0
            ? t('import.nothing')
            : t('import.start', { count: ready.length, shown: format.number(ready.length) })}
        </Button>
      </div>
    </>
  );
}

function RowsTable({ rows }: { rows: readonly ImportRow[] }): ReactNode {
  const { t } = useTranslation('customers');
  const problem = (error: ImportRow['errors'][number]): string =>
    t(`import.code.${error.code}`, {
      column: error.column,
      code: error.code,
      defaultValue: t('import.code.other', { column: error.column, code: error.code }),
    });
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('import.line')}</th>
          <th scope="col">{t('import.action')}</th>
          <th scope="col">{t('import.name')}</th>
          <th scope="col">{t('import.problem')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.line}>
            <td>{row.line}</td>
            <td>
              <Tag tone={TONES[row.action]}>{t(`import.${WORDS[row.action]}`)}</Tag>
            </td>
            <td>{row.name}</td>
            <td>{row.errors.map(problem).join(' · ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
