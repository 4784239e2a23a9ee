import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MoneyField, NumberField } from '../../ui/amount-field.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useFormat } from '../../ui/format.ts';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useSaveSettings, useSettings } from './use-save.ts';

/** What this till may give out on its own, where other tills hold the same codes, cards or credit (W9). Each empty: no limit. */
export function TillAllowance(): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const format = useFormat();
  const settings = useSettings();
  const [edited, setEdited] = useState<NonNullable<typeof settings>['allowance'] | null>(null);
  const { save, isRunning } = useSaveSettings();
  if (settings === undefined) return <Skeleton rows={2} shape="card" />;
  const { allowance: stored, usesCountedFromMs } = settings;
  const allowance = edited ?? stored;
  const amounts = Object.values(allowance);
  const isUnfit = amounts.some((amount) => amount !== null && amount < 0);
  const isSame = JSON.stringify(allowance) === JSON.stringify(stored);
  const set = (part: Partial<typeof stored>): void => setEdited({ ...allowance, ...part });
  const store = async (): Promise<void> => {
    if (await save({ allowance })) setEdited(null);
  };
  return (
    <Card title={t('allowance.title')} className="settings-card">
      <p className="is-muted">{t('allowance.detail')}</p>
      <div className="settings-pair">
        <MoneyField
          label={t('allowance.perAccount')}
          hint={t('allowance.perAccountHint')}
          minor={allowance.creditPerAccountMinor}
          onChange={(creditPerAccountMinor) => set({ creditPerAccountMinor })}
        />
        <MoneyField
          label={t('allowance.perDay')}
          hint={t('allowance.none')}
          minor={allowance.creditPerDayMinor}
          onChange={(creditPerDayMinor) => set({ creditPerDayMinor })}
        />
        <NumberField
          label={t('allowance.perCode')}
          hint={t('allowance.perCodeHint')}
          value={allowance.usesPerCode}
          onChange={(usesPerCode) => set({ usesPerCode })}
        />
      </div>
      {usesCountedFromMs !== null && (
        <p className="is-muted">{t('allowance.countedFrom', { day: format.day(usesCountedFromMs, shopNowMs()) })}</p>
      )}
      <div className="settings-buttons">
        <Button kind="primary" isBusy={isRunning} isDisabled={isUnfit || isSame} onPress={() => void store()}>
          {t('common:save')}
        </Button>
      </div>
    </Card>
  );
}
