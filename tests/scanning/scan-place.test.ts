import { expect, test } from 'vitest';
import { createTestBackend, type TestBackend } from '../support/test-backend.ts';

const placesOf = (shop: TestBackend) =>
  shop.env.db.read
    .all<{ location: string | null }>('SELECT location FROM qr_scan_logs ORDER BY created_at_ms' as never)
    .map(({ location }) => (location === null ? null : JSON.parse(location)));

test('S0-12: a scan says where it was by the shop that it was read in, or nothing where the shop has no place', async () => {
  const shop = await createTestBackend();
  const scan = (text: string) => {
    shop.clock.advance(5_000);
    const input = { text, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() };
    return shop.caller('cashier').scanning.submit(shop.op(input));
  };
  await scan('somewhere');
  shop.env.db.write((tx) => tx.run('UPDATE shops SET latitude_e6 = -25282200, longitude_e6 = -57635100' as never));
  await scan('in Asunción');
  expect(placesOf(shop)).toEqual([null, expect.objectContaining({})]);
  expect(JSON.stringify(placesOf(shop)[1])).toMatch(/-25\.?2822.*-57\.?6351/);
  expect(() => shop.env.db.write((tx) => tx.run("UPDATE qr_scan_logs SET location = 'Main Street'" as never))).toThrow(
    'CHECK',
  );
  shop.close();
});
