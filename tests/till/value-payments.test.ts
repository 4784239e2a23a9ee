import { afterEach, beforeEach, expect, test } from 'vitest';
import { mustHave } from '#shop/must.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import { refusalOf } from '../support/test-backend.ts';
import { asking, createValueShop, type ValueShop } from './value-shop.ts';

// Credit, gift cards, passes and vouchers in a payment: set aside when it begins, taken once when it is done, free when it fails.

const state: { shop: ValueShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createValueShop();
});
afterEach(() => state.shop?.close());
const shopOf = (): ValueShop => mustHave(state.shop, 'the shop');

async function passOf(customerId: string, units: number): Promise<string> {
  const shop = shopOf();
  const planId = await shop.plan(units);
  return (await shop.caller('manager').passes.give(shop.op({ customerId, planId, note: 'a prize' }))).passId;
}

const begin = (draft: SaleDraft, amountMinor: number, ...taken: ReturnType<ValueShop['byCredit']>[]) => {
  const shop = shopOf();
  return shop.cashier.till.beginPayment(shop.op({ draft, tender: { kind: 'card' as const, amountMinor }, taken }));
};
const fail = (saleId: string, tenderId: string) =>
  shopOf().cashier.till.failTender(shopOf().op({ saleId, tenderId, reason: 'declined' }));
const availableOf = async (accountId: string) => (await shopOf().cashier.credit.position({ accountId })).availableMinor;
const holds = () => shopOf().number('SELECT COUNT(*) AS n FROM value_holds');

test('C-35 W7 S3-62 S3-64 S3-95 S3-97: a declined card leaves credit and package alone; the retry takes both once', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const accountId = await shop.credit(customerId, 3_500);
  const line = await shop.product('Ten coffees', 10_000, { sells: 'package', sellsPlanId: await shop.plan() });
  const draft = shop.draft([line()], { customerId });
  const tooMuch = await refusalOf(begin(draft, 6_000, shop.byCredit(accountId, 4_000)));
  expect(tooMuch).toMatchObject({
    reason: 'credit-short',
    facts: { availableMinor: 3_500, neededMinor: 4_000, accountId },
  });
  const credit = shop.byCredit(accountId, 3_500);
  const begun = await begin(draft, 6_500, credit);
  expect(begun.dueMinor).toBe(0);
  expect(await availableOf(accountId)).toBe(0);
  expect((await shop.cashier.till.drafts())[0]?.taken).toEqual([{ kind: 'credit', accountId, amountMinor: 3_500 }]);
  expect(await fail(begun.saleId, begun.tenderId)).toEqual({ dueMinor: 10_000 });
  expect(await availableOf(accountId)).toBe(3_500);
  expect(holds()).toBe(0);
  expect(shop.number('SELECT COUNT(*) AS n FROM customer_packages')).toBe(0);
  expect(shop.number("SELECT COUNT(*) AS n FROM customer_events WHERE event_type = 'customer.payment.failed'")).toBe(1);
  const retry = await begin(draft, 6_500, credit);
  const card = { tenderId: retry.tenderId, kind: 'card' as const, amountMinor: 6_500, reference: 'OK' };
  const sold = await shop.pay(draft, [credit, card], 10_000);
  expect(sold.value).toMatchObject({
    credit: [{ accountId, kind: 'credit', spentMinor: 3_500, leftMinor: 0 }],
    sold: [{ kind: 'package', name: 'Coffees', units: 10 }],
  });
  expect(shop.balance(accountId)).toBe(0);
  expect(shop.number("SELECT COUNT(*) AS n FROM store_credit_transactions WHERE kind = 'spend'")).toBe(1);
  expect(shop.number('SELECT units_total AS n FROM customer_packages')).toBe(10);
  expect(shop.number('SELECT stored_value_minor AS n FROM transactions')).toBe(3_500);
  expect(holds()).toBe(0);
});

test('a payment that is given up lets go of everything, and the draft goes on with what it asked for', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const accountId = await shop.credit(customerId, 500);
  const voucherId = await shop.give(customerId, { benefit: { kind: 'amount', amountMinor: 300 } });
  const passId = await passOf(customerId, 2);
  const line = shop.line(1_000, { quantityThousandths: 2_000 });
  const vouchers = [{ voucherId, choice: line.lineId }];
  const draft = shop.draft([line], { customerId, vouchers, passUses: [{ passId, lineId: line.lineId, units: 1 }] });
  const preview = await shop.look(draft);
  expect(preview).toMatchObject({ priced: { totalMinor: 1_700 }, passMinor: 850, dueMinor: 850 });
  await begin(draft, 350, shop.byCredit(accountId, 500));
  expect(holds()).toBe(4);
  const frozen = await shop.look(draft);
  expect(frozen).toMatchObject({
    dueMinor: 850,
    vouchers: [{ voucherId, amountMinor: 300, refusal: null }],
    passMinor: 850,
  });
  const { saleId } = await shop.cashier.till.giveUpPayment(shop.op({ saleId: draft.saleId }));
  expect(holds()).toBe(0);
  expect(await availableOf(accountId)).toBe(500);
  const [open] = await shop.cashier.till.drafts();
  const moved = open?.draft.lines[0]?.lineId;
  expect(open?.draft).toMatchObject({
    saleId,
    vouchers: [{ voucherId, choice: moved }],
    passUses: [{ passId, lineId: moved, units: 1 }],
  });
  expect(moved).not.toBe(line.lineId);
});

test('C-35: a voucher that somebody else used after a decline is refused with its reason, and nothing is written', async () => {
  const shop = shopOf();
  const voucherId = await shop.generic('ONLYONE', {
    benefit: { kind: 'amount', amountMinor: 300 },
    limits: { total: 1 },
  });
  const draft = shop.draft([shop.line(1_000)], asking(voucherId));
  const { tenderId, saleId } = await begin(draft, 700);
  const other = shop.draft([shop.line(1_000)], asking(voucherId));
  const held = await shop.look(other);
  expect(held).toMatchObject({
    priced: { totalMinor: 1_000 },
    vouchers: [{ refusal: { reason: 'voucher-limit-reached' } }],
  });
  await fail(saleId, tenderId);
  await shop.pay(other, [shop.cash(700)], 700);
  const gone = { reason: 'voucher-limit-reached', facts: { voucherId } };
  expect(await refusalOf(begin(draft, 700))).toMatchObject(gone);
  expect(await refusalOf(shop.pay(draft, [shop.cash(700)], 700))).toMatchObject(gone);
  expect((await shop.look(draft)).vouchers).toMatchObject([
    { voucherId, refusal: { reason: 'voucher-limit-reached' } },
  ]);
  expect(shop.number('SELECT SUM(uses) AS n FROM voucher_redemptions')).toBe(1);
});

test('C-35: what is set aside counts against nobody but others: the sale that set it aside completes in cash', async () => {
  const shop = shopOf();
  const voucherId = await shop.generic('ONLYONE', {
    benefit: { kind: 'amount', amountMinor: 300 },
    limits: { total: 1 },
  });
  const draft = shop.draft([shop.line(1_000)], asking(voucherId));
  const { saleId, tenderId } = await begin(draft, 500);
  await fail(saleId, tenderId);
  const sold = await shop.pay(draft, [shop.cash(700)], 700);
  expect(sold.value.vouchers).toMatchObject([{ voucherId, amountMinor: 300 }]);
  expect(shop.number('SELECT uses AS n FROM campaign_totals')).toBe(1);
});

test('a hold keeps a voucher for its sale for ten minutes; then it is free by itself', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const voucherId = await shop.give(customerId, { benefit: { kind: 'amount', amountMinor: 300 } });
  const draft = shop.draft([shop.line(1_000)], { customerId, ...asking(voucherId) });
  const none = { customerId, credit: [], passes: [] };
  await shop.cashier.value.hold(shop.op({ ...none, saleId: draft.saleId, vouchers: [{ voucherId, uses: 1 }] }));
  const other = { ...draft, saleId: shop.newId() };
  expect((await shop.look(other)).vouchers).toMatchObject([{ refusal: { reason: 'voucher-held' } }]);
  expect((await shop.look(draft)).vouchers).toMatchObject([{ amountMinor: 300, refusal: null }]);
  const twice = { ...none, saleId: shop.newId(), vouchers: [{ voucherId, uses: 1 }] };
  expect(await refusalOf(shop.cashier.value.hold(shop.op(twice)))).toMatchObject({ reason: 'voucher-held' });
  shop.clock.advance(600_000);
  expect((await shop.look(other)).vouchers).toMatchObject([{ amountMinor: 300, refusal: null }]);
});

test('W1 W3 W13 S3-39: credit pays a part beside cash, is no discount, and earns as the programme says', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const accountId = await shop.credit(customerId, 400);
  const draft = shop.draft([shop.line(1_000)], { customerId });
  const preview = await shop.look(draft);
  const credit = { accountId, kind: 'credit', availableMinor: 400, endsAtMs: null, emptySinceMs: null };
  const allowances = { account: null, till: null };
  expect(preview.credit).toEqual([{ ...credit, isFrozen: false, allowances }]);
  const sold = await shop.pay(draft, [shop.byCredit(accountId, 400), shop.cash(600, 1_000)], 1_000);
  expect(sold).toMatchObject({ totalMinor: 1_000, changeMinor: 400 });
  const detail = await shop.caller('manager').till.sale({ saleId: sold.saleId });
  expect(detail).toMatchObject({ discountMinor: 0, totalMinor: 1_000, paidMinor: 1_000 });
  expect(detail.tenders.map(({ kind, amountMinor, accountId: paid }) => [kind, amountMinor, paid])).toEqual([
    ['credit', 400, accountId],
    ['cash', 600, null],
  ]);
  const receipt = await shop.cashier.till.receipt({ saleId: sold.saleId });
  expect(receipt.value.credit).toEqual([{ accountId, kind: 'credit', spentMinor: 400, leftMinor: 0 }]);
  const other = shop.draft([shop.line(1_000)], { customerId: shop.addCustomer('Beto') });
  const notTheirs = await refusalOf(shop.pay(other, [shop.byCredit(accountId, 100), shop.cash(900)], 1_000));
  expect(notTheirs).toMatchObject({ reason: 'not-found' });
  const { till } = shop.cashier;
  const named = await refusalOf(shop.pay(draft, [shop.byCredit(accountId, 100)], 1_000));
  expect(named).toMatchObject({ reason: 'sale-already-completed' });
  expect(await till.drafts()).toEqual([]);
});

test('W2 W4: a top-up, a gift card and its code are sold, in no discount and no points; credit buys no credit', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const accountId = await shop.credit(customerId, 5_000);
  const tenOff = await shop.generic('TENPCT', { benefit: { kind: 'percent', rateBasisPoints: 1_000 } });
  const topUp = shop.line(2_000, { sells: { kind: 'credit' } });
  const card = shop.line(3_000, { sells: { kind: 'gift-card', code: null } });
  const draft = shop.draft([topUp, card, shop.line(1_000)], { customerId, ...asking(tenOff) });
  const preview = await shop.look(draft);
  expect(preview).toMatchObject({ priced: { totalMinor: 5_900 }, points: { points: 9 } });
  const credit = shop.byCredit(accountId, 1_000);
  const refused = await refusalOf(shop.pay(draft, [credit, shop.cash(4_900)], 5_900));
  expect(refused).toMatchObject({ reason: 'credit-for-credit', facts: { availableMinor: 900, neededMinor: 1_000 } });
  expect(shop.number("SELECT COUNT(*) AS n FROM credit_accounts WHERE kind = 'gift-card'")).toBe(0);
  const sold = await shop.pay(draft, [shop.byCredit(accountId, 900), shop.cash(5_000)], 5_900);
  expect(sold.value.sold).toMatchObject([
    { kind: 'credit', subjectId: accountId, amountMinor: 2_000, leftMinor: 6_100 },
    { kind: 'gift-card', amountMinor: 3_000, leftMinor: 3_000 },
  ]);
  const code = sold.value.sold[1]?.code ?? '';
  expect(await shop.cashier.credit.position({ code })).toMatchObject({ kind: 'gift-card', balanceMinor: 3_000 });
  const again = shop.draft([shop.line(500, { sells: { kind: 'gift-card', code: code.toLowerCase() } })]);
  const more = await shop.pay(again, [shop.cash(500)], 500);
  expect(more.value.sold).toMatchObject([{ code, amountMinor: 500, leftMinor: 3_500 }]);
  const receipt = await shop.cashier.till.receipt({ saleId: sold.saleId });
  expect(receipt.value.sold).toEqual(sold.value.sold);
  const toNobody = shop.draft([shop.line(500, { sells: { kind: 'credit' } })]);
  expect(await refusalOf(shop.pay(toNobody, [shop.cash(500)], 500))).toMatchObject({ reason: 'sale-needs-customer' });
});

test('a pass pays whole pieces of a line; the till shows what is left, and the receipt what was', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const passId = await passOf(customerId, 3);
  const line = shop.line(334, { quantityThousandths: 3_000 });
  const asked = (units: number) =>
    shop.draft([line, shop.line(500)], { customerId, passUses: [{ passId, lineId: line.lineId, units }] });
  const plain = await shop.look(shop.draft([line], { customerId }));
  expect(plain.passes).toMatchObject([{ passId, lineId: line.lineId, unitsLeft: 3, units: 0, unitsPossible: 3 }]);
  const draft = asked(2);
  const preview = await shop.look(draft);
  expect(preview).toMatchObject({ priced: { totalMinor: 1_502 }, passMinor: 668, dueMinor: 834 });
  expect(preview.passes).toMatchObject([
    { units: 2, unitsPossible: 3, amountMinor: 668 },
    { units: 0, unitsPossible: 1 },
  ]);
  const sold = await shop.pay(draft, [shop.cash(834)], 1_502);
  expect(sold.value.passes).toEqual([{ passId, name: 'Coffees', used: 2, left: 1, endsAtMs: null }]);
  const { tenders } = await shop.caller('manager').till.sale({ saleId: sold.saleId });
  expect([...tenders].sort((a, b) => b.uses - a.uses)).toMatchObject([
    { kind: 'package', amountMinor: 668, passId, lineId: line.lineId, uses: 2 },
    { kind: 'cash', amountMinor: 834 },
  ]);
  const covers = (await shop.cashier.till.receipt({ saleId: sold.saleId })).tenders.map((tender) => tender.covers);
  expect(covers.filter((pieces) => pieces !== null)).toEqual([{ name: line.name, pieces: 2 }]);
  const fresh = shop.line(334, { quantityThousandths: 3_000 });
  const next = shop.draft([fresh], { customerId, passUses: [{ passId, lineId: fresh.lineId, units: 2 }] });
  expect((await shop.look(next)).passes[0]?.refusal).toMatchObject({
    reason: 'pass-short',
    facts: { needed: 2, have: 1 },
  });
  expect(await refusalOf(shop.pay(next, [shop.cash(334)], 1_002))).toMatchObject({
    reason: 'pass-short',
    facts: { passId },
  });
  const alone = { ...next, customerId: null };
  expect((await shop.look(alone)).passes[0]?.refusal).toMatchObject({ reason: 'pass-of-another' });
  const free = await shop.pay(
    { ...next, passUses: [{ passId, lineId: fresh.lineId, units: 1 }] },
    [shop.cash(668)],
    1_002,
  );
  expect(free.value.passes).toMatchObject([{ used: 1, left: 0 }]);
});

test('S3-66 S3-69 VC5: no card is asked for a total that is over: what ended meanwhile is told before anybody pays', async () => {
  const shop = shopOf();
  const benefit = { kind: 'amount', amountMinor: 300 } as const;
  const validity = { endsOn: '2026-03-15' };
  const voucherId = await shop.generic('ENDS', { benefit, validity });
  await shop.promotion({ name: 'Spring', benefit, validity });
  shop.clock.advance(Date.parse('2026-03-16T03:59:50Z') - shop.clock.wallNowMs());
  const draft = shop.draft([shop.line(1_000)], asking(voucherId));
  const seen = (await shop.look(draft)).priced.totalMinor;
  expect(seen).toBe(400);
  shop.clock.advance(20_000);
  const begin = (expectedTotalMinor: number, of = draft) => {
    const card = { kind: 'card' as const, amountMinor: expectedTotalMinor };
    return shop.cashier.till.beginPayment(shop.op({ draft: of, tender: card, expectedTotalMinor }));
  };
  expect(await refusalOf(begin(seen))).toMatchObject({ reason: 'voucher-expired', facts: { totalMinor: 1_000 } });
  expect(await refusalOf(begin(700, { ...draft, vouchers: [] }))).toMatchObject({
    reason: 'price-changed',
    facts: { totalMinor: 1_000 },
  });
  expect(shop.number('SELECT COUNT(*) AS n FROM transactions')).toBe(0);
  expect(await begin((await shop.look(draft)).priced.totalMinor)).toMatchObject({ dueMinor: 0 });
});
