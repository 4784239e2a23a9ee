import { expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { voucherShopForEach } from '../vouchers/voucher-shop.ts';

// Plans and customers' passes, through the router over a real database.

const DAY = 86_400_000;
const shop = voucherShopForEach();

type Who = 'cashier' | 'manager';
type Kind = 'units' | 'package';
const passes = (as: Who = 'manager') => shop().caller(as).passes;
const plan = async (kind: Kind, terms: { units: number; days?: number }, name = '10 coffees') =>
  (await passes().savePlan(shop().op({ name, kind, terms }))).planId;
const give = (customerId: string, planId: string, as: Who = 'manager') =>
  passes(as).give(shop().op({ customerId, planId, note: 'prize' }));
const adjust = (passId: string, units: number) =>
  passes().adjust(shop().op({ passId, units, reason: 'correction' as const, note: 'miscounted' }));
const revoke = (passId: string) => passes().revoke(shop().op({ passId, note: 'sold by mistake' }));
const hold = (passId: string, uses: number, endsAtMs: number | null) => {
  const { merchantId = '' } = shop().env.shop() ?? {};
  shop().env.db.write((tx) =>
    tx.run(
      `INSERT INTO value_holds (sale_id, subject_kind, subject_id, merchant_id, uses, taken_at_ms, ends_at_ms)
       VALUES (:saleId, 'pass', :passId, :merchantId, :uses, 0, :endsAtMs)` as never,
      { saleId: shop().newId(), passId, merchantId, uses, endsAtMs },
    ),
  );
};

test('S3-21 S3-23: a package runs from the day it is given through its last day, and says what is left', async () => {
  const customerId = shop().addCustomer();
  const planId = await plan('package', { units: 10, days: 60 });
  const { passId, unitsLeft, endsAtMs } = await give(customerId, planId);
  expect(unitsLeft).toBe(10);
  const only = async () => (await passes('cashier').ofCustomer({ customerId }))[0];
  expect(await only()).toMatchObject({ passId, standing: 'running', unitsTotal: 10, unitsUsed: 0, unitsFree: 10 });
  const leftMs = (endsAtMs ?? 0) - shop().clock.wallNowMs();
  expect(leftMs).toBeGreaterThan(60 * DAY);
  shop().clock.advance(leftMs - 1);
  expect(await only()).toMatchObject({ standing: 'running' });
  shop().clock.advance(1);
  expect(await only()).toMatchObject({ standing: 'ended' });
});

test('S3-14: units without an end are added to the pass that is there; a package is always one of its own', async () => {
  const customerId = shop().addCustomer();
  const units = await plan('units', { units: 5 }, 'Visits');
  const first = await give(customerId, units);
  expect(await give(customerId, units)).toEqual({ passId: first.passId, unitsLeft: 10, endsAtMs: null });
  const pack = await plan('package', { units: 3 });
  const one = await give(customerId, pack);
  const two = await give(customerId, pack);
  expect(two.passId).not.toBe(one.passId);
  const all = await passes().ofCustomer({ customerId });
  expect(all.map(({ kind, unitsLeft }) => [kind, unitsLeft]).sort()).toEqual([
    ['package', 3],
    ['package', 3],
    ['units', 10],
  ]);
});

test('a plan that changes leaves the passes that were made of it alone; who saves on an old version is told', async () => {
  const customerId = shop().addCustomer();
  const planId = await plan('package', { units: 10 });
  await give(customerId, planId);
  const change = (version: number, isActive: boolean) =>
    passes().savePlan(
      shop().op({ planId, version, name: '8 coffees', kind: 'package' as const, terms: { units: 8 }, isActive }),
    );
  expect(await change(1, true)).toEqual({ planId, version: 2 });
  expect(await refusalOf(change(1, true))).toMatchObject({ reason: 'changed-elsewhere', facts: { version: 2 } });
  const [pass] = await passes().ofCustomer({ customerId });
  expect(pass).toMatchObject({ name: '10 coffees', unitsTotal: 10, terms: { units: 10 } });
  await change(2, false);
  expect(await passes('cashier').plans()).toMatchObject([{ name: '8 coffees', isActive: false, version: 3 }]);
  expect(await refusalOf(give(customerId, planId))).toMatchObject({ reason: 'not-found' });
  expect(
    await refusalOf(passes('cashier').savePlan(shop().op({ name: 'x', kind: 'units' as const, terms: { units: 1 } }))),
  ).toMatchObject({
    reason: 'not-permitted',
  });
});

test('S3-15: units are added and taken by entries, never below what is used or set aside; a revoked pass stays revoked', async () => {
  const customerId = shop().addCustomer();
  const { passId } = await give(customerId, await plan('package', { units: 4 }));
  expect(await refusalOf(give(customerId, shop().newId(), 'cashier'))).toMatchObject({
    reason: 'not-permitted',
    facts: { overridable: true },
  });
  expect(await adjust(passId, 2)).toEqual({ unitsLeft: 6 });
  hold(passId, 5, shop().clock.wallNowMs() + 600_000);
  expect(await refusalOf(adjust(passId, -2))).toMatchObject({ reason: 'pass-short', facts: { needed: 2, have: 1 } });
  expect(await refusalOf(revoke(passId))).toMatchObject({ reason: 'pass-short', facts: { needed: 6, have: 1 } });
  expect((await passes().ofCustomer({ customerId }))[0]).toMatchObject({ unitsLeft: 6, unitsFree: 1 });
  shop().clock.advance(600_000);
  expect(await adjust(passId, -2)).toEqual({ unitsLeft: 4 });
  expect(await refusalOf(adjust(passId, -5))).toMatchObject({ reason: 'pass-short', facts: { needed: 5, have: 4 } });
  expect(await revoke(passId)).toEqual({ unitsLost: 4 });
  expect(await refusalOf(revoke(passId))).toMatchObject({ reason: 'pass-revoked' });
  expect(await refusalOf(adjust(passId, 1))).toMatchObject({ reason: 'pass-revoked' });
  expect((await passes().ofCustomer({ customerId }))[0]).toMatchObject({ standing: 'revoked' });
  expect(shop().number('SELECT SUM(units) FROM package_uses')).toBe(4);
});
