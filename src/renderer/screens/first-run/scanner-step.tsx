import { CircleCheck, ScanLine } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CameraReader } from '../../scanning/camera-reader.tsx';
import { listenForWedge } from '../../scanning/wedge-listener.ts';
import { Button } from '../../ui/button.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { moveStep } from './first-run-state.ts';
import { StepFrame } from './step-frame.tsx';

const TEST_CODE = 'REGULARS-TEST-1';

/** Step 4: scan what is on screen; shows what arrived and how fast, or tries the camera. */
export function ScannerStep(): ReactNode {
  const { t } = useTranslation('first-run');
  const [seen, setSeen] = useState<{ text: string; gapMs: number | null } | null>(null);
  const [hasCamera, setHasCamera] = useState(false);
  useEffect(() => listenForWedge(window, (scan) => setSeen({ text: scan.text, gapMs: scan.averageGapMs })), []);
  const isRight = seen?.text === TEST_CODE;
  return (
    <StepFrame
      title={t('scanner.title')}
      detail={t('scanner.detail')}
      nextLabel={t('next')}
      canSkip
      onNext={() => moveStep(1)}
      isNextDisabled={seen === null}
    >
      <div className="first-run-split is-scanner">
        {hasCamera ? (
          <CameraReader onCode={(text) => setSeen({ text, gapMs: null })} onClose={() => setHasCamera(false)} />
        ) : (
          <QrCode text={TEST_CODE} label={t('scanner.code')} />
        )}
        <div className="first-run-column" role="status">
          <span
            className={`ui-tone-icon ${seen === null ? 'tone-neutral' : isRight ? 'tone-success' : 'tone-warning'}`}
          >
            {isRight ? <CircleCheck /> : <ScanLine />}
          </span>
          <b>
            {seen === null
              ? t('scanner.waiting')
              : isRight
                ? t('scanner.good')
                : t('scanner.other', { text: seen.text.slice(0, 40) })}
          </b>
          {seen !== null && seen.gapMs !== null && (
            <p className="is-muted is-small">{t('scanner.speed', { ms: Math.round(seen.gapMs) })}</p>
          )}
          {!hasCamera && <Button onPress={() => setHasCamera(true)}>{t('scanner.camera')}</Button>}
        </div>
      </div>
    </StepFrame>
  );
}
