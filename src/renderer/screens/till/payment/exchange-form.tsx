import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExchangePreview, TenderKind } from '#shop/till/sale.ts';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { TENDER_KINDS, TenderIcon } from '../order/charge-bar.tsx';
import { changePayment } from '../till-state.ts';
import { PayFoot } from './pay-foot.tsx';

interface ExchangeFormProps {
  readonly exchange: ExchangePreview;
  readonly totalMinor: number;
  readonly method: TenderKind;
  readonly isBusy: boolean;
  readonly onSettle: () => Promise<boolean>;
}

/** What comes back pays all of what goes out: nothing is taken, a difference is handed back (T9). */
export function ExchangeForm({ exchange, totalMinor, method, isBusy, onSettle }: ExchangeFormProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const { returnedMinor, handedMinor, receiptNumber } = exchange;
  const isEven = returnedMinor <= totalMinor;
  const settle = (): void => {
    if (!isBusy) void onSettle();
  };
  return (
    <>
      <div className="pay-body">
        <p>{t('exchange.title', { number: receiptNumber })}</p>
        <dl className="till-facts">
          <dt>{t('exchange.comesBack')}</dt>
          <dd>
            <Money minor={-returnedMinor} />
          </dd>
          <dt>{t('exchange.goesOut')}</dt>
          <dd>
            <Money minor={totalMinor} />
          </dd>
          <dt className="is-main">{t('exchange.handed')}</dt>
          <dd className="is-main">
            <Money minor={handedMinor} />
          </dd>
        </dl>
        {!isEven && (
          <Segmented
            isWide
            label={t('exchange.how')}
            value={method}
            segments={TENDER_KINDS.map((each) => ({
              id: each,
              label: t(`tender.${each}`),
              icon: <TenderIcon kind={each} size={18} />,
            }))}
            onChange={(kind) => changePayment({ method: kind })}
          />
        )}
      </div>
      <PayFoot
        label={t(isEven ? 'exchange.even' : 'exchange.giveBack', { amount: format.money(handedMinor) })}
        typed={`${handedMinor}`}
        isBusy={isBusy}
        onPress={settle}
      />
    </>
  );
}
