import { useQuery } from '@tanstack/react-query';
import { Camera, ImageUp } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../ui/api-context.ts';
import { Button } from '../ui/button.tsx';
import { DateText } from '../ui/date-text.tsx';
import { SidePanel } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextField } from '../ui/field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { CameraReader } from './camera-reader.tsx';
import { readPictures } from './image-input.ts';
import type { RawScan } from './raw-scans.ts';
import './scanning.css';

const SHOWN_SCANS = 10;

function LastScans(): ReactNode {
  const { t } = useTranslation('scanning');
  const recent = useQuery(useApi().scanning.recent.queryOptions({ limit: SHOWN_SCANS }));
  if (recent.data === undefined)
    return recent.isPending ? <Skeleton rows={3} /> : <EmptyState tone="danger" title={t('failed')} />;
  if (recent.data.length === 0) return <EmptyState tone="neutral" title={t('panel.none')} />;
  return (
    <ul className="scans">
      {recent.data.map((scan) => (
        <li key={scan.scanId}>
          <span className="scans-words">
            <b className="is-cut">{scan.shownText}</b>
            <span className="is-faint is-tiny">
              {t(`source.${scan.source}`)} · {t(`result.${scan.result}`, { defaultValue: t('result.other') })}
            </span>
          </span>
          <span className="is-muted is-small">
            <DateText atMs={scan.atMs} />
          </span>
        </li>
      ))}
    </ul>
  );
}

interface ScannerPanelProps {
  readonly onClose: () => void;
  /** Sends a code on its way like any other scan. */
  readonly onScan: (scan: RawScan) => void;
}

/** Every way to read a code, and the last ten with their results. */
export function ScannerPanel({ onClose, onScan }: ScannerPanelProps): ReactNode {
  const { t } = useTranslation('scanning');
  const [typed, setTyped] = useState('');
  const [hasCamera, setHasCamera] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const files = useRef<HTMLInputElement>(null);
  const send = (text: string, source: RawScan['source']): void =>
    onScan({ text, source, atMs: Date.now(), averageGapMs: null });
  const readFiles = async (chosen: readonly File[]): Promise<void> => {
    const text = await readPictures(chosen);
    setProblem(text === null ? t('noCodeInPicture') : null);
    if (text !== null) send(text, 'GALLERY');
  };
  return (
    <SidePanel title={t('panel.title')} onClose={onClose}>
      <div className="scan-pad">
        <p className="is-muted">{t('panel.detail')}</p>
        <form
          className="scan-pad-typed"
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() === '') return;
            send(typed.trim(), 'MANUAL');
            setTyped('');
          }}
        >
          <TextField label={t('panel.type')} value={typed} onChange={setTyped} autoComplete="off" maxLength={200} />
          <Button type="submit">{t('panel.read')}</Button>
        </form>
        <div className="scan-pad-ways">
          <Button icon={<Camera />} aria-pressed={hasCamera} onPress={() => setHasCamera(!hasCamera)}>
            {t('panel.camera')}
          </Button>
          <Button icon={<ImageUp />} onPress={() => files.current?.click()}>
            {t('panel.picture')}
          </Button>
          <input
            ref={files}
            type="file"
            accept="image/*"
            multiple
            hidden
            aria-label={t('panel.picture')}
            onChange={(event) => void readFiles([...(event.target.files ?? [])])}
          />
        </div>
        {problem !== null && <p role="alert">{problem}</p>}
        {hasCamera && <CameraReader onCode={(text) => send(text, 'CAMERA')} />}
        <h3>{t('panel.last')}</h3>
        <LastScans />
      </div>
    </SidePanel>
  );
}
