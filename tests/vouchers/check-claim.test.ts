import { expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { voucherShopForEach } from './voucher-shop.ts';

const shopOfTest = voucherShopForEach();

type Check = { readonly code: string; readonly customerId?: string | null };

function given() {
  const shop = shopOfTest();
  const cashier = shop.caller('cashier').vouchers;
  const check = ({ code, customerId = null }: Check) => cashier.check(shop.op({ code, customerId, saleId: null }));
  const claim = (voucherId: string, customerId: string) =>
    cashier.claim(shop.op({ voucherId, customerId, saleId: null }));
  const attempts = () =>
    shop.env.db.read.all<{ voucherId: string | null; hash: string; reason: string; ok: number }>(
      `SELECT voucher_id AS voucherId, code_hash AS hash, failure_reason AS reason, successful AS ok
       FROM redemption_attempts ORDER BY id` as never,
    );
  return { shop, manager: shop.caller('manager').vouchers, check, claim, attempts };
}

test('VC18: a code is found however it is spelt, and nothing is used by looking', async () => {
  const { shop, check, attempts } = given();
  const { campaignId } = await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  const expected = { campaignId, kind: 'percent', value: 1000, usesLeft: 1, endsAtMs: null };
  for (const code of ['BREK10', ' brek-1o ']) expect(await check({ code })).toMatchObject(expected);
  expect(shop.number('SELECT COUNT(*) AS n FROM voucher_redemptions')).toBe(0);
  expect(attempts()).toEqual([]);
});

test('S0-28 S0-29 S0-32 S3-90: a refused check is kept with its reason, an unknown code as its hash alone', async () => {
  const { shop, manager, check, attempts } = given();
  const { campaignId } = await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  await manager.setStatus(shop.op({ campaignId, to: 'paused' }));
  expect(await refusalOf(check({ code: 'BREK10' }))).toMatchObject({ reason: 'voucher-paused' });
  expect(await refusalOf(check({ code: 'NOSUCH77' }))).toEqual({
    reason: 'voucher-unknown',
    facts: { otherVouchers: 0 },
  });
  expect(await refusalOf(check({ code: 'nosuch-77' }))).toMatchObject({ reason: 'voucher-unknown' });
  const [paused, unknown, again] = attempts();
  expect(paused).toMatchObject({ reason: 'voucher-paused', ok: 0 });
  expect(paused?.voucherId).not.toBeNull();
  expect(unknown).toMatchObject({ voucherId: null, reason: 'voucher-unknown', ok: 0 });
  expect(unknown?.hash).not.toMatch(/nosuch/i);
  expect(again?.hash).toBe(unknown?.hash);
});

test('S3-57: who made a voucher does not redeem it', async () => {
  const { shop, manager } = given();
  await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  const refused = await refusalOf(manager.check(shop.op({ code: 'BREK10', customerId: null, saleId: null })));
  expect(refused).toMatchObject({ reason: 'voucher-own', facts: { as: 'creator' } });
});

test('VC10 S0-26 S0-40 S0-43 S0-53: a customer claims a voucher once, into the end of the wallet', async () => {
  const { shop, manager, check, claim } = given();
  const customerId = shop.addCustomer();
  const codes = ['BREK10', 'LUNCH5'];
  for (const genericCode of codes)
    await shop.publish({ name: genericCode, genericCode, limits: { usesPerCode: null } });
  const ids: string[] = [];
  for (const code of codes) ids.push((await check({ code })).voucherId);
  const [first = '', second = ''] = ids;
  await claim(first, customerId);
  const again = await refusalOf(claim(first, customerId));
  expect(again).toMatchObject({ reason: 'voucher-already-claimed' });
  expect(again?.facts.claimedAtMs).toEqual(expect.any(Number));
  await claim(second, customerId);
  const wallet = await manager.wallet({ customerId });
  expect(wallet.now.map(({ code, walletOrder }) => [code, walletOrder])).toEqual([
    ['BREK10', 1],
    ['LUNCH5', 2],
  ]);
  expect(shop.number('SELECT claim_count AS n FROM vouchers WHERE id = :first', { first })).toBe(1);
  const events = shop.number(
    `SELECT COUNT(*) AS n FROM customer_events
     WHERE customer_id = :customerId AND event_type = 'customer.voucher.claimed'`,
    { customerId },
  );
  expect(events).toBe(2);
});

test('VC9: what can be used once is its claimer’s alone, and nobody else is told whose', async () => {
  const { shop, check, claim } = given();
  const [ana, beto] = [shop.addCustomer('Ana'), shop.addCustomer('Beto')];
  await shop.publish({ genericCode: 'ONLY1', limits: { usesPerCode: 1 } });
  const { voucherId } = await check({ code: 'ONLY1' });
  await claim(voucherId, ana);
  expect(await refusalOf(claim(voucherId, beto))).toEqual({ reason: 'voucher-of-another', facts: {} });
  expect(await refusalOf(check({ code: 'ONLY1', customerId: beto }))).toMatchObject({ reason: 'voucher-of-another' });
  expect(await refusalOf(check({ code: 'ONLY1' }))).toMatchObject({ reason: 'voucher-needs-customer' });
  expect(await check({ code: 'ONLY1', customerId: ana })).toMatchObject({ voucherId });
});

test('S3-52 S3-94: what has expired says when, counts what else can be used, and is recorded', async () => {
  const { shop, manager, check, claim, attempts } = given();
  const customerId = shop.addCustomer();
  for (const genericCode of ['GOOD10', 'GOOD20']) await shop.publish({ genericCode, limits: { usesPerCode: null } });
  const { voucherId } = await check({ code: 'GOOD10' });
  await claim(voucherId, customerId);
  await shop.publish({ genericCode: 'OLD10', validity: { endsOn: '2020-01-31' }, limits: { usesPerCode: null } });
  const refused = await refusalOf(check({ code: 'OLD10', customerId }));
  expect(refused).toMatchObject({ reason: 'voucher-expired', facts: { otherVouchers: 1 } });
  expect(refused?.facts.endedAtMs).toBe(Date.parse('2020-02-01T00:00:00-03:00'));
  expect(attempts().map(({ reason }) => reason)).toEqual(['voucher-expired']);
  // Its own claim is no alternative to a voucher.
  await manager.revoke(shop.op({ voucherId }));
  expect(await refusalOf(check({ code: 'GOOD10', customerId }))).toMatchObject({
    reason: 'voucher-revoked',
    facts: { otherVouchers: 0 },
  });
  expect(await refusalOf(manager.revoke(shop.op({ voucherId })))).toMatchObject({ reason: 'voucher-revoked' });
  const { now, notYet, used, expired } = await manager.wallet({ customerId });
  expect([...now, ...notYet, ...used, ...expired]).toEqual([]);
});

test('a blocked customer claims and uses nothing, and a customer of nobody is not found', async () => {
  const { shop, check, claim } = given();
  const customerId = shop.addCustomer();
  await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  const { voucherId } = await check({ code: 'BREK10' });
  await shop.caller('manager').customers.block(shop.op({ customerId, reason: 'cheating' }));
  expect(await refusalOf(claim(voucherId, customerId))).toMatchObject({ reason: 'customer-blocked' });
  expect(await refusalOf(check({ code: 'BREK10', customerId }))).toMatchObject({ reason: 'customer-blocked' });
  expect(await refusalOf(claim(voucherId, shop.newId()))).toMatchObject({ reason: 'not-found' });
});
