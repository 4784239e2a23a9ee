import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ComboField, SelectField } from '../../ui/choice-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { changeFirstRun, moveStep, useFirstRun } from './first-run-state.ts';
import { StepFrame } from './step-frame.tsx';

const LATEST_DAY_START = 8;

/** Step 2: the shop itself: name, zone, whether prices include tax, when its day begins. */
export function ShopStep(): ReactNode {
  const { t } = useTranslation('first-run');
  const draft = useFirstRun();
  const zones = useMemo(() => {
    const known = Intl.supportedValuesOf('timeZone');
    const all = known.includes(draft.timeZone) || draft.timeZone === '' ? known : [draft.timeZone, ...known];
    return all.map((zone) => ({ id: zone, label: zone.replaceAll('_', ' ') }));
  }, [draft.timeZone]);
  const hours = Array.from({ length: LATEST_DAY_START + 1 }, (_, hour) => ({
    id: String(hour),
    label: `${String(hour).padStart(2, '0')}:00`,
  }));
  return (
    <StepFrame
      title={t('shop.title')}
      detail={t('shop.detail')}
      nextLabel={t('next')}
      isNextDisabled={draft.shopName.trim() === ''}
      onNext={() => moveStep(1)}
    >
      <TextField
        label={t('shop.name')}
        placeholder={t('receipt.shop')}
        value={draft.shopName}
        maxLength={80}
        onChange={(shopName) => changeFirstRun({ shopName })}
        autoComplete="organization"
      />
      <div className="first-run-stack">
        <span className="ui-field-label">{t('shop.tax')}</span>
        <Segmented
          label={t('shop.tax')}
          isWide
          segments={[
            { id: 'inclusive', label: t('shop.inclusive') },
            { id: 'exclusive', label: t('shop.exclusive') },
          ]}
          value={draft.taxMode}
          onChange={(taxMode) => changeFirstRun({ taxMode })}
        />
      </div>
      <div className="first-run-split">
        <ComboField
          label={t('shop.zone')}
          choices={zones}
          value={draft.timeZone}
          onChange={(timeZone) => changeFirstRun({ timeZone })}
        />
        <SelectField
          label={t('shop.dayStart')}
          hint={t('shop.dayStartHint')}
          choices={hours}
          value={String(draft.dayStartsAtHour)}
          onChange={(hour) => changeFirstRun({ dayStartsAtHour: Number(hour) })}
        />
      </div>
    </StepFrame>
  );
}
