import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { createVoucherShop, type VoucherShop } from './voucher-shop.ts';

const state: { shop: VoucherShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createVoucherShop();
});
afterEach(() => state.shop?.close());

function given() {
  const { shop } = state;
  if (shop === null) throw new Error('no shop');
  const as = (role: 'cashier' | 'manager' | 'admin' | 'auditor') => shop.caller(role).vouchers;
  return { shop, as, ana: shop.addCustomer('Ana') };
}

test('S3-10: who runs the shop writes, publishes and ends vouchers; who sells checks and redeems them; nobody else', async () => {
  const { shop, as, ana } = given();
  const { campaignId } = await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  const campaign = shop.campaign({ name: 'Another' });
  const writes = (role: Parameters<typeof as>[0]) => [
    as(role).saveDraft(shop.op({ campaignId: null, campaign, revision: 0 })),
    as(role).publish(shop.op({ campaignId, revision: 1 })),
    as(role).setStatus(shop.op({ campaignId, to: 'paused' as const })),
    as(role).discardDraft(shop.op({ campaignId })),
  ];
  for (const role of ['cashier', 'auditor'] as const)
    for (const write of writes(role)) expect(await refusalOf(write)).toMatchObject({ reason: 'not-permitted' });
  for (const role of ['cashier', 'manager', 'auditor'] as const)
    expect((await as(role).list({ tab: 'all', query: '' })).rows).toHaveLength(1);
  const asked = { code: 'BREK10', customerId: ana, saleId: null };
  expect(await as('cashier').check(shop.op(asked))).toMatchObject({ campaignId });
  expect(await refusalOf(as('auditor').check(shop.op(asked)))).toMatchObject({ reason: 'not-permitted' });
  const { basedOnVersion: _, ...saved } = await as('manager').saveDraft(
    shop.op({ campaignId: null, campaign, revision: 0 }),
  );
  await as('manager').publish(shop.op(saved));
  expect(await as('manager').setStatus(shop.op({ campaignId, to: 'ended' }))).toMatchObject({ status: 'ended' });
});
