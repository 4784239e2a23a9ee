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
const enrol = async (name: string, more: { birthday?: string } = {}) =>
  shop()
    .caller('cashier')
    .customers.enrol(shop().op({ name, consentMarketing: false, ...more }));

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
  const { segmentId } = await segmentOf([ana.code, beto.code]);
  const { segmentId: chosenId } = await segmentOf([beto.code]);
  const manager = shop().caller('manager').vouchers;
  const terms = { name: 'First', distribution: { kind: 'segment' as const, segmentId } };
  const { campaignId } = await shop().publish({ ...terms, audience: { segmentIds: [chosenId] } });
  const notGiven = async () => (await manager.detail({ campaignId })).notGiven;
  await jobs();
  expect(held([ana.customerId, beto.customerId])).toEqual([0, 1]);
  expect(await notGiven()).toEqual([{ reason: 'voucher-segment', customers: 1 }]);
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

test.each(['segment', 'enrolment'] as const)(
  'S3-112 S3-104: what no day changes is tried once and kept, and again under new terms alone (%s)',
  async (kind) => {
    const ana = await enrol('Ana');
    await buy(ana.customerId);
    const { segmentId } = await segmentOf([ana.code]);
    const manager = shop().caller('manager').vouchers;
    const distribution = kind === 'segment' ? { kind, segmentId } : { kind };
    const { campaignId } = await shop().publish({ distribution, audience: { isFirstPurchase: true } });
    // Whoever had joined before a campaign is none of its newcomers.
    if (kind === 'enrolment')
      shop().env.db.write((db) => db.run('UPDATE customers SET created_at_ms = created_at_ms + 60000' as never, {}));
    await jobs();
    const { notGiven } = await manager.detail({ campaignId });
    expect(notGiven).toEqual([{ reason: 'voucher-not-first-purchase', customers: 1 }]);
    const written = ops();
    for (let day = 0; day < 5; day++) {
      shop().clock.advance(DAY);
      await jobs();
    }
    expect(ops()).toBe(written);
    const { revision } = await manager.saveDraft(
      shop().op({ campaignId, campaign: shop().campaign({ distribution }), revision: 0 }),
    );
    await manager.publish(shop().op({ campaignId, revision }));
    await jobs();
    expect(held([ana.customerId])).toEqual([1]);
  },
);

test('S3-112: joining, a birthday and a long absence give what was refused on their day, as long as the occasion lasts', async () => {
  const old = await enrol('Old', { birthday: '1990-03-04' });
  await buy(old.customerId);
  const { segmentId, add } = await segmentOf([(await enrol('Somebody')).code]);
  const audience = { segmentIds: [segmentId] };
  const kinds = [
    { kind: 'enrolment' },
    { kind: 'birthday', daysBefore: 7 },
    { kind: 'win-back', afterDays: 2 },
  ] as const;
  for (const distribution of kinds) await shop().publish({ name: distribution.kind, distribution, audience });
  const names = (customerId: string) =>
    shop().env.db.read.all<{ name: string }>(
      `SELECT c.name FROM customer_vouchers v JOIN campaigns c ON c.id = v.campaign_id
       WHERE v.customer_id = '${customerId}' ORDER BY c.name` as never,
    );
  const ana = await enrol('Ana', { birthday: '1990-03-20' });
  const late = await enrol('Late');
  await buy(ana.customerId);
  shop().clock.advance(2 * DAY);
  await jobs();
  const [mine, hers] = [() => names(old.customerId), () => names(ana.customerId)];
  expect([mine(), hers()]).toEqual([[], []]);
  // Ana comes back by herself; that absence is over.
  await buy(ana.customerId);
  await add([old.code, ana.code]);
  await jobs();
  expect([mine(), hers()]).toEqual([[], []]);
  shop().clock.advance(DAY);
  await jobs();
  expect(mine()).toEqual([{ name: 'birthday' }, { name: 'win-back' }]);
  expect(hers()).toEqual([{ name: 'enrolment' }]);
  shop().clock.advance(9 * DAY);
  await jobs();
  await jobs();
  expect(mine()).toHaveLength(2);
  expect(hers()).toEqual([{ name: 'birthday' }, { name: 'enrolment' }, { name: 'win-back' }]);
  // Thirty days after the first try a welcome is none any more.
  shop().clock.advance(21 * DAY);
  await add([late.code]);
  await jobs();
  expect(names(late.customerId)).toEqual([]);
  expect(replayedSnapshotOf(shop())).toEqual(snapshotOf(shop()));
});

test('S3-112: a campaign that was paused makes up for the birthdays that still are an occasion, not for older ones', async () => {
  const [long, lately] = [
    await enrol('Long', { birthday: '1990-03-20' }),
    await enrol('Lately', { birthday: '1990-05-01' }),
  ];
  const { campaignId } = await shop().publish({ distribution: { kind: 'birthday', daysBefore: 0 } });
  await jobs();
  const { setStatus } = shop().caller('manager').vouchers;
  await setStatus(shop().op({ campaignId, to: 'paused' as const }));
  shop().clock.advance(70 * DAY);
  await jobs();
  expect(held([long.customerId, lately.customerId])).toEqual([0, 0]);
  await setStatus(shop().op({ campaignId, to: 'live' as const }));
  await jobs();
  expect(held([long.customerId, lately.customerId])).toEqual([0, 1]);
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
