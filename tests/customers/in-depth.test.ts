import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestBackend, refusalOf, type TestBackend } from '../support/test-backend.ts';

let shop: TestBackend;
beforeEach(async () => {
  shop = await createTestBackend();
});
afterEach(() => shop.close());

const enrol = (name: string, more: object = {}) =>
  shop.caller('cashier').customers.enrol(shop.op({ name, consentMarketing: false, ...more }));
const scan = async (text: string) => {
  const read = { text, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() };
  return (await shop.caller('cashier').scanning.submit(shop.op(read))).outcome;
};

test('C11: a shop’s own fields take values of their kind alone; what is left out is asked no more', async () => {
  const { customers } = shop.caller('manager');
  const [allergy, size, since, seat, vegan] = Array.from({ length: 5 }, () => shop.newId()) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const fields = [
    { fieldId: allergy, name: 'Allergy', kind: 'text' as const, choices: [] },
    { fieldId: size, name: 'Shoe size', kind: 'number' as const, choices: [] },
    { fieldId: since, name: 'Since', kind: 'date' as const, choices: [] },
    { fieldId: seat, name: 'Seat', kind: 'choice' as const, choices: ['inside', 'outside'] },
    { fieldId: vegan, name: 'Vegan', kind: 'yes-no' as const, choices: [] },
  ];
  await customers.saveFields(shop.op({ fields }));
  expect((await customers.fields()).fields).toMatchObject(fields);
  const told = { [allergy]: 'nuts', [size]: 41.5, [since]: '2020-02-29', [seat]: 'outside', [vegan]: true };
  const { customerId } = await enrol('Ana Ruiz', { custom: told });
  expect((await customers.get({ customerId })).custom).toEqual(told);
  for (const [fieldId, value] of [
    [allergy, 7],
    [size, 'large'],
    [since, '2021-02-29'],
    [seat, 'roof'],
    [vegan, 'yes'],
    [shop.newId(), 'x'],
  ] as const) {
    const refusal = await refusalOf(customers.update(shop.op({ customerId, custom: { [fieldId]: value } })));
    expect(refusal).toEqual({ reason: 'custom-value-unfit', facts: { fieldId } });
  }
  await customers.update(shop.op({ customerId, custom: { [allergy]: null } }));
  expect(Object.keys((await customers.get({ customerId })).custom)).not.toContain(allergy);
  const changed = { fieldId: size, name: 'Size', kind: 'text' as const, choices: [] };
  expect(await refusalOf(customers.saveFields(shop.op({ fields: [changed] })))).toMatchObject({
    reason: 'custom-value-unfit',
  });
  await customers.saveFields(shop.op({ fields: fields.slice(0, 1) }));
  expect((await customers.fields()).fields).toHaveLength(1);
  const cashier = shop.caller('cashier').customers;
  expect(await refusalOf(cashier.saveFields(shop.op({ fields: [] })))).toMatchObject({ reason: 'not-permitted' });
});

test('C5: consent is kept with its wording, time, channel and person, and can be taken back', async () => {
  const { customers } = shop.caller('cashier');
  const { customerId } = await enrol('Ana Ruiz', { consentMarketing: true });
  await shop.caller('manager').customers.publishConsent(shop.op({ text: 'We write once a month.' }));
  shop.clock.advance(60_000);
  await customers.setConsent(shop.op({ customerId, isGiven: false, channel: 'phone' as const }));
  shop.clock.advance(60_000);
  await customers.setConsent(shop.op({ customerId, isGiven: true, channel: 'paper' as const }));
  const { consents, consentMarketing } = await customers.get({ customerId });
  expect(consentMarketing).toBe(true);
  expect(
    consents.map(({ isGiven, textVersion, channel, staffName }) => [isGiven, textVersion, channel, staffName]),
  ).toEqual([
    [true, 1, 'paper', 'Carlos Ayala'],
    [false, 1, 'phone', 'Carlos Ayala'],
    [true, 0, 'till', 'Carlos Ayala'],
  ]);
  expect((consents[0]?.atMs ?? 0) - (consents[1]?.atMs ?? 0)).toBe(60_000);
  expect(() => shop.env.db.write((tx) => tx.run('UPDATE customer_consents SET is_given = 1' as never))).toThrow(
    /do not change/,
  );
});

test('C10: birthday, note, language and the way to reach somebody are kept and read again', async () => {
  const { customers } = shop.caller('cashier');
  const { customerId } = await enrol('Ana Ruiz', { language: 'es' });
  const told = { birthday: '-----11-24', note: 'sits at the window', language: 'en-GB', contactBy: 'message' as const };
  await customers.update(shop.op({ customerId, ...told }));
  expect(await customers.get({ customerId })).toMatchObject(told);
  await customers.update(shop.op({ customerId, language: null, contactBy: null }));
  expect(await customers.get({ customerId })).toMatchObject({ language: null, contactBy: null });
});

test('a manager blocks with a reason and unblocks; a cashier does neither', async () => {
  const { customerId } = await enrol('Ana Ruiz');
  const block = shop.op({ customerId, reason: 'lent the card' });
  expect(await refusalOf(shop.caller('cashier').customers.block(block))).toMatchObject({ reason: 'not-permitted' });
  const { customers } = shop.caller('manager');
  await customers.block(shop.op({ customerId, reason: 'lent the card' }));
  expect(await customers.get({ customerId })).toMatchObject({ status: 'blocked', blockReason: 'lent the card' });
  await customers.unblock(shop.op({ customerId }));
  expect(await customers.get({ customerId })).toMatchObject({ status: 'active', blockReason: '' });
});

test('a lost card is replaced: the new code finds the customer, the old one says so, is no longer found and is never given out again', async () => {
  const { customers } = shop.caller('cashier');
  const { customerId, code } = await enrol('Ana Ruiz');
  const other = await enrol('Eva Paz');
  const { code: fresh } = await customers.reissueCard(shop.op({ customerId }));
  expect(fresh).not.toBe(code);
  expect(await scan(fresh)).toMatchObject({ kind: 'customer', customerId });
  shop.clock.advance(60_000);
  expect(await scan(code)).toMatchObject({ kind: 'unknown', reason: 'card-replaced' });
  expect(await customers.search({ text: code, limit: 5 })).toEqual([]);
  const taken = customers.reissueCard(shop.op({ customerId: other.customerId, cardCode: code }));
  expect(await refusalOf(taken)).toEqual({ reason: 'code-taken', facts: { customerId } });
  expect((await customers.get({ customerId })).replacedCards.map((card) => card.code)).toEqual([code]);
});

test('C5: who agrees again under a newer wording is known to have agreed to that one, once', async () => {
  const { customers } = shop.caller('manager');
  const { customerId } = await enrol('Ana Ruiz', { consentMarketing: true });
  await customers.publishConsent(shop.op({ text: 'We write once a month.' }));
  const agree = () => customers.setConsent(shop.op({ customerId, isGiven: true, channel: 'paper' as const }));
  await agree();
  await agree();
  const { consents, consentMarketing } = await customers.get({ customerId });
  expect(consentMarketing).toBe(true);
  expect(consents.map(({ textVersion, channel }) => [textVersion, channel])).toEqual([
    [1, 'paper'],
    [0, 'till'],
  ]);
});

test('C6: what is told of a merged record is told of the customer who holds it', async () => {
  const { customers } = shop.caller('manager');
  const { customerId: fromCustomerId } = await enrol('Ana Ruis');
  const { customerId: intoCustomerId } = await enrol('Ana Ruiz');
  await customers.merge(shop.op({ fromCustomerId, intoCustomerId }));
  const merged = { reason: 'merge-already', facts: { customerId: intoCustomerId } };
  const consent = { customerId: fromCustomerId, isGiven: true, channel: 'till' as const };
  expect(await refusalOf(customers.setConsent(shop.op(consent)))).toEqual(merged);
  const note = { customerId: fromCustomerId, note: 'told too late' };
  expect(await refusalOf(customers.update(shop.op(note)))).toEqual(merged);
});
