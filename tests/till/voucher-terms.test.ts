import { afterEach, beforeEach, expect, test } from 'vitest';
import { mustHave } from '#shop/must.ts';
import type { SaleLineDraft } from '#shop/till/sale.ts';
import { ODD_SHOPS } from './hostile-world.ts';
import { asking, createValueShop, type ValueShop } from './value-shop.ts';

// What a campaign says of the goods, the sum and the others, as a sale at the till takes it.

const state: { shop: ValueShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createValueShop();
});
afterEach(() => state.shop?.close());
const shopOf = (): ValueShop => mustHave(state.shop, 'the shop');

const HALF = { kind: 'percent', rateBasisPoints: 5_000 } as const;
const totalOf = async (lines: readonly SaleLineDraft[], ...voucherIds: readonly string[]): Promise<number> => {
  const shop = shopOf();
  return (await shop.look(shop.draft(lines, asking(...voucherIds)))).priced.totalMinor;
};

test('VC4: products, categories and tags are covered or left out, an exclusion wins, and tags are as the catalogue has them', async () => {
  const shop = shopOf();
  const { catalogue } = shop.caller('manager');
  const { categoryId } = await catalogue.saveCategory(shop.op({ name: 'Coffee', color: 'a' as const }));
  const latte = await shop.product('Latte', 1_000, { categoryId, tags: ['Hot', 'MILK', 'hot'] });
  const cake = await shop.product('Cake', 2_000, { tags: ['sweet'] });
  const bread = await shop.product('Bread', 3_000);
  const lines = [latte(), cake(), bread()];
  expect((await catalogue.list()).products.map(({ name, tags }) => [name, tags])).toEqual([
    ['Bread', []],
    ['Cake', ['sweet']],
    ['Latte', ['hot', 'milk']],
  ]);
  const filters = [
    [{ productIds: [mustHave(cake().productId, 'a product')] }, 5_000],
    [{ categoryIds: [categoryId] }, 5_500],
    [{ tags: ['hot', 'sweet'] }, 4_500],
    [{ excludeTags: ['milk'] }, 3_500],
    [{ tags: ['hot', 'sweet'], excludeCategoryIds: [categoryId] }, 5_000],
    [{ excludeProductIds: [mustHave(cake().productId, 'a product')], excludeTags: ['milk'] }, 4_500],
  ] as const;
  for (const [at, [filter, totalMinor]] of filters.entries()) {
    const given = JSON.parse(JSON.stringify(filter)) as object;
    const voucherId = await shop.generic(`ITEMS${at}`, { benefit: HALF, filter: given });
    expect([filter, await totalOf(lines, voucherId)]).toEqual([filter, totalMinor]);
  }
  // Whoever is at the till does not say what tags there are.
  const forged = shop.draft([{ ...bread(), tags: ['sweet'] }]);
  await expect(shop.look(forged)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('VC4 C-41: a pass pays what has its tag, and a sale gives a voucher for each piece that has one', async () => {
  const shop = shopOf();
  const { passes } = shop.caller('manager');
  const customerId = shop.addCustomer();
  const hot = await shop.product('Latte', 1_000, { tags: ['hot'] });
  const cold = await shop.product('Juice', 800);
  const terms = { units: 5, filter: { tags: ['hot'] } };
  const { planId } = await passes.savePlan(shop.op({ name: 'Hot', kind: 'units' as const, terms }));
  const { passId } = await passes.give(shop.op({ customerId, planId, note: 'x' }));
  const distribution = {
    kind: 'after-sale' as const,
    minimumMinor: 0,
    per: 'unit' as const,
    filter: { tags: ['hot'] },
  };
  await shop.publish({ name: 'Next', benefit: { kind: 'product' }, use: 'next-sale', distribution });
  const lines = [hot(3), cold(2)];
  const uses = (at: number) => ({ passUses: [{ passId, lineId: lines[at]?.lineId ?? '', units: 1 }] });
  const shown = await shop.look(shop.draft(lines, { customerId, ...uses(1) }));
  const refused = shown.passes.map(({ lineId, refusal }) => [lineId === lines[1]?.lineId, refusal?.reason ?? null]);
  expect(refused).toEqual([
    [true, 'pass-not-covered'],
    [false, null],
  ]);
  const draft = shop.draft(lines, { customerId, ...uses(0) });
  const begun = await shop.cashier.till.beginPayment(
    shop.op({ draft, tender: { kind: 'card' as const, amountMinor: 3_600 } }),
  );
  await shop.pay(draft, [{ tenderId: begun.tenderId, kind: 'card', amountMinor: 3_600, reference: 'OK' }], 4_600);
  expect(shop.number('SELECT usage_limit AS n FROM vouchers')).toBe(3);
});

test('L8: a line earns and comes back by the tags that its product had when it was sold', async () => {
  const shop = shopOf();
  const { till, catalogue } = shop.caller('manager');
  const tea = await shop.product('Tea', 1_000, { tags: ['herbal'] });
  const draft = shop.draft([tea(2)], { customerId: shop.addCustomer() });
  await shop.pay(draft, [shop.cash(2_000)], 2_000);
  const [product] = (await catalogue.list()).products;
  const { isActive: _, tilePosition: __, ...known } = mustHave(product ?? null, 'the tea');
  await catalogue.saveProduct(shop.op({ ...known, barcodes: [], tags: [] }));
  expect(shop.env.db.read.all('SELECT tags FROM transaction_items' as never)).toEqual([{ tags: '["herbal"]' }]);
  const lines = draft.lines.map(({ lineId }) => ({ lineId, quantityThousandths: 1_000 }));
  const asked = { saleId: draft.saleId, lines, tenderKind: 'cash' as const, reason: '' };
  expect(await till.refund(shop.op(asked))).toMatchObject({ amountMinor: 1_000 });
});

test('VC3: a minimum counts the eligible goods or the sale, with tax or without it, and is met to the cent', async () => {
  state.shop?.close();
  const shop = await createValueShop(ODD_SHOPS[1]);
  state.shop = shop;
  const { catalogue } = shop.caller('manager');
  const { taxRateId } = await catalogue.saveTaxRate(shop.op({ name: 'Ten', rateBasisPoints: 1_000, isDefault: false }));
  const a = await shop.product('A', 1_000, { taxRateId });
  const b = await shop.product('B', 500, { taxRateId });
  const filter = { productIds: [mustHave(a().productId, 'a product')] };
  const met = async (code: string, minimum: object, lines: readonly SaleLineDraft[]): Promise<boolean> => {
    const voucherId = await shop.generic(code, {
      benefit: { kind: 'amount', amountMinor: 1 },
      filter,
      minimum,
    } as never);
    const [shown] = (await shop.look(shop.draft(lines, asking(voucherId)))).vouchers;
    return shown?.refusal === null;
  };
  const lines = [a(), b()];
  expect([
    await met('E1000', { amountMinor: 1_000, of: 'eligible', withTax: false }, lines),
    await met('E1001', { amountMinor: 1_001, of: 'eligible', withTax: false }, lines),
    await met('E1100', { amountMinor: 1_100, of: 'eligible', withTax: true }, lines),
    await met('E1101', { amountMinor: 1_101, of: 'eligible', withTax: true }, lines),
    await met('S1500', { amountMinor: 1_500, of: 'sale', withTax: false }, lines),
    await met('S1501', { amountMinor: 1_501, of: 'sale', withTax: false }, lines),
    await met('S1650', { amountMinor: 1_650, of: 'sale', withTax: true }, lines),
    await met('S1651', { amountMinor: 1_651, of: 'sale', withTax: true }, lines),
  ]).toEqual([true, false, true, false, true, false, true, false]);
});

test('VC16: what stands alone stands alone, where it saves more than the others together', async () => {
  const shop = shopOf();
  const off = (amountMinor: number) => ({ benefit: { kind: 'amount' as const, amountMinor } });
  const alone = await shop.generic('ALONE', { ...off(500), stacking: { isExclusive: true } });
  const [small, big] = [await shop.generic('SMALL', off(200)), await shop.generic('BIG', off(400))];
  expect(await totalOf([shop.line(2_000)], alone, small)).toBe(1_500);
  expect(await totalOf([shop.line(2_000)], alone, small, big)).toBe(1_400);
  const draft = shop.draft([shop.line(2_000)], asking(small, alone));
  expect((await shop.look(draft)).vouchers).toMatchObject([
    { refusal: { reason: 'voucher-not-applied', facts: { why: 'exclusive' } } },
    { amountMinor: 500, refusal: null },
  ]);
});

test('W3 W11: one sale is paid from a customer’s own credit and from two cards, each to its last cent, and the rest in cash', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const { credit } = shop.caller('manager');
  const own = await shop.credit(customerId, 101);
  const cards = [202, 303].map((amountMinor) => credit.giveCard(shop.op({ amountMinor, days: null, note: 'x' })));
  const [first, second] = (await Promise.all(cards)).map(({ accountId }) => accountId);
  const draft = shop.draft([shop.line(1_000)], { customerId });
  const paid = [
    shop.byCredit(own, 101),
    shop.byCredit(first ?? '', 202, 'gift-card'),
    shop.byCredit(second ?? '', 303, 'gift-card'),
  ];
  await shop.pay(draft, [...paid, shop.cash(394)], 1_000);
  expect([own, first ?? '', second ?? ''].map((accountId) => shop.balance(accountId))).toEqual([0, 0, 0]);
  expect(shop.number('SELECT stored_value_minor AS n FROM transactions')).toBe(606);
});

test('C-24 VC16: forty promotions on other goods leave no voucher out, and none that fits is forgotten among them', async () => {
  const shop = shopOf();
  const names = Array.from({ length: 40 }, (_, at) => `Article ${at}`);
  const products = await Promise.all(names.map((name) => shop.product(name, 1_000)));
  for (const [at, product] of products.entries()) {
    const productIds = [product().productId ?? ''];
    await shop.promotion({
      name: `By itself ${at}`,
      benefit: { kind: 'percent', rateBasisPoints: 1_000 },
      filter: { productIds },
    });
  }
  const voucherId = await shop.generic('THREEOFF', { benefit: { kind: 'amount', amountMinor: 300 } });
  const last = mustHave(products.at(-1), 'the last product');
  const { priced, vouchers, promotions } = await shop.look(shop.draft([last()], asking(voucherId)));
  expect(promotions).toMatchObject([{ name: 'By itself 39', amountMinor: 100 }]);
  expect(vouchers).toMatchObject([{ amountMinor: 300, refusal: null }]);
  expect(priced.totalMinor).toBe(600);
  const all = products.map((product) => product());
  expect((await shop.look(shop.draft(all, asking(voucherId)))).vouchers).toMatchObject([{ amountMinor: 300 }]);
});
