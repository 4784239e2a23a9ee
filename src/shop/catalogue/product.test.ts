import { expect, test } from 'vitest';
import { uuidV5 } from '../ids/uuid.ts';
import { barcodeSpellings, checkBarcode, productInputSchema } from './product.ts';

const taxRateId = uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'tax');

test('a product needs a name, a whole price within bounds and a tax rate', () => {
  const product = { name: ' Coffee ', priceMinor: 2_50, taxRateId };
  expect(productInputSchema.parse(product)).toMatchObject({ name: 'Coffee', barcodes: [], sku: null, icon: 'package' });
  for (const priceMinor of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1_000_000_000_001, 2 ** 53]) {
    expect(productInputSchema.safeParse({ ...product, priceMinor }).success).toBe(false);
  }
  expect(productInputSchema.safeParse({ ...product, name: ' ' }).success).toBe(false);
  expect(productInputSchema.safeParse({ ...product, barcodes: ['a\u0000b'] }).success).toBe(false);
  expect(productInputSchema.parse({ ...product, barcodes: ['1', '1', ' 2 '] }).barcodes).toEqual(['1', '2']);
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
