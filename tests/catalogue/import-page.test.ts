import { expect, test } from 'vitest';
import { endOfPage, MOST_ROWS_OF_PAGE } from '#shop/catalogue/import-page.ts';
import { callByName } from '../access/procedures.ts';
import { createTestBackend } from '../support/test-backend.ts';

/** As much text as a row may hold, each character of it four bytes. */
function fullRow(line: number) {
  const end = String(line).padStart(3, '0');
  const values = {
    name: `${'😀'.repeat(117)}${end}`,
    priceMinor: 100,
    sku: `${'😀'.repeat(61)}${end}`,
    barcodes: [1, 2, 3, 4, 5].map((number) => `${'9'.repeat(60)}${number}${end}`),
    category: `${'😀'.repeat(57)}${end}`,
    rateBasisPoints: null,
    soldByWeight: null,
  };
  return { line, action: 'create' as const, name: values.name, priceMinor: 100, errors: [], values };
}

test('X1: a page of the longest products there can be fits in one op, and a fuller one is no page', async () => {
  const shop = await createTestBackend();
  const rows = Array.from({ length: MOST_ROWS_OF_PAGE }, (_, index) => fullRow(index + 2));
  const end = endOfPage(
    rows.map((row) => row.values),
    0,
  );
  const send = (count: number) =>
    callByName(
      shop.caller('manager'),
      'catalogue.importRows',
      shop.op({ importId: shop.newId(), fromLine: 2, rows: rows.slice(0, count) }),
    );
  expect(await send(end + 1)).toEqual({ kind: 'bad-input' });
  expect(await send(end)).toEqual({ kind: 'answered' });
  expect((await shop.caller('manager').catalogue.list()).products.length).toBe(end);
  shop.close();
});

test('pages follow one another to the last row, a hundred ordinary rows each', () => {
  const row = { name: 'Café con leche', sku: null, category: 'Bebidas', barcodes: ['7891234567895'] };
  const ordinary = new Array(250).fill(row) as (typeof row)[];
  expect([endOfPage(ordinary, 0), endOfPage(ordinary, 100), endOfPage(ordinary, 200)]).toEqual([100, 200, 250]);
  const longest = { ...row, name: '😀'.repeat(20_000) };
  expect(endOfPage([longest, longest], 0)).toBe(1);
});
