import { z } from 'zod';
import { readGtin } from '../ids/gtin.ts';
import { MAX_AMOUNT_MINOR } from '../money/money.ts';

/** A price in minor units: what the shop shows. Free is allowed. */
export const priceMinorSchema = z.int().min(0).max(MAX_AMOUNT_MINOR);

/** A tax rate in basis points: up to 100 %. */
export const rateBasisPointsSchema = z.int().min(0).max(10_000);

/** A barcode as it is stored: printable, without spaces around. */
export const barcodeSchema = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/);

/** The six tints of a category's tiles. */
export const CATEGORY_COLORS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

/**
 * What a barcode is: a trade item's number whose check digit fits, digits of such a length whose check digit does not
 * (a likely slip: the editor warns), or the shop's own.
 */
export function checkBarcode(text: string): 'gtin' | 'check-digit' | 'own' {
  if (readGtin(text) !== null) return 'gtin';
  return /^(\d{8}|\d{12}|\d{13}|\d{14})$/.test(text) ? 'check-digit' : 'own';
}

/**
 * Every spelling under which a scanned barcode may be stored: as read, and a UPC-A with or without its leading zero.
 */
export function barcodeSpellings(text: string): string[] {
  const gtin = readGtin(text);
  if (gtin === null) return [text];
  const spellings = new Set([text, gtin.gtin14]);
  for (const length of [13, 12, 8]) {
    const short = gtin.gtin14.slice(14 - length);
    if (
      gtin.gtin14
        .slice(0, 14 - length)
        .split('')
        .every((digit) => digit === '0')
    )
      spellings.add(short);
  }
  return [...spellings];
}
