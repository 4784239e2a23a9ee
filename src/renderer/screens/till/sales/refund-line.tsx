import { Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { Quantity } from '../../../ui/quantity-text.tsx';
import { lineName } from '../line-name.ts';
import { ONE_THOUSANDTHS } from '../sale-draft.ts';
import type { SaleDetail } from '../till-types.ts';

type Line = SaleDetail['lines'][number];

/** What can still come back of a line, in thousandths of its unit. */
export function leftOf(line: Line): number {
  return line.quantityThousandths - line.refundedThousandths;
}

/** Weighed goods come back whole; pieces one by one. */
function stepOf(line: Line): number {
  return leftOf(line) % ONE_THOUSANDTHS === 0 ? ONE_THOUSANDTHS : leftOf(line);
}

interface RefundLineProps {
  readonly line: Line;
  readonly chosenThousandths: number;
  readonly amountMinor: number | null;
  readonly onChange: (quantityThousandths: number) => void;
}

/** One line of a sale, and how much of it comes back. */
export function RefundLine({ line, chosenThousandths, amountMinor, onChange }: RefundLineProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const name = lineName(t, line);
  const step = stepOf(line);
  const left = leftOf(line);
  return (
    <li className="refund-line" data-chosen={chosenThousandths > 0}>
      <span>
        <span className="is-strong">{name}</span>
        <small>{t('refund.left', { quantity: format.quantity(left) })}</small>
      </span>
      <span className="refund-stepper">
        <button
          type="button"
          aria-label={t('refund.less', { name })}
          disabled={chosenThousandths === 0}
          onClick={() => onChange(Math.max(0, chosenThousandths - step))}
        >
          <Minus size={16} strokeWidth={2} aria-hidden="true" />
        </button>
        <b>
          <Quantity thousandths={chosenThousandths} />
        </b>
        <button
          type="button"
          aria-label={t('refund.more', { name })}
          disabled={chosenThousandths >= left}
          onClick={() => onChange(Math.min(left, chosenThousandths + step))}
        >
          <Plus size={16} strokeWidth={2} aria-hidden="true" />
        </button>
      </span>
      <span className="refund-amount">
        <Money minor={chosenThousandths === 0 ? 0 : -(amountMinor ?? 0)} />
      </span>
    </li>
  );
}
