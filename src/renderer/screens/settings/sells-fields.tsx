import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField } from '../../ui/choice-field.tsx';
import type { Product } from './catalogue-types.ts';
import { usePassPlans } from './plan-types.ts';

/** What a product gives out: goods, value of a kind that the till makes, or value that is kept elsewhere. */
export interface Sells {
  readonly isStoredValue: boolean;
  readonly sells: Product['sells'];
  readonly sellsPlanId: string | null;
}
type Choice = 'goods' | 'credit' | 'gift-card' | 'package' | 'elsewhere';

/** True when what it sells can be sold: a package needs its plan. */
export function isSellable({ sells, sellsPlanId }: Sells): boolean {
  return sells !== 'package' || sellsPlanId !== null;
}

interface SellsFieldsProps extends Sells {
  readonly isDisabled: boolean;
  readonly onChange: (sells: Sells) => void;
}

/** Asks whether a product is goods, or sells credit, a gift card or a pass. */
export function SellsFields({ isStoredValue, sells, sellsPlanId, isDisabled, onChange }: SellsFieldsProps): ReactNode {
  const { t } = useTranslation('settings');
  const plans = (usePassPlans().data ?? []).filter(({ isActive, planId }) => isActive || planId === sellsPlanId);
  const choice: Choice = sells ?? (isStoredValue ? 'elsewhere' : 'goods');
  const choose = (chosen: Choice): void => {
    const isOwn = chosen !== 'goods' && chosen !== 'elsewhere';
    onChange({
      isStoredValue: chosen !== 'goods',
      sells: isOwn ? chosen : null,
      sellsPlanId: chosen === 'package' ? (plans[0]?.planId ?? null) : null,
    });
  };
  const choices: readonly Choice[] = ['goods', 'credit', 'gift-card', 'package', 'elsewhere'];
  return (
    <>
      <SelectField<Choice>
        label={t('catalogue.sells')}
        hint={choice === 'goods' ? undefined : t('catalogue.storedValueHint')}
        isDisabled={isDisabled}
        choices={choices.map((id) => ({ id, label: t(`catalogue.sellsKind.${id}`) }))}
        value={choice}
        onChange={choose}
      />
      {sells === 'package' && (
        <SelectField
          label={t('catalogue.sellsPlan')}
          hint={plans.length === 0 ? t('catalogue.noPlan') : undefined}
          isDisabled={isDisabled}
          choices={plans.map(({ planId, name }) => ({ id: planId, label: name }))}
          value={sellsPlanId}
          onChange={(planId) => onChange({ isStoredValue, sells, sellsPlanId: planId })}
        />
      )}
    </>
  );
}
