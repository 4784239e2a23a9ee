import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, FileUp, TriangleAlert } from 'lucide-react';
import { type DragEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { hrefTo } from '../../ui/route.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TopBarSlot } from '../../ui/top-bar-slot.tsx';
import { ImportPreviewPanel } from './import-preview.tsx';
import { ImportProgress } from './import-progress.tsx';
import { forgetRun, useImportRun } from './import-run.ts';
import './import-customers.css';

const LARGEST_BYTES = 900_000;

interface ChosenFile {
  readonly name: string;
  readonly text: string;
}

/** Customers from a CSV file: choose, look, import with progress. Nothing is written before "Import". */
export function ImportCustomers(): ReactNode {
  const { t } = useTranslation('customers');
  const [file, setFile] = useState<ChosenFile | null>(null);
  const run = useImportRun();
  const chooseAnother = (): void => {
    forgetRun();
    setFile(null);
  };
  return (
    <div className="customers-import">
      <TopBarSlot replacesTitle>
        <a className="customer-back" href={hrefTo('customers')}>
          <ChevronLeft size={20} strokeWidth={1.75} aria-hidden="true" />
          {t('back')}
        </a>
      </TopBarSlot>
      <header>
        <h1 tabIndex={-1}>{t('import.title')}</h1>
        <p className="customers-import-lead">{t('import.lead')}</p>
      </header>
      {run.phase !== 'idle' ? (
        <ImportProgress onAnother={chooseAnother} />
      ) : file === null ? (
        <FileDrop onFile={setFile} />
      ) : (
        <Previewed file={file} onAnother={chooseAnother} />
      )}
    </div>
  );
}

function FileDrop({ onFile }: { onFile: (file: ChosenFile) => void }): ReactNode {
  const { t } = useTranslation('customers');
  const inputId = useId();
  const [isOver, setIsOver] = useState(false);
  const [isTooLarge, setIsTooLarge] = useState(false);
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setIsTooLarge(file.size > LARGEST_BYTES);
    if (file.size <= LARGEST_BYTES) onFile({ name: file.name, text: await file.text() });
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    void read(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button does the same by keyboard
    <div
      className="customers-drop"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      <FileUp size={28} strokeWidth={1.5} aria-hidden="true" />
      <input
        id={inputId}
        className="is-hidden-visually"
        type="file"
        accept=".csv,text/csv"
        tabIndex={-1}
        aria-label={t('import.choose')}
        onChange={(event) => void read(event.target.files?.[0])}
      />
      <Button kind="primary" onPress={() => document.getElementById(inputId)?.click()}>
        {t('import.choose')}
      </Button>
      <span>{t('import.drop')}</span>
      {isTooLarge && (
        <p className="customers-said" data-tone="danger" role="alert">
          <TriangleAlert size={18} strokeWidth={2} aria-hidden="true" />
          {t('import.tooLarge', { size: '900 kB' })}
        </p>
      )}
    </div>
  );
}

function Previewed({ file, onAnother }: { file: ChosenFile; onAnother: () => void }): ReactNode {
  const { t } = useTranslation('customers');
  const api = useApi();
  const preview = useQuery(
    api.customers.previewImport.queryOptions(
      { csvText: file.text },
      { staleTime: Number.POSITIVE_INFINITY, retry: false },
    ),
  );
  if (preview.data !== undefined)
    return <ImportPreviewPanel fileName={file.name} preview={preview.data} onAnother={onAnother} />;
  if (preview.isError) {
    return (
      <EmptyState
        tone="danger"
        icon={<TriangleAlert aria-hidden="true" />}
        title={t('import.unreadable')}
        action={<Button onPress={onAnother}>{t('import.another')}</Button>}
      />
    );
  }
  return (
    <div>
      <p className="is-muted">{t('import.reading', { file: file.name })}</p>
      <Skeleton rows={6} />
    </div>
  );
}
