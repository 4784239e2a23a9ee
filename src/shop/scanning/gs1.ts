import { type Gtin, readGtin } from '../ids/gtin.ts';
import { GROUP_SEPARATOR } from './scan-text.ts';

/**
 * The trade item of a GS1 element string: application identifier 01 (or 02) first, bare or in brackets.
 * Other elements (lot, best before, weight) are left to later work. Null when there is none with a right check digit.
 * Source: GS1 General Specifications, 3.3.2 and 7.8.
 */
export function gtinOfElementString(text: string): Gtin | null {
  const found = /^\(0[12]\)(\d{14})/.exec(text) ?? /^0[12](\d{14})/.exec(text);
  if (found?.[1] !== undefined) return readGtin(found[1]);
  const plain = text.split(GROUP_SEPARATOR)[0] ?? '';
  return readGtin(plain);
}
