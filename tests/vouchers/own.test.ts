import { expect, test } from 'vitest';
import { MANAGER_PIN, refusalOf, type TestCaller } from '../support/test-backend.ts';
import { voucherShopForEach } from './voucher-shop.ts';

const shopOfTest = voucherShopForEach();

function given() {
  const shop = shopOfTest();
  const check = (code: string, by: TestCaller, more: { customerId?: string; overrideIds?: string[] } = {}) =>
    by.vouchers.check(shop.op({ code, customerId: null, saleId: null, ...more }));
  return { shop, check, manager: shop.caller('manager'), cashier: shop.caller('cashier') };
}

test('S3-57 VC26: who made a code does not redeem it, and does not allow it to another either', async () => {
  const { shop, check, manager, cashier } = given();
  await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  expect(await refusalOf(check('BREK10', manager))).toMatchObject({
    reason: 'voucher-own',
    facts: { as: 'creator', permission: 'vouchers.own', overridable: true },
  });
  expect(await check('BREK10', cashier)).toMatchObject({ code: 'BREK10' });
});

test('S3-57: at the till a code of one’s own is looked at as allowed, because the payment asks for the PIN', async () => {
  const { shop, manager } = given();
  await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  const asked = { code: 'BREK10', customerId: null, saleId: null, assumesApproval: true };
  expect(await manager.vouchers.check(shop.op(asked))).toMatchObject({ code: 'BREK10' });
  expect(shop.number('SELECT COUNT(*) AS n FROM redemption_attempts')).toBe(0);
});

test('S3-57 VC26: the customer record of who made a voucher is refused as long as they are linked', async () => {
  const { shop, check, manager, cashier } = given();
  await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  const { customerId, code } = await cashier.customers.enrol(shop.op({ name: 'Marta', consentMarketing: false }));
  await check('BREK10', cashier, { customerId });
  await manager.staff.linkCustomer(shop.op({ staffId: shop.staffId('manager'), customerCode: code }));
  expect(await manager.staff.customer({ staffId: shop.staffId('manager') })).toMatchObject({
    customerId,
    name: 'Marta',
  });
  expect(await refusalOf(check('BREK10', cashier, { customerId }))).toMatchObject({
    reason: 'voucher-own',
    facts: { as: 'customer' },
  });
  expect(
    await refusalOf(manager.staff.linkCustomer(shop.op({ staffId: shop.staffId('cashier'), customerCode: 'nobody' }))),
  ).toMatchObject({
    reason: 'not-found',
  });
  await manager.staff.linkCustomer(shop.op({ staffId: shop.staffId('manager'), customerCode: null }));
  expect(await check('BREK10', cashier, { customerId })).toMatchObject({ code: 'BREK10' });
});

test('S3-57: erasing the customer ends the link', async () => {
  const { shop, manager, cashier } = given();
  const { customerId, code } = await cashier.customers.enrol(shop.op({ name: 'Marta', consentMarketing: false }));
  await manager.staff.linkCustomer(shop.op({ staffId: shop.staffId('cashier'), customerCode: code }));
  expect(shop.number('SELECT COUNT(*) AS n FROM staff_customers WHERE customer_id = :customerId', { customerId })).toBe(
    1,
  );
  await shop.caller('manager').customers.erase(shop.op({ customerId }));
  expect(shop.number('SELECT COUNT(*) AS n FROM staff_customers')).toBe(0);
});

test('S3-57: in a shop of one person, they redeem for others what they made', async () => {
  const { shop, check, manager } = given();
  await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  shop.env.db.write((db) =>
    db.run('UPDATE staff_members SET is_active = 0 WHERE id <> :id' as never, { id: shop.staffId('manager') }),
  );
  expect(await check('BREK10', manager)).toMatchObject({ code: 'BREK10' });
});

test('S3-57: another manager allows it by PIN, the one who made the voucher does not', async () => {
  const { shop, check, manager, cashier } = given();
  const pin = '846213';
  const { staffId } = await manager.staff.create(shop.op({ name: 'Rosa Sosa', roles: ['manager' as const], pin }));
  await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  const { customerId, code } = await cashier.customers.enrol(shop.op({ name: 'Marta', consentMarketing: false }));
  await manager.staff.linkCustomer(shop.op({ staffId: shop.staffId('manager'), customerCode: code }));
  const approve = async (approver: { staffId: string; pin: string }) => {
    const asked = { permission: 'vouchers.own' as const, ...approver };
    const { overrideId } = await cashier.staff.grantOverride(shop.op(asked));
    return check('BREK10', cashier, { customerId, overrideIds: [overrideId] });
  };
  const refused = await refusalOf(approve({ staffId: shop.staffId('manager'), pin: MANAGER_PIN }));
  expect(refused).toMatchObject({ reason: 'voucher-own', facts: { as: 'customer' } });
  expect(await approve({ staffId, pin })).toMatchObject({ code: 'BREK10' });
});
