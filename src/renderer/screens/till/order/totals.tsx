import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SalePreview } from '#shop/till/sale.ts';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { useShop } from '../../../ui/shop-context.ts';

interface TotalsProps {
  readonly preview: SalePreview;
  /** Whether the cash rounding belongs to what is about to be paid. */
  readonly isCash: boolean;
}

/** Subtotal, what was taken off, tax and rounding: the way from the lines to the amount on the button. */
export function Totals({ preview, isCash }: TotalsProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const isInclusive = useShop().taxMode === 'inclusive';
  const { priced } = preview;
  const offersMinor = [...preview.vouchers, ...preview.promotions].reduce((sum, each) => sum + each.amountMinor, 0);
  const rewardsMinor = priced.discountMinor - priced.manualDiscountMinor - offersMinor;
  const taxed = priced.taxByRate.filter((rate) => rate.taxMinor !== 0);
  return (
    <dl className="till-facts">
      <dt>{t('totals.subtotal', { count: priced.itemCount })}</dt>
      <dd className="is-main">
        <Money minor={priced.subtotalMinor} />
      </dd>
      {priced.manualDiscountMinor > 0 && <OffRow label={t('totals.discount')} minor={priced.manualDiscountMinor} />}
      {rewardsMinor > 0 && <OffRow label={t('totals.rewards')} minor={rewardsMinor} />}
      {offersMinor > 0 && <OffRow label={t('value:totals.vouchers')} minor={offersMinor} />}
      {taxed.map((rate) => (
        <TaxRow
          key={rate.taxRateId}
          label={t(isInclusive ? 'totals.taxIncluded' : 'totals.taxAdded', {
            name: rate.name,
            percent: format.percent(rate.rateBasisPoints),
          })}
          minor={rate.taxMinor}
        />
      ))}
      {preview.passMinor > 0 && <OffRow label={t('value:totals.passes')} minor={preview.passMinor} />}
      {preview.exchange !== null && preview.exchange.exchangedMinor > 0 && (
        <OffRow label={t('exchange.comesBack')} minor={preview.exchange.exchangedMinor} />
      )}
      {isCash && preview.cashRoundingMinor !== 0 && (
        <TaxRow label={t('totals.rounding')} minor={preview.cashRoundingMinor} />
      )}
    </dl>
  );
}

function OffRow({ label, minor }: { label: string; minor: number }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd className="is-off">
        <Money minor={-minor} />
      </dd>
    </>
  );
}

function TaxRow({ label, minor }: { label: string; minor: number }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <Money minor={minor} />
      </dd>
    </>
  );
}
