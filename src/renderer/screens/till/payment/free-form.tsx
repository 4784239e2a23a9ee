import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Money } from '../../../ui/money-text.tsx';
import { useReadyButton } from '../order/use-ready-button.ts';

interface FreeFormProps {
  readonly isBusy: boolean;
  readonly onSettle: () => Promise<boolean>;
}

/** Vouchers or passes pay all of it: nothing is taken. */
export function FreeForm({ isBusy, onSettle }: FreeFormProps): ReactNode {
  const { t } = useTranslation('value');
  const ready = useReadyButton('');
  const settle = (): void => {
    if (!isBusy) void onSettle();
  };
  useKeys({ F9: settle, 'Ctrl+Enter': settle });
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
      <div className="till-panel-foot shell-dock">
        <Button
          ref={ready}
          kind="primary"
          size="primary"
          keys="Enter"
          isFullWidth
          autoFocus
          isBusy={isBusy}
          onPress={settle}
        >
          {t('pay.finish')}
        </Button>
      </div>
    </>
  );
}
