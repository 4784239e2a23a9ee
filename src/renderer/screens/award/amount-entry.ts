/** What a keypad press does to the number being typed. */
export type EntryKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '00' | '000' | 'clear' | 'back';

/** Digits a typed number may have: far above any sale, far below what an integer holds exactly. */
export const ENTRY_DIGITS_MAX = 12;

/**
 * Returns the number after one key. Numbers are whole: points, or money in minor units, so that typing
 * 1 2 5 0 with two decimals reads 12,50 as on a till. A key that would make it too long changes nothing.
 */
export function pressKey(value: number, key: EntryKey): number {
  if (key === 'clear') return 0;
  if (key === 'back') return Math.trunc(value / 10);
  const digits = value === 0 ? key : `${value}${key}`;
  return digits.length > ENTRY_DIGITS_MAX ? value : Number(digits);
}

/** Reads what a person or a paste left in the field: its digits, whatever stands between them. Nothing readable is 0. */
export function readDigits(text: string): number {
  const digits = text.replace(/\D/g, '').replace(/^0+/, '').slice(0, ENTRY_DIGITS_MAX);
  return digits === '' ? 0 : Number(digits);
}

/** Writes the number the way it is typed: grouped by `region`, with `decimals` minor digits; an empty text for 0. */
export function writeDigits(value: number, region: string, decimals: number): string {
  if (value === 0) return '';
  const format = new Intl.NumberFormat(region, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: 'always',
  });
  // Intl takes the exact decimal as text, so no amount passes through a fraction.
  const whole = String(value).padStart(decimals + 1, '0');
  const exact = decimals === 0 ? whole : `${whole.slice(0, -decimals)}.${whole.slice(-decimals)}`;
  return format.format(exact as unknown as number);
}
