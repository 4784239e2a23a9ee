import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { useCreditWords } from '../../../ui/credit-words.ts';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { shopNowMs } from '../../../ui/shop-clock.ts';
import type { RefundPreview } from '../till-types.ts';

/** What a refund does to vouchers, credit and passes, as further rows of its sum. */
export function ValueBack({ value }: { value: RefundPreview['value'] }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const credit = useCreditWords();
  return (
    <>
      {value.stored.map(({ kind, amountMinor, passName, units }) => (
        <Fragment key={`${kind}-${passName}-${amountMinor}`}>
          <dt>
            {passName === null
              ? t('refund.toValue', { what: kind === 'credit' ? credit.title : t(`tender.${kind}`) })
              : t('refund.toPass', { name: passName, count: units })}
          </dt>
          <dd>
            <Money minor={amountMinor} />
          </dd>
        </Fragment>
      ))}
      {value.vouchers.map(({ code, name, uses, becomes, endsAtMs }) => (
        <Fragment key={`${code}-${name}`}>
          <dt>{code === null ? name : `${name} · ${code}`}</dt>
          <dd>
            {uses > 0 && endsAtMs !== null
              ? t('refund.usableUntil', { day: format.day(endsAtMs - 1, shopNowMs()) })
              : t(`refund.becomes.${uses === 0 ? 'REDEEMED' : becomes}`)}
          </dd>
        </Fragment>
      ))}
      {value.takenBack.map(({ kind, amount }) => (
        <Fragment key={`${kind}-${amount}`}>
          <dt>{t('refund.takenBack', { what: kind === 'credit' ? credit.title : t(`tender.${kind}`) })}</dt>
          <dd>{kind === 'package' ? t('refund.units', { count: amount }) : format.money(-amount)}</dd>
        </Fragment>
      ))}
      {value.revokedVouchers > 0 && (
        <>
          <dt>{t('refund.revoked')}</dt>
          <dd>{format.number(value.revokedVouchers)}</dd>
        </>
      )}
      {value.partlyUsed.map(({ code, name, usedUses }) => (
        <Fragment key={code}>
          <dt>{`${name} · ${code}`}</dt>
          <dd>{t('refund.restGoes', { count: usedUses })}</dd>
        </Fragment>
      ))}
    </>
  );
}

/** The gift card that a refund has made: its code is money, and is shown until somebody says so. */
export function NewCard({
  code,
  amountMinor,
  onClose,
}: {
  code: string;
  amountMinor: number;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  return (
    <section className="refund-card" aria-live="polite">
      <h3>{t('refund.newCard', { amount: format.money(amountMinor) })}</h3>
      <p className="refund-code">{code}</p>
      <p className="is-muted">{t('refund.newCardHint')}</p>
      <Button autoFocus kind="primary" size="primary" isFullWidth onPress={onClose}>
        {t('refund.newCardDone')}
      </Button>
    </section>
  );
}
