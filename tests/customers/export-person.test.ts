import { expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { createTillShop, DOLLAR_SHOP } from '../till/till-shop.ts';

test('DP1: one person’s data is exported whole: details, own fields, consents, cards, sales, points, events and scans, as JSON and as CSV', async () => {
  const shop = await createTillShop({ shop: DOLLAR_SHOP });
  const { customers, scanning } = shop.caller('manager');
  const fieldId = shop.newId();
  await customers.saveFields(shop.op({ fields: [{ fieldId, name: 'Allergy', kind: 'text' as const, choices: [] }] }));
  const { customerId, code } = await customers.enrol(
    shop.op({ name: '=cmd Ruiz', phone: '2125552368', consentMarketing: true, custom: { [fieldId]: 'nuts' } }),
  );
  await customers.update(shop.op({ customerId, note: 'window seat', tags: ['vip'] }));
  await customers.reissueCard(shop.op({ customerId }));
  const line = shop.line(1_200, { note: 'no sugar' });
  await shop.sell(shop.draft([line], { customerId, note: 'birthday' }));
  const { code: fresh } = await customers.get({ customerId });
  await scanning.submit(
    shop.op({ text: fresh, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() }),
  );
  const other = await customers.enrol(shop.op({ name: 'Other Person', consentMarketing: false }));
  const { jsonText, csvText } = await customers.exportPerson({ customerId });
  const data = JSON.parse(jsonText);
  expect(data.person).toMatchObject([
    {
      fullName: '=cmd Ruiz',
      phone: '+12125552368',
      note: 'window seat',
      tags: 'vip',
      'field: Allergy': 'nuts',
      code: fresh,
    },
  ]);
  expect(data.consents).toMatchObject([{ isGiven: true, channel: 'till' }]);
  expect(data.cards).toMatchObject([{ code }]);
  expect(data.sales).toMatchObject([{ totalMinor: 1_200, remark: 'birthday' }]);
  expect(data.items).toMatchObject([{ name: 'Café', netMinor: 1_200, remark: 'no sugar' }]);
  expect(data.points).toMatchObject([{ kind: 'earn', points: 12 }]);
  expect(data.events.map((event: { type: string }) => event.type)).toContain('customer.order.created');
  expect(data.scans).toHaveLength(1);
  for (const text of ['window seat', 'nuts', 'no sugar', 'birthday', code]) expect(csvText).toContain(text);
  expect(csvText).not.toMatch(/(^|,)"?=cmd/m);
  expect(`${jsonText}${csvText}`).not.toContain(other.code);
  const cashier = shop.caller('cashier').customers;
  expect(await refusalOf(cashier.exportPerson({ customerId }))).toMatchObject({ reason: 'not-permitted' });
  await customers.erase(shop.op({ customerId }));
  expect(await refusalOf(customers.exportPerson({ customerId }))).toMatchObject({ reason: 'not-found' });
  shop.close();
});
