import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { Quantity } from '../../../ui/quantity-text.tsx';
import { lineName } from '../line-name.ts';
import type { SaleDetail } from '../till-types.ts';

/** What was sold, with what each line was reduced by and how much of it came back. */
export function SaleLines({ detail }: { detail: SaleDetail }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  if (detail.lines.length === 0) return null;
  return (
    <section className="sale-card" aria-label={t('sale.lines')}>
      <table className="sale-lines">
        <thead>
          <tr>
            <th scope="col">{t('sale.item')}</th>
            <th scope="col">{t('sale.quantity')}</th>
            <th scope="col">{t('sale.price')}</th>
            <th scope="col">{t('sale.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {detail.lines.map((line) => (
            <tr key={line.lineId}>
              <td>
                <span className="is-strong">{lineName(t, line)}</span>
                {line.discountMinor > 0 && (
                  <small>{t('sale.lineOff', { amount: format.money(line.discountMinor) })}</small>
                )}
                {line.refundedThousandths > 0 && (
                  <small className="is-bad">
                    {t('sale.lineRefunded', { quantity: format.quantity(line.refundedThousandths) })}
                  </small>
                )}
              </td>
              <td>
                <Quantity thousandths={line.quantityThousandths} />
              </td>
              <td>
                <Money minor={line.unitPriceMinor} />
              </td>
              <td>
                <span className="is-strong">
                  <Money minor={line.netMinor} />
                </span>
                {line.discountMinor > 0 && (
                  <small>
                    <s>
                      <Money minor={line.grossMinor} />
                    </s>
                  </small>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
