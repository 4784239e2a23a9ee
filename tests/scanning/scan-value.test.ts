import { expect, test } from 'vitest';
import { voucherShopForEach } from '../vouchers/voucher-shop.ts';

const shopOfTest = voucherShopForEach();

function given() {
  const shop = shopOfTest();
  const read = (text: string, more: { source?: 'HID' | 'MANUAL' | 'CAMERA'; customerId?: string } = {}) => {
    const input = { text, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs(), ...more };
    return shop.caller('cashier').scanning.submit(shop.op(input));
  };
  const voucher = (voucherId: string) =>
    shop.env.db.read.get<{ status: string; scans: number }>(
      'SELECT status, scan_count AS scans FROM vouchers WHERE id = :voucherId' as never,
      { voucherId },
    );
  return { shop, read, voucher };
}

test('S0-1 S0-7 S0-8 S0-38 S0-39 S0-51 S0-52: a scan of a voucher finds it, is kept with who scanned it, and counts', async () => {
  const { shop, read, voucher } = given();
  const ana = shop.addCustomer('Ana');
  await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  const { outcome, scanId } = await read('brek10', { customerId: ana });
  expect(outcome).toMatchObject({ kind: 'voucher', code: 'BREK10', name: 'Breakfast' });
  const { voucherId } = outcome as { voucherId: string };
  expect(voucher(voucherId)).toEqual({ status: 'scanned', scans: 1 });
  shop.clock.advance(2000);
  await read('BREK-10', { source: 'MANUAL' });
  expect(voucher(voucherId)).toEqual({ status: 'scanned', scans: 2 });
  const rows = shop.env.db.read.all(
    `SELECT id, voucher_id AS voucherId, user_id AS userId, scan_type AS type, scan_source AS source
     FROM voucher_scans ORDER BY created_at_ms` as never,
  );
  expect(rows).toEqual([
    { id: scanId, voucherId, userId: ana, type: 'BUSINESS', source: 'HID' },
    { id: expect.any(String), voucherId, userId: null, type: 'BUSINESS', source: 'MANUAL' },
  ]);
});

test('C-44 S0-56: a code held in front of the reader counts once, and fifty showings count fifty', async () => {
  const { shop, read, voucher } = given();
  await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  const first = await read('BREK10');
  const { voucherId } = first.outcome as { voucherId: string };
  expect((await read('BREK10')).outcome).toEqual({ kind: 'repeat', ofKind: 'voucher' });
  expect(voucher(voucherId)?.scans).toBe(1);
  for (let showing = 0; showing < 49; showing++) {
    shop.clock.advance(1600);
    await read('BREK10');
  }
  expect(voucher(voucherId)?.scans).toBe(50);
  expect(shop.number('SELECT COUNT(*) AS n FROM voucher_scans')).toBe(50);
  expect(shop.number('SELECT SUM(suppressed_count) AS n FROM qr_scan_logs')).toBe(1);
});

test('a code that is given to one customer and a gift card are told apart, and their codes are not in the log', async () => {
  const { shop, read } = given();
  const manager = shop.caller('manager');
  const { campaignId } = await shop.publish();
  const { code } = await manager.vouchers.give(shop.op({ campaignId, customerId: shop.addCustomer('Ana') }));
  const card = await manager.credit.giveCard(shop.op({ amountMinor: 5000, note: 'prize' }));
  expect((await read(code)).outcome).toMatchObject({ kind: 'voucher', code });
  expect((await read(card.code)).outcome).toEqual({ kind: 'gift-card', accountId: card.accountId, code: card.code });
  const kept = JSON.stringify(shop.env.db.read.all('SELECT * FROM qr_scan_logs' as never));
  for (const secret of [code, card.code]) {
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(secret.replaceAll('-', ''));
  }
});

test('a product keeps its barcode where a voucher has the same code', async () => {
  const { shop, read } = given();
  await shop.publish({ genericCode: 'CAFE01', limits: { usesPerCode: null } });
  expect((await read('CAFE01')).outcome).toMatchObject({ kind: 'voucher' });
  await shop.caller('manager').catalogue.saveProduct(
    shop.op({
      name: 'Coffee',
      sku: 'CAFE01',
      barcodes: [],
      categoryId: null,
      priceMinor: 100,
      taxRateId: shop.taxRateId,
      icon: 'coffee',
      soldByWeight: false,
    }),
  );
  shop.clock.advance(2000);
  expect((await read('CAFE01')).outcome).toMatchObject({ kind: 'product' });
});
