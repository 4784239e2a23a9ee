import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.tsx';
import { SelectField, SwitchField } from '../../ui/choice-field.tsx';
import { useMay, useShop } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PageFrame } from './page-frame.tsx';
import { SavedField } from './saved-field.tsx';
import { useSaveSettings, useSettings } from './use-save.ts';

const LOCK_MINUTES = ['0', '1', '2', '5', '10', '15', '30', '60'] as const;

/** This till: its name and when it locks. */
export function TillPage(): ReactNode {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const settings = useSettings();
  const { save } = useSaveSettings();
  const mayChange = useMay('settings.shop');
  if (settings === undefined) return <Skeleton />;
  return (
    <PageFrame title={t('pages.till')} detail={mayChange ? t('till.detail') : t('onlyManager')}>
      <Card className="settings-card">
        <SavedField
          label={t('till.name')}
          value={shop.terminalName}
          maxLength={60}
          isDisabled={!mayChange}
          onSave={(terminalName) => void save({ terminalName })}
        />
        <SelectField
          label={t('till.lock')}
          isDisabled={!mayChange}
          choices={LOCK_MINUTES.map((minutes) => ({
            id: minutes,
            label: minutes === '0' ? t('till.never') : t('till.minutes', { count: Number(minutes) }),
          }))}
          value={LOCK_MINUTES.find((minutes) => Number(minutes) === settings.autoLockMinutes) ?? '5'}
          onChange={(minutes) => void save({ autoLockMinutes: Number(minutes) })}
        />
        <SwitchField
          isSelected={settings.lockAfterSale}
          isDisabled={!mayChange}
          onChange={(lockAfterSale) => void save({ lockAfterSale })}
        >
          {t('till.lockAfterSale')}
        </SwitchField>
      </Card>
    </PageFrame>
  );
}
