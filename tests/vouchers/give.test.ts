import { expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { voucherShopForEach } from './voucher-shop.ts';

const shopOfTest = voucherShopForEach();

function given() {
  const shop = shopOfTest();
  const manager = shop.caller('manager').vouchers;
  const cashier = shop.caller('cashier').vouchers;
  const give = (campaignId: string, customerId: string) => manager.give(shop.op({ campaignId, customerId }));
  const check = (code: string, customerId: string | null, as = cashier) =>
    as.check(shop.op({ code, customerId, saleId: null }));
  return { shop, manager, cashier, give, check };
}

test('S3-57: a voucher is given with a code of its own, to one customer, whom its giver does not serve with it', async () => {
  const { shop, manager, give, check } = given();
  const [ana, beto] = [shop.addCustomer('Ana'), shop.addCustomer('Beto')];
  const { campaignId } = await shop.publish({ validity: { claimDays: 30 } });
  const first = await give(campaignId, ana);
  const second = await give(campaignId, ana);
  expect(second.code).not.toBe(first.code);
  expect(first.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}$/);
  expect(await check(first.code, ana)).toMatchObject({ campaignId, endsAtMs: first.endsAtMs });
  expect(await refusalOf(check(first.code, beto))).toMatchObject({ reason: 'voucher-of-another' });
  expect(await refusalOf(check(first.code, ana, manager))).toMatchObject({
    reason: 'voucher-own',
    facts: { as: 'issuer' },
  });
  const { now } = await manager.wallet({ customerId: ana });
  expect(now.map(({ code }) => code)).toEqual([first.code, second.code]);
});

test('a code for everybody is given once to each customer, and nothing of what cannot be claimed', async () => {
  const { shop, manager, cashier, give } = given();
  const ana = shop.addCustomer('Ana');
  const { campaignId } = await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  expect(await give(campaignId, ana)).toMatchObject({ code: 'BREK10' });
  expect(await refusalOf(give(campaignId, ana))).toMatchObject({ reason: 'voucher-already-claimed' });
  expect(await refusalOf(give(campaignId, shop.newId()))).toMatchObject({ reason: 'not-found' });
  expect(await refusalOf(give(shop.newId(), ana))).toMatchObject({ reason: 'not-found' });
  const over = await shop.publish({ name: 'Over', validity: { endsOn: '2020-01-31' } });
  expect(await refusalOf(give(over.campaignId, ana))).toMatchObject({ reason: 'voucher-expired' });
  await manager.setStatus(shop.op({ campaignId, to: 'paused' }));
  expect(await refusalOf(give(campaignId, shop.addCustomer('Beto')))).toMatchObject({ reason: 'voucher-paused' });
  const asked = cashier.give(shop.op({ campaignId, customerId: ana }));
  expect(await refusalOf(asked)).toMatchObject({ reason: 'not-permitted', facts: { overridable: true } });
});
