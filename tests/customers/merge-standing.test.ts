import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLoyaltyShop, type LoyaltyShop } from '../loyalty/loyalty-shop.ts';

// What is the person's and not the record's: a block, consent and the tier, after two records are joined and parted again.

let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

const customers = () => shop.caller('manager').customers;
const enrol = async (name: string, consentMarketing = false): Promise<string> => {
  shop.clock.advance(1000);
  return (await customers().enrol(shop.op({ name, consentMarketing }))).customerId;
};
const say = (customerId: string, isGiven: boolean, more: object = {}) => {
  shop.clock.advance(1000);
  return customers().setConsent(shop.op({ customerId, isGiven, channel: 'phone' as const, ...more }));
};
const merge = async (fromCustomerId: string, intoCustomerId: string): Promise<string> => {
  shop.clock.advance(1000);
  return (await customers().merge(shop.op({ fromCustomerId, intoCustomerId }))).mergeId;
};
const undo = (mergeId: string) => {
  shop.clock.advance(1000);
  return customers().undoMerge(shop.op({ mergeId }));
};
const standing = async (customerId: string) => {
  const { status, blockReason, consentMarketing } = await customers().get({ customerId });
  return [status, blockReason, consentMarketing];
};
const consentsOf = async (customerId: string) =>
  (await customers().get({ customerId })).consents.map(({ isGiven, channel }) => [isGiven, channel]);

test('C6: whoever was blocked stays blocked by way of the other record, with the reason, until the merge is undone', async () => {
  const [a, b] = [await enrol('Ana Ruiz'), await enrol('Ruiz Ana')];
  await customers().block(shop.op({ customerId: a, reason: 'lent the card' }));
  expect(await customers().previewMerge({ fromCustomerId: a, intoCustomerId: b })).toMatchObject({
    filled: [],
    isBlockedAfter: true,
    consentAfter: null,
  });
  const mergeId = await merge(a, b);
  expect(await standing(b)).toEqual(['blocked', 'lent the card', false]);
  const { groups } = await customers().timeline({ customerId: b, filter: 'all', limit: 10 });
  expect(groups[0]?.effects.map(({ type }) => type)).toContain('customer.blocked');
  await undo(mergeId);
  expect(await standing(b)).toEqual(['active', '', false]);
  expect(await standing(a)).toEqual(['blocked', 'lent the card', false]);
});

test('C6: an undone merge leaves a block that somebody put or lifted since', async () => {
  const [a, b] = [await enrol('Ana Ruiz'), await enrol('Ruiz Ana')];
  await customers().block(shop.op({ customerId: a, reason: 'lent the card' }));
  const mergeId = await merge(a, b);
  await customers().block(shop.op({ customerId: b, reason: 'shouted' }));
  await undo(mergeId);
  expect(await standing(b)).toEqual(['blocked', 'shouted', false]);
  await customers().unblock(shop.op({ customerId: b }));
  const again = await merge(a, b);
  await customers().unblock(shop.op({ customerId: b }));
  await undo(again);
  expect([await standing(a), await standing(b)]).toEqual([
    ['blocked', 'lent the card', false],
    ['active', '', false],
  ]);
});

test('C6: a customer stays blocked after an undo while another merged record is', async () => {
  const [a, b, c] = [await enrol('Ana Ruiz'), await enrol('Ruiz Ana'), await enrol('Anita Ruiz')];
  await customers().block(shop.op({ customerId: a, reason: 'lent the card' }));
  await customers().block(shop.op({ customerId: c, reason: 'shouted' }));
  const mergeId = await merge(a, b);
  const other = await merge(c, b);
  await undo(mergeId);
  expect(await standing(b)).toEqual(['blocked', 'shouted', false]);
  await undo(other);
  expect(await standing(b)).toEqual(['blocked', 'shouted', false]);
});

test.each([
  ['given', 'withdrawn', false, 'withdrawn'],
  ['withdrawn', 'given', false, null],
  ['given', 'not-asked', true, null],
  ['not-asked', 'given', true, 'given'],
  ['not-asked', 'withdrawn', false, null],
  ['withdrawn', 'not-asked', false, null],
  ['not-asked', 'not-asked', false, null],
] as const)('C5, C6: one record says %s, the one that stays %s: merged and parted', async (into, from, after, told) => {
  const make = async (name: string, how: string): Promise<string> => {
    const customerId = await enrol(name, how !== 'not-asked');
    if (how === 'withdrawn') await say(customerId, false);
    return customerId;
  };
  const [a, b] = [await make('Ana Ruiz', from), await make('Ruiz Ana', into)];
  const [beforeA, beforeB] = [await standing(a), await standing(b)];
  const preview = await customers().previewMerge({ fromCustomerId: a, intoCustomerId: b });
  expect([preview.consentAfter, preview.filled]).toEqual([told, []]);
  const mergeId = await merge(a, b);
  expect((await standing(b))[2]).toBe(after);
  const said = (await consentsOf(b)).length;
  await undo(mergeId);
  expect([await standing(a), await standing(b)]).toEqual([beforeA, beforeB]);
  if (told !== null) expect((await consentsOf(b))[0]).toEqual([beforeB[2], 'merge']);
  expect(said).toBeGreaterThanOrEqual((await consentsOf(a)).length);
});

test('C5, C6: what somebody says after a merge holds after its undo; a no of another merged record stays a no', async () => {
  const [a, b, c] = [await enrol('Ana Ruiz', true), await enrol('Ruiz Ana', true), await enrol('Anita Ruiz', true)];
  await say(a, false);
  const mergeId = await merge(a, b);
  await say(b, true);
  await undo(mergeId);
  expect((await standing(b))[2]).toBe(true);
  await say(c, false);
  const first = await merge(a, b);
  await merge(c, b);
  await undo(first);
  expect((await standing(b))[2]).toBe(false);
});

const level = (tierId: string, threshold: number) => ({ tierId, name: tierId, threshold });
const tierOf = async (customerId: string) => (await shop.position(customerId)).tier?.tierId;
const writtenTier = (customerId: string) =>
  shop.env.db.read.get<{ tier: string }>(
    'SELECT t.tier_id AS tier FROM customer_tiers t JOIN customer_loyalty_accounts a ON a.id = t.account_id WHERE a.customer_id = :customerId' as never,
    { customerId },
  )?.tier;

test.each([
  [
    'points earned',
    {
      mode: 'EARNED_IN_PERIOD',
      measure: 'points',
      levels: [level('basic', 0), level('silver', 100), level('gold', 500)],
    },
    'silver',
    'silver',
    'gold',
  ],
  [
    'the balance',
    { mode: 'BALANCE', measure: 'points', levels: [level('basic', 0), level('silver', 300), level('gold', 500)] },
    'silver',
    'basic',
    'gold',
  ],
  [
    'money spent',
    { measure: 'spend', levels: [level('basic', 0), level('silver', 28_000), level('gold', 55_000)] },
    'silver',
    'basic',
    'gold',
  ],
  [
    'visits',
    { measure: 'visits', levels: [level('basic', 0), level('silver', 2), level('gold', 3)] },
    'silver',
    'basic',
    'gold',
  ],
] as const)(
  'C-48, C6: the tier by %s counts both records after a merge, and each its own after the undo',
  async (_, tiers, ofA, ofB, ofBoth) => {
    await shop.publish({ tiers });
    const [a, b] = [await enrol('Ana Ruiz'), await enrol('Ruiz Ana')];
    await shop.sellTo(a, [10_000]);
    shop.clock.advance(86_400_000);
    await shop.sellTo(a, [20_000]);
    await shop.sellTo(b, [25_000]);
    expect([await tierOf(a), await tierOf(b)]).toEqual([ofA, ofB]);
    const mergeId = await merge(a, b);
    expect([await tierOf(b), writtenTier(b)]).toEqual([ofBoth, ofBoth]);
    expect(shop.tierEvents(b).at(-1)).toBe(`upgraded ${ofBoth}`);
    expect((await shop.position(b)).balance).toBe(550);
    await undo(mergeId);
    expect([await tierOf(a), await tierOf(b)]).toEqual([ofA, ofB]);
    expect([writtenTier(a) ?? 'basic', writtenTier(b)]).toEqual([ofA, ofB]);
    expect([(await shop.position(a)).balance, (await shop.position(b)).balance]).toEqual([300, 250]);
  },
);
