import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SelectField } from '../../ui/choice-field.tsx';
import { TextField } from '../../ui/field.tsx';
import type { OwnField } from './records-data.ts';

export type OwnValue = string | number | boolean;
export type OwnValues = Readonly<Record<string, OwnValue | null>>;

interface OwnFieldInputsProps {
  readonly fields: readonly OwnField[];
  readonly values: OwnValues;
  readonly onChange: (fieldId: string, value: OwnValue | null) => void;
}

/** One input for each field that the shop added to its customers. */
export function OwnFieldInputs({ fields, values, onChange }: OwnFieldInputsProps): ReactNode {
  return fields.map((field) => (
    <OwnFieldInput
      key={field.fieldId}
      field={field}
      value={values[field.fieldId] ?? null}
      onChange={(value) => onChange(field.fieldId, value)}
    />
  ));
}

const NOT_TOLD = 'not-told';

interface OwnFieldInputProps {
  readonly field: OwnField;
  readonly value: OwnValue | null;
  readonly onChange: (value: OwnValue | null) => void;
}

function OwnFieldInput({ field, value, onChange }: OwnFieldInputProps): ReactNode {
  const { t } = useTranslation('customers');
  if (field.kind === 'choice' || field.kind === 'yes-no') {
    const told =
      field.kind === 'choice'
        ? field.choices.map((choice) => ({ id: choice, label: choice }))
        : [
            { id: 'yes', label: t('more.yes') },
            { id: 'no', label: t('more.no') },
          ];
    const shown = typeof value === 'boolean' ? (value ? 'yes' : 'no') : value === null ? NOT_TOLD : String(value);
    return (
      <SelectField
        label={field.name}
        choices={[{ id: NOT_TOLD, label: t('own.notTold') }, ...told]}
        value={shown}
        onChange={(id) => onChange(id === NOT_TOLD ? null : field.kind === 'yes-no' ? id === 'yes' : id)}
      />
    );
  }
  const read = (text: string): OwnValue | null => {
    if (text === '') return null;
    if (field.kind !== 'number') return text;
    const number = Number(text.replace(',', '.'));
    return Number.isFinite(number) ? number : null;
  };
  return (
    <TextField
      label={field.name}
      type={field.kind === 'date' ? 'date' : 'text'}
      inputMode={field.kind === 'number' ? 'decimal' : 'text'}
      autoComplete="off"
      value={value === null ? '' : String(value)}
      maxLength={200}
      onChange={(text) => onChange(read(text))}
    />
  );
}
