import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mustHave } from '#shop/must.ts';
import { replayedSnapshotOf, snapshotOf } from '../loyalty/replay-ops.ts';
import { refusalOf } from '../support/test-backend.ts';
import { asking, createValueShop, type ValueShop } from './value-shop.ts';

const state: { shop: ValueShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createValueShop();
});
afterEach(() => state.shop?.close());
const shopOf = (): ValueShop => mustHave(state.shop, 'the shop');

const amount = (amountMinor: number) => ({ benefit: { kind: 'amount', amountMinor } }) as const;
const percent = (rateBasisPoints: number) => ({ benefit: { kind: 'percent', rateBasisPoints } }) as const;
const inGroup = (group: string) => ({ stacking: { group } });

/** What the till shows: the total, and what each voucher takes off, '-' for one that stays with its customer. */
async function shownOf(prices: readonly number[], ...voucherIds: readonly string[]) {
  const shop = shopOf();
  const draft = shop.draft(
    prices.map((price) => shop.line(price)),
    asking(...voucherIds),
  );
  const { priced, vouchers } = await shop.look(draft);
  return [priced.totalMinor, ...vouchers.map(({ amountMinor, refusal }) => (refusal === null ? amountMinor : '-'))];
}

test('C-19: a minimum counts the eligible items alone, before the discount', async () => {
  const shop = shopOf();
  const a = await shop.product('A', 2_000);
  const b = await shop.product('B', 3_000);
  const productId = a().productId ?? '';
  const minimum = { amountMinor: 4_000, of: 'eligible' as const };
  const voucherId = await shop.generic('TENOFFA', { ...percent(1_000), filter: { productIds: [productId] }, minimum });
  const look = (lines: ReturnType<typeof a>[]) => shop.look(shop.draft(lines, asking(voucherId)));
  expect((await look([a()])).priced.totalMinor).toBe(2_000);
  const short = await look([a(), b()]);
  expect(short.priced.totalMinor).toBe(5_000);
  expect(short.vouchers).toMatchObject([
    {
      amountMinor: 0,
      refusal: {
        reason: 'voucher-minimum-not-met',
        facts: { neededMinor: 4_000, haveMinor: 2_000, missingMinor: 2_000 },
      },
    },
  ]);
  const met = await look([a(2), b()]);
  expect(met).toMatchObject({ priced: { totalMinor: 6_600 }, vouchers: [{ amountMinor: 400, refusal: null }] });
});

test('C-21 C-22: of one group the one that saves most money is used; what covers all, the customer keeps the bigger one', async () => {
  const shop = shopOf();
  const order = inGroup('order');
  const eighty = await shop.generic('EIGHTY', { ...amount(8_000), ...order });
  const ten = await shop.generic('TENPCT', { ...percent(1_000), ...order });
  const five = await shop.generic('FIVEPCT', { ...percent(500), ...order });
  const fifty = await shop.generic('FIFTY', { ...amount(5_000), ...order });
  const nine = await shop.generic('NINE', { ...amount(900), ...order });
  expect(await shownOf([50_000], eighty, ten)).toEqual([42_000, 8_000, '-']);
  expect(await shownOf([50_000], five, ten)).toEqual([45_000, '-', 5_000]);
  expect(await shownOf([4_000], eighty, fifty)).toEqual([0, '-', 4_000]);
  expect(await shownOf([5_000], ten, nine)).toEqual([4_100, '-', 900]);
});

test('C-23 VC17: a percentage and an amount take the same off in whatever order they are scanned', async () => {
  const shop = shopOf();
  const ten = await shop.generic('TENPCT', percent(1_000));
  const fixed = await shop.generic('TENOFF', amount(1_000));
  expect(await shownOf([10_000], ten, fixed)).toEqual([8_000, 1_000, 1_000]);
  expect(await shownOf([10_000], fixed, ten)).toEqual([8_000, 1_000, 1_000]);
});

test('C-24 VC16: of thirty vouchers of thirty groups five apply, of two of one group one; each other says why', async () => {
  const shop = shopOf();
  const ids: string[] = [];
  for (let at = 0; at < 30; at += 1)
    ids.push(await shop.generic(`CODE${String(at).padStart(2, '0')}`, amount(100 + at)));
  const draft = shop.draft([shop.line(100_000)], asking(...ids));
  const { vouchers, priced } = await shop.look(draft);
  expect(vouchers.filter(({ refusal }) => refusal === null)).toHaveLength(5);
  const refused = vouchers.flatMap(({ refusal }) => refusal ?? []);
  expect(refused).toHaveLength(25);
  for (const { reason, facts } of refused) {
    expect(reason).toBe('voucher-not-applied');
    expect(facts).toMatchObject({ why: 'too-many', limit: 5 });
  }
  const sold = await shop.pay(draft, [shop.cash(priced.totalMinor)], priced.totalMinor);
  expect(sold.value.vouchers).toHaveLength(5);
  expect(shop.number('SELECT COUNT(*) AS n FROM voucher_redemptions')).toBe(5);
  expect(shop.number('SELECT COUNT(*) AS n FROM redemption_attempts WHERE successful = 1')).toBe(5);
  expect(
    shop.number("SELECT COUNT(*) AS n FROM redemption_attempts WHERE failure_reason = 'voucher-not-applied'"),
  ).toBe(25);
  const one = await shop.generic('ONEOF', { ...amount(100), ...inGroup('g') });
  const two = await shop.generic('TWOOF', { ...amount(200), ...inGroup('g') });
  expect(await shownOf([1_000], one, two)).toEqual([800, '-', 200]);
  const more = shop.draft([shop.line(1_000)], asking(...ids, one));
  expect(
    await shop.look(more).then(
      () => 'priced',
      () => 'refused',
    ),
  ).toBe('refused');
});

test('C-25: a voucher worth more than the basket is used up and keeps no rest; a gift card keeps what is not needed', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const voucherId = await shop.give(customerId, amount(1_000));
  const draft = shop.draft([shop.line(800)], { customerId, ...asking(voucherId) });
  const sold = await shop.pay(draft, [], 0);
  expect(sold).toMatchObject({ totalMinor: 0, value: { vouchers: [{ voucherId, amountMinor: 800 }] } });
  expect(shop.env.db.read.get('SELECT status, usage_count AS used FROM vouchers' as never)).toEqual({
    status: 'redeemed',
    used: 1,
  });
  expect(shop.env.db.read.get('SELECT status FROM customer_vouchers' as never)).toEqual({ status: 'REDEEMED' });
  const { accountId } = await shop
    .caller('manager')
    .credit.giveCard(shop.op({ amountMinor: 1_000, days: null, note: 'a prize' }));
  const second = await shop.pay(shop.draft([shop.line(800)]), [shop.byCredit(accountId, 800, 'gift-card')], 800);
  expect(second.value.credit).toEqual([{ accountId, kind: 'gift-card', spentMinor: 800, leftMinor: 200 }]);
  expect(shop.balance(accountId)).toBe(200);
});

test('a sale with a voucher stands on the timeline as a sale, with the voucher among what followed', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const voucherId = await shop.give(customerId, amount(300));
  await shop.pay(shop.draft([shop.line(800)], { customerId, ...asking(voucherId) }), [shop.cash(500)], 500);
  const { groups } = await shop.cashier.customers.timeline({ customerId, filter: 'sales', limit: 10 });
  expect(groups).toMatchObject([{ action: { type: 'customer.order.created', data: { amountMinor: 500 } } }]);
  expect(groups[0]?.effects).toContainEqual(expect.objectContaining({ type: 'customer.voucher.redeemed' }));
});

test('F35: 100 percent off leaves nothing to pay, whatever the lines', async () => {
  const shop = shopOf();
  const voucherId = await shop.generic('ALLFREE', percent(10_000));
  expect(await shownOf([560, 892, 4_491, 21_726, 240_000], voucherId)).toEqual([0, 267_669]);
});

test.each([
  [3, 1_020, 1],
  [5, 2_040, 1],
  [6, 2_040, 2],
  [9, 3_060, 3],
])(
  'C-28: two bought, the third free: of %i pieces at 5.10 the total is %i, and what is free earns nothing',
  async (pieces, total, free) => {
    const shop = shopOf();
    const customerId = shop.addCustomer();
    const voucherId = await shop.generic('TWOFORONE', { benefit: { kind: 'buy-take', buyUnits: 2, takeUnits: 1 } });
    const line = shop.line(510, { quantityThousandths: pieces * 1000 });
    const draft = shop.draft([line], { customerId, ...asking(voucherId) });
    const { priced, points } = await shop.look(draft);
    expect(priced.totalMinor).toBe(total);
    expect(priced.lines[0]?.freeThousandths).toBe(free * 1000);
    expect(points?.points).toBe(Math.floor(total / 100));
  },
);

test('C-34 S0-31 S0-32: a key answers the same for ever; another sale with the used voucher is refused and recorded', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const voucherId = await shop.give(customerId, amount(500));
  const draft = shop.draft([shop.line(2_000)], { customerId, ...asking(voucherId) });
  const submission = shop.op({ draft, tenders: [shop.cash(1_500)], expectedTotalMinor: 1_500 });
  const first = await shop.cashier.till.completeSale(submission);
  expect(await shop.cashier.till.completeSale(submission)).toEqual(first);
  const body = { ...submission, input: { ...submission.input, expectedTotalMinor: 2_000 } };
  expect(await refusalOf(shop.cashier.till.completeSale(body))).toMatchObject({ reason: 'operation-id-reused' });
  const again = { ...draft, saleId: shop.newId(), lines: [shop.line(2_000)] };
  expect(await refusalOf(shop.pay(again, [shop.cash(1_500)], 1_500))).toMatchObject({
    reason: 'voucher-used',
    facts: { voucherId, totalMinor: 2_000 },
  });
  const attempts = shop.env.db.read.all(
    'SELECT successful, failure_reason AS why FROM redemption_attempts ORDER BY id' as never,
  );
  expect(attempts).toEqual([
    { successful: 1, why: null },
    { successful: 0, why: 'voucher-used' },
  ]);
  const { priced, vouchers } = await shop.look(again);
  expect(vouchers).toMatchObject([{ voucherId, amountMinor: 0, refusal: { reason: 'voucher-used' } }]);
  const sold = await shop.pay(again, [shop.cash(2_000)], priced.totalMinor);
  expect(sold).toMatchObject({ totalMinor: 2_000, value: { vouchers: [] } });
  expect(shop.number('SELECT COUNT(*) AS n FROM voucher_redemptions')).toBe(1);
});

test('C-41: three pieces give a voucher of three, which the next sale uses whole; the receipt says so as often as it is printed', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  await shop.publish({
    name: 'Three free',
    benefit: { kind: 'product', units: 1 },
    use: 'next-sale',
    limits: { usesPerSale: null },
    distribution: { kind: 'after-sale', minimumMinor: 10_000, per: 'unit' },
  });
  const buying = shop.draft([shop.line(5_000, { quantityThousandths: 3_000 })], { customerId });
  const first = await shop.pay(buying, [shop.cash(15_000)], 15_000);
  expect(first.value.issued).toMatchObject([{ name: 'Three free', uses: 3 }]);
  const voucherId = first.value.issued[0]?.voucherId ?? '';
  const receipt = () => shop.cashier.till.receipt({ saleId: first.saleId });
  expect((await receipt()).value.issued).toEqual(first.value.issued);
  const next = shop.draft([shop.line(4_000, { quantityThousandths: 3_000 })], { customerId });
  expect((await shop.look(next)).fitting).toMatchObject([{ voucherId, amountMinor: 12_000 }]);
  const using = { ...next, ...asking(voucherId) };
  await shop.pay(using, [], 0);
  expect(shop.env.db.read.get('SELECT usage_count AS used, status FROM vouchers' as never)).toEqual({
    used: 3,
    status: 'redeemed',
  });
  expect((await receipt()).value.issued).toEqual(first.value.issued);
  expect(shop.number('SELECT COUNT(*) AS n FROM vouchers')).toBe(1);
});

test('PR2: a sale that gives a code for everybody bears it on its receipt, with and without a customer, as often as it is printed', async () => {
  const shop = shopOf();
  const limits = { usesPerCode: null, perCustomer: 1 };
  const given = { use: 'next-sale' as const, limits, validity: { claimDays: 30 } };
  await shop.publish({ name: 'Next time', genericCode: 'NEXT10', ...given, distribution: { kind: 'after-sale' } });
  const receipt = async (saleId: string) => (await shop.cashier.till.receipt({ saleId })).value.issued;
  const bearer = await shop.pay(shop.draft([shop.line(5_000)]), [shop.cash(5_000)], 5_000);
  expect(bearer.value.issued).toMatchObject([{ code: 'NEXT10', name: 'Next time', uses: null }]);
  expect(await receipt(bearer.saleId)).toEqual(bearer.value.issued);
  const customerId = shop.addCustomer();
  const buy = (more: object = {}) => shop.draft([shop.line(5_000)], { customerId, ...more });
  const first = await shop.pay(buy(), [shop.cash(5_000)], 5_000);
  // While its customer can use it, each sale reminds of it; its end is that of the claim.
  const second = await shop.pay(buy(), [shop.cash(5_000)], 5_000);
  expect(second.value.issued).toEqual(first.value.issued);
  expect(first.value.issued[0]?.endsAtMs).not.toBeNull();
  const voucherId = first.value.issued[0]?.voucherId ?? '';
  const third = await shop.pay(buy(asking(voucherId)), [shop.cash(4_500)], 4_500);
  expect(third.value.issued).toEqual([]);
  expect(await receipt(second.saleId)).toEqual(first.value.issued);
  expect(replayedSnapshotOf(shop)).toEqual(snapshotOf(shop));
});

test('an automatic promotion applies by itself and is counted in its campaign; a sale outside its hours knows nothing of it', async () => {
  const shop = shopOf();
  const campaignId = await shop.promotion({ name: 'Happy hour', ...percent(2_000), limits: { total: 1 } });
  const draft = shop.draft([shop.line(1_000)]);
  const { priced, promotions } = await shop.look(draft);
  expect(promotions).toEqual([{ campaignId, name: 'Happy hour', amountMinor: 200 }]);
  const sold = await shop.pay(draft, [shop.cash(800)], priced.totalMinor);
  expect(sold.value.promotions).toEqual(promotions);
  expect((await shop.cashier.till.receipt({ saleId: sold.saleId })).value.promotions).toEqual(promotions);
  const next = await shop.look(shop.draft([shop.line(1_000)]));
  expect(next).toMatchObject({ priced: { totalMinor: 1_000 }, promotions: [] });
});

test('the answer of a sale and its receipt tell the same of vouchers, promotions, credit and what was given', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const credit = await shop.credit(customerId, 2_000);
  await shop.promotion({ name: 'Happy hour', ...percent(1_000) });
  await shop.publish({ name: 'Again', use: 'next-sale', distribution: { kind: 'after-sale' } });
  const codes = [await shop.generic('FIVE', amount(500)), await shop.generic('SIX', amount(600))];
  const draft = shop.draft([shop.line(6_000), shop.line(4_000)], { customerId, ...asking(...codes) });
  const { priced } = await shop.look(draft);
  const tenders = [shop.byCredit(credit, 2_000), shop.cash(priced.totalMinor - 2_000)];
  const { value, saleId } = await shop.pay(draft, tenders, priced.totalMinor);
  expect(value).toMatchObject({ vouchers: [{}, {}], promotions: [{}], credit: [{ spentMinor: 2_000 }], issued: [{}] });
  expect((await shop.cashier.till.receipt({ saleId })).value).toEqual(value);
});

test('F35: no order of asking changes a total, nor what each voucher takes off', async () => {
  const shop = shopOf();
  const kinds = [
    amount(700),
    percent(1_500),
    { ...percent(3_000), ...inGroup('x') },
    { ...amount(900), ...inGroup('x') },
    { benefit: { kind: 'product', units: 1 } as const },
    { benefit: { kind: 'fixed-price', unitPriceMinor: 250 } as const },
  ];
  const ids: string[] = [];
  for (const [at, kind] of kinds.entries()) ids.push(await shop.generic(`KIND${at}`, kind));
  const lines = [shop.line(1_250), shop.line(480, { quantityThousandths: 3_000 }), shop.line(99)];
  const answerOf = async (order: readonly string[]) => {
    const { priced, vouchers } = await shop.look(shop.draft(lines, asking(...order)));
    const took = vouchers.map(({ voucherId, amountMinor }) => [voucherId, amountMinor] as const).sort();
    return { total: priced.totalMinor, took };
  };
  await fc.assert(
    fc.asyncProperty(fc.subarray(ids), fc.infiniteStream(fc.nat()), async (some, keys) => {
      const keyed = some.map((id) => ({ id, key: keys.next().value ?? 0 }));
      const mixed = keyed.sort((a, b) => a.key - b.key).map(({ id }) => id);
      expect(await answerOf(mixed)).toEqual(await answerOf(some));
    }),
    { numRuns: 40 },
  );
});
