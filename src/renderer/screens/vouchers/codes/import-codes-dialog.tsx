import { useQuery } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newOperationId } from '../../../api.ts';
import { useApi, useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useRefusalText, useReport } from '../../../ui/refusal-text.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { resultOfError, useCommand } from '../../../ui/use-command.ts';
import { Progress } from './batch-row.tsx';
import { type CodeRow, type PreviewedCodes, ROWS_A_PAGE } from './codes-data.ts';

const LARGEST_BYTES = 900_000;
const MOST_ROWS = 20_000;
const SHOWN_PROBLEMS = 100;

interface ChosenFile {
  readonly name: string;
  readonly text: string;
}

/** Codes from a CSV file: choose it, see what each row would do, take in those that fit. */
export function ImportCodesDialog({ campaignId, onClose }: { campaignId: string; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['codes', 'common']);
  const format = useFormat();
  const [file, setFile] = useState<ChosenFile | null>(null);
  const preview = useQuery(
    useApi().codes.previewImport.queryOptions(
      { campaignId, csvText: file?.text ?? '' },
      { enabled: file !== null, staleTime: Number.POSITIVE_INFINITY, gcTime: 0, retry: false },
    ),
  );
  const importing = useImportCodes(campaignId, onClose);
  const good = preview.data?.rows.filter(({ problem }) => problem === null) ?? [];
  const close = (): void => {
    importing.stop();
    onClose();
  };
  return (
    <Dialog
      title={t('import.title')}
      size="medium"
      onClose={close}
      footer={
        <>
          <Button onPress={close}>{t(importing.sent === null ? 'common:cancel' : 'import.stop')}</Button>
          <Button
            kind="primary"
            isDisabled={good.length === 0}
            isBusy={importing.sent !== null}
            onPress={() => void importing.run(good)}
          >
            {t('import.start', { count: good.length, shown: format.number(good.length) })}
          </Button>
        </>
      }
    >
      <div className="codes-form">
        <p className="is-muted">{t('import.lead', { most: format.number(MOST_ROWS) })}</p>
        <ChooseFile file={file} onFile={setFile} isDisabled={importing.sent !== null} />
        {file !== null && preview.isPending && <Skeleton rows={2} />}
        {preview.isError && <ImportProblem error={preview.error} />}
        {preview.data !== undefined && <Preview preview={preview.data} />}
        {importing.sent !== null && <Progress done={importing.sent} total={good.length} label={t('import.progress')} />}
      </div>
    </Dialog>
  );
}

/** Sends the rows page by page; a stop or a failure keeps the pages before it. `sent` is null while nothing runs. */
function useImportCodes(campaignId: string, onDone: () => void) {
  const { t } = useTranslation('codes');
  const format = useFormat();
  const command = useCommand(useApiClient().codes.importPage);
  const report = useReport();
  const [sent, setSent] = useState<number | null>(null);
  const isStopped = useRef(false);
  const run = async (rows: readonly CodeRow[]): Promise<void> => {
    const importId = newOperationId();
    isStopped.current = false;
    let made = 0;
    for (let at = 0; at < rows.length && !isStopped.current; at += ROWS_A_PAGE) {
      setSent(at);
      const page = rows.slice(at, at + ROWS_A_PAGE).map(({ line, code }) => ({ line, code }));
      const result = await command.run({ campaignId, importId, rows: page });
      if (!report(result)) return setSent(null);
      made += result.value.made;
    }
    setSent(null);
    showToast({ tone: 'success', title: t('import.done', { count: made, shown: format.number(made) }) });
    if (!isStopped.current) onDone();
  };
  const stop = (): void => {
    isStopped.current = true;
  };
  return { run, stop, sent };
}

interface ChooseFileProps {
  readonly file: ChosenFile | null;
  readonly onFile: (file: ChosenFile) => void;
  readonly isDisabled: boolean;
}

function ChooseFile({ file, onFile, isDisabled }: ChooseFileProps): ReactNode {
  const { t } = useTranslation('codes');
  const inputId = useId();
  const [isTooLarge, setIsTooLarge] = useState(false);
  const read = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    setIsTooLarge(chosen.size > LARGEST_BYTES);
    if (chosen.size <= LARGEST_BYTES) onFile({ name: chosen.name, text: await chosen.text() });
  };
  return (
    <div className="codes-acts">
      <input
        id={inputId}
        className="is-hidden-visually"
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        tabIndex={-1}
        aria-label={t('import.choose')}
        onChange={(event) => void read(event.target.files?.[0])}
      />
      <Button
        size="counter"
        icon={<FileUp size={18} strokeWidth={1.75} aria-hidden="true" />}
        isDisabled={isDisabled}
        onPress={() => document.getElementById(inputId)?.click()}
      >
        {t(file === null ? 'import.choose' : 'import.another')}
      </Button>
      {file !== null && <Tag>{file.name}</Tag>}
      {isTooLarge && (
        <p role="alert" className="codes-problem">
          {t('import.tooLarge')}
        </p>
      )}
    </div>
  );
}

function ImportProblem({ error }: { error: unknown }): ReactNode {
  const { t } = useTranslation('common');
  const wordsOf = useRefusalText();
  const result = resultOfError(error);
  return (
    <p role="alert" className="codes-problem">
      {result?.kind === 'refused' ? wordsOf(result.refusal) : t('error.load')}
    </p>
  );
}

/** How many rows fit, and why the others do not, line by line. */
function Preview({ preview: { rows, counts } }: { preview: PreviewedCodes }): ReactNode {
  const { t } = useTranslation('codes');
  const format = useFormat();
  const problems = rows.filter(({ problem }) => problem !== null);
  return (
    <>
      <div className="codes-acts" role="status">
        <Tag tone="success">{t('import.good', { count: counts.good, shown: format.number(counts.good) })}</Tag>
        {problems.length > 0 && (
          <Tag tone="warning">
            {t('import.leftOut', { count: problems.length, shown: format.number(problems.length) })}
          </Tag>
        )}
      </div>
      {problems.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
        <div className="codes-problems" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('import.line')}</th>
                <th scope="col">{t('import.code')}</th>
                <th scope="col">{t('import.why')}</th>
              </tr>
            </thead>
            <tbody>
              {problems.slice(0, SHOWN_PROBLEMS).map(({ line, code, problem }) => (
                <tr key={line}>
                  <td>{line}</td>
                  <td>{code}</td>
                  <td>{problem !== null && t(`import.problem.${problem}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {problems.length > SHOWN_PROBLEMS && (
        <p className="is-muted is-small">{t('import.firstOnly', { shown: format.number(SHOWN_PROBLEMS) })}</p>
      )}
    </>
  );
}
