import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { Money } from '../../ui/money-text.tsx';

/** How amounts and dates will look, on a receipt that is no sale. */
export function SampleReceipt(): ReactNode {
  const { t } = useTranslation('first-run');
  const format = useFormat();
  const [nowMs] = useState(() => Date.now());
  // A round price of the currency's own size: 22.000 where there are no cents, 4.50 where there are.
  const price = format.currencyDigits() === 0 ? 22_000 : 450;
  return (
    <div className="first-run-receipt" aria-hidden="true">
      <b>{t('receipt.shop')}</b>
      <span className="is-faint is-tiny">{format.exact(nowMs)}</span>
      <hr />
      <span className="first-run-receipt-row">
        <span>2 × {t('receipt.item')}</span>
        <Money minor={price * 2} />
      </span>
      <span className="first-run-receipt-row">
        <span>{t('receipt.discount')}</span>
        <Money minor={-price / 2} />
      </span>
      <hr />
      <span className="first-run-receipt-row is-total">
        <span>{t('receipt.total')}</span>
        <Money minor={price * 1.5} />
      </span>
    </div>
  );
}
