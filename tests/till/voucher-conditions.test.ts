// proves VC25
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ConditionGroup } from '#shop/offers/conditions.ts';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import { mustHave } from '#shop/must.ts';
import { scheduleSchema } from '#shop/time/schedule.ts';
import { refusalOf } from '../support/test-backend.ts';
import { asking, createValueShop, type ValueShop } from './value-shop.ts';

const state: { shop: ValueShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createValueShop();
});
afterEach(() => state.shop?.close());
const shopOf = (): ValueShop => mustHave(state.shop, 'the shop');

const HALF = { kind: 'percent', rateBasisPoints: 5_000 } as const;
const group = (kind: ConditionGroup['kind'], ...parts: ConditionGroup['parts']): ConditionGroup => ({ kind, parts });
const quantity = (atLeast: number, filter: object) =>
  ({ kind: 'quantity', atLeast, filter: { ...EVERY_ITEM, ...filter } }) as const;
const spend = (amountMinor: number, filter: object = {}) =>
  ({ kind: 'spend', amountMinor, withTax: true, filter: { ...EVERY_ITEM, ...filter } }) as const;
const purchases = (atLeast: number) => ({ kind: 'purchases', atLeast }) as const;

/** A shop with coffee at 2.00, food at 5.00 and bread without a category at 1.00. */
async function shelves() {
  const shop = shopOf();
  const { catalogue } = shop.caller('manager');
  const category = async (name: string): Promise<string> =>
    (await catalogue.saveCategory(shop.op({ name, color: 'a' as const }))).categoryId;
  const [coffeeId, foodId] = [await category('Coffee'), await category('Food')];
  const coffee = await shop.product('Latte', 200, { categoryId: coffeeId });
  const food = await shop.product('Soup', 500, { categoryId: foodId });
  const bread = await shop.product('Bread', 100);
  const either = group('any', quantity(3, { categoryIds: [coffeeId] }), spend(2_000, { categoryIds: [foodId] }));
  return { shop, coffeeId, foodId, coffee, food, bread, either };
}

test('VC25: three coffees or 20.00 of food; what is missing is told with its names, and the sale goes through without', async () => {
  const { shop, coffeeId, foodId, coffee, food, bread, either } = await shelves();
  const voucherId = await shop.generic('EITHER', { benefit: HALF, conditions: either });
  const total = async (...lines: ReturnType<typeof bread>[]): Promise<number> =>
    (await shop.look(shop.draft(lines, asking(voucherId)))).priced.totalMinor;
  expect(await total(coffee(3))).toBe(300);
  expect(await total(coffee(), coffee(), coffee())).toBe(300);
  expect(await total(food(4))).toBe(1_000);
  expect(await total(coffee(2), food(3), bread(50))).toBe(6_900);
  expect(await total({ ...food(4), discount: { kind: 'amount', amountMinor: 1 } })).toBe(1_999);
  const draft = shop.draft([coffee(2), food(3)], asking(voucherId));
  const { vouchers } = await shop.look(draft);
  const refusal = mustHave(vouchers[0]?.refusal ?? null, 'a refusal');
  expect(refusal.reason).toBe('voucher-conditions');
  expect(JSON.parse(String(refusal.facts.missing))).toEqual(either);
  expect(JSON.parse(String(refusal.facts.missingNames))).toEqual({ [coffeeId]: 'Coffee', [foodId]: 'Food' });
  const sold = await shop.pay(draft, [shop.cash(1_900)], 1_900);
  expect(sold.value.vouchers).toEqual([]);
  const paid = await shop.pay(shop.draft([coffee(3)], asking(voucherId)), [shop.cash(300)], 300);
  expect(paid.value.vouchers).toMatchObject([{ amountMinor: 300 }]);
});

test('VC25: one at the total that was agreed with it is refused where its conditions are not met', async () => {
  const { shop, coffee, either } = await shelves();
  const voucherId = await shop.generic('EITHER', { benefit: HALF, conditions: either });
  const draft = shop.draft([coffee(2)], asking(voucherId));
  expect(await refusalOf(shop.pay(draft, [shop.cash(200)], 200))).toMatchObject({ reason: 'voucher-conditions' });
  expect(shop.number('SELECT COUNT(*) AS n FROM voucher_redemptions')).toBe(0);
});

test('VC25: conditions are of the sale before any offer: another offer neither spoils nor fulfils them', async () => {
  const { shop, coffee, either } = await shelves();
  const half = await shop.generic('EITHER', { benefit: HALF, conditions: either });
  const free = await shop.generic('FREEONE', { benefit: { kind: 'product' } });
  const draft = (...ids: string[]) => shop.look(shop.draft([coffee(3)], asking(...ids)));
  expect((await draft(half, free)).priced.totalMinor).toBe(200);
  expect((await draft(free, half)).priced.totalMinor).toBe(200);
});

test('VC25: a promotion with conditions comes by itself, and goes with the piece that is taken off', async () => {
  const { shop, coffee, food, foodId, either } = await shelves();
  const noFood = group('none', quantity(1, { categoryIds: [foodId] }));
  await shop.promotion({ name: 'Coffee hour', benefit: HALF, conditions: group('all', either, noFood) });
  const look = (...lines: ReturnType<typeof coffee>[]) => shop.look(shop.draft(lines));
  expect((await look(coffee(3))).promotions).toMatchObject([{ name: 'Coffee hour', amountMinor: 300 }]);
  expect((await look(coffee(2))).promotions).toEqual([]);
  expect((await look(coffee(3), food(1))).promotions).toEqual([]);
  const sold = await shop.pay(shop.draft([coffee(4)]), [shop.cash(400)], 400);
  expect(sold.value.promotions).toMatchObject([{ amountMinor: 400 }]);
});

test('VC25: what no sale can fulfil is refused at the check, what a sale can is not; nobody known is asked who they are', async () => {
  const { shop, either } = await shelves();
  const segmentId = shop.newId();
  await shop.caller('manager').segments.save(shop.op({ segmentId, version: 0, name: 'Early birds', rule: null }));
  const inSegment = { kind: 'segment', segmentId } as const;
  await shop.generic('BIRDS', { benefit: HALF, conditions: group('all', either, inSegment) });
  await shop.generic('BIRDSOR', { benefit: HALF, conditions: group('any', either, inSegment) });
  await shop.generic('NOBIRDS', { benefit: HALF, conditions: group('none', inSegment) });
  const morning = { kind: 'time' as const, window: scheduleSchema.parse({ fromMinute: 0, toMinute: 1 }) };
  await shop.generic('EARLY', { benefit: HALF, conditions: group('all', morning) });
  const ana = shop.addCustomer('Ana');
  const check = (code: string, customerId: string | null) =>
    shop.cashier.vouchers.check(shop.op({ code, customerId, saleId: null }));
  const refused = await refusalOf(check('BIRDS', ana));
  expect(refused).toMatchObject({ reason: 'voucher-conditions', facts: { otherVouchers: 0 } });
  expect(JSON.parse(String(refused?.facts.missing))).toEqual(inSegment);
  expect(JSON.parse(String(refused?.facts.missingNames))).toMatchObject({ [segmentId]: 'Early birds' });
  expect(await refusalOf(check('BIRDS', null))).toMatchObject({ reason: 'voucher-needs-customer' });
  expect(await check('BIRDSOR', null)).toMatchObject({ code: 'BIRDSOR' });
  expect(await check('BIRDSOR', ana)).toMatchObject({ code: 'BIRDSOR' });
  // Who is not known may be one of them.
  expect(await refusalOf(check('NOBIRDS', null))).toMatchObject({ reason: 'voucher-needs-customer' });
  expect(await check('NOBIRDS', ana)).toMatchObject({ code: 'NOBIRDS' });
  expect(await refusalOf(check('EARLY', ana))).toMatchObject({ reason: 'voucher-conditions' });
  expect(shop.number("SELECT COUNT(*) AS n FROM redemption_attempts WHERE failure_reason = 'voucher-conditions'")).toBe(
    2,
  );
});

test('VC25: earlier purchases count before this one, at the payment that waits too; alternatives leave out what cannot be', async () => {
  const { shop, coffee } = await shelves();
  const ana = shop.addCustomer('Ana');
  const second = await shop.give(ana, { name: 'Second', benefit: HALF, conditions: group('all', purchases(1)) });
  const any = await shop.give(ana, { name: 'Any', benefit: HALF });
  const alternatives = () =>
    shop.cashier.vouchers.alternatives({ customerId: ana, saleId: null, exceptVoucherId: any });
  expect(await alternatives()).toEqual([]);
  const identified = { customerId: ana, customerIdentifiedBy: 'search', customerIdentifiedAtMs: 1 } as const;
  const draft = () => shop.draft([coffee(1)], { ...identified, ...asking(second) });
  expect((await shop.look(draft())).vouchers).toMatchObject([{ refusal: { reason: 'voucher-conditions' } }]);
  await shop.pay(shop.draft([coffee(1)], identified), [shop.cash(200)], 200);
  expect(await alternatives()).toMatchObject([{ voucherId: second }]);
  const waiting = draft();
  const tender = { kind: 'card', amountMinor: 100 } as const;
  const { tenderId } = await shop.cashier.till.beginPayment(shop.op({ draft: waiting, tender }));
  expect(shop.number("SELECT COUNT(*) AS n FROM value_holds WHERE subject_kind = 'voucher'")).toBe(1);
  const sold = await shop.pay(waiting, [{ ...tender, tenderId, reference: 'OK' }], 100);
  expect(sold.value.vouchers).toMatchObject([{ amountMinor: 100 }]);
});

test('VC25: what cannot be said is refused with its place; what is given outside a sale asks nothing of one', async () => {
  const { shop, either } = await shelves();
  const { vouchers } = shop.caller('manager');
  const save = (change: object) =>
    vouchers.saveDraft(shop.op({ campaignId: null, campaign: { ...shop.campaign(), ...change }, revision: 0 }));
  const deep = group('all', group('all', group('all', group('all', purchases(1)))));
  await expect(save({ conditions: deep })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(save({ conditions: group('any') })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const credit = { kind: 'credit', amountMinor: 500, days: null };
  await expect(save({ conditions: either, benefit: credit })).rejects.toThrow(/asks nothing of the sale/);
  const ana = shop.addCustomer('Ana');
  await shop.generic('LOYAL', {
    benefit: { kind: 'credit', amountMinor: 500 },
    conditions: group('all', purchases(1)),
  });
  const redeem = () => shop.cashier.vouchers.redeem(shop.op({ code: 'LOYAL', customerId: ana }));
  expect(await refusalOf(redeem())).toMatchObject({ reason: 'voucher-conditions' });
  const identified = { customerId: ana, customerIdentifiedBy: 'search', customerIdentifiedAtMs: 1 } as const;
  await shop.sell(shop.draft([shop.line(100)], identified));
  expect(await redeem()).toMatchObject({ kind: 'given' });
});

test('VC25: a definition that was published before there were conditions reads as one without', async () => {
  const { shop, coffee } = await shelves();
  const voucherId = await shop.generic('PLAIN', { benefit: HALF });
  const { definition } = mustHave(
    shop.env.db.read.get<{ definition: string }>('SELECT definition FROM campaign_versions' as never) ?? null,
    'a version',
  );
  const { conditions, ...before } = JSON.parse(definition) as Record<string, unknown>;
  expect(conditions).toBeNull();
  expect(shop.campaign(before as never)).toEqual({ ...shop.campaign(before as never), conditions: null });
  expect((await shop.look(shop.draft([coffee(1)], asking(voucherId)))).priced.totalMinor).toBe(100);
});
