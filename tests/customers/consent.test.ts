import { afterEach, beforeEach, expect, test } from 'vitest';
import { consentStanding, holdsNow, joinedConsent, joinedStatus } from '#shop/customers/consent.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createTillShop, DOLLAR_SHOP, type TillShop } from '../till/till-shop.ts';

let shop: TillShop;
beforeEach(async () => {
  shop = await createTillShop({ shop: DOLLAR_SHOP });
});
afterEach(() => shop.close());

const customers = () => shop.caller('cashier').customers;
const dayOf = (daysAgo: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: DOLLAR_SHOP.timeZone }).format(
    shop.clock.wallNowMs() - daysAgo * 86_400_000,
  );

test('C5: what is said by phone or on paper is kept with its day, its way, who recorded it and a note', async () => {
  const { customerId } = await customers().enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
  const paper = { customerId, isGiven: true, channel: 'paper' as const, saidOn: dayOf(3), note: 'folder 7' };
  expect(await customers().setConsent(shop.op(paper))).toMatchObject({ holds: true });
  shop.clock.advance(60_000);
  const call = { customerId, isGiven: false, channel: 'phone' as const, saidOn: dayOf(1), note: 'her son called' };
  expect(await customers().setConsent(shop.op(call))).toMatchObject({ holds: true });
  const { consents, consentMarketing } = await customers().get({ customerId });
  expect(consentMarketing).toBe(false);
  expect(consents).toMatchObject([
    { isGiven: false, channel: 'phone', saidOn: dayOf(1), staffName: 'Carlos Ayala', note: 'her son called' },
    { isGiven: true, channel: 'paper', saidOn: dayOf(3), staffName: 'Carlos Ayala', note: 'folder 7' },
  ]);
});

test('C5: a form that was filled in before a later no is kept and does not bring consent back', async () => {
  const { customerId } = await customers().enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: true }));
  await customers().setConsent(shop.op({ customerId, isGiven: false, channel: 'phone' as const }));
  const old = { customerId, isGiven: true, channel: 'paper' as const, saidOn: dayOf(30) };
  expect(await customers().setConsent(shop.op(old))).toMatchObject({ holds: false });
  const { consents, consentMarketing } = await customers().get({ customerId });
  expect([consentMarketing, consents.length, consents.at(-1)?.saidOn]).toEqual([false, 3, dayOf(30)]);
});

test('C5: a day that has not come is refused, and a no is kept of somebody who was never asked', async () => {
  const { customerId } = await customers().enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
  const ahead = { customerId, isGiven: true, channel: 'paper' as const, saidOn: dayOf(-1) };
  expect(await refusalOf(customers().setConsent(shop.op(ahead)))).toEqual({
    reason: 'consent-day-ahead',
    facts: { today: dayOf(0) },
  });
  await customers().setConsent(shop.op({ customerId, isGiven: false, channel: 'message' as const }));
  expect((await customers().get({ customerId })).consents).toMatchObject([{ isGiven: false, channel: 'message' }]);
});

test('C5: what is told of consent follows from what was said last, and a no of one record is the person’s no', () => {
  const said = (isGiven: boolean, saidOn: string) => ({ isGiven, saidOn });
  expect(holdsNow(said(true, '2026-03-01'), [])).toBe(true);
  expect(holdsNow(said(true, '2026-03-01'), [said(false, '2026-03-01'), said(false, '2026-01-01')])).toBe(true);
  expect(holdsNow(said(true, '2026-03-01'), [said(false, '2026-03-02')])).toBe(false);
  expect(consentStanding(true, [said(false, '2026-03-02')])).toBe('given');
  expect(consentStanding(false, [said(true, '2026-03-01')])).toBe('not-asked');
  expect(consentStanding(false, [said(true, '2026-03-01'), said(false, '2026-03-02')])).toBe('withdrawn');
  const all = ['given', 'withdrawn', 'not-asked'] as const;
  expect(all.map((from) => all.map((into) => joinedConsent(from, into)))).toEqual([
    ['given', 'withdrawn', 'given'],
    ['withdrawn', 'withdrawn', 'withdrawn'],
    ['given', 'withdrawn', 'not-asked'],
  ]);
  expect([
    joinedStatus('blocked', 'active'),
    joinedStatus('active', 'blocked'),
    joinedStatus('active', 'active'),
  ]).toEqual(['blocked', 'blocked', 'active']);
});
