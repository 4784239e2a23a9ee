import { type ReactNode, useState } from 'react';
import { TextField, type TextFieldProps } from './field.tsx';
import { type Formatter, useFormat } from './format.ts';

/** The decimal mark of the region, ',' for es-PY. */
function decimalMark(format: Formatter): string {
  return (
    new Intl.NumberFormat(format.settings.region).formatToParts(1.5).find((part) => part.type === 'decimal')?.value ??
    '.'
  );
}

/**
 * Reads an amount typed in any usual form ('22.000', '22,50', '₲ 22.000') as minor units; null when it is none.
 * The last mark is the decimal one only when the currency has decimals and at most that many digits follow it.
 */
export function parseAmount(text: string, digits: number, mark: string): number | null {
  const isNegative = /^\s*[-−]/.test(text);
  const kept = text.replace(/[^\d.,]/g, '');
  if (kept.replace(/\D/g, '') === '') return null;
  const at = Math.max(kept.lastIndexOf('.'), kept.lastIndexOf(','));
  const after = at < 0 ? '' : kept.slice(at + 1);
  const isDecimal = digits > 0 && at >= 0 && (kept[at] === mark || after.length !== 3) && after.length <= digits;
  const whole = (isDecimal ? kept.slice(0, at) : kept).replace(/\D/g, '');
  const minor = Number(`${whole === '' ? '0' : whole}${(isDecimal ? after : '').padEnd(digits, '0')}`);
  return Number.isSafeInteger(minor) ? (isNegative ? -minor : minor) : null;
}

/** An amount in minor units as plain text for editing: '22000' or '22,50'. */
export function amountText(minor: number | null, digits: number, mark: string): string {
  if (minor === null) return '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}${mark}${text.slice(-digits)}`;
}

type MoneyFieldProps = Omit<TextFieldProps, 'value' | 'onChange' | 'prefix' | 'inputMode' | 'type'> & {
  /** Minor units; null while the field is empty or unreadable. */
  readonly minor: number | null;
  readonly onChange: (minor: number | null) => void;
  readonly currency?: string;
};

/** A field for money: shows the sign, reads what people type, gives minor units. */
export function MoneyField({ minor, onChange, currency, ...rest }: MoneyFieldProps): ReactNode {
  const format = useFormat();
  const digits = format.currencyDigits(currency);
  const mark = decimalMark(format);
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextField
      {...rest}
      value={typed ?? amountText(minor, digits, mark)}
      inputMode="decimal"
      prefix={format.currencySymbol(currency)}
      onBlur={() => setTyped(null)}
      onChange={(text) => {
        setTyped(text);
        onChange(parseAmount(text, digits, mark));
      }}
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
export function NumberField({ value, onChange, digits = 0, ...rest }: NumberFieldProps): ReactNode {
  const mark = decimalMark(useFormat());
  const [typed, setTyped] = useState<string | null>(null);
  const shown = amountText(value, digits, mark).replace(digits > 0 ? new RegExp(`\\${mark}?0+$`) : /$^/, '');
  return (
    <TextField
      {...rest}
      value={typed ?? shown}
      inputMode={digits > 0 ? 'decimal' : 'numeric'}
      onBlur={() => setTyped(null)}
      onChange={(text) => {
        setTyped(text);
        onChange(parseAmount(text, digits, mark));
      }}
    />
  );
}
