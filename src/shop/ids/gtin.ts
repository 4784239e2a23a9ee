/** The symbols that carry a trade item's number. */
type GtinKind = 'EAN-8' | 'EAN-13' | 'UPC-A' | 'UPC-E' | 'ITF-14';

/** A number whose check digit fits, also as the 14 digits under which all its spellings are equal. */
export interface Gtin {
  readonly kind: GtinKind;
  readonly text: string;
  readonly gtin14: string;
}

const KIND_BY_LENGTH: ReadonlyMap<number, GtinKind> = new Map([
  [8, 'EAN-8'],
  [12, 'UPC-A'],
  [13, 'EAN-13'],
  [14, 'ITF-14'],
]);

/**
 * Returns the check digit of a GTIN's other digits: weights 3 and 1 from the right, complement to ten.
 * Source: GS1 General Specifications, 7.9.1.
 */
export function gtinCheckDigit(digits: string): number {
  let sum = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight += 1) {
    sum += Number(digits[digits.length - 1 - fromRight]) * (fromRight % 2 === 0 ? 3 : 1);
  }
  return (10 - (sum % 10)) % 10;
}

/** Reads 8, 12, 13 or 14 digits with a right check digit; null otherwise. Eight digits may also be a UPC-E. */
export function readGtin(text: string): Gtin | null {
  if (!/^\d{8}$|^\d{12,14}$/.test(text)) return null;
  const kind = KIND_BY_LENGTH.get(text.length);
  if (kind !== undefined && hasRightCheckDigit(text)) return { kind, text, gtin14: text.padStart(14, '0') };
  return text.length === 8 ? readUpcE(text) : null;
}

/** Reads a UPC-E: number system 0 or 1, six digits, check digit; expanded to its UPC-A. Null when it does not fit. */
export function readUpcE(text: string): Gtin | null {
  if (!/^[01]\d{7}$/.test(text)) return null;
  const upcA = expandUpcE(text);
  return hasRightCheckDigit(upcA) ? { kind: 'UPC-E', text, gtin14: upcA.padStart(14, '0') } : null;
}

/** Whether the last digit is the check digit of the others. */
function hasRightCheckDigit(digits: string): boolean {
  return gtinCheckDigit(digits.slice(0, -1)) === Number(digits.at(-1));
}

/** The twelve digits of a UPC-E with its number system and check digit. Source: GS1 General Specifications, 5.2.2.4.2. */
function expandUpcE(text: string): string {
  const [system, a, b, c, d, e, last, check] = text;
  if (last === '0' || last === '1' || last === '2') return `${system}${a}${b}${last}0000${c}${d}${e}${check}`;
  if (last === '3') return `${system}${a}${b}${c}00000${d}${e}${check}`;
  if (last === '4') return `${system}${a}${b}${c}${d}00000${e}${check}`;
  return `${system}${a}${b}${c}${d}${e}0000${last}${check}`;
}
