import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { createVoucherShop, type VoucherShop } from './voucher-shop.ts';

const state: { shop: VoucherShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createVoucherShop();
});
afterEach(() => state.shop?.close());

test('the last redemptions of a campaign are told, the newest first, with who and what, and of no other campaign', async () => {
  const { shop } = state;
  if (shop === null) throw new Error('no shop');
  const { vouchers } = shop.caller('cashier');
  const benefit = { kind: 'credit', amountMinor: 2500, days: 30 } as const;
  const limits = { usesPerCode: null };
  const { campaignId } = await shop.publish({ benefit, limits, genericCode: 'COINS25' });
  await shop.publish({ benefit, limits, genericCode: 'OTHER25', name: 'Other' });
  const people = [shop.addCustomer('Ana'), shop.addCustomer('Leo')];
  for (const customerId of people)
    for (const code of ['COINS25', 'OTHER25']) await vouchers.redeem(shop.op({ code, customerId }));
  const listed = await vouchers.redemptions({ campaignId });
  expect(listed.map(({ customerName }) => customerName).toSorted()).toEqual(['Ana', 'Leo']);
  expect(listed[0]).toMatchObject({
    code: 'COINS25',
    saleId: null,
    receiptNumber: null,
    kind: 'credit',
    uses: 1,
    amountMinor: 2500,
    grantedKind: 'credit',
    usesBack: 0,
    backMinor: 0,
  });
  expect(await vouchers.redemptions({ campaignId, limit: 1 })).toHaveLength(1);
  const voucherId = listed[0]?.voucherId ?? null;
  expect(await vouchers.redemptions({ campaignId, voucherId })).toEqual(listed);
  expect(await vouchers.redemptions({ campaignId, voucherId: shop.newId() })).toEqual([]);
});

test('of a code in any spelling it is told whose it is, how often it was used and whether it is withdrawn', async () => {
  const { shop } = state;
  if (shop === null) throw new Error('no shop');
  const [cashier, manager] = [shop.caller('cashier').vouchers, shop.caller('manager').vouchers];
  const ana = shop.addCustomer('Ana Paz');
  const { campaignId } = await shop.publish({ name: 'Ten', benefit: { kind: 'credit', amountMinor: 500 } });
  const validity = { endsOn: '2099-12-31' };
  await shop.publish({ name: 'All', genericCode: 'FORALL', limits: { usesPerCode: null }, validity });
  const { code, voucherId } = await manager.give(shop.op({ campaignId, customerId: ana }));
  const spelt = code.toLowerCase().replaceAll('-', ' ');
  expect(await cashier.code({ code: spelt })).toMatchObject({
    ...{ voucherId, code, campaignId, name: 'Ten', status: 'claimed', usageLimit: 1, usageCount: 0 },
    ...{ isForAll: false, revokedAtMs: null, holder: { customerId: ana, name: 'Ana Paz' } },
  });
  await manager.revoke(shop.op({ voucherId, reason: 'printed twice' }));
  expect(await cashier.code({ code })).toMatchObject({ status: 'revoked', revokedAtMs: shop.clock.wallNowMs() });
  const forAll = await cashier.code({ code: 'forall' });
  expect(forAll).toMatchObject({ isForAll: true, holder: null, usageLimit: null });
  // It has no end of its own, and ends with its campaign.
  expect(new Date((forAll.endsAtMs ?? 0) - 1).toISOString().slice(0, 4)).toMatch(/^(2099|2100)$/);
  expect(await refusalOf(cashier.code({ code: 'NOBODYS-CODE' }))).toMatchObject({ reason: 'voucher-unknown' });
});
