import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Job } from '#backend/jobs/job.ts';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import { itemAt, mustHave } from '#shop/must.ts';
import { replayedSnapshotOf, snapshotOf } from '../loyalty/replay-ops.ts';
import { refusalOf } from '../support/test-backend.ts';
import { asking, createValueShop, type ValueShop } from '../till/value-shop.ts';

// What somebody in charge is told of: through the router, on a real database.

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const state: { shop: ValueShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createValueShop();
});
afterEach(() => state.shop?.close());
const shopOf = (): ValueShop => mustHave(state.shop, 'the shop');

const manager = () => shopOf().caller('manager').alerts;
const openAlerts = async () => (await manager().list({ tab: 'open' })).alerts;
const kinds = async () => (await openAlerts()).map(({ kind, times }) => ({ kind, times }));
const handle = (alertId: string, note = '') => manager().handle(shopOf().op({ alertId, note }));
const count = (where: string) => shopOf().number(`SELECT COUNT(*) AS n FROM ${where}`);

/** A sale of 10.00 with 5.00 of credit, whose card is not answered yet. */
async function pendingSale(customerId: string) {
  const shop = shopOf();
  const accountId = await shop.credit(customerId, 500);
  const draft = shop.draft([shop.line(1_000)], { customerId });
  const tender = { kind: 'card' as const, amountMinor: 500 };
  const begun = await shop.cashier.till.beginPayment(
    shop.op({ draft, tender, taken: [shop.byCredit(accountId, 500)] }),
  );
  return { ...begun, accountId };
}

test('S3-100 C-35: a declined card is told to whoever is in charge, once, with the credit that is free again', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const { saleId, tenderId, accountId } = await pendingSale(customerId);
  expect(await manager().count()).toEqual({ open: 0 });
  const failed = shop.op({ saleId, tenderId, reason: 'declined' });
  await shop.cashier.till.failTender(failed);
  await shop.cashier.till.failTender(failed);
  expect((await shop.cashier.credit.position({ accountId })).availableMinor).toBe(500);
  const [alert, ...more] = await openAlerts();
  expect(more).toEqual([]);
  expect(alert).toMatchObject({
    kind: 'payment-failed',
    times: 1,
    handledAtMs: null,
    last: {
      facts: { reason: 'declined', tenderKind: 'card', amountMinor: 500, creditMinor: 500, units: 0, vouchers: 0 },
      ...{ customerId, saleId },
    },
  });
  expect(alert?.last.staffName).toBeTypeOf('string');
  expect(await manager().count()).toEqual({ open: 1 });
});

test('S3-100: a payment that is given up is told with vouchers and units; what the cashier corrects is not told', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const voucherId = await shop.give(customerId, { benefit: { kind: 'amount', amountMinor: 300 } });
  const planId = await shop.plan(2);
  const { passId } = await shop.caller('manager').passes.give(shop.op({ customerId, planId, note: 'a prize' }));
  const line = shop.line(1_000, { quantityThousandths: 2_000 });
  const passUses = [{ passId, lineId: line.lineId, units: 1 }];
  const draft = shop.draft([line], { customerId, ...asking(voucherId), passUses });
  const { dueMinor } = await shop.look(draft);
  const begin = () =>
    shop.cashier.till.beginPayment(shop.op({ draft, tender: { kind: 'card' as const, amountMinor: dueMinor } }));
  const { saleId, tenderId } = await begin();
  await shop.cashier.till.failTender(shop.op({ saleId, tenderId, reason: 'amount-changed' }));
  expect(await openAlerts()).toEqual([]);
  await begin();
  await shop.cashier.till.giveUpPayment(shop.op({ saleId }));
  const [alert] = await openAlerts();
  expect(alert?.last.facts).toMatchObject({ reason: 'given-up', amountMinor: dueMinor, vouchers: 1, units: 1 });
  expect(count("transactions WHERE status = 'failed'")).toBe(1);
});

test('S3-100: a payment that was declined and then given up has failed once, and one that was taken back has not', async () => {
  const shop = shopOf();
  const { saleId, tenderId } = await pendingSale(shop.addCustomer());
  await shop.cashier.till.failTender(shop.op({ saleId, tenderId, reason: 'declined' }));
  await shop.cashier.till.giveUpPayment(shop.op({ saleId }));
  expect(await openAlerts()).toMatchObject([{ times: 1, last: { facts: { reason: 'declined' } } }]);
  const other = await pendingSale(shop.addCustomer());
  const { saleId: otherId } = other;
  await shop.cashier.till.failTender(shop.op({ saleId: otherId, tenderId: other.tenderId, reason: 'taken-back' }));
  await shop.cashier.till.giveUpPayment(shop.op({ saleId: otherId }));
  expect(await openAlerts()).toMatchObject([{ times: 1 }]);
});

test('S3-100: the same at the same till is counted until it is handled; then it is a new one; the log alone gives both again', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const { saleId, tenderId } = await pendingSale(customerId);
  await shop.cashier.till.failTender(shop.op({ saleId, tenderId, reason: 'declined' }));
  shop.clock.advance(MINUTE);
  const other = await pendingSale(shop.addCustomer());
  await shop.cashier.till.failTender(shop.op({ saleId: other.saleId, tenderId: other.tenderId, reason: 'no answer' }));
  const [alert] = await openAlerts();
  const { alertId, firstAtMs, lastAtMs, times } = mustHave(alert ?? null, 'the alert');
  expect([times, lastAtMs - firstAtMs]).toEqual([2, MINUTE]);
  const { occurrences } = await manager().detail({ alertId });
  expect(occurrences.map((each) => each.saleId)).toEqual([other.saleId, saleId]);
  await handle(alertId, 'The terminal was offline, Ana knows');
  expect(await openAlerts()).toEqual([]);
  expect((await manager().list({ tab: 'handled' })).alerts).toMatchObject([
    { alertId, note: 'The terminal was offline, Ana knows', times: 2 },
  ]);
  expect(await refusalOf(handle(alertId))).toMatchObject({ reason: 'changed-elsewhere' });
  const third = await pendingSale(shop.addCustomer());
  await shop.cashier.till.failTender(shop.op({ saleId: third.saleId, tenderId: third.tenderId, reason: '' }));
  expect(await kinds()).toEqual([{ kind: 'payment-failed', times: 1 }]);
  const told = shop.env.db.read.all<{ body: string }>('SELECT body FROM outbox' as never);
  expect(told.some(({ body }) => body.includes('Ana knows'))).toBe(false);
  const wholly = snapshotOf(shop);
  const withoutNotes = { ...wholly, alerts: (wholly.alerts ?? []).map((row) => ({ ...row, note: '' })) };
  expect(replayedSnapshotOf(shop)).toEqual(withoutNotes);
});

test('S3-100: what was handled is opened again without its note, once; where the same has happened since, that one is it', async () => {
  const shop = shopOf();
  const failOne = async () => {
    const { saleId, tenderId } = await pendingSale(shop.addCustomer());
    await shop.cashier.till.failTender(shop.op({ saleId, tenderId, reason: 'declined' }));
    return itemAt(await openAlerts(), 0).alertId;
  };
  const reopen = (alertId: string) => manager().reopen(shop.op({ alertId }));
  const first = await failOne();
  expect(await refusalOf(reopen(first))).toMatchObject({ reason: 'changed-elsewhere' });
  await handle(first, 'The terminal was offline');
  expect(await reopen(first)).toEqual({ alertId: first });
  expect(await openAlerts()).toMatchObject([{ alertId: first, times: 1, handledAtMs: null, note: '' }]);
  // It goes on being counted, and is handled as any other.
  expect(await failOne()).toBe(first);
  expect(await openAlerts()).toMatchObject([{ alertId: first, times: 2 }]);
  await handle(first);
  const second = await failOne();
  expect(second).not.toBe(first);
  expect(await reopen(first)).toEqual({ alertId: second });
  expect(await openAlerts()).toMatchObject([{ alertId: second, times: 1 }]);
  expect(await refusalOf(shop.cashier.alerts.reopen(shop.op({ alertId: first })))).toMatchObject({
    reason: 'not-permitted',
  });
  expect(await refusalOf(reopen(shop.newId()))).toMatchObject({ reason: 'not-found' });
  expect(replayedSnapshotOf(shop)).toEqual(snapshotOf(shop));
});

test('S3-100: cashiers neither see nor handle alerts, the auditor only sees them, manager and IT handle them', async () => {
  const shop = shopOf();
  const { saleId, tenderId } = await pendingSale(shop.addCustomer());
  await shop.cashier.till.failTender(shop.op({ saleId, tenderId, reason: 'declined' }));
  const { alertId } = itemAt(await openAlerts(), 0);
  expect(await refusalOf(shop.cashier.alerts.list({ tab: 'open' }))).toMatchObject({ reason: 'not-permitted' });
  expect(await refusalOf(shop.cashier.alerts.count())).toMatchObject({ reason: 'not-permitted' });
  const auditor = shop.caller('auditor').alerts;
  expect(await auditor.count()).toEqual({ open: 1 });
  expect(await refusalOf(auditor.handle(shop.op({ alertId, note: '' })))).toMatchObject({ reason: 'not-permitted' });
  await shop.caller('admin').alerts.handle(shop.op({ alertId, note: '' }));
  expect(await manager().count()).toEqual({ open: 0 });
});

test('C-50 S3-100: the note of an alert goes with the customer whom it is about; what happened stays', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const { saleId, tenderId } = await pendingSale(customerId);
  await shop.cashier.till.failTender(shop.op({ saleId, tenderId, reason: 'declined' }));
  const { alertId } = itemAt(await openAlerts(), 0);
  await handle(alertId, 'Qxzwvk has no money');
  await shop.cashier.till.giveUpPayment(shop.op({ saleId }));
  await shop.caller('manager').customers.erase(shop.op({ customerId }));
  for (const [table, column] of [
    ...[['alerts', 'note'] as const, ['outbox', 'pii'] as const, ['audit_logs', 'pii'] as const],
  ])
    expect(count(`${table} WHERE ${column} LIKE '%Qxzwvk%'`), table).toBe(0);
  expect(count('alert_occurrences')).toBe(1);
});

test('DP1 S3-100: a person’s data tells their failed payments, with a note that is about nobody else', async () => {
  const shop = shopOf();
  const [ana, beto] = [shop.addCustomer(), shop.addCustomer()];
  const failOne = async (customerId: string) => {
    const { saleId, tenderId } = await pendingSale(customerId);
    await shop.cashier.till.failTender(shop.op({ saleId, tenderId, reason: 'declined' }));
  };
  const alertsOf = async (customerId: string): Promise<unknown> => {
    const { jsonText } = await shop.caller('manager').customers.exportPerson(shop.op({ customerId }));
    return JSON.parse(jsonText).alerts;
  };
  await failOne(ana);
  await handle(itemAt(await openAlerts(), 0).alertId, 'rang her up');
  expect(await alertsOf(ana)).toMatchObject([{ kind: 'payment-failed', note: 'rang her up' }]);
  await failOne(ana);
  await failOne(beto);
  await handle(itemAt(await openAlerts(), 0).alertId, 'both came back');
  expect(await alertsOf(ana)).toMatchObject([{ note: 'rang her up' }, { note: '' }]);
});

test('S3-100: a budget is told when nine tenths are spent and when all of it is, once each', async () => {
  const shop = shopOf();
  const limits = { budgetMinor: 1_000 };
  const benefit = { kind: 'percent' as const, rateBasisPoints: 9_000 };
  const voucherId = await shop.generic('NINETY', { benefit, limits });
  const redeem = async (priceMinor: number) => {
    const draft = shop.draft([shop.line(priceMinor)], asking(voucherId));
    const { dueMinor } = await shop.look(draft);
    return shop.pay(draft, [shop.cash(dueMinor)], dueMinor);
  };
  await redeem(990);
  expect(await openAlerts()).toEqual([]);
  await redeem(10);
  await redeem(50);
  expect(await openAlerts()).toMatchObject([
    { kind: 'campaign-near-limit', times: 1, last: { facts: { limit: 'budget', used: 900, of: 1_000 } } },
  ]);
  await handle(itemAt(await openAlerts(), 0).alertId);
  await redeem(10);
  expect(await openAlerts()).toEqual([]);
  await redeem(1_000);
  expect(await openAlerts()).toMatchObject([
    { kind: 'campaign-limit-reached', last: { campaignName: 'NINETY', facts: { used: 1_000, of: 1_000 } } },
  ]);
});

test.each([
  ['its own limit', { total: 1 }],
  ['that of its code for everybody', { usesPerCode: 1 }],
])('S3-100: the last of a campaign’s uses is told: %s', async (_, limits) => {
  const shop = shopOf();
  const voucherId = await shop.generic('ONE', { benefit: { kind: 'amount', amountMinor: 300 }, limits });
  const draft = shop.draft([shop.line(1_000)], asking(voucherId));
  await shop.pay(draft, [shop.cash(700)], 700);
  expect(await openAlerts()).toMatchObject([
    { kind: 'campaign-limit-reached', last: { facts: { limit: 'uses', used: 1, of: 1 } } },
  ]);
});

test('S0-28 S3-100: ten different codes that nobody made within ten minutes are told once; the same one again is not', async () => {
  const shop = shopOf();
  const tried = (code: string) =>
    refusalOf(shop.cashier.vouchers.check(shop.op({ code, customerId: null, saleId: null })));
  for (let again = 0; again < 12; again += 1) await tried('SAMESAME');
  for (let each = 0; each < 8; each += 1) await tried(`GUESS${each}XYZ`);
  expect(await openAlerts()).toEqual([]);
  for (let each = 8; each < 14; each += 1) await tried(`GUESS${each}XYZ`);
  expect(await openAlerts()).toMatchObject([
    { kind: 'unknown-codes', times: 1, last: { facts: { codes: 10, minutes: 10 } } },
  ]);
  await handle(itemAt(await openAlerts(), 0).alertId);
  await tried('GUESS99XYZ');
  expect(await openAlerts()).toEqual([]);
});

test('S3-100: a rule that can give nothing is told once a day; one that leaves out whom it is not for is not', async () => {
  const shop = shopOf();
  const jobs = async () => expect(await runJobs(shop.env, allJobs(shop.env))).toBe('done');
  const enrol = (name: string) => shop.cashier.customers.enrol(shop.op({ name, consentMarketing: false }));
  const ana = await enrol('Ana');
  await shop.pay(
    shop.draft([shop.line(500)], { customerId: ana.customerId, customerIdentifiedBy: 'search' }),
    [shop.cash(500)],
    500,
  );
  const { segments } = shop.caller('manager');
  const segmentId = shop.newId();
  await segments.save(shop.op({ segmentId, version: 0, name: 'Regulars', rule: null }));
  await segments.addMembers(shop.op({ segmentId, lines: [ana.code, (await enrol('Beto')).code] }));
  const distribution = { kind: 'segment' as const, segmentId };
  await shop.publish({ name: 'First', distribution, audience: { isFirstPurchase: true } });
  await jobs();
  expect(count('vouchers_not_given')).toBe(1);
  expect(await openAlerts()).toEqual([]);
  const voucherId = await shop.generic('GONE', { distribution });
  await shop.caller('manager').vouchers.revoke(shop.op({ voucherId, reason: 'a mistake' }));
  await jobs();
  await jobs();
  expect(await openAlerts()).toMatchObject([
    { kind: 'vouchers-not-given', times: 1, last: { campaignName: 'GONE', facts: { reason: 'voucher-revoked' } } },
  ]);
  shop.clock.advance(DAY);
  await segments.addMembers(shop.op({ segmentId, lines: [(await enrol('Carla')).code] }));
  await jobs();
  expect(await kinds()).toEqual([{ kind: 'vouchers-not-given', times: 2 }]);
});

test('a campaign that gives with each sale and is past its last day is no alert', async () => {
  const shop = shopOf();
  const endsOn = localDateOf(shop.clock.wallNowMs(), shop.env.shop()?.timeZone ?? '');
  await shop.generic('NEXT10', { use: 'next-sale', distribution: { kind: 'after-sale' }, validity: { endsOn } });
  shop.clock.advance(2 * DAY);
  await shop.pay(shop.draft([shop.line(1_000)]), [shop.cash(1_000)], 1_000);
  expect(await openAlerts()).toEqual([]);
});

test('S3-100: a job that breaks off is told with the code that the log knows it by', async () => {
  const shop = shopOf();
  const job: Job = {
    name: 'expire-vouchers',
    action: 'jobs.expireVouchers',
    pages: () => {
      throw new Error('it broke');
    },
  };
  expect(await runJobs(shop.env, [job])).toBe('failed');
  expect(await runJobs(shop.env, [job])).toBe('failed');
  expect(await openAlerts()).toMatchObject([{ kind: 'job-failed', times: 2, last: { facts: { job: job.name } } }]);
  expect(count('job_states WHERE failures = 2')).toBe(1);
});
