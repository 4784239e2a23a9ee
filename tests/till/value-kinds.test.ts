import { afterEach, beforeEach, expect, test } from 'vitest';
import { mustHave } from '#shop/must.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import { refusalOf } from '../support/test-backend.ts';
import { asking, createValueShop, type ValueShop } from './value-shop.ts';

// Every kind of voucher in a sale; a sale that fails half way; and tickets in which goods come back.

const state: { shop: ValueShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createValueShop();
});
afterEach(() => state.shop?.close());
const shopOf = (): ValueShop => mustHave(state.shop, 'the shop');

test('S3-5 S3-58: a sale that cannot be written to its end leaves nothing: no use, no spend, no receipt, and can be paid anew', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const accountId = await shop.credit(customerId, 500);
  const voucherId = await shop.give(customerId, { benefit: { kind: 'amount', amountMinor: 300 } });
  const draft = shop.draft([shop.line(1_000)], { customerId, ...asking(voucherId) });
  const change = (statement: string) => shop.env.db.write((tx) => tx.run(statement as never));
  change(`CREATE TRIGGER broken BEFORE INSERT ON store_credit_transactions BEGIN SELECT RAISE(ABORT, 'broken'); END`);
  const tenders = () => [shop.byCredit(accountId, 500), shop.cash(200)];
  await expect(shop.pay(draft, tenders(), 700)).rejects.toThrow();
  for (const table of ['transactions', 'voucher_redemptions', 'redemption_attempts', 'transaction_tenders']) {
    expect([table, shop.number(`SELECT COUNT(*) AS n FROM ${table}`)]).toEqual([table, 0]);
  }
  expect(shop.env.db.read.get('SELECT status FROM customer_vouchers' as never)).toEqual({ status: 'CLAIMED' });
  change('DROP TRIGGER broken');
  const sold = await shop.pay(draft, tenders(), 700);
  expect(sold.value).toMatchObject({ vouchers: [{ voucherId }], credit: [{ spentMinor: 500, leftMinor: 0 }] });
});

// proves S3-38
test.each([
  ['percent', { kind: 'percent', rateBasisPoints: 1_000 }, 900],
  ['amount', { kind: 'amount', amountMinor: 250 }, 750],
  ['product', { kind: 'product', units: 1 }, 500],
  ['buy-take', { kind: 'buy-take', buyUnits: 1, takeUnits: 1 }, 500],
  ['fixed-price', { kind: 'fixed-price', unitPriceMinor: 400 }, 800],
] as const)('S3-38: a voucher of kind %s is redeemed with a sale', async (kind, benefit, totalMinor) => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const voucherId = await shop.give(customerId, { benefit });
  const draft = shop.draft([shop.line(500, { quantityThousandths: 2_000 })], { customerId, ...asking(voucherId) });
  await shop.pay(draft, [shop.cash(totalMinor)], totalMinor);
  expect(shop.env.db.read.get('SELECT redemption_type AS kind, uses FROM voucher_redemptions' as never)).toEqual({
    kind,
    uses: 1,
  });
});

test.each([
  ['credit', { kind: 'credit', amountMinor: 400, days: null }],
  ['units', { kind: 'units', planId: null, name: 'Coffees', units: 4, days: null }],
  ['package', { kind: 'package', name: 'Coffees', uses: 4, days: 30 }],
] as const)('S3-38: a voucher of kind %s gives at once what the next sale is paid with', async (kind, benefit) => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const voucherId = await shop.give(customerId, { benefit });
  const asked = shop.draft([shop.line(400)], { customerId, ...asking(voucherId) });
  expect((await shop.look(asked)).vouchers).toMatchObject([
    { refusal: { reason: 'voucher-needs-sale', facts: { isGrant: true } } },
  ]);
  const given = await shop.cashier.vouchers.redeem(shop.op({ voucherId, customerId }));
  const line = shop.line(400);
  const { passes, credit } = await shop.look(shop.draft([line], { customerId }));
  const passUses = passes.map(({ passId, lineId }) => ({ passId, lineId, units: 1 }));
  const tenders = credit.map(({ accountId }) => shop.byCredit(accountId, 400));
  const sold = await shop.pay(shop.draft([line], { customerId, passUses }), tenders, 400);
  expect([given.kind, sold.totalMinor]).toEqual(['given', 400]);
  expect(shop.env.db.read.get('SELECT redemption_type AS kind FROM voucher_redemptions' as never)).toEqual({ kind });
  expect(sold.value.credit.length + sold.value.passes.length).toBe(1);
});

test('T9 VC19: goods that come back take the voucher along that they gave; one from elsewhere is used with the new sale', async () => {
  const shop = shopOf();
  const manager = shop.caller('manager');
  const customerId = shop.addCustomer();
  const distribution = { kind: 'after-sale', minimumMinor: 600 } as const;
  await shop.publish({ benefit: { kind: 'amount', amountMinor: 300 }, distribution });
  const buy = async () => {
    const bought = shop.draft([shop.line(600)], { customerId });
    const { value } = await shop.pay(bought, [shop.cash(600)], 600);
    return { bought, voucherId: value.issued[0]?.voucherId ?? '' };
  };
  const other = await buy();
  const { bought, voucherId } = await buy();
  const lines = [{ lineId: bought.lines[0]?.lineId ?? '', quantityThousandths: 1_000 }];
  const exchange = { saleId: bought.saleId, lines, reason: '' };
  const draft = shop.draft([shop.line(1_000)], { customerId, exchange, ...asking(voucherId) });
  const gone = await manager.till.preview({ draft });
  expect(gone).toMatchObject({ priced: { totalMinor: 1_000 }, vouchers: [{ refusal: { reason: 'voucher-revoked' } }] });
  const complete = (asked: SaleDraft, cashMinor: number, expectedTotalMinor: number) =>
    manager.till.completeSale(shop.op({ draft: asked, tenders: [shop.cash(cashMinor)], expectedTotalMinor }));
  expect(await refusalOf(complete(draft, 100, 700))).toMatchObject({ reason: 'voucher-revoked' });
  const using = { ...draft, ...asking(other.voucherId) };
  expect(await manager.till.preview({ draft: using })).toMatchObject({ priced: { totalMinor: 700 }, dueMinor: 100 });
  const sold = await complete(using, 100, 700);
  expect(sold).toMatchObject({
    totalMinor: 700,
    exchange: { exchangedMinor: 600 },
    value: { vouchers: [{ voucherId: other.voucherId }] },
  });
});

test('T9: credit and units that goods had put on come back with them, and do not pay the new sale', async () => {
  const shop = shopOf();
  const manager = shop.caller('manager');
  const customerId = shop.addCustomer();
  const line = await shop.product('Ten coffees', 2_000, { sells: 'package', sellsPlanId: await shop.plan() });
  const bought = shop.draft([line(), shop.line(500, { sells: { kind: 'credit' } })], { customerId });
  const first = await shop.pay(bought, [shop.cash(2_500)], 2_500);
  const [pass, credit] = first.value.sold;
  const lines = bought.lines.map(({ lineId }) => ({ lineId, quantityThousandths: 1_000 }));
  const exchange = { saleId: bought.saleId, lines, reason: '' };
  const coffee = shop.line(300);
  const plain = shop.draft([coffee], { customerId, exchange });
  const preview = await manager.till.preview({ draft: plain });
  expect(preview).toMatchObject({ passes: [], credit: [{ availableMinor: 0 }], exchange: { handedMinor: 2_200 } });
  const passUses = [{ passId: pass?.subjectId ?? '', lineId: coffee.lineId, units: 1 }];
  const complete = (draft: SaleDraft, ...tenders: ReturnType<ValueShop['byCredit']>[]) =>
    manager.till.completeSale(shop.op({ draft, tenders, expectedTotalMinor: 300 }));
  expect(await refusalOf(complete({ ...plain, passUses }))).toMatchObject({ reason: 'pass-short' });
  const account = credit?.subjectId ?? '';
  const more = { ...plain, lines: [coffee, shop.line(2_500)] };
  const paying = shop.op({ draft: more, tenders: [shop.byCredit(account, 300)], expectedTotalMinor: 2_800 });
  expect(await refusalOf(manager.till.completeSale(paying))).toMatchObject({ reason: 'credit-short' });
  expect(await complete(plain)).toMatchObject({ exchange: { handedMinor: 2_200 } });
  expect(shop.balance(account)).toBe(0);
});

test('S3-57: a manager’s own code is shown in the sale, and redeemed by another person alone, unless somebody else allows it', async () => {
  const shop = shopOf();
  const manager = shop.caller('manager');
  const voucherId = await shop.generic('MINE', { benefit: { kind: 'amount', amountMinor: 300 } });
  const draft = shop.draft([shop.line(1_000)], asking(voucherId));
  expect(await manager.till.preview({ draft })).toMatchObject({
    priced: { totalMinor: 700 },
    vouchers: [{ refusal: null }],
  });
  const own = {
    reason: 'voucher-own',
    facts: { as: 'creator', permission: 'vouchers.own', overridable: true, voucherId },
  };
  const paying = shop.op({ draft, tenders: [shop.cash(700)], expectedTotalMinor: 700 });
  expect(await refusalOf(manager.till.completeSale(paying))).toMatchObject(own);
  const begin = shop.op({ draft, tender: { kind: 'card' as const, amountMinor: 700 } });
  expect(await refusalOf(manager.till.beginPayment(begin))).toMatchObject(own);
  expect(shop.number('SELECT COUNT(*) AS n FROM transactions')).toBe(0);
  expect(shop.number("SELECT COUNT(*) AS n FROM redemption_attempts WHERE failure_reason = 'voucher-own'")).toBe(2);
  expect(await shop.pay(draft, [shop.cash(700)], 700)).toMatchObject({ totalMinor: 700 });
});
