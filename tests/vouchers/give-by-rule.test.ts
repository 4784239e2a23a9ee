import { expect, test } from 'vitest';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { replayedSnapshotOf, snapshotOf } from '../loyalty/replay-ops.ts';
import { voucherShopForEach } from './voucher-shop.ts';

// 2026-03-02 is a Monday, at noon in Asunción.
const DAY = 86_400_000;
const HOUR = 3_600_000;
const shop = voucherShopForEach();

const jobs = async () => expect(await runJobs(shop().env, allJobs(shop().env))).toBe('done');
const count = (where: string) => shop().number(`SELECT COUNT(*) AS n FROM ${where}`);
const held = (ids: readonly string[]) => ids.map((id) => count(`customer_vouchers WHERE customer_id = '${id}'`));
const ops = () => count('outbox');
const buy = (customerId: string) =>
  shop().sell(shop().draft([shop().line(1000)], { customerId, customerIdentifiedBy: 'search' }));
const enrol = async (name: string) =>
  shop()
    .caller('cashier')
    .customers.enrol(shop().op({ name, consentMarketing: false }));

/** A segment that is put together by hand, and how it grows and shrinks. */
async function segmentOf(codes: readonly string[]) {
  const { segments } = shop().caller('manager');
  const segmentId = shop().newId();
  await segments.save(shop().op({ segmentId, version: 0, name: 'Regulars of the morning', rule: null }));
  const add = (lines: readonly string[]) => segments.addMembers(shop().op({ segmentId, lines: [...lines] }));
  await add(codes);
  return { segmentId, add, drop: (customerId: string) => segments.removeMember(shop().op({ segmentId, customerId })) };
}

test('S3-112: whoever is in a segment gets the voucher once, also who enters later, and not again after leaving it', async () => {
  const [ana, beto, carla] = [await enrol('Ana'), await enrol('Beto'), await enrol('Carla')];
  const ids = [ana.customerId, beto.customerId, carla.customerId];
  const { segmentId, add, drop } = await segmentOf([ana.code, beto.code]);
  await shop().publish({ name: 'For you', distribution: { kind: 'segment', segmentId } });
  await jobs();
  expect(held(ids)).toEqual([1, 1, 0]);
  await drop(ana.customerId);
  await add([carla.code]);
  await jobs();
  await add([ana.code]);
  await jobs();
  expect(held(ids)).toEqual([1, 1, 1]);
});

test('S3-112: a campaign of a segment whose code is everybody’s puts it into each wallet once, and then writes no more', async () => {
  const ana = await enrol('Ana');
  const { segmentId } = await segmentOf([ana.code]);
  const given = { genericCode: 'MORNING', limits: { usesPerCode: null } };
  await shop().publish({ name: 'For you', ...given, distribution: { kind: 'segment', segmentId } });
  await jobs();
  const written = ops();
  await jobs();
  expect([held([ana.customerId]), ops()]).toEqual([[1], written]);
});

test('S3-112: a season gives everybody theirs once each year within its days, also who joins meanwhile', async () => {
  const ana = (await enrol('Ana')).customerId;
  await shop().publish({
    name: 'Autumn',
    genericCode: 'AUTUMN',
    limits: { usesPerCode: null },
    distribution: { kind: 'season', startsOn: '03-03', forDays: 10 },
    validity: { claimDays: 10 },
  });
  await jobs();
  expect(held([ana])).toEqual([0]);
  shop().clock.advance(DAY);
  await jobs();
  const beto = (await enrol('Beto')).customerId;
  await jobs();
  shop().clock.advance(9 * DAY);
  await jobs();
  expect(held([ana, beto])).toEqual([1, 1]);
  shop().clock.advance(DAY);
  const late = (await enrol('Late')).customerId;
  await jobs();
  expect(held([late])).toEqual([0]);
  shop().clock.advance(355 * DAY);
  await jobs();
  await jobs();
  // Each year a code of their own, though the campaign has one for everybody.
  expect(held([ana, beto, late])).toEqual([2, 2, 1]);
  expect(replayedSnapshotOf(shop())).toEqual(snapshotOf(shop()));
});

test('S3-112: a season for a segment leaves the others alone', async () => {
  const [ana, beto] = [await enrol('Ana'), await enrol('Beto')];
  const { segmentId } = await segmentOf([ana.code]);
  await shop().publish({ name: 'March', distribution: { kind: 'season', startsOn: '03-01', forDays: 31, segmentId } });
  await jobs();
  expect(held([ana.customerId, beto.customerId])).toEqual([1, 0]);
});

test('S3-112 S3-104: who is refused is kept with the reason, tried again the next day or under new terms, not every hour', async () => {
  const [ana, beto] = [await enrol('Ana'), await enrol('Beto')];
  await buy(ana.customerId);
  const { segmentId } = await segmentOf([ana.code, beto.code]);
  const manager = shop().caller('manager').vouchers;
  const terms = { name: 'First', distribution: { kind: 'segment' as const, segmentId } };
  const { campaignId } = await shop().publish({ ...terms, audience: { isFirstPurchase: true } });
  const notGiven = async () => (await manager.detail({ campaignId })).notGiven;
  await jobs();
  expect(held([ana.customerId, beto.customerId])).toEqual([0, 1]);
  expect(await notGiven()).toEqual([{ reason: 'voucher-not-first-purchase', customers: 1 }]);
  const written = ops();
  shop().clock.advance(HOUR);
  await jobs();
  expect(ops()).toBe(written);
  shop().clock.advance(DAY);
  await jobs();
  expect(ops()).toBe(written + 1);
  const { revision } = await manager.saveDraft(
    shop().op({ campaignId, campaign: shop().campaign(terms), revision: 0 }),
  );
  await manager.publish(shop().op({ campaignId, revision }));
  await jobs();
  expect(held([ana.customerId, beto.customerId])).toEqual([1, 1]);
  expect(await notGiven()).toEqual([]);
  expect(replayedSnapshotOf(shop())).toEqual(snapshotOf(shop()));
});

test('S3-112: a campaign whose last day is over gives nothing by its rule and tries nobody', async () => {
  const ana = await enrol('Ana');
  const { segmentId } = await segmentOf([ana.code]);
  const { campaignId } = await shop().publish({
    distribution: { kind: 'segment', segmentId },
    validity: { endsOn: '2026-03-02' },
  });
  shop().clock.advance(DAY);
  await jobs();
  const { notGiven } = await shop().caller('manager').vouchers.detail({ campaignId });
  expect([held([ana.customerId]), notGiven]).toEqual([[0], []]);
});
