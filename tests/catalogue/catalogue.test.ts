import { describe, expect, test } from 'vitest';
import { createTestBackend, refusalOf, type TestBackend } from '../support/test-backend.ts';

async function productOf(shop: TestBackend, more: object = {}) {
  const { taxRates } = await shop.caller('manager').catalogue.list();
  return {
    name: 'Café con leche',
    sku: null,
    barcodes: [] as string[],
    categoryId: null,
    priceMinor: 18_000,
    taxRateId: taxRates[0]?.taxRateId ?? '',
    icon: 'coffee',
    soldByWeight: false,
    ...more,
  };
}

describe('the catalogue', () => {
  test('a product is added, changed with its version, archived and put back', async () => {
    const shop = await createTestBackend();
    const { catalogue } = shop.caller('manager');
    const product = await productOf(shop);
    const { productId } = await catalogue.saveProduct(shop.op(product));
    await catalogue.saveProduct(shop.op({ ...product, productId, version: 1, priceMinor: 19_000 }));
    const stale = catalogue.saveProduct(shop.op({ ...product, productId, version: 1 }));
    expect(await refusalOf(stale)).toEqual({ reason: 'changed-elsewhere', facts: { version: 2 } });
    await catalogue.arrangeTiles(shop.op({ productIds: [productId] }));
    expect((await catalogue.list()).tiles).toEqual([productId]);
    await catalogue.archiveProduct(shop.op({ productId }));
    expect((await catalogue.list()).products).toEqual([]);
    expect((await catalogue.list({ withArchived: true })).products).toMatchObject([{ productId, isActive: false }]);
    await catalogue.archiveProduct(shop.op({ productId, isActive: true }));
    expect((await catalogue.list()).products).toMatchObject([{ productId, priceMinor: 19_000, isActive: true }]);
    shop.close();
  });

  test('a barcode belongs to one product on sale, in every spelling; an archived one gives it away', async () => {
    const shop = await createTestBackend();
    const { catalogue } = shop.caller('manager');
    const first = await catalogue.saveProduct(
      shop.op(await productOf(shop, { barcodes: ['036000291452', '0036000291452'], sku: 'A' })),
    );
    expect((await catalogue.list()).products[0]?.barcodes).toEqual(['036000291452']);
    const other = await productOf(shop, { name: 'Other', barcodes: ['0036000291452'] });
    expect(await refusalOf(catalogue.saveProduct(shop.op(other)))).toMatchObject({
      reason: 'barcode-taken',
      facts: { productId: first.productId },
    });
    expect(await refusalOf(catalogue.saveProduct(shop.op(await productOf(shop, { sku: 'A' }))))).toMatchObject({
      reason: 'sku-taken',
    });
    await catalogue.archiveProduct(shop.op({ productId: first.productId }));
    await expect(catalogue.saveProduct(shop.op(other))).resolves.toMatchObject({ version: 1 });
    shop.close();
  });

  test('there is exactly one default tax rate at any time', async () => {
    const shop = await createTestBackend();
    const { catalogue } = shop.caller('manager');
    const defaults = async () =>
      (await catalogue.list()).taxRates.filter((rate) => rate.isDefault).map((rate) => rate.name);
    const { taxRateId } = await catalogue.saveTaxRate(shop.op({ name: 'New', rateBasisPoints: 700, isDefault: true }));
    expect(await defaults()).toEqual(['New']);
    const give = (more: object) =>
      refusalOf(
        catalogue.saveTaxRate(shop.op({ taxRateId, name: 'New', rateBasisPoints: 700, isDefault: true, ...more })),
      );
    expect(await give({ isDefault: false })).toMatchObject({ reason: 'default-tax-rate-needed' });
    expect(await give({ isActive: false })).toMatchObject({ reason: 'default-tax-rate-needed' });
    expect(await defaults()).toEqual(['New']);
    await catalogue.saveProduct(shop.op(await productOf(shop, { taxRateId })));
    await catalogue.saveTaxRate(shop.op({ name: 'Newer', rateBasisPoints: 800, isDefault: true }));
    expect(await give({ isDefault: false, isActive: false })).toMatchObject({
      reason: 'tax-rate-in-use',
      facts: { products: 1 },
    });
    shop.close();
  });

  test('a category with products on sale stays', async () => {
    const shop = await createTestBackend();
    const { catalogue } = shop.caller('manager');
    const { categoryId } = await catalogue.saveCategory(shop.op({ name: 'Hot drinks', color: 'a' }));
    const { productId } = await catalogue.saveProduct(shop.op(await productOf(shop, { categoryId })));
    expect(await refusalOf(catalogue.archiveCategory(shop.op({ categoryId })))).toEqual({
      reason: 'category-in-use',
      facts: { products: 1 },
    });
    await catalogue.archiveProduct(shop.op({ productId }));
    await catalogue.archiveCategory(shop.op({ categoryId }));
    expect((await catalogue.list()).categories).toEqual([]);
    shop.close();
  });

  test('products come from a CSV file once, with their categories; what does not fit is told', async () => {
    const shop = await createTestBackend();
    const { catalogue } = shop.caller('manager');
    const csvText = [
      'Producto;Precio;Categoría;IVA;Código de barras',
      'Café;₲ 18.000;Bebidas calientes;10;7891234567895',
      'Té;12.000;bebidas CALIENTES;10;',
      'Sin precio;;;;',
      'Precio malo;doce;;;',
      'IVA raro;5.000;;13;',
      'café;1;;;',
    ].join('\n');
    const preview = await catalogue.previewImport({ csvText });
    expect(
      preview.rows.map((row) => [
        row.action,
        row.priceMinor,
        row.errors.map((error) => `${error.column}: ${error.code}`),
      ]),
    ).toEqual([
      ['create', 18_000, []],
      ['create', 12_000, []],
      ['error', null, ['price: required']],
      ['error', null, ['price: not-a-number']],
      ['error', 5000, ['tax: tax-rate-unknown']],
      ['error', 1, ['name: duplicate']],
    ]);
    const page = { importId: shop.newId(), fromLine: 2, rows: preview.rows.filter((row) => row.action === 'create') };
    expect(await catalogue.importRows(shop.op(page))).toEqual({ created: 2, updated: 0, skipped: 0, errors: [] });
    expect(await catalogue.importRows(shop.op(page))).toEqual({ created: 0, updated: 0, skipped: 2, errors: [] });
    const { categories, products } = await catalogue.list();
    expect(categories.map((category) => category.name)).toEqual(['Bebidas calientes']);
    expect(products.map((product) => [product.name, product.priceMinor, product.barcodes])).toEqual([
      ['Café', 18_000, ['7891234567895']],
      ['Té', 12_000, []],
    ]);
    const again = await catalogue.previewImport({ csvText: 'nombre,precio\nTÉ,12000\nTé verde,1000\nCafé,20000' });
    expect(again.rows.map((row) => row.action)).toEqual(['update', 'create', 'update']);
    shop.close();
  });

  test('a cashier reads the catalogue and changes nothing', async () => {
    const shop = await createTestBackend();
    const product = await productOf(shop);
    expect(await refusalOf(shop.caller('cashier').catalogue.saveProduct(shop.op(product)))).toMatchObject({
      reason: 'not-permitted',
    });
    shop.close();
  });
});
