import { afterEach, beforeEach, expect, test } from 'vitest';
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
});
