import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Money } from '../../../ui/money-text.tsx';
import { PayFoot } from './pay-foot.tsx';

interface FreeFormProps {
  readonly isBusy: boolean;
  readonly onSettle: () => Promise<boolean>;
}

/** Vouchers or passes pay all of it: nothing is taken. */
export function FreeForm({ isBusy, onSettle }: FreeFormProps): ReactNode {
  const { t } = useTranslation('value');
  const settle = (): void => {
    if (!isBusy) void onSettle();
  };
  return (
    <>
      <div className="pay-body">
        <p className="pay-account">
          <b>{t('pay.nothing')}</b>
          <span>{t('pay.nothingHow')}</span>
        </p>
        <p className="till-amount">
          <span>{t('pay.due')}</span>
          <b>
            <Money minor={0} />
          </b>
        </p>
      </div>
      <PayFoot label={t('pay.finish')} typed="" isBusy={isBusy} onPress={settle} />
    </>
  );
}
