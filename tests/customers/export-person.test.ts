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
  const { jsonText, csvText } = await customers.exportPerson(shop.op({ customerId }));
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
  expect(await refusalOf(cashier.exportPerson(shop.op({ customerId })))).toMatchObject({ reason: 'not-permitted' });
  await customers.erase(shop.op({ customerId }));
  expect(await refusalOf(customers.exportPerson(shop.op({ customerId })))).toMatchObject({ reason: 'not-found' });
  shop.close();
});

test('DP1: the export tells why goods came back, and what is being rung up for the person', async () => {
  const shop = await createTillShop({ shop: DOLLAR_SHOP });
  const manager = shop.caller('manager');
  const { customerId } = await manager.customers.enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
  const bought = shop.draft([shop.line(1_200)], { customerId });
  const { saleId } = await shop.sell(bought);
  const lines = [{ lineId: bought.lines[0]?.lineId ?? '', quantityThousandths: 1000 }];
  await manager.till.refund(shop.op({ saleId, lines, tenderKind: 'cash' as const, reason: 'allergic to nuts' }));
  const held = shop.draft([shop.line(300, { note: 'for her mother' })], {
    customerId,
    note: 'comes at six',
    label: 'Ana',
  });
  await manager.till.saveDraft(shop.op({ draft: held, revision: 0, isHeld: true }));
  const { jsonText, csvText } = await manager.customers.exportPerson(shop.op({ customerId }));
  expect(JSON.parse(jsonText)).toMatchObject({
    refunds: [{ amountMinor: 1_200, pointsReversed: 12, remark: 'allergic to nuts' }],
    openSales: [{ label: 'Ana', remark: 'comes at six', item: 'Café', itemRemark: 'for her mother' }],
  });
  for (const text of ['allergic to nuts', 'comes at six', 'for her mother']) expect(csvText).toContain(text);
  shop.close();
});

test('DP1: whose data was handed over stands in the audit log with who did it and when, also when it was refused, and in the person’s history', async () => {
  const shop = await createTillShop();
  const { customers } = shop.caller('manager');
  const { customerId } = await customers.enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
  const asked = shop.op({ customerId });
  await customers.exportPerson(asked);
  await customers.exportPerson(asked);
  await customers.exportCsv(shop.op({}));
  const missing = customers.exportPerson(shop.op({ customerId: shop.newId() }));
  expect(await refusalOf(missing)).toMatchObject({ reason: 'not-found' });
  const rows = shop.env.db.read.all(
    `SELECT action, outcome, staff_id AS staffId, record_id AS recordId, operation_id AS operationId
     FROM audit_logs WHERE action IN ('customers.exportPerson', 'customers.exportCsv') ORDER BY seq` as never,
  );
  const { merchantId } = shop.env.shop() ?? { merchantId: '' };
  expect(rows).toMatchObject([
    { outcome: 'done', staffId: shop.managerId, recordId: customerId, operationId: asked.operationId },
    { action: 'customers.exportCsv', outcome: 'done', staffId: shop.managerId, recordId: merchantId },
    { outcome: 'refused', staffId: shop.managerId },
  ]);
  const { groups } = await customers.timeline({ customerId, filter: 'all', limit: 10 });
  expect(groups.map(({ action }) => action.type)).toEqual(['customer.exported', 'customer.created']);
  shop.close();
});
