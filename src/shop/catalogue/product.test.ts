import { expect, test } from 'vitest';
import { barcodeSchema, barcodeSpellings, checkBarcode, priceMinorSchema, rateBasisPointsSchema } from './product.ts';

test('prices, rates and barcodes have bounds', () => {
  expect([0, 1_000_000_000_000].every((price) => priceMinorSchema.safeParse(price).success)).toBe(true);
  for (const price of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1_000_000_000_001, 2 ** 53]) {
    expect(priceMinorSchema.safeParse(price).success).toBe(false);
  }
  expect([0, 10_000].every((rate) => rateBasisPointsSchema.safeParse(rate).success)).toBe(true);
  expect([-1, 10_001, 0.1].some((rate) => rateBasisPointsSchema.safeParse(rate).success)).toBe(false);
  expect(barcodeSchema.parse(' A 1 ')).toBe('A 1');
  expect(['', ' ', 'a\u0000b', 'ñ', 'x'.repeat(65)].some((code) => barcodeSchema.safeParse(code).success)).toBe(false);
});

test('the editor can tell a slip in a barcode from the shop’s own number', () => {
  expect(['4006381333931', '4006381333932', 'HOUSE-1', '123'].map(checkBarcode)).toEqual([
    'gtin',
    'check-digit',
    'own',
    'own',
  ]);
});

test('a scanned number is found under every spelling that it may be stored as', () => {
  expect(barcodeSpellings('036000291452')).toEqual(['036000291452', '00036000291452', '0036000291452']);
  expect(barcodeSpellings('96385074')).toContain('00000096385074');
  expect(barcodeSpellings('HOUSE-1')).toEqual(['HOUSE-1']);
});
