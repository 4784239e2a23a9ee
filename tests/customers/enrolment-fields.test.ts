import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { createTillShop, type TillShop } from '../till/till-shop.ts';

let shop: TillShop;
beforeEach(async () => {
  shop = await createTillShop();
});
afterEach(() => shop.close());

test('C11: nobody is enrolled without what the shop needs to know, and it is not taken away again', async () => {
  const manager = shop.caller('manager').customers;
  const cashier = shop.caller('cashier').customers;
  const [petId, seatId] = [shop.newId(), shop.newId()];
  const before = (await cashier.enrol(shop.op({ name: 'Eva Paz', consentMarketing: false }))).customerId;
  const asked = { kind: 'text' as const, choices: [], isAskedAtEnrolment: true };
  const fields = [
    { ...asked, fieldId: petId, name: 'Pet', isRequired: true },
    { ...asked, fieldId: seatId, name: 'Seat', isRequired: false },
  ];
  await manager.saveFields(shop.op({ fields }));
  expect((await cashier.fields()).fields).toEqual(fields);
  const person = { name: 'Ana Ruiz', consentMarketing: false };
  const missing = { reason: 'custom-value-required', facts: { fieldId: petId } };
  expect(await refusalOf(cashier.enrol(shop.op(person)))).toEqual(missing);
  expect(await refusalOf(cashier.enrol(shop.op({ ...person, custom: { [seatId]: 'window' } })))).toEqual(missing);
  expect(await refusalOf(cashier.enrol(shop.op({ ...person, custom: { [petId]: null } })))).toEqual(missing);
  const { customerId } = await cashier.enrol(shop.op({ ...person, custom: { [petId]: 'dog' } }));
  expect(await refusalOf(cashier.update(shop.op({ customerId, custom: { [petId]: null } })))).toEqual(missing);
  await cashier.update(shop.op({ customerId, custom: { [petId]: 'cat' } }));
  expect((await cashier.get({ customerId })).custom).toEqual({ [petId]: 'cat' });
  await cashier.update(shop.op({ customerId: before, note: 'enrolled before it was asked' }));
});

test('C11: what is not asked cannot be needed', async () => {
  const { customers } = shop.caller('manager');
  const field = { fieldId: shop.newId(), name: 'Pet', kind: 'text' as const, choices: [] };
  await expect(customers.saveFields(shop.op({ fields: [{ ...field, isRequired: true }] }))).rejects.toThrow();
  await customers.saveFields(shop.op({ fields: [field] }));
  expect((await customers.fields()).fields).toMatchObject([{ isAskedAtEnrolment: false, isRequired: false }]);
  await customers.enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
});
