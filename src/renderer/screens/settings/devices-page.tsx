import { Camera, CircleCheck, Printer, ScanLine } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CameraReader } from '../../scanning/camera-reader.tsx';
import { useRawScans } from '../../scanning/raw-scans.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { CustomerScreenPart } from './customer-screen-part.tsx';
import { PageFrame } from './page-frame.tsx';

const TEST_CODE = 'REGULARS-TEST-1';

function ScannerTest(): ReactNode {
  const { t } = useTranslation('settings');
  const [seen, setSeen] = useState<{ text: string; gapMs: number | null } | null>(null);
  useRawScans((scan) => {
    if (scan.text === TEST_CODE) setSeen({ text: scan.text, gapMs: scan.averageGapMs });
    return scan.text === TEST_CODE;
  });
  return (
    <Card title={t('devices.scanner')} className="settings-card">
      <div className="settings-device">
        <QrCode text={TEST_CODE} label={t('devices.testCode')} />
        <div role="status" className="settings-form">
          <span className={`ui-tone-icon ${seen === null ? 'tone-neutral' : 'tone-success'}`}>
            {seen === null ? <ScanLine /> : <CircleCheck />}
          </span>
          <b>{seen === null ? t('devices.scanThis') : t('devices.scannerWorks')}</b>
          {seen !== null && seen.gapMs !== null && (
            <p className="is-muted">{t('devices.speed', { ms: Math.round(seen.gapMs) })}</p>
          )}
        </div>
      </div>
    </Card>
  );
}

function CameraTest(): ReactNode {
  const { t } = useTranslation('settings');
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState<string | null>(null);
  return (
    <Card title={t('devices.camera')} className="settings-card">
      {isOpen ? (
        <CameraReader onCode={setText} onClose={() => setIsOpen(false)} />
      ) : (
        <div>
          <Button icon={<Camera />} onPress={() => setIsOpen(true)}>
            {t('devices.openCamera')}
          </Button>
        </div>
      )}
      {text !== null && <p role="status">{t('devices.read', { text: text.slice(0, 60) })}</p>}
    </Card>
  );
}

/** Try each device from the place it stands. */
export function DevicesPage(): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <PageFrame title={t('pages.devices')} detail={t('devices.detail')}>
      <ScannerTest />
      <CameraTest />
      <CustomerScreenPart />
      <Card title={t('devices.printer')} className="settings-card">
        <p className="is-muted">{t('devices.printerDetail')}</p>
        <div>
          <Button icon={<Printer />} onPress={() => window.print()}>
            {t('devices.print')}
          </Button>
        </div>
      </Card>
    </PageFrame>
  );
}
