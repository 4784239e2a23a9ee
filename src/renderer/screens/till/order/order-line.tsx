import { Minus, Plus } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PricedLine, SaleLineDraft } from '#shop/till/sale.ts';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { Quantity } from '../../../ui/quantity-text.tsx';
import { grossOf, ONE_THOUSANDTHS } from '../sale-draft.ts';
import { openOverlay, selectLine, setQuantity, useTillState } from '../till-state.ts';

interface OrderLineProps {
  readonly line: SaleLineDraft;
  readonly priced: PricedLine | undefined;
  readonly isSelected: boolean;
  readonly isWeighed: boolean;
  readonly onRemove: (lineId: string) => void;
}

/** One line of the sale. Its steppers, name and keys all change it in place. */
export function OrderLine({ line, priced, isSelected, isWeighed, onRemove }: OrderLineProps): ReactNode {
  const { t } = useTranslation('till');
  const row = useRef<HTMLLIElement>(null);
  const flash = useTillState((state) => (state.flash?.lineId === line.lineId ? state.flash.beat : 0));
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  return (
    <li ref={row} className="order-line" data-selected={isSelected} data-line={line.lineId}>
      {flash > 0 && <span key={flash} className="order-line-flash" />}
      <Stepper line={line} isSelected={isSelected} isWeighed={isWeighed} onRemove={onRemove} />
      <button
        type="button"
        className="order-line-body"
        tabIndex={isSelected ? 0 : -1}
        aria-current={isSelected}
        aria-label={t('line.label', { name: line.name })}
        aria-haspopup="dialog"
        onClick={() => (isSelected ? openOverlay({ kind: 'line', lineId: line.lineId }) : selectLine(line.lineId))}
      >
        <span className="order-line-name">{line.name}</span>
        <LineFacts line={line} priced={priced} />
      </button>
      <LineAmount line={line} priced={priced} />
    </li>
  );
}

function Stepper({ line, isSelected, isWeighed, onRemove }: Omit<OrderLineProps, 'priced'>): ReactNode {
  const { t } = useTranslation('till');
  const typed = useTillState((state) => (isSelected ? state.typedQuantity : ''));
  if (isWeighed || line.quantityThousandths % ONE_THOUSANDTHS !== 0) {
    return (
      <div className="order-stepper" data-weighed="true">
        <b>
          <Quantity thousandths={line.quantityThousandths} /> {t('kilo')}
        </b>
      </div>
    );
  }
  const less = (): void => {
    if (line.quantityThousandths <= ONE_THOUSANDTHS) onRemove(line.lineId);
    else setQuantity(line.lineId, line.quantityThousandths - ONE_THOUSANDTHS);
  };
  return (
    <div className="order-stepper">
      <button
        type="button"
        tabIndex={isSelected ? 0 : -1}
        aria-label={t('line.less', { name: line.name })}
        onClick={less}
      >
        <Minus size={16} strokeWidth={2} aria-hidden="true" />
      </button>
      <b data-typed={typed !== ''}>{typed === '' ? <Quantity thousandths={line.quantityThousandths} /> : typed}</b>
      <button
        type="button"
        tabIndex={isSelected ? 0 : -1}
        aria-label={t('line.more', { name: line.name })}
        onClick={() => setQuantity(line.lineId, line.quantityThousandths + ONE_THOUSANDTHS)}
      >
        <Plus size={16} strokeWidth={2} aria-hidden="true" />
      </button>
    </div>
  );
}

function LineFacts({ line, priced }: { line: SaleLineDraft; priced: PricedLine | undefined }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const priceBeforeMinor = useTillState((state) => state.pricesBeforeMinor[line.lineId]);
  const offMinor = priced?.lineDiscountMinor ?? 0;
  if (line.note === '' && line.discount === null && priceBeforeMinor === undefined) return null;
  return (
    <span className="order-line-small">
      {priceBeforeMinor !== undefined && <span className="order-line-repriced">{t('line.repriced')}</span>}
      {line.discount !== null && (
        <span className="order-line-off">
          {line.discount.kind === 'percent'
            ? t('line.percentOff', { percent: format.percent(line.discount.rateBasisPoints) })
            : t('line.amountOff', { amount: format.money(offMinor || line.discount.amountMinor) })}
        </span>
      )}
      {line.note !== '' && <span className="is-cut">{line.note}</span>}
    </span>
  );
}

function LineAmount({ line, priced }: { line: SaleLineDraft; priced: PricedLine | undefined }): ReactNode {
  const priceBeforeMinor = useTillState((state) => state.pricesBeforeMinor[line.lineId]);
  const grossMinor = grossOf(line);
  const offMinor = priced !== undefined && priced.grossMinor === grossMinor ? priced.lineDiscountMinor : 0;
  return (
    <span className="order-line-amount">
      <Money minor={grossMinor - offMinor} />
      {(line.quantityThousandths !== ONE_THOUSANDTHS || offMinor > 0 || priceBeforeMinor !== undefined) && (
        <small>
          {priceBeforeMinor !== undefined && (
            <>
              <s>
                <Money minor={priceBeforeMinor} />
              </s>{' '}
            </>
          )}
          {line.quantityThousandths !== ONE_THOUSANDTHS && (
            <>
              <Quantity thousandths={line.quantityThousandths} /> × <Money minor={line.unitPriceMinor} />
            </>
          )}
          {line.quantityThousandths === ONE_THOUSANDTHS && offMinor > 0 && (
            <s>
              <Money minor={grossMinor} />
            </s>
          )}
        </small>
      )}
    </span>
  );
}
