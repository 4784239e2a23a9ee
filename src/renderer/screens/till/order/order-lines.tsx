import { BadgePercent, ScanLine, X } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { openOverlay, setSaleDiscount, useTillState } from '../till-state.ts';
import type { TillPreview } from '../till-types.ts';
import { OrderLine } from './order-line.tsx';
import { PassSwitches } from './pass-switches.tsx';
import { RewardLines } from './reward-lines.tsx';
import { VoucherLines } from './voucher-lines.tsx';
import './order-lines.css';

interface OrderLinesProps {
  readonly preview: TillPreview | null;
  readonly customerName: string;
  readonly isWeighed: (productId: string | null) => boolean;
  readonly mayChange: boolean;
  readonly onRemove: (lineId: string) => void;
}

/** The lines of the sale, or how to start one. */
export function OrderLines({ preview, customerName, isWeighed, mayChange, onRemove }: OrderLinesProps): ReactNode {
  const { t } = useTranslation('till');
  const draft = useTillState((state) => state.draft);
  const selectedLineId = useTillState((state) => state.selectedLineId);
  if (draft.lines.length === 0 && (draft.vouchers ?? []).length === 0) {
    return <EmptyOrder hasCustomer={draft.customerId !== null} mayChange={mayChange} />;
  }
  const pricedById = new Map(preview?.priced.lines.map((line) => [line.lineId, line]));
  return (
    <div className="order-lines">
      <ul aria-label={t('lines')} inert={!mayChange}>
        {draft.lines.map((line) => (
          <Fragment key={line.lineId}>
            <OrderLine
              line={line}
              priced={pricedById.get(line.lineId)}
              isSelected={line.lineId === selectedLineId}
              isWeighed={isWeighed(line.productId)}
              onRemove={onRemove}
            />
            <PassSwitches lineId={line.lineId} preview={preview} />
          </Fragment>
        ))}
        <SaleDiscountLine preview={preview} />
        <RewardLines preview={preview} />
        <VoucherLines preview={preview} customerName={customerName} />
      </ul>
    </div>
  );
}

function EmptyOrder({ hasCustomer, mayChange }: { hasCustomer: boolean; mayChange: boolean }): ReactNode {
  const { t } = useTranslation('till');
  return (
    <EmptyState
      icon={<ScanLine strokeWidth={1.75} aria-hidden="true" />}
      title={hasCustomer ? t('empty.scanItem') : t('empty.scan')}
      detail={hasCustomer ? t('empty.scanItemHow') : t('empty.scanHow')}
      action={
        hasCustomer ? (
          <Button keys="F2" isDisabled={!mayChange} onPress={() => openOverlay({ kind: 'find-item', text: '' })}>
            {t('keys.findItem')}
          </Button>
        ) : (
          <Button keys="F3" isDisabled={!mayChange} onPress={() => openOverlay({ kind: 'find-customer', text: '' })}>
            {t('customer.find')}
          </Button>
        )
      }
    />
  );
}

/** The discount on the whole sale, as a line of its own. */
function SaleDiscountLine({ preview }: { preview: TillPreview | null }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const discount = useTillState((state) => state.draft.discount);
  if (discount === null) return null;
  const offMinor = preview?.priced.lines.reduce((sum, line) => sum + line.saleDiscountShareMinor, 0) ?? 0;
  return (
    <li className="order-line order-line-less">
      <span className="order-line-icon">
        <BadgePercent size={18} strokeWidth={1.75} aria-hidden="true" />
      </span>
      <button
        type="button"
        className="order-line-body"
        aria-haspopup="dialog"
        onClick={() => openOverlay({ kind: 'discount', lineId: null })}
      >
        <span className="order-line-name">{t('discount.onSale')}</span>
        <span className="order-line-small">
          {discount.kind === 'percent' ? format.percent(discount.rateBasisPoints) : format.money(discount.amountMinor)}
        </span>
      </button>
      <span className="order-line-amount">
        <Money minor={-offMinor} />
      </span>
      <button
        type="button"
        className="order-line-remove"
        aria-label={t('discount.remove')}
        onClick={() => setSaleDiscount(null)}
      >
        <X size={16} strokeWidth={2} aria-hidden="true" />
      </button>
    </li>
  );
}
