import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { type ScanRisk, useRiskWords } from '../../../scanning/use-scan-risk.ts';
import { useTillState } from '../till-state.ts';
import type { ProgrammePreview } from '../till-types.ts';
import type { LivePreview } from '../use-preview.ts';
import { useCreditBar } from '../payment/credit-bar.ts';
import { ChargeBar } from './charge-bar.tsx';
import { CustomerCard } from './customer-card.tsx';
import { ExchangeNotice } from './exchange-notice.tsx';
import { OrderLines } from './order-lines.tsx';
import { PointsPreview } from './points-preview.tsx';
import { Totals } from './totals.tsx';
import './order.css';

interface OrderPanelProps {
  readonly live: LivePreview;
  readonly risk: ScanRisk | null;
  readonly customerName: string | null;
  readonly isWeighed: (productId: string | null) => boolean;
  /** False for people who may look at the till and not sell. */
  readonly maySell: boolean;
  readonly onRemoveLine: (lineId: string) => void;
  readonly onCharge: () => void;
}

/** The sale being rung up: who, what, what it earns, what it costs, and the button that charges it. */
export function OrderPanel(props: OrderPanelProps): ReactNode {
  const { live, risk, customerName, isWeighed, maySell, onRemoveLine, onCharge } = props;
  const { t } = useTranslation('till');
  const chosen = useTillState((state) => state.payMethod);
  const hasCustomer = useTillState((state) => state.draft.customerId !== null);
  const hasLines = useTillState((state) => state.draft.lines.length > 0);
  const { preview } = live;
  const creditBar = useCreditBar(preview, hasCustomer);
  const method = chosen === 'credit' && creditBar.isShut ? 'cash' : chosen;
  const main = preview?.points == null ? undefined : preview.programmes[0];
  const dueMinor = preview === null ? 0 : method === 'cash' ? preview.cashDueMinor : preview.dueMinor;
  return (
    <aside className="till-panel order" aria-label={t('currentSale')}>
      <CustomerCard preview={preview} mayChange={maySell} />
      <OrderLines
        preview={preview}
        customerName={customerName ?? ''}
        isWeighed={isWeighed}
        mayChange={maySell}
        onRemove={onRemoveLine}
      />
      <div className="till-panel-foot">
        {hasLines && main !== undefined && <NamedPoints programme={main} />}
        {hasLines && preview !== null && <Totals preview={preview} isCash={method === 'cash'} />}
        {live.failed && <PricingFailed onRetry={live.retry} />}
        {preview?.discountLimitExceeded === true && (
          <p className="till-notice">
            <TriangleAlert size={18} strokeWidth={1.75} aria-hidden="true" />
            {t('discount.needsManager')}
          </p>
        )}
        <ExchangeNotice exchange={preview?.exchange ?? null} />
        {risk !== null && <RiskLine risk={risk} />}
        {!maySell && <p className="till-notice">{t('lookOnly')}</p>}
        <ChargeBar
          method={method}
          creditBar={creditBar}
          dueMinor={dueMinor}
          handedMinor={hasLines ? (preview?.exchange?.handedMinor ?? 0) : 0}
          isReady={hasLines && maySell && preview !== null && preview.exchange?.refusal == null}
          onCharge={onCharge}
        />
      </div>
    </aside>
  );
}

/** Above Charge: red while a manager has to let it go on, amber otherwise. */
function RiskLine({ risk }: { risk: ScanRisk }): ReactNode {
  const wordsOf = useRiskWords();
  const tone = risk.risk === 'HIGH' && risk.approvedBy === null ? 'danger' : 'warning';
  return (
    <p className="till-notice" data-tone={tone} role="alert">
      <TriangleAlert size={18} strokeWidth={1.75} aria-hidden="true" />
      {wordsOf(risk)}
    </p>
  );
}

function NamedPoints({ programme }: { programme: ProgrammePreview }): ReactNode {
  const api = useApi();
  const customerId = useTillState((state) => state.draft.customerId);
  const glimpse = useTillState((state) => state.glimpse);
  const query = useQuery({
    ...api.customers.get.queryOptions({ customerId: customerId ?? '' }),
    enabled: customerId !== null,
  });
  return <PointsPreview programme={programme} name={query.data?.displayName ?? glimpse?.displayName ?? ''} />;
}

function PricingFailed({ onRetry }: { onRetry: () => void }): ReactNode {
  const { t } = useTranslation('till');
  return (
    <div className="till-notice" data-tone="danger" role="alert">
      <TriangleAlert size={18} strokeWidth={1.75} aria-hidden="true" />
      <span>{t('pricingFailed')}</span>
      <Button size="small" onPress={onRetry}>
        {t('tryAgain')}
      </Button>
    </div>
  );
}
