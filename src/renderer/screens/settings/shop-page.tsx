import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MoneyField, NumberField } from '../../ui/amount-field.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SelectField } from '../../ui/choice-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useShop } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PageFrame } from './page-frame.tsx';
import { SavedField } from './saved-field.tsx';
import { ShopCodePart } from './shop-code-part.tsx';
import { useSaveSettings, useSettings } from './use-save.ts';

type Settings = NonNullable<ReturnType<typeof useSettings>>;
type Save = ReturnType<typeof useSaveSettings>['save'];

function TaxCard({ settings, save }: { settings: Settings; save: Save }): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <Card title={t('shop.money')} className="settings-card">
      <Segmented
        label={t('shop.tax')}
        isWide
        segments={[
          { id: 'inclusive', label: t('shop.inclusive') },
          { id: 'exclusive', label: t('shop.exclusive') },
        ]}
        value={settings.taxMode}
        onChange={(taxMode) => void save({ taxMode })}
      />
      <SelectField
        label={t('shop.taxRounding')}
        choices={[
          { id: 'document', label: t('shop.perReceipt') },
          { id: 'line', label: t('shop.perLine') },
        ]}
        value={settings.taxRounding}
        onChange={(taxRounding) => void save({ taxRounding })}
      />
      <div className="settings-pair">
        <MoneyField
          label={t('shop.cashStep')}
          hint={t('shop.cashStepHint')}
          minor={settings.cashRounding.stepMinor}
          onChange={(stepMinor) =>
            stepMinor !== null && stepMinor > 0 && void save({ cashRounding: { ...settings.cashRounding, stepMinor } })
          }
        />
        <SelectField
          label={t('shop.cashMode')}
          choices={[
            { id: 'customer', label: t('shop.forCustomer') },
            { id: 'nearest', label: t('shop.nearest') },
          ]}
          value={settings.cashRounding.mode}
          onChange={(mode) => void save({ cashRounding: { ...settings.cashRounding, mode } })}
        />
      </div>
    </Card>
  );
}

function LimitsCard({ settings, save }: { settings: Settings; save: Save }): ReactNode {
  const { t } = useTranslation('settings');
  const [limits, setLimits] = useState(settings.discountLimitBasisPoints);
  const [amounts, setAmounts] = useState<readonly (number | null)[]>(() =>
    [0, 1, 2].map((place) => settings.quickAmountsMinor[place] ?? null),
  );
  const store = (): void => {
    void save({
      discountLimitBasisPoints: limits,
      quickAmountsMinor: amounts.filter((amount): amount is number => amount !== null && amount > 0),
    });
  };
  return (
    <Card title={t('shop.limits')} className="settings-card">
      <div className="settings-pair">
        <NumberField
          label={t('shop.cashierLimit')}
          digits={2}
          suffix="%"
          value={limits.cashier}
          onChange={(cashier) => setLimits({ ...limits, cashier: Math.min(10_000, cashier ?? 0) })}
        />
        <NumberField
          label={t('shop.managerLimit')}
          digits={2}
          suffix="%"
          value={limits.manager}
          onChange={(manager) => setLimits({ ...limits, manager: Math.min(10_000, manager ?? 0) })}
        />
      </div>
      <fieldset className="settings-three">
        <legend className="ui-field-label">{t('shop.quickAmounts')}</legend>
        {amounts.map((amount, place) => (
          <MoneyField
            // biome-ignore lint/suspicious/noArrayIndexKey: three fixed places
            key={place}
            label={t('shop.quickAmount', { place: place + 1 })}
            isLabelHidden
            minor={amount}
            onChange={(next) => setAmounts(amounts.map((old, at) => (at === place ? next : old)))}
          />
        ))}
      </fieldset>
      <div className="settings-buttons">
        <Button kind="primary" onPress={store}>
          {t('shop.saveLimits')}
        </Button>
      </div>
    </Card>
  );
}

/** The shop: names, days, tax, rounding, limits. */
export function ShopPage(): ReactNode {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const settings = useSettings();
  const { save } = useSaveSettings();
  if (settings === undefined) return <Skeleton />;
  const hours = Array.from({ length: 13 }, (_, hour) => ({
    id: String(hour),
    label: `${String(hour).padStart(2, '0')}:00`,
  }));
  return (
    <PageFrame title={t('pages.shop')} detail={t('shop.detail')}>
      <Card className="settings-card">
        <SavedField
          label={t('shop.name')}
          value={shop.shopName}
          maxLength={120}
          onSave={(shopName) => void save({ shopName })}
        />
        <div className="settings-pair">
          <SelectField
            label={t('shop.dayStart')}
            hint={t('shop.dayStartHint')}
            choices={hours}
            value={String(shop.dayStartsAtHour)}
            onChange={(hour) => void save({ dayStartsAtHour: Number(hour) })}
          />
          <SavedField
            label={t('shop.zone')}
            value={shop.timeZone}
            maxLength={64}
            onSave={(timeZone) => void save({ timeZone })}
          />
        </div>
      </Card>
      <TaxCard settings={settings} save={save} />
      <LimitsCard settings={settings} save={save} />
      <ShopCodePart />
    </PageFrame>
  );
}
