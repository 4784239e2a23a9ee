import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField, type TextFieldProps } from './field.tsx';
import { type Formatter, useFormat } from './format.ts';
import { amountText, parseAmount } from './typed-amount.ts';

/** The decimal mark of the region, ',' for es-PY. */
export function decimalMark(format: Formatter): string {
  return (
    new Intl.NumberFormat(format.settings.region).formatToParts(1.5).find((part) => part.type === 'decimal')?.value ??
    '.'
  );
}

/** What stands in a field for a number while it is written, and after that as long as it is none. */
function useTyped(value: number | null, error: string | null | undefined, parse: (text: string) => number | null) {
  const { t } = useTranslation('common');
  const [typed, setTyped] = useState<string | null>(null);
  const [isLeft, setIsLeft] = useState(false);
  const isNone = isLeft && typed !== null && value === null && typed.trim() !== '';
  return {
    typed: isLeft && !isNone ? null : typed,
    error: error ?? (isNone ? t('notANumber') : null),
    onBlur: () => setIsLeft(true),
    type: (text: string): number | null => {
      setTyped(text);
      setIsLeft(false);
      return parse(text);
    },
  };
}

type MoneyFieldProps = Omit<TextFieldProps, 'value' | 'onChange' | 'prefix' | 'inputMode' | 'type'> & {
  /** Minor units; null while the field is empty or unreadable. */
  readonly minor: number | null;
  readonly onChange: (minor: number | null) => void;
  readonly currency?: string;
};

/** A field for money: shows the sign, reads what people type, gives minor units. */
export function MoneyField({ minor, onChange, currency, error, ...rest }: MoneyFieldProps): ReactNode {
  const format = useFormat();
  const digits = format.currencyDigits(currency);
  const mark = decimalMark(format);
  const written = useTyped(minor, error, (text) => parseAmount(text, digits, mark));
  return (
    <TextField
      {...rest}
      error={written.error}
      value={written.typed ?? amountText(minor, digits, mark)}
      inputMode="decimal"
      prefix={format.currencySymbol(currency)}
      onBlur={written.onBlur}
      onChange={(text) => onChange(written.type(text))}
    />
  );
}

type NumberFieldProps = Omit<TextFieldProps, 'value' | 'onChange' | 'inputMode' | 'type'> & {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  /** Digits after the decimal mark: `value` is scaled by that power of ten (3 gives thousandths, 2 basis points of percent). */
  readonly digits?: number;
};

/** A field for a scaled integer, such as a quantity in thousandths or a rate in hundredths of a percent. */
export function NumberField({ value, onChange, digits = 0, error, ...rest }: NumberFieldProps): ReactNode {
  const mark = decimalMark(useFormat());
  const written = useTyped(value, error, (text) => parseAmount(text, digits, mark));
  const shown = amountText(value, digits, mark).replace(digits > 0 ? new RegExp(`\\${mark}?0+$`) : /$^/, '');
  return (
    <TextField
      {...rest}
      error={written.error}
      value={written.typed ?? shown}
      inputMode={digits > 0 ? 'decimal' : 'numeric'}
      onBlur={written.onBlur}
      onChange={(text) => onChange(written.type(text))}
    />
  );
}
