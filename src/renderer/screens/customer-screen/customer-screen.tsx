import { ScanLine } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerScreenState } from '#shop/customer-screen/screen-state.ts';
import { Button } from '../../ui/button.tsx';
import { IdleMoment } from './idle-moment.tsx';
import { PaidMoment, PayingMoment } from './paid-moments.tsx';
import { SaleMoment } from './sale-moment.tsx';
import { ScanSheet } from './scan-sheet.tsx';
import type { ScreenCalls } from './screen-calls.ts';
import './customer-screen.css';

interface CustomerScreenProps {
  readonly state: CustomerScreenState;
  readonly calls: ScreenCalls;
}

function Moment({ state, calls, scanButton }: CustomerScreenProps & { scanButton: ReactNode }): ReactNode {
  switch (state.moment) {
    case 'idle':
      return <IdleMoment state={state} scanButton={scanButton} />;
    case 'sale':
      return <SaleMoment state={state} calls={calls} scanButton={scanButton} />;
    case 'paying':
      return <PayingMoment state={state} />;
    case 'paid':
      return <PaidMoment state={state} calls={calls} />;
  }
}

/** What the customer sees of the till, one moment at a time. */
export function CustomerScreen({ state, calls }: CustomerScreenProps): ReactNode {
  const { t } = useTranslation('customer-screen');
  const [isScanning, setIsScanning] = useState(false);
  const mayScan = state.isOpen && (state.moment === 'idle' || state.moment === 'sale');
  const isKnown = state.moment === 'sale' && state.customer !== null;
  const scanButton = mayScan ? (
    <Button className="customer-scan" icon={<ScanLine />} onPress={() => setIsScanning(true)}>
      {isKnown ? t('scan.openVoucher') : t('scan.open')}
    </Button>
  ) : null;
  return (
    <main className="customer-screen">
      <Moment state={state} calls={calls} scanButton={scanButton} />
      {isScanning && mayScan && <ScanSheet calls={calls} onClose={() => setIsScanning(false)} />}
    </main>
  );
}
