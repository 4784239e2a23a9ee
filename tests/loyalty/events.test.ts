import { afterEach, beforeEach, expect, test } from 'vitest';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { selectProgrammeVersion } from '#backend/points/programmes-store.ts';
import { earningContextSchema } from '#shop/points/earning-context.ts';
import { computeEventEarning } from '#shop/points/event-earning.ts';
import { mustHave } from '#shop/must.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createLoyaltyShop, type LoyaltyShop, SPEND_RULE } from './loyalty-shop.ts';

// Points for what happens outside a sale: joining, birthdays, reviews, friends brought along (PT4), by the rules of the
// programme, within their limits, once each.

const DAY = 86_400_000;
let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

type Rule = { event: string; points?: number } & Record<string, unknown>;
const eventRule = ({ event, ...more }: Rule) => ({ ruleId: event, kind: 'event' as const, event, points: 50, ...more });
const publish = (rules: Rule[], more: object = {}) =>
  shop.publish({ rules: [SPEND_RULE, ...rules.map(eventRule)], ...more } as never);
const enrol = (more: object = {}) =>
  shop.caller('cashier').customers.enrol(shop.op({ name: `Eva ${shop.newId()}`, consentMarketing: false, ...more }));
const run = async () => expect(await runJobs(shop.env, allJobs(shop.env))).toBe('done');
const review = (customerId: string, event = 'review') =>
  shop.caller('cashier').points.recordEvent(shop.op({ customerId, event, note: 'shown on the phone' }));
const rows = <Row>(statement: string): Row[] => shop.env.db.read.all<Row>(statement as never);
const points = (customerId: string) => shop.entries(customerId).map((entry) => entry.points);

/** L8: what every event gave is what its version makes of it, in the world that was frozen with it. */
function checkByVersions(): void {
  const { merchantId } = mustHave(shop.env.shop(), 'a shop');
  const given = rows<{ versionId: string; event: string; context: string; points: number; saleId: string | null }>(
    `SELECT e.programme_version_id AS versionId, a.event, a.context, e.points, a.sale_id AS saleId
     FROM points_transactions e JOIN event_awards a ON a.entry_id = e.id GROUP BY e.id`,
  );
  for (const { versionId, event, context, points: had, saleId } of given) {
    const version = mustHave(selectProgrammeVersion(shop.env.db.read, merchantId, versionId), 'the version');
    const frozen = earningContextSchema.parse(JSON.parse(context));
    const spendMinor =
      saleId === null ? null : shop.number('SELECT total_minor FROM transactions WHERE id = :saleId', { saleId });
    expect(computeEventEarning(event, version, frozen, spendMinor).points).toBe(had);
  }
}

test('PT4 L8: whoever joins gets what the programmes give for it, in the same command, and never again', async () => {
  await publish([{ event: 'enrolment', points: 30 }]);
  await shop.another({ rules: [eventRule({ event: 'enrolment', points: 5 })] });
  const op = shop.op({ name: 'Eva', consentMarketing: false });
  const cashier = shop.caller('cashier');
  const enrolled = await cashier.customers.enrol(op);
  expect(await cashier.customers.enrol(op)).toEqual(enrolled);
  const { customerId } = enrolled;
  expect(enrolled.points).toBe(30);
  expect(points(customerId)).toEqual([30, 5]);
  checkByVersions();
  const groups = rows<{ n: number }>(
    `SELECT COUNT(DISTINCT group_id) AS n FROM customer_events WHERE customer_id = '${customerId}'`,
  );
  expect(groups).toEqual([{ n: 1 }]);
  const { groups: timeline } = await cashier.customers.timeline({ customerId, filter: 'all', limit: 10 });
  expect(timeline[0]?.action.type).toBe('customer.created');
  expect(timeline[0]?.effects.map(({ data }) => [data.awardedFor, data.points])).toEqual([
    ['enrolment', 30],
    ['enrolment', 5],
  ]);
  const { entries } = await cashier.customers.explainBalance({ customerId });
  expect(entries.map((entry) => [entry.awardedFor, entry.programmeVersion])).toEqual([['enrolment', 2]]);
});

test.each([
  ['once a year', { timesPerYear: 1 }, [50, 0, 0], 50],
  [
    'once a day',
    { limits: { pointsPerSale: null, pointsPerDay: null, pointsEver: null, timesPerDay: 1 } },
    [50, 0, 50],
    50,
  ],
  [
    '120 points ever',
    { limits: { pointsPerSale: null, pointsPerDay: null, pointsEver: 120, timesPerDay: null } },
    [50, 50, 20],
    0,
  ],
  [
    '80 points a day',
    { limits: { pointsPerSale: null, pointsPerDay: 80, pointsEver: null, timesPerDay: null } },
    [50, 30, 50],
    50,
  ],
])('PT4 PT9: a review within its limits: %s', async (_, more, expected, tomorrow) => {
  await publish([{ event: 'review', ...more }]);
  const customerId = shop.addCustomer();
  const got: number[] = [];
  for (const days of [0, 0, 1]) {
    shop.clock.advance(days * DAY + 60_000);
    got.push(
      await review(customerId).then(
        (given) => given.points,
        () => 0,
      ),
    );
  }
  expect(got).toEqual(expected);
  expect(points(customerId)).toEqual(expected.filter((each) => each > 0));
  checkByVersions();
  shop.clock.advance(DAY);
  const [offered] = await shop.caller('cashier').points.events({ customerId });
  expect(offered).toEqual({ event: 'review', points: 'timesPerYear' in more ? 0 : tomorrow });
});

test('PT9: what a programme gives in a day at most holds for reviews and sales together', async () => {
  await publish([{ event: 'review' }], { caps: { pointsPerSale: null, pointsPerDay: 60 } });
  const customerId = shop.addCustomer();
  await shop.sellTo(customerId, [2_000]);
  expect((await review(customerId)).points).toBe(40);
  expect(await refusalOf(review(customerId))).toMatchObject({ reason: 'event-used-up' });
  expect((await shop.sellTo(customerId, [2_000])).pointsEarned).toBe(0);
});

test('PT4: a review is recorded with how it was seen, by who may give points, of somebody in good standing', async () => {
  await publish([{ event: 'review' }, { event: 'birthday' }, { event: 'our-own', points: 3 }]);
  const customerId = shop.addCustomer();
  const record = (event: string, more: object = {}) =>
    shop.caller('cashier').points.recordEvent(shop.op({ customerId, event, note: 'seen', ...more }));
  expect(await record('our-own')).toEqual({ points: 3, newBalance: 3 });
  for (const event of ['birthday', 'referral', 'referral-friend', 'enrolment', 'nobody-heard-of'])
    expect(await refusalOf(record(event))).toMatchObject({ reason: 'event-unknown' });
  await expect(record('review', { note: '' })).rejects.toThrow();
  const auditor = shop.caller('auditor').points.recordEvent(shop.op({ customerId, event: 'review', note: 'seen' }));
  expect(await refusalOf(auditor)).toMatchObject({ reason: 'not-permitted' });
  expect(await shop.caller('cashier').points.events({ customerId })).toEqual([
    { event: 'review', points: 50 },
    { event: 'our-own', points: 3 },
  ]);
  await shop.caller('manager').customers.block(shop.op({ customerId, reason: 'why' }));
  expect(await refusalOf(record('review'))).toMatchObject({ reason: 'customer-blocked' });
  expect((await shop.caller('cashier').points.events({ customerId })).map((each) => each.points)).toEqual([0, 0]);
});

test('PT4 PT21: points for a review can lift a tier, and end and wait like any others', async () => {
  const levels = [
    { tierId: 'basic', name: 'Basic', threshold: 0 },
    { tierId: 'silver', name: 'Silver', threshold: 50 },
  ];
  const period = { kind: 'lifetime' as const };
  const tiers = { mode: 'EARNED_IN_PERIOD' as const, measure: 'points' as const, period, graceDays: 0, levels };
  await publish([{ event: 'review' }], { tiers, pendingDays: 2, expiryMonths: 1 });
  const customerId = shop.addCustomer();
  await review(customerId);
  expect(shop.tierEvents(customerId)).toEqual(['upgraded silver']);
  expect(await shop.position(customerId)).toMatchObject({ balance: 50, pendingPoints: 50, spendablePoints: 0 });
  shop.clock.advance(40 * DAY);
  expect(await shop.position(customerId)).toMatchObject({ balance: 0 });
});

// Birthdays -----------------------------------------------------------------------------------------------------------

/** A shop whose clock shows an instant, with a rule for birthdays. */
async function birthdayShop(startMs: number, more: object = { timesPerYear: 1 }): Promise<void> {
  shop.close();
  shop = await createLoyaltyShop({ clock: createFakeClock(startMs) });
  await publish([{ event: 'birthday', ...more }]);
  await run();
}

const goTo = (atMs: number) => shop.clock.advance(atMs - shop.clock.wallNowMs());

test('PT4 F11: a birthday gives its points on the day by the shop’s zone, once a year, whatever its year of birth', async () => {
  await birthdayShop(Date.UTC(2026, 2, 10, 12));
  const told = (await enrol({ birthday: '1990-03-14' })).customerId;
  const half = (await enrol({ birthday: '-----03-14' })).customerId;
  const other = (await enrol({ birthday: '1990-03-15' })).customerId;
  const had = () => [told, half, other].map((id) => shop.balanceOf(id));
  // New York: 14 March begins at 04:00 UTC (daylight saving began on the 8th).
  goTo(Date.UTC(2026, 2, 14, 3, 59));
  await run();
  expect(had()).toEqual([0, 0, 0]);
  goTo(Date.UTC(2026, 2, 14, 4, 0));
  await run();
  expect(had()).toEqual([50, 50, 0]);
  const written = () => shop.number('SELECT COUNT(*) FROM outbox');
  const before = written();
  for (let times = 0; times < 3; times += 1) {
    shop.clock.advance(3_600_000);
    await run();
  }
  expect(written()).toBe(before);
  goTo(Date.UTC(2026, 2, 15, 4, 0));
  await run();
  expect(had()).toEqual([50, 50, 50]);
  goTo(Date.UTC(2027, 2, 15, 5, 0));
  await run();
  expect(had()).toEqual([100, 100, 100]);
  checkByVersions();
  const { groups } = await shop.caller('cashier').customers.timeline({ customerId: told, filter: 'points', limit: 10 });
  expect(groups.map(({ action }) => action.data.awardedFor)).toEqual(['birthday', 'birthday']);
});

test('PT4 F12: after a month asleep every birthday meanwhile is given, once; a year later than it belongs to counts for its own', async () => {
  await birthdayShop(Date.UTC(2026, 11, 20, 12));
  const days = ['12-21', '12-31', '01-05', '01-20'];
  const people = await Promise.all(days.map(async (day) => (await enrol({ birthday: `1980-${day}` })).customerId));
  goTo(Date.UTC(2027, 0, 21, 12));
  await run();
  await run();
  expect(people.map((id) => shop.balanceOf(id))).toEqual([50, 50, 50, 50]);
  goTo(Date.UTC(2027, 11, 31, 12));
  await run();
  expect(people.map((id) => shop.balanceOf(id))).toEqual([100, 100, 50, 50]);
});

test.each([
  ['in a common year on 28 February', 2027, 1, 27, 28],
  ['in a leap year on 29 February', 2028, 1, 28, 29],
])('PT4: who was born on 29 February is given theirs %s', async (_, year, month, before, day) => {
  await birthdayShop(Date.UTC(year, month, 20, 12));
  const { customerId } = await enrol({ birthday: '2000-02-29' });
  goTo(Date.UTC(year, month, before, 18));
  await run();
  expect(shop.balanceOf(customerId)).toBe(0);
  goTo(Date.UTC(year, month, day, 18));
  await run();
  shop.clock.advance(2 * DAY);
  await run();
  expect(points(customerId)).toEqual([50]);
});

test.each([
  ['of a rule that says once a year', { timesPerYear: 1 }],
  ['of a rule that does not', {}],
])(
  'PT4: nobody has two birthdays in a year, by another date or another record, %s; who joins on theirs has it',
  async (_, more) => {
    await birthdayShop(Date.UTC(2026, 2, 14, 15), more);
    const { customerId } = await enrol({ birthday: '1990-03-14' });
    await run();
    expect(points(customerId)).toEqual([50]);
    await shop.caller('manager').customers.update(shop.op({ customerId, birthday: '1990-03-15' }));
    shop.clock.advance(DAY);
    await run();
    expect(points(customerId)).toEqual([50]);
    const twin = (await enrol({ birthday: '1990-03-16' })).customerId;
    await shop.caller('manager').customers.merge(shop.op({ fromCustomerId: customerId, intoCustomerId: twin }));
    shop.clock.advance(DAY);
    await run();
    expect((await shop.position(twin)).balance).toBe(50);
  },
);

test('PT4: the first run of a shop gives the birthdays of today, not those of before', async () => {
  shop.close();
  shop = await createLoyaltyShop({ clock: createFakeClock(Date.UTC(2026, 2, 10, 15)) });
  const yesterday = (await enrol({ birthday: '1990-03-11' })).customerId;
  const today = (await enrol({ birthday: '1990-03-12' })).customerId;
  await publish([{ event: 'birthday' }]);
  shop.clock.advance(2 * DAY);
  await run();
  expect([yesterday, today].map((id) => shop.balanceOf(id))).toEqual([0, 50]);
});

test('PT4: neither who is blocked nor a rule that came later gives birthdays of the past', async () => {
  await birthdayShop(Date.UTC(2026, 2, 10, 12));
  await publish([]);
  const { customerId } = await enrol({ birthday: '1990-03-12' });
  const blocked = (await enrol({ birthday: '1990-03-20' })).customerId;
  await shop.caller('manager').customers.block(shop.op({ customerId: blocked, reason: 'why' }));
  shop.clock.advance(5 * DAY);
  await run();
  await publish([{ event: 'birthday' }]);
  await run();
  shop.clock.advance(6 * DAY);
  await run();
  expect([customerId, blocked].map((id) => shop.balanceOf(id))).toEqual([0, 0]);
});

test('PT4 F11: a clock that somebody set ahead gives nobody a birthday', async () => {
  await birthdayShop(Date.UTC(2026, 2, 10, 12));
  const { customerId } = await enrol({ birthday: '1990-06-01' });
  shop.clock.moveWall(83 * DAY);
  await run();
  expect(shop.balanceOf(customerId)).toBe(0);
});

test('C-50 PT4: what is kept for ever does not tell a birthday, and what tells it goes with the person', async () => {
  await birthdayShop(Date.UTC(2026, 2, 10, 12));
  await publish([{ event: 'birthday', name: 'Birthday treat' }, { event: 'review' }]);
  const people = await Promise.all([1, 2].map(async () => (await enrol({ birthday: '1990-03-14' })).customerId));
  const [customerId = '', other = ''] = people;
  shop.clock.advance(4 * DAY);
  await run();
  await review(customerId);
  const hashed = [
    ...rows<{ text: string }>("SELECT body || type AS text FROM outbox WHERE type LIKE 'jobs.%'"),
    ...rows<{ text: string }>(
      "SELECT action || COALESCE(old_values, '') || COALESCE(new_values, '') AS text FROM audit_logs WHERE action LIKE 'jobs.%'",
    ),
    ...rows<{ text: string }>(
      'SELECT kind || reason || parts || COALESCE(rule_id, ?1) AS text FROM points_transactions'.replace('?1', "''"),
    ),
    ...rows<{ text: string }>('SELECT event_type || data AS text FROM customer_events'),
  ].map(({ text }) => text);
  expect(hashed.length).toBeGreaterThan(6);
  expect(hashed.filter((text) => /birth|cumple|review/i.test(text))).toEqual([]);
  // Entries for a birthday and for a review look the same.
  const shapes = rows<object>(
    `SELECT kind, system_account, points, transaction_id, rule_id, parts, context, reason FROM points_transactions
     WHERE customer_id = '${customerId}'`,
  );
  expect(shapes).toHaveLength(2);
  expect(shapes[0]).toEqual(shapes[1]);
  const told = () =>
    rows<{ n: number }>(
      `SELECT (SELECT COUNT(*) FROM event_awards) + (SELECT COUNT(*) FROM outbox WHERE pii LIKE '%birthday":"%' OR pii LIKE '%"event":"%') AS n`,
    );
  await shop.caller('manager').customers.erase(shop.op({ customerId }));
  expect(rows(`SELECT 1 FROM event_awards WHERE customer_id = '${customerId}'`)).toEqual([]);
  expect(rows(`SELECT 1 FROM event_awards WHERE customer_id = '${other}'`)).toHaveLength(1);
  const left = rows<{ pii: string }>(
    'SELECT pii FROM outbox WHERE pii IS NOT NULL UNION ALL SELECT pii FROM audit_logs WHERE pii IS NOT NULL',
  );
  expect(left.filter(({ pii }) => pii.includes(customerId))).toEqual([]);
  // The other one's stays in the op of the page that both stood in.
  expect(left.filter(({ pii }) => pii.includes(other) && pii.includes('"birthday"'))).not.toEqual([]);
  await shop.caller('manager').customers.erase(shop.op({ customerId: other }));
  expect(told()).toEqual([{ n: 0 }]);
});

// Friends -------------------------------------------------------------------------------------------------------------

const REFERRAL = { event: 'referral', points: 100, friendPoints: 40 };

async function bringFriend(more: object = {}): Promise<{ ana: string; eva: string }> {
  await publish([{ ...REFERRAL, ...more }]);
  const ana = shop.addCustomer('Ana');
  const { customerId: eva } = await enrol({ broughtBy: ana });
  return { ana, eva };
}

test('PT4 L8: with the first purchase both have theirs, with the second neither', async () => {
  const { ana, eva } = await bringFriend();
  expect([points(ana), points(eva)]).toEqual([[], []]);
  await shop.sellTo(eva, [1_000]);
  expect([points(ana), points(eva)]).toEqual([[100], [10, 40]]);
  await shop.sellTo(eva, [1_000]);
  expect([points(ana), points(eva)]).toEqual([[100], [10, 40, 10]]);
  checkByVersions();
  const cashier = shop.caller('cashier');
  const [group] = (await cashier.customers.timeline({ customerId: ana, filter: 'points', limit: 5 })).groups;
  expect(group?.action.data).toMatchObject({ awardedFor: 'referral', points: 100, balance: 100 });
  expect(
    (await cashier.customers.explainBalance({ customerId: eva })).entries.map((entry) => entry.awardedFor),
  ).toEqual([null, 'referral-friend', null]);
});

test('PT4: where the rule says so, both have theirs when the friend joins', async () => {
  const { ana, eva } = await bringFriend({ on: 'enrolment' });
  expect([points(ana), points(eva)]).toEqual([[100], [40]]);
  await shop.sellTo(eva, [1_000]);
  expect([points(ana), points(eva)]).toEqual([[100], [40, 10]]);
});

test('PT4: a purchase below the minimum does not count, the first one that meets it does; an amount from elsewhere too', async () => {
  const { ana, eva } = await bringFriend({ minimumSpendMinor: 2_000 });
  await shop.sellTo(eva, [1_999]);
  expect(points(ana)).toEqual([]);
  const award = { customerId: eva, reason: 'purchase' as const, amountMinor: 2_000 };
  await shop.caller('cashier').points.award(shop.op(award));
  expect(points(ana)).toEqual([100]);
});

test('PT4: who brings too many in a year has nothing more, their friends have theirs', async () => {
  await publish([{ ...REFERRAL, timesPerYear: 1 }]);
  const ana = shop.addCustomer('Ana');
  for (let friends = 0; friends < 2; friends += 1) {
    const { customerId } = await enrol({ broughtBy: ana });
    await shop.sellTo(customerId, [1_000]);
    expect(points(customerId)).toEqual([10, 40]);
  }
  expect(points(ana)).toEqual([100]);
});

test('PT4 C-7: the refund that takes the purchase takes the reward back from both; the next purchase counts again', async () => {
  const { ana, eva } = await bringFriend({ minimumSpendMinor: 1_500 });
  const sold = await shop.sellTo(eva, [1_000, 1_000]);
  expect([points(ana), points(eva)]).toEqual([[100], [20, 40]]);
  await shop.refund(sold, [{ index: 0 }]);
  expect([points(ana), points(eva)]).toEqual([
    [100, -100],
    [20, 40, -10, -40],
  ]);
  await shop.refund(sold, [{ index: 1 }]);
  expect(points(ana)).toEqual([100, -100]);
  const [back] = (await shop.caller('cashier').customers.timeline({ customerId: ana, filter: 'points', limit: 5 }))
    .groups;
  expect(back?.action.data).toMatchObject({ awardedFor: 'referral', points: -100, kind: 'reverse_earn', balance: 0 });
  await shop.sellTo(eva, [1_500]);
  expect(points(ana)).toEqual([100, -100, 100]);
  expect(
    shop.number("SELECT COUNT(*) FROM points_transactions WHERE kind = 'reverse_earn' AND reverses_id IS NULL"),
  ).toBe(0);
});

test('PT4: a part that leaves enough takes nothing back; a voided purchase takes everything', async () => {
  const { ana, eva } = await bringFriend({ minimumSpendMinor: 1_000 });
  const sold = await shop.sellTo(eva, [1_000, 1_000]);
  await shop.refund(sold, [{ index: 0 }]);
  expect(points(ana)).toEqual([100]);
  const other = await enrol({ broughtBy: ana });
  const { saleId } = await shop.sellTo(other.customerId, [1_000]);
  expect(points(ana)).toEqual([100, 100]);
  await shop.caller('manager').till.cancelSale(shop.op({ saleId, reason: '' }));
  expect(points(ana)).toEqual([100, 100, -100]);
});

test.each([
  ['ALLOW_NEGATIVE', [100, -60, -100], -60],
  ['FLOOR_AT_ZERO', [100, -60, -100, 60], 0],
  ['DEDUCT_CASH', [100, -60, -100, 60], 0],
] as const)(
  'PT27: points that the referrer has used meanwhile, by policy %s',
  async (negativeBalance, expected, balance) => {
    await publish([{ ...REFERRAL }], { negativeBalance });
    const ana = shop.addCustomer('Ana');
    const { customerId: eva } = await enrol({ broughtBy: ana });
    const sold = await shop.sellTo(eva, [1_000]);
    await shop.give(ana, -60);
    await shop.refund(sold);
    expect(points(ana)).toEqual(expected);
    expect(shop.balanceOf(ana)).toBe(balance);
    const recent = await shop.caller('manager').points.recentAwards({ limit: 20 });
    expect(recent.map((each) => each.points)).toEqual([-60, 10]);
  },
);

test('PT4: nobody brings themself by a second record, and a circle made by a merge gives nothing', async () => {
  const { ana, eva } = await bringFriend();
  const manager = shop.caller('manager');
  await manager.customers.merge(shop.op({ fromCustomerId: ana, intoCustomerId: eva }));
  await shop.sellTo(eva, [1_000]);
  expect(points(eva)).toEqual([10]);
  const bo = (await enrol({ broughtBy: eva })).customerId;
  const cy = (await enrol({ broughtBy: bo })).customerId;
  const di = (await enrol({ broughtBy: cy })).customerId;
  await manager.customers.merge(shop.op({ fromCustomerId: bo, intoCustomerId: di }));
  // Cy was brought by Bo, who is Di now, who was brought by Cy.
  await shop.sellTo(cy, [1_000]);
  expect([points(cy), points(di)]).toEqual([[10], []]);
});

test('PT4: a referrer who was merged is who they were merged into; one who is blocked, erased or unknown brings nobody', async () => {
  const { ana, eva } = await bringFriend();
  const bo = shop.addCustomer('Bo');
  const manager = shop.caller('manager');
  await manager.customers.merge(shop.op({ fromCustomerId: ana, intoCustomerId: bo }));
  await shop.sellTo(eva, [1_000]);
  expect([points(ana), points(bo)]).toEqual([[], [100]]);
  const { customerId: fay } = await enrol({ broughtBy: ana });
  await manager.customers.block(shop.op({ customerId: bo, reason: 'why' }));
  await shop.sellTo(fay, [1_000]);
  expect([points(bo), points(fay)]).toEqual([[100], [10, 40]]);
  expect(await refusalOf(enrol({ broughtBy: bo }))).toMatchObject({ reason: 'customer-blocked' });
  expect(await refusalOf(enrol({ broughtBy: shop.newId() }))).toMatchObject({ reason: 'not-found' });
});

test.each(['ALLOW_NEGATIVE', 'FLOOR_AT_ZERO'])(
  'PT4 C-48: a reward that went on by a merge is taken back from where it is, by policy %s',
  async (negativeBalance) => {
    await publish([{ ...REFERRAL }], { negativeBalance });
    const ana = shop.addCustomer('Ana');
    const { customerId: eva } = await enrol({ broughtBy: ana });
    const sold = await shop.sellTo(eva, [1_000]);
    const bo = shop.addCustomer('Bo');
    await shop.caller('manager').customers.merge(shop.op({ fromCustomerId: ana, intoCustomerId: bo }));
    expect(shop.balanceOf(bo)).toBe(100);
    await shop.give(bo, -30);
    await shop.refund(sold);
    expect([shop.balanceOf(ana), shop.balanceOf(bo)]).toEqual([0, negativeBalance === 'ALLOW_NEGATIVE' ? -30 : 0]);
  },
);

test('PT4 C-50: a refund after the referrer was erased takes nothing from them', async () => {
  const { ana, eva } = await bringFriend();
  const sold = await shop.sellTo(eva, [1_000]);
  await shop.caller('manager').customers.erase(shop.op({ customerId: ana }));
  await shop.refund(sold);
  expect(shop.balanceOf(ana)).toBe(0);
  expect(points(eva)).toEqual([10, 40, -10, -40]);
});

test('PT4 PT25: a customer who is added to a sale later is the friend who bought it', async () => {
  const { ana, eva } = await bringFriend();
  const { saleId } = await shop.sell(shop.draft([shop.line(1_000)]));
  await shop.caller('cashier').till.attachCustomer(shop.op({ saleId, customerId: eva }));
  expect([points(ana), points(eva)]).toEqual([[100], [10, 40]]);
});
