import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckField } from './choice-field.tsx';
import './item-filter-fields.css';

interface OnlyForProps {
  readonly label: string;
  readonly choices: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

/** Some of a few; none chosen means everybody. */
export function OnlyFor({ label, choices, chosen, onChange }: OnlyForProps): ReactNode {
  const { t } = useTranslation('common');
  if (choices.length === 0) return null;
  return (
    <fieldset className="settings-set">
      <legend className="ui-field-label">{label}</legend>
      <div className="ui-checks">
        {choices.map(({ id, name }) => (
          <CheckField
            key={id}
            isSelected={chosen.includes(id)}
            onChange={(isOn) => onChange(isOn ? [...chosen, id] : chosen.filter((each) => each !== id))}
          >
            {name}
          </CheckField>
        ))}
      </div>
      <p className="ui-field-hint">{t('onlyForHint')}</p>
    </fieldset>
  );
}
