import { afterEach, beforeEach, expect, test } from 'vitest';
import { mustHave } from '#shop/must.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import { refusalOf } from '../support/test-backend.ts';
import { asking, createValueShop, type ValueShop } from '../till/value-shop.ts';

// What a till may give out on its own: the shop's setting, held, spent, given back and used, through the router.

const state: { shop: ValueShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createValueShop();
});
afterEach(() => state.shop?.close());
const shopOf = (): ValueShop => mustHave(state.shop, 'the shop');

const NO_BOUND = { creditPerAccountMinor: null, creditPerDayMinor: null, usesPerCode: null };
const allow = (allowance: Partial<Record<keyof typeof NO_BOUND, number | null>>) =>
  shopOf()
    .caller('manager')
    .settings.update(shopOf().op({ changes: { allowance: { ...NO_BOUND, ...allowance } } }));
const hold = (saleId: string, customerId: string | null, credit: { accountId: string; amountMinor: number }[]) =>
  shopOf().cashier.value.hold(shopOf().op({ saleId, customerId, credit, passes: [] }));
const refund = (saleId: string, lineIds: readonly string[]) => {
  const lines = lineIds.map((lineId) => ({ lineId, quantityThousandths: 1000 }));
  const back = { saleId, lines, reason: 'returned', tenderKind: 'cash' as const };
  return shopOf().caller('manager').till.refund(shopOf().op(back));
};
const cardOf = async (amountMinor: number) => {
  const shop = shopOf();
  return (await shop.caller('manager').credit.giveCard(shop.op({ amountMinor, note: 'raffle' }))).accountId;
};
const paidBy = async (accountId: string, minor: number, draft: SaleDraft, kind: 'credit' | 'gift-card' = 'credit') => {
  const shop = shopOf();
  const totalMinor = draft.lines.reduce((sum, line) => sum + line.unitPriceMinor, 0);
  const rest = totalMinor - minor;
  return shop.pay(draft, [shop.byCredit(accountId, minor, kind), ...(rest > 0 ? [shop.cash(rest)] : [])], totalMinor);
};

test('W9 S3-95: credit of one customer up to the limit of the day; held counts, the rest is paid by cash', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const accountId = await shop.credit(customerId, 10_000);
  await allow({ creditPerAccountMinor: 3_000 });
  const draft = shop.draft([shop.line(5_000)], { customerId });
  expect(await refusalOf(paidBy(accountId, 3_001, draft))).toEqual({
    reason: 'credit-day-allowance',
    facts: { limitMinor: 3_000, usedMinor: 0, leftMinor: 3_000, neededMinor: 3_001, accountId },
  });
  const other = shop.newId();
  await hold(other, customerId, [{ accountId, amountMinor: 1_000 }]);
  expect((await shop.look(draft)).credit[0]).toMatchObject({
    availableMinor: 9_000,
    allowances: { account: { limit: 3_000, given: 0, held: 1_000 }, till: null },
  });
  expect(await refusalOf(paidBy(accountId, 2_001, draft))).toMatchObject({
    reason: 'credit-day-allowance',
    facts: { usedMinor: 1_000, leftMinor: 2_000 },
  });
  await paidBy(accountId, 2_000, draft);
  expect(await refusalOf(hold(other, customerId, [{ accountId, amountMinor: 1_001 }]))).toMatchObject({
    reason: 'credit-day-allowance',
    facts: { usedMinor: 2_000, leftMinor: 1_000 },
  });
  shop.clock.advance(600_000);
  await paidBy(accountId, 1_000, shop.draft([shop.line(1_000)], { customerId }));
  expect(shop.balance(accountId)).toBe(7_000);
  shop.clock.advance(86_400_000);
  await paidBy(accountId, 3_000, shop.draft([shop.line(3_000)], { customerId }));
  expect(shop.balance(accountId)).toBe(4_000);
});

test('W9 W5: what came back of the day is no longer given out; what came back of yesterday changes nothing today', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const accountId = await shop.credit(customerId, 10_000);
  await allow({ creditPerAccountMinor: 2_000 });
  const first = shop.draft([shop.line(1_500), shop.line(500)], { customerId });
  await paidBy(accountId, 2_000, first);
  const more = (minor: number) => paidBy(accountId, minor, shop.draft([shop.line(minor)], { customerId }));
  expect(await refusalOf(more(1))).toMatchObject({ reason: 'credit-day-allowance', facts: { leftMinor: 0 } });
  await refund(first.saleId, [mustHave(first.lines[1]?.lineId ?? null, 'a line')]);
  expect(await refusalOf(more(501))).toMatchObject({ reason: 'credit-day-allowance', facts: { leftMinor: 500 } });
  await more(500);
  shop.clock.advance(86_400_000);
  await refund(first.saleId, [mustHave(first.lines[0]?.lineId ?? null, 'a line')]);
  expect(await refusalOf(more(2_001))).toMatchObject({ reason: 'credit-day-allowance', facts: { leftMinor: 2_000 } });
  await more(2_000);
});

test('W9 W12: a card that replaces another, and the record that a customer was merged into, bear what was given out before', async () => {
  const shop = shopOf();
  const manager = shop.caller('manager');
  await allow({ creditPerAccountMinor: 1_000 });
  const lost = await cardOf(5_000);
  const draft = shop.draft([shop.line(700)]);
  await paidBy(lost, 700, draft, 'gift-card');
  const { accountId } = await manager.credit.reissue(shop.op({ accountId: lost }));
  const byCard = (minor: number) => paidBy(accountId, minor, shop.draft([shop.line(minor)]), 'gift-card');
  expect(await refusalOf(byCard(301))).toMatchObject({ reason: 'credit-day-allowance', facts: { leftMinor: 300 } });
  await refund(draft.saleId, [mustHave(draft.lines[0]?.lineId ?? null, 'a line')]);
  await byCard(1_000);

  const [ana, double] = [shop.addCustomer('Ana'), shop.addCustomer('Ana G.')];
  const doubleAccount = await shop.credit(double, 3_000);
  await paidBy(doubleAccount, 600, shop.draft([shop.line(600)], { customerId: double }));
  await manager.customers.merge(shop.op({ fromCustomerId: double, intoCustomerId: ana }));
  const account = (await shop.cashier.credit.position({ customerId: ana })).accountId ?? '';
  const byAna = (minor: number) => paidBy(account, minor, shop.draft([shop.line(minor)], { customerId: ana }));
  expect(await refusalOf(byAna(401))).toMatchObject({ reason: 'credit-day-allowance', facts: { leftMinor: 400 } });
  await byAna(400);
});

test('W9: all credit of the till together, over customers and cards and within one sale', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const [accountId, card] = [await shop.credit(customerId, 5_000), await cardOf(5_000)];
  await allow({ creditPerDayMinor: 2_500 });
  const draft = shop.draft([shop.line(3_000)], { customerId });
  const both = [shop.byCredit(accountId, 1_500), shop.byCredit(card, 1_500, 'gift-card')];
  expect(await refusalOf(shop.pay(draft, both, 3_000))).toMatchObject({
    reason: 'credit-till-allowance',
    facts: { limitMinor: 2_500, usedMinor: 0, leftMinor: 2_500, neededMinor: 3_000 },
  });
  await shop.pay(
    draft,
    [shop.byCredit(accountId, 1_500), shop.byCredit(card, 1_000, 'gift-card'), shop.cash(500)],
    3_000,
  );
  expect(await shop.cashier.credit.position({ accountId: card })).toMatchObject({
    availableMinor: 4_000,
    allowances: { account: null, till: { limit: 2_500, given: 2_500, held: 0 } },
  });
  const next = shop.draft([shop.line(100)], { customerId });
  expect(await refusalOf(paidBy(accountId, 1, next))).toMatchObject({ reason: 'credit-till-allowance' });
  await allow({});
  await paidBy(accountId, 100, next);
});

test('W9 C-35: credit that waits for a card was allowed when it was set aside, also where less is allowed since', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const accountId = await shop.credit(customerId, 5_000);
  await allow({ creditPerAccountMinor: 2_000 });
  const draft = shop.draft([shop.line(3_000)], { customerId });
  const credit = shop.byCredit(accountId, 2_000);
  const tender = { kind: 'card' as const, amountMinor: 1_000 };
  const { tenderId } = await shop.cashier.till.beginPayment(shop.op({ draft, tender, taken: [credit] }));
  await allow({ creditPerAccountMinor: 0 });
  const next = shop.draft([shop.line(100)], { customerId });
  expect(await refusalOf(paidBy(accountId, 100, next))).toMatchObject({ reason: 'credit-day-allowance' });
  await shop.pay(draft, [credit, { tenderId, ...tender, reference: 'OK' }], 3_000);
  expect(shop.balance(accountId)).toBe(3_000);
});

test('W9 V4: uses of one code at this till, counted from when they were bounded; a use given back is no use', async () => {
  const shop = shopOf();
  const voucherId = await shop.generic('FOUR', { limits: { usesPerCode: 4 } });
  const free = await shop.generic('OPEN');
  const draftWith = (id: string) => shop.draft([shop.line(1_000)], asking(id));
  const use = async (id: string) => {
    const draft = draftWith(id);
    await shop.pay(draft, [shop.cash(900)], 900);
    return draft;
  };
  await use(voucherId);
  shop.clock.advance(1_000);
  await allow({ usesPerCode: 1 });
  const drawn = await use(voucherId);
  const refused = { reason: 'voucher-till-allowance', facts: { limit: 1, used: 1, left: 0 } };
  const check = () => refusalOf(shop.cashier.vouchers.check(shop.op({ code: 'FOUR', customerId: null, saleId: null })));
  expect(await check()).toMatchObject(refused);
  expect((await shop.look(draftWith(voucherId))).vouchers[0]?.refusal).toMatchObject(refused);
  expect(await refusalOf(shop.pay(draftWith(voucherId), [shop.cash(900)], 900))).toMatchObject(refused);
  // A code without a limit of its own cannot be used too often.
  await use(free);
  await use(free);
  await refund(drawn.saleId, [mustHave(drawn.lines[0]?.lineId ?? null, 'a line')]);
  const saleId = shop.newId();
  const asked = { saleId, customerId: null, credit: [], passes: [] };
  await shop.cashier.value.hold(shop.op({ ...asked, vouchers: [{ voucherId, uses: 1 }] }));
  expect(await check()).toMatchObject(refused);
  await shop.cashier.value.release(shop.op({ saleId }));
  await use(voucherId);
  // More is allowed: what was given out since still counts. Bounded anew, it starts anew.
  await allow({ usesPerCode: 2 });
  await use(voucherId);
  expect(await refusalOf(shop.pay(draftWith(voucherId), [shop.cash(900)], 900))).toMatchObject({
    reason: 'voucher-till-allowance',
    facts: { limit: 2, used: 2 },
  });
  shop.clock.advance(1_000);
  await allow({});
  await allow({ usesPerCode: 2 });
  await use(voucherId);
  expect(await check()).toMatchObject({ reason: 'voucher-limit-reached', facts: { limit: 4 } });
});

test('W9 S1-19: who may set it, what it writes down, and when it counts from', async () => {
  const shop = shopOf();
  const cashier = { ...NO_BOUND, usesPerCode: 3 };
  expect(await refusalOf(shop.cashier.settings.update(shop.op({ changes: { allowance: cashier } })))).toMatchObject({
    reason: 'not-permitted',
    facts: { permission: 'settings.shop' },
  });
  const forged = { changes: { usesCountedFromMs: 1 } as never };
  await expect(shop.caller('manager').settings.update(shop.op(forged))).rejects.toThrow();
  const atMs = shop.clock.wallNowMs();
  await allow({ usesPerCode: 3 });
  shop.clock.advance(5_000);
  await allow({ usesPerCode: 5, creditPerDayMinor: 100 });
  expect(shop.env.settings()).toMatchObject({
    allowance: { usesPerCode: 5, creditPerDayMinor: 100, creditPerAccountMinor: null },
    usesCountedFromMs: atMs,
  });
  await allow({});
  expect(shop.env.settings().usesCountedFromMs).toBeNull();
  expect(
    shop.number("SELECT COUNT(*) AS n FROM audit_logs WHERE action = 'settings.update' AND outcome = 'done'"),
  ).toBe(3);
});
