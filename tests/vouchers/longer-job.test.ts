import { expect, test } from 'vitest';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import type { Campaign } from '#shop/vouchers/campaign.ts';
import { replayedSnapshotOf, snapshotOf } from '../loyalty/replay-ops.ts';
import { refusalOf } from '../support/test-backend.ts';
import { voucherShopForEach } from './voucher-shop.ts';

// What was claimed and given under an older version of a campaign. 2026-03-02 is a Monday, at noon in Asunción.

const DAY = 86_400_000;
const shop = voucherShopForEach();
const jobs = async () => expect(await runJobs(shop().env, allJobs(shop().env))).toBe('done');
const manager = () => shop().caller('manager');
const claimsOf = (customerId: string) =>
  shop().env.db.read.all<{ status: string; endsAtMs: number | null; remindedAtMs: number | null }>(
    `SELECT status, expires_at_ms AS endsAtMs, reminded_at_ms AS remindedAtMs FROM customer_vouchers
     WHERE customer_id = :customerId` as never,
    { customerId },
  );
const endOfDay = (date: string) => Date.parse(`${date}T00:00:00-03:00`) + DAY;

/** Publishes the campaign again with other dates. */
async function publishAgain(campaignId: string, validity: Partial<Campaign['validity']>) {
  shop().clock.advance(1000);
  const { live, draft } = await manager().vouchers.detail({ campaignId });
  const campaign = { ...(live?.campaign ?? shop().campaign()) };
  const saved = { campaignId, campaign: { ...campaign, validity: { ...campaign.validity, ...validity } } };
  const { revision } = await manager().vouchers.saveDraft(shop().op({ ...saved, revision: draft?.revision ?? 0 }));
  await manager().vouchers.publish(shop().op({ campaignId, revision }));
}

const check = (code: string, customerId: string | null) =>
  shop()
    .caller('cashier')
    .vouchers.check(shop().op({ code, customerId, saleId: null }));

test('S3-52 C-36: who was early is not worse off: what was claimed and given runs to the later end, and is reminded of it', async () => {
  const [ana, beto] = [shop().addCustomer('Ana'), shop().addCustomer('Beto')];
  const given = { validity: { endsOn: '2026-03-10' }, remindDays: 3 };
  const all = await shop().publish({ ...given, name: 'All', genericCode: 'SPRING', limits: { usesPerCode: null } });
  const own = await shop().publish({ ...given, name: 'Own' });
  const receipt = await shop().publish({ ...given, name: 'Receipt', distribution: { kind: 'after-sale' } });
  const { voucherId } = await check('SPRING', null);
  const { vouchers } = shop().caller('cashier');
  await vouchers.claim(shop().op({ voucherId, customerId: ana, saleId: null }));
  const mine = await manager().vouchers.give(shop().op({ campaignId: own.campaignId, customerId: beto }));
  const sold = await shop().sell(shop().draft([shop().line(1000)]), [shop().cash(1000)]);
  const bearer = sold.value.issued[0]?.code ?? '';
  shop().clock.advance(6 * DAY);
  await jobs();
  expect(claimsOf(ana)[0]?.remindedAtMs).not.toBeNull();
  for (const { campaignId } of [all, own, receipt]) await publishAgain(campaignId, { endsOn: '2026-04-10' });
  await jobs();
  const later = { status: 'CLAIMED', endsAtMs: endOfDay('2026-04-10'), remindedAtMs: null };
  expect([...claimsOf(ana), ...claimsOf(beto)]).toEqual([later, later]);
  shop().clock.advance(9 * DAY);
  await jobs();
  expect((await check('SPRING', ana)).name).toBe('All');
  expect((await check(bearer, null)).name).toBe('Receipt');
  const other = shop().caller('cashier').vouchers;
  expect((await other.check(shop().op({ code: mine.code, customerId: beto, saleId: null }))).name).toBe('Own');
  const marked = "SELECT mark_at_ms AS n FROM job_states WHERE job = 'lengthen-vouchers'";
  expect(shop().number(marked)).toBe(shop().number('SELECT MAX(published_at_ms) AS n FROM campaign_versions'));
  const written = shop().number('SELECT COUNT(*) AS n FROM outbox');
  await jobs();
  expect(shop().number('SELECT COUNT(*) AS n FROM outbox')).toBe(written);
  expect(replayedSnapshotOf(shop())).toEqual(snapshotOf(shop()));
});

test('S3-52: an earlier end takes nobody’s date, the campaign ends it; days of a claim still count; what has ended stays so', async () => {
  const [ana, beto] = [shop().addCustomer('Ana'), shop().addCustomer('Beto')];
  const days = { validity: { endsOn: '2026-03-10', claimDays: 20 } };
  const { campaignId } = await shop().publish({ ...days, genericCode: 'SPRING', limits: { usesPerCode: null } });
  const { voucherId } = await check('SPRING', null);
  await shop()
    .caller('cashier')
    .vouchers.claim(shop().op({ voucherId, customerId: ana, saleId: null }));
  await publishAgain(campaignId, { endsOn: '2026-03-05' });
  await jobs();
  expect(claimsOf(ana)).toMatchObject([{ endsAtMs: endOfDay('2026-03-10') }]);
  // A later end with fewer days for each claim takes none from those that had more.
  await publishAgain(campaignId, { endsOn: '2026-06-30', claimDays: 1 });
  await jobs();
  expect(claimsOf(ana)).toMatchObject([{ endsAtMs: endOfDay('2026-03-10') }]);
  await publishAgain(campaignId, { endsOn: null, claimDays: 20 });
  await jobs();
  // Twenty days after the claim on the 2nd.
  expect(claimsOf(ana)).toMatchObject([{ endsAtMs: endOfDay('2026-03-22') }]);
  const short = await shop().publish({ name: 'Short', validity: { endsOn: '2026-03-03' } });
  await manager().vouchers.give(shop().op({ campaignId: short.campaignId, customerId: beto }));
  shop().clock.advance(3 * DAY);
  await jobs();
  await publishAgain(short.campaignId, { endsOn: '2026-06-30' });
  await jobs();
  expect(claimsOf(beto)).toMatchObject([{ status: 'EXPIRED', endsAtMs: endOfDay('2026-03-03') }]);
  const gone = await manager().vouchers.wallet({ customerId: beto });
  expect(await refusalOf(check(gone.expired[0]?.code ?? '', beto))).toMatchObject({ reason: 'voucher-expired' });
});

test('C-36 S3-52: a voucher used under an older end comes back with the end that its campaign has now, own or for everybody', async () => {
  const [ana, beto] = [shop().addCustomer('Ana'), shop().addCustomer('Beto')];
  const short = { validity: { endsOn: '2026-03-10' }, remindDays: 3, limits: { perCustomer: 1 } };
  const all = await shop().publish({
    ...short,
    name: 'All',
    genericCode: 'SPRING',
    limits: { usesPerCode: null, perCustomer: 1 },
  });
  const own = await shop().publish({ ...short, name: 'Own' });
  const stays = await shop().publish({ ...short, name: 'Stays' });
  const { voucherId } = await check('SPRING', ana);
  await shop()
    .caller('cashier')
    .vouchers.claim(shop().op({ voucherId, customerId: ana, saleId: null }));
  const give = (campaignId: string) => manager().vouchers.give(shop().op({ campaignId, customerId: beto }));
  const sell = async (customerId: string, id: string) => {
    const draft = shop().draft([shop().line(1000)], { customerId, vouchers: [{ voucherId: id, choice: null }] });
    return {
      lineId: draft.lines[0]?.lineId ?? '',
      saleId: (await shop().sell(draft, [shop().cash(900)], shop().caller('cashier'))).saleId,
    };
  };
  const [mine, other] = [await give(own.campaignId), await give(stays.campaignId)];
  const sold = [await sell(ana, voucherId), await sell(beto, mine.voucherId), await sell(beto, other.voucherId)];
  for (const { campaignId } of [all, own]) await publishAgain(campaignId, { endsOn: '2026-04-10' });
  await jobs();
  shop().clock.advance(12 * DAY);
  for (const [at, { saleId, lineId }] of sold.entries()) {
    const asked = { saleId, lines: [{ lineId, quantityThousandths: 1000 }], tenderKind: 'cash' as const };
    const { value } = await manager().till.previewRefund(asked);
    const again = { uses: 1, becomes: 'CLAIMED', endsAtMs: endOfDay('2026-04-10') };
    expect(value.vouchers).toMatchObject([at < 2 ? again : { uses: 1, becomes: 'EXPIRED', endsAtMs: null }]);
    await manager().till.refund(shop().op({ ...asked, reason: '' }));
  }
  const later = { status: 'CLAIMED', endsAtMs: endOfDay('2026-04-10'), remindedAtMs: null };
  expect(claimsOf(ana)).toEqual([later]);
  expect(claimsOf(beto)).toMatchObject([later, { status: 'EXPIRED', endsAtMs: endOfDay('2026-03-10') }]);
  await jobs();
  expect((await check('SPRING', ana)).name).toBe('All');
  expect((await check(mine.code, beto)).name).toBe('Own');
  await sell(beto, mine.voucherId);
  expect(replayedSnapshotOf(shop())).toEqual(snapshotOf(shop()));
});

test('F12: lengthening five hundred claims is cut off and goes on, page by page', async () => {
  const customers = Array.from({ length: 500 }, (_, at) => shop().addCustomer(`C${at}`));
  const { campaignId } = await shop().publish({
    ...{ genericCode: 'SPRING', limits: { usesPerCode: null }, distribution: { kind: 'enrolment' as const } },
    validity: { endsOn: '2026-03-10' },
  });
  shop().env.db.write((db) => db.run('UPDATE customers SET created_at_ms = created_at_ms + 60000' as never, {}));
  await jobs();
  await publishAgain(campaignId, { endsOn: '2026-04-10' });
  const abort = new AbortController();
  abort.abort();
  const isLater = `expires_at_ms = ${endOfDay('2026-04-10')}`;
  const later = () => shop().number(`SELECT COUNT(*) AS n FROM customer_vouchers WHERE ${isLater}`);
  const [lengthen] = allJobs(shop().env).filter(({ name }) => name === 'lengthen-vouchers');
  expect(await runJobs(shop().env, lengthen === undefined ? [] : [lengthen], abort.signal)).toBe('stopped');
  expect(later()).toBeGreaterThan(0);
  expect(later()).toBeLessThan(customers.length);
  await jobs();
  expect(later()).toBe(customers.length);
});
