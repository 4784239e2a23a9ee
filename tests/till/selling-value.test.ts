import { afterEach, beforeEach, expect, test } from 'vitest';
import { mustHave } from '#shop/must.ts';
import type { SaleDraft, SaleLineDraft } from '#shop/till/sale.ts';
import { refusalOf } from '../support/test-backend.ts';
import { asking, createValueShop, type ValueShop } from './value-shop.ts';

// Credit, cards and passes as goods: what may not be sold, and what goes back in a ticket is not used in it.

const state: { shop: ValueShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createValueShop();
});
afterEach(() => state.shop?.close());
const shopOf = (): ValueShop => mustHave(state.shop, 'the shop');

const saleOf = (customerId: string | null, ...lines: SaleLineDraft[]): SaleDraft =>
  shopOf().draft(lines, { customerId });
const reasonOf = async (draft: SaleDraft, totalMinor: number): Promise<string | undefined> =>
  (await refusalOf(shopOf().pay(draft, [shopOf().cash(totalMinor)], totalMinor)))?.reason;
/** The same ticket takes all of a sale back and sells one line, with what it asks for. */
const exchanging = (bought: SaleDraft, lines: SaleLineDraft[], more: Partial<SaleDraft>): SaleDraft => {
  const back = bought.lines.map(({ lineId, quantityThousandths }) => ({ lineId, quantityThousandths }));
  return shopOf().draft(lines, { ...more, exchange: { saleId: bought.saleId, lines: back, reason: '' } });
};

test('W4 W12: neither a card nor a wallet that is frozen is filled, and no card is sold under the code of a voucher', async () => {
  const shop = shopOf();
  const { credit } = shop.caller('manager');
  const ana = shop.addCustomer('Ana');
  const accountId = await shop.credit(ana, 500);
  const card = await credit.giveCard(shop.op({ amountMinor: 100, days: null, note: 'x' }));
  await shop.generic('BREK10');
  const onCard = (code: string) => saleOf(null, shop.line(900, { sells: { kind: 'gift-card', code } }));
  const topUp = () => saleOf(ana, shop.line(900, { sells: { kind: 'credit' } }));
  for (const id of [accountId, card.accountId]) await credit.freeze(shop.op({ accountId: id }));
  expect(await reasonOf(onCard(card.code), 900)).toBe('credit-frozen');
  expect(await reasonOf(topUp(), 900)).toBe('credit-frozen');
  expect(await reasonOf(onCard('BREK10'), 900)).toBe('voucher-code-taken');
  for (const id of [accountId, card.accountId]) await credit.unfreeze(shop.op({ accountId: id }));
  expect(await reasonOf(onCard(card.code), 900)).toBeUndefined();
  expect(await reasonOf(topUp(), 900)).toBeUndefined();
  expect([shop.balance(card.accountId), shop.balance(accountId)]).toEqual([1_000, 1_400]);
});

test('W13 S3-15: a pass is sold in whole pieces, each with all its units, and not once its plan is gone', async () => {
  const shop = shopOf();
  const { passes } = shop.caller('manager');
  const ana = shop.addCustomer('Ana');
  const planId = await shop.plan(4);
  const coffees = await shop.product('Coffees', 2_000, { sells: 'package', sellsPlanId: planId });
  const sells = { kind: 'package' as const, planId };
  const line = (pieces: number): SaleLineDraft => ({ ...coffees(pieces), sells });
  expect(await reasonOf(saleOf(ana, line(1.5)), 3_000)).toBe('not-found');
  expect(await reasonOf(saleOf(ana, line(2)), 4_000)).toBeUndefined();
  expect(await passes.ofCustomer({ customerId: ana })).toMatchObject([{ unitsLeft: 8 }]);
  const [plan] = await passes.plans();
  const { name, kind, terms, version } = mustHave(plan, 'the plan');
  await passes.savePlan(shop.op({ planId, version, name, kind, terms, isActive: false }));
  expect(await reasonOf(saleOf(ana, line(1)), 2_000)).toBe('not-found');
});

test('T9 W13: a pass that goes back in a ticket pays nothing in it', async () => {
  const shop = shopOf();
  const manager = shop.caller('manager');
  const ana = shop.addCustomer('Ana');
  const planId = await shop.plan(4);
  const coffees = await shop.product('Coffees', 2_000, { sells: 'package', sellsPlanId: planId });
  const bought = saleOf(ana, { ...coffees(), sells: { kind: 'package', planId } });
  await shop.pay(bought, [shop.cash(2_000)], 2_000);
  const [pass] = await manager.passes.ofCustomer({ customerId: ana });
  const coffee = shop.line(300);
  const passUses = [{ passId: mustHave(pass, 'a pass').passId, units: 1, lineId: coffee.lineId }];
  const draft = exchanging(bought, [coffee], { customerId: ana, passUses });
  const shown = await manager.till.preview({ draft });
  expect([shown.passMinor, shown.passes[0]?.refusal?.reason]).toEqual([0, 'pass-short']);
});

test('T9 C-41: a voucher that goes back with its sale is not used in the same ticket', async () => {
  const shop = shopOf();
  const ana = shop.addCustomer('Ana');
  const distribution = { kind: 'after-sale' as const, minimumMinor: 0, per: 'sale' as const };
  await shop.publish({ benefit: { kind: 'amount', amountMinor: 300 }, distribution });
  const bought = saleOf(ana, shop.line(1_000));
  await shop.pay(bought, [shop.cash(1_000)], 1_000);
  const voucherId = String(shop.env.db.read.get<{ id: string }>('SELECT id FROM vouchers' as never)?.id);
  const plain = shop.draft([shop.line(1_500)], { customerId: ana, ...asking(voucherId) });
  expect((await shop.look(plain)).vouchers).toMatchObject([{ refusal: null }]);
  const draft = exchanging(bought, [shop.line(1_500)], { customerId: ana, ...asking(voucherId) });
  const { vouchers } = await shop.caller('manager').till.preview({ draft });
  expect(vouchers).toMatchObject([{ amountMinor: 0, refusal: { reason: 'voucher-revoked' } }]);
});

test('W1: nobody who is blocked is given credit', async () => {
  const shop = shopOf();
  const { customers } = shop.caller('manager');
  const ana = shop.addCustomer('Ana');
  await customers.block(shop.op({ customerId: ana, reason: 'x' }));
  expect(await refusalOf(shop.credit(ana, 500))).toMatchObject({ reason: 'customer-blocked' });
});
