import { expect, test } from 'vitest';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { refusalOf } from '../support/test-backend.ts';
import { voucherShopForEach } from './voucher-shop.ts';

// 2026-03-02 is a Monday, at noon in Asunción.
const DAY = 86_400_000;
const shop = voucherShopForEach();

const cashier = () => shop().caller('cashier');
const jobs = async () => expect(await runJobs(shop().env, allJobs(shop().env))).toBe('done');
const count = (where: string) => shop().number(`SELECT COUNT(*) AS n FROM ${where}`);
const walletOf = (customerId: string) => cashier().vouchers.wallet({ customerId });
const enrol = async (more: { birthday?: string; broughtBy?: string } = {}) =>
  (await cashier().customers.enrol(shop().op({ name: 'Somebody', consentMarketing: false, ...more }))).customerId;
const eventsOf = (type: string) =>
  shop()
    .env.db.read.all<{ customerId: string; data: string }>(
      `SELECT customer_id AS customerId, data FROM customer_events WHERE event_type = 'customer.voucher.${type}'
       ORDER BY id` as never,
    )
    .map(({ customerId, data }) => ({ customerId, ...(JSON.parse(data) as { endsAtMs: number }) }));

test('S0-21 V5: a claim whose time is over is expired once, with its voucher, and stays so when the clock is set back', async () => {
  const ana = shop().addCustomer('Ana');
  const { campaignId } = await shop().publish({ validity: { claimDays: 10 } });
  const given = await shop()
    .caller('manager')
    .vouchers.give(shop().op({ campaignId, customerId: ana }));
  await jobs();
  expect(count(`customer_vouchers WHERE status = 'EXPIRED'`)).toBe(0);
  // The last moment of the tenth day, then the local midnight that ends it.
  shop().clock.advance((given.endsAtMs ?? 0) - shop().clock.wallNowMs() - 1);
  await jobs();
  expect(count(`customer_vouchers WHERE status = 'EXPIRED'`)).toBe(0);
  shop().clock.advance(1);
  await jobs();
  await jobs();
  expect(eventsOf('expired')).toMatchObject([{ customerId: ana, endsAtMs: given.endsAtMs }]);
  expect(count(`vouchers WHERE status = 'expired'`)).toBe(1);
  shop().clock.moveWall(-5 * DAY);
  const asked = cashier().vouchers.check(shop().op({ code: given.code, customerId: ana, saleId: null }));
  expect(await refusalOf(asked)).toMatchObject({ reason: 'voucher-expired' });
  expect((await walletOf(ana)).expired.map(({ code }) => code)).toEqual([given.code]);
});

test('S0-23: whoever wants it is reminded once, from the local midnight so many days before the last day', async () => {
  const [ana, beto] = [shop().addCustomer('Ana'), shop().addCustomer('Beto')];
  const { campaignId } = await shop().publish({ validity: { claimDays: 10 }, remindDays: 3 });
  const silent = await shop().publish({ name: 'Silent', validity: { claimDays: 10 } });
  const manager = shop().caller('manager').vouchers;
  const { endsAtMs } = await manager.give(shop().op({ campaignId, customerId: ana }));
  await manager.give(shop().op({ campaignId: silent.campaignId, customerId: ana }));
  const other = await manager.give(shop().op({ campaignId, customerId: beto }));
  const { customerVoucherId } = other;
  if (customerVoucherId === null) throw new Error('nothing in the wallet');
  await manager.setReminder(shop().op({ customerId: beto, customerVoucherId, isWanted: false }));
  const fromMs = (endsAtMs ?? 0) - 4 * DAY;
  shop().clock.advance(fromMs - shop().clock.wallNowMs() - 1);
  await jobs();
  expect(eventsOf('expiring')).toEqual([]);
  shop().clock.advance(1);
  await jobs();
  expect(eventsOf('expiring')).toHaveLength(1);
  const remindedAtMs = () => shop().number('SELECT SUM(reminded_at_ms) AS n FROM customer_vouchers');
  const onceMs = remindedAtMs();
  shop().clock.advance(DAY);
  await jobs();
  expect(remindedAtMs()).toBe(onceMs);
  expect(eventsOf('expiring')).toMatchObject([{ customerId: ana, endsAtMs }]);
});

test('S3-112: a birthday brings its voucher so many days before, once a year, also after a week asleep', async () => {
  const [soon, later, today] = [
    await enrol({ birthday: '1990-03-09' }),
    await enrol({ birthday: '1990-03-15' }),
    await enrol({ birthday: '-----03-02' }),
  ];
  await shop().publish({
    name: 'Birthday',
    distribution: { kind: 'birthday', daysBefore: 7 },
    validity: { claimDays: 20 },
  });
  await jobs();
  await jobs();
  expect([soon, later, today].map((id) => count(`customer_vouchers WHERE customer_id = '${id}'`))).toEqual([1, 0, 1]);
  shop().clock.advance(9 * DAY);
  await jobs();
  expect([soon, later, today].map((id) => count(`customer_vouchers WHERE customer_id = '${id}'`))).toEqual([1, 1, 1]);
  shop().clock.advance(357 * DAY);
  await jobs();
  await jobs();
  expect([soon, later, today].map((id) => count(`customer_vouchers WHERE customer_id = '${id}'`))).toEqual([2, 1, 2]);
  expect(count(`customer_events WHERE event_type = 'customer.voucher.issued'`)).toBe(5);
});

test('S3-112: who stays away gets one voucher for each time, and it is nobody’s of the staff', async () => {
  const [ana, beto, again] = [shop().addCustomer('Ana'), shop().addCustomer('Beto'), shop().addCustomer('Ana')];
  const buy = (customerId = ana) =>
    cashier().points.award(shop().op({ customerId, reason: 'purchase' as const, amountMinor: 1000 }));
  for (const customerId of [ana, beto, again]) await buy(customerId);
  // Neither who is blocked nor a record that is somebody else's.
  const { customers } = shop().caller('manager');
  await customers.block(shop().op({ customerId: beto, reason: 'x' }));
  await customers.merge(shop().op({ fromCustomerId: again, intoCustomerId: ana }));
  await shop().publish({ name: 'Come back', distribution: { kind: 'win-back', afterDays: 30 } });
  const midnightMs = Date.parse('2026-04-01T00:00:00-03:00');
  shop().clock.advance(midnightMs - shop().clock.wallNowMs() - 1);
  await jobs();
  expect(count('customer_vouchers')).toBe(0);
  shop().clock.advance(1);
  await jobs();
  shop().clock.advance(40 * DAY);
  await jobs();
  expect([count('customer_vouchers'), count('vouchers_not_given')]).toEqual([1, 0]);
  await buy();
  shop().clock.advance(31 * DAY);
  await jobs();
  expect(count('customer_vouchers')).toBe(2);
  const [voucher] = (await walletOf(ana)).now;
  const asked = shop()
    .caller('manager')
    .vouchers.check(shop().op({ code: voucher?.code ?? '', customerId: ana, saleId: null }));
  expect(await asked).toMatchObject({ name: 'Come back' });
});

test('S3-107 VC23: a referral gives both sides theirs: the friend at once, who brought them after the first purchase', async () => {
  await shop().publish({ name: 'Friend', distribution: { kind: 'referral', side: 'friend' } });
  await shop().publish({ name: 'Thanks', distribution: { kind: 'referral', side: 'referrer' } });
  await shop().publish({ name: 'Welcome', distribution: { kind: 'enrolment' } });
  const ana = shop().addCustomer('Ana');
  const beto = await enrol({ broughtBy: ana });
  // The friend has both while they stand at the counter; the job gives them no second time.
  expect((await walletOf(beto)).now).toHaveLength(2);
  await jobs();
  const names = async (customerId: string) => (await walletOf(customerId)).now.map(({ name }) => name).sort();
  expect(await names(beto)).toEqual(['Friend', 'Welcome']);
  expect(await names(ana)).toEqual(['Welcome']);
  const line = shop().line(1000);
  // A payment that waits is no purchase yet.
  const waiting = shop().draft([shop().line(1000)], { customerId: beto });
  const { till } = shop().caller('cashier');
  const tender = { kind: 'card' as const, amountMinor: 1000 };
  await till.beginPayment(shop().op({ draft: waiting, tender, taken: [] }));
  await jobs();
  expect(await names(ana)).toEqual(['Welcome']);
  await till.giveUpPayment(shop().op({ saleId: waiting.saleId }));
  await shop().sell(shop().draft([line], { customerId: beto }));
  await jobs();
  await jobs();
  expect(await names(ana)).toEqual(['Thanks', 'Welcome']);
});

test('F12: a run that is cut off after its first page goes on where it was, and nobody has two', async () => {
  const customers = Array.from({ length: 30 }, (_, index) => shop().addCustomer(`C${index}`));
  await shop().publish({ name: 'Welcome', distribution: { kind: 'enrolment' } });
  shop().env.db.write((db) => db.run('UPDATE customers SET created_at_ms = created_at_ms + 60000' as never, {}));
  const abort = new AbortController();
  abort.abort();
  expect(await runJobs(shop().env, allJobs(shop().env), abort.signal)).toBe('stopped');
  for (let run = 0; run < 3; run++) await jobs();
  expect(count('vouchers')).toBe(customers.length);
  expect(count('(SELECT 1 FROM vouchers GROUP BY issue_key)')).toBe(customers.length);
  expect(count('(SELECT 1 FROM customer_vouchers GROUP BY customer_id)')).toBe(customers.length);
});
