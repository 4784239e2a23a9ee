import { expect, test } from 'vitest';
import { createTestBackend } from '../support/test-backend.ts';

test("S1-3: the shop's own code is told apart from a customer's, and does not count as a guessed one", async () => {
  const shop = await createTestBackend();
  const code = shop.env.shop()?.merchantCode ?? '';
  const scan = async (text: string) => {
    shop.clock.advance(2000);
    const input = { text, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() };
    return (await shop.caller('cashier').scanning.submit(shop.op(input))).outcome;
  };
  expect(await scan(code)).toMatchObject({ kind: 'unknown', reason: 'own-shop' });
  expect(await scan(code.toLowerCase())).toMatchObject({ kind: 'unknown', reason: 'own-shop' });
  const { code: member } = await shop
    .caller('cashier')
    .customers.enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
  expect(await scan(member)).toMatchObject({ kind: 'customer' });
  shop.close();
});
