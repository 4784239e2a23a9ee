import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomField } from '#shop/customers/custom-field.ts';
import { SelectField } from './choice-field.tsx';
import { TextField } from './field.tsx';

export type OwnValue = string | number | boolean;
export type OwnValues = Readonly<Record<string, OwnValue | null>>;

interface OwnFieldInputsProps {
  readonly fields: readonly CustomField[];
  readonly values: OwnValues;
  /** The field that is needed and was left empty. */
  readonly missingId?: string | null;
  readonly onChange: (fieldId: string, value: OwnValue | null) => void;
}

/** One input for each field that the shop added to its customers. */
export function OwnFieldInputs({ fields, values, missingId = null, onChange }: OwnFieldInputsProps): ReactNode {
  const { t } = useTranslation('customers');
  return fields.map((field) => (
    <OwnFieldInput
      key={field.fieldId}
      field={field}
      error={field.fieldId === missingId ? t('own.needed', { name: field.name }) : null}
      value={values[field.fieldId] ?? null}
      onChange={(value) => onChange(field.fieldId, value)}
    />
  ));
}

const NOT_TOLD = 'not-told';

interface OwnFieldInputProps {
  readonly field: CustomField;
  readonly error: string | null;
  readonly value: OwnValue | null;
  readonly onChange: (value: OwnValue | null) => void;
}

function OwnFieldInput({ field, value, error, onChange }: OwnFieldInputProps): ReactNode {
  const { t } = useTranslation('customers');
  const hint = field.isRequired ? t('own.require') : undefined;
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
        hint={hint}
        error={error}
        choices={[{ id: NOT_TOLD, label: t('own.notTold') }, ...told]}
        value={shown}
        onChange={(id) => onChange(id === NOT_TOLD ? null : field.kind === 'yes-no' ? id === 'yes' : id)}
      />
    );
  }
  const told = value === null ? '' : String(value);
  if (field.kind === 'number') {
    return <NumberInput label={field.name} hint={hint} error={error} value={value} onChange={onChange} />;
  }
  return (
    <TextField
      label={field.name}
      hint={hint}
      error={error}
      type={field.kind === 'date' ? 'date' : 'text'}
      autoComplete="off"
      value={told}
      maxLength={200}
      onChange={(text) => onChange(text === '' ? null : text)}
    />
  );
}

interface NumberInputProps extends Pick<OwnFieldInputProps, 'error' | 'value' | 'onChange'> {
  readonly label: string;
  readonly hint: string | undefined;
}

const numberOf = (text: string): number | null =>
  /^\s*-?\d+[.,]?\d*\s*$/.test(text) ? Number(text.trim().replace(',', '.')) : null;

/** A number as it is being typed: '41,' is on its way to 41.5 and stays as it is. */
function NumberInput({ label, hint, error, value, onChange }: NumberInputProps): ReactNode {
  const [typed, setTyped] = useState(value === null ? '' : String(value));
  return (
    <TextField
      label={label}
      hint={hint}
      error={error}
      inputMode="decimal"
      autoComplete="off"
      value={numberOf(typed) === value ? typed : value === null ? '' : String(value)}
      maxLength={20}
      onChange={(text) => {
        setTyped(text);
        onChange(numberOf(text));
      }}
    />
  );
}
