import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MoneyField, NumberField } from '../../../ui/amount-field.tsx';

interface SettingFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: number | null;
  /** Empty means none. */
  readonly isOptional?: boolean;
  readonly isMoney?: boolean;
  readonly digits?: number;
  readonly isDisabled?: boolean;
  /** Takes the value over if it is possible; answers whether it did. */
  readonly onCommit: (value: number | null) => boolean;
}

/** A number that is taken over as it is typed; what is not possible stays in the field and says so. */
export function SettingField({
  value,
  isOptional = false,
  isMoney = false,
  digits = 0,
  onCommit,
  ...rest
}: SettingFieldProps): ReactNode {
  const { t } = useTranslation('programme');
  const [wrong, setWrong] = useState<{ readonly value: number | null } | null>(null);
  const shown = wrong === null ? value : wrong.value;
  const onChange = (next: number | null): void => {
    const isTaken = (next !== null || isOptional) && onCommit(next);
    setWrong(isTaken ? null : { value: next });
  };
  const error = wrong === null ? null : t('wrongNumber');
  return isMoney ? (
    <MoneyField {...rest} minor={shown} error={error} onChange={onChange} />
  ) : (
    <NumberField {...rest} value={shown} digits={digits} error={error} onChange={onChange} />
  );
}
