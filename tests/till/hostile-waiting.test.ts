import { afterEach, beforeEach, expect, test } from 'vitest';
import { mustHave } from '#shop/must.ts';
import type { SaleDraft, TenderDraft } from '#shop/till/sale.ts';
import { refusalOf } from '../support/test-backend.ts';
import { asking, createValueShop, type ValueShop } from './value-shop.ts';

// What a hostile manager changes while a payment waits: what was charged is sold, and nobody gets more than that.

const state: { shop: ValueShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createValueShop();
});
afterEach(() => state.shop?.close());
const shopOf = (): ValueShop => mustHave(state.shop, 'the shop');

const off = (amountMinor: number) => ({ benefit: { kind: 'amount' as const, amountMinor } });
const begin = (draft: SaleDraft, amountMinor: number, ...taken: TenderDraft[]) => {
  const shop = shopOf();
  return shop.cashier.till.beginPayment(shop.op({ draft, tender: { kind: 'card' as const, amountMinor }, taken }));
};

// proves C-35
test.each(['paused', 'ended'] as const)(
  'C-35: a campaign that is %s meanwhile gives what its payment counts on, and nothing more',
  async (to) => {
    const shop = shopOf();
    const { campaignId } = await shop.publish({ ...off(300), genericCode: 'MEAN', limits: { usesPerCode: null } });
    const { voucherId } = await shop.cashier.vouchers.check(shop.op({ code: 'MEAN', customerId: null, saleId: null }));
    const [first, second] = [1, 2].map(() => shop.draft([shop.line(1_000)], asking(voucherId)));
    const { tenderId } = await begin(mustHave(first, 'a sale'), 700);
    await shop.caller('manager').vouchers.setStatus(shop.op({ campaignId, to }));
    expect((await shop.look(mustHave(second, 'a sale'))).vouchers).toMatchObject([
      { refusal: { reason: `voucher-${to}` } },
    ]);
    await shop.pay(mustHave(first, 'a sale'), [{ tenderId, kind: 'card', amountMinor: 700, reference: 'OK' }], 700);
    expect(shop.number('SELECT uses AS n FROM campaign_totals')).toBe(1);
  },
);

test('C-35 W12: credit that is frozen meanwhile pays nothing; the charged card and cash complete the sale', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const accountId = await shop.credit(customerId, 500);
  const draft = shop.draft([shop.line(1_000)], { customerId });
  const credit = shop.byCredit(accountId, 500);
  const { tenderId } = await begin(draft, 500, credit);
  await shop.caller('manager').credit.freeze(shop.op({ accountId }));
  const card = { tenderId, kind: 'card' as const, amountMinor: 500, reference: 'OK' };
  expect(await refusalOf(shop.pay(draft, [credit, card], 1_000))).toMatchObject({ reason: 'credit-frozen' });
  await shop.pay(draft, [card, shop.cash(500)], 1_000);
  expect(shop.balance(accountId)).toBe(500);
  expect(shop.number('SELECT COUNT(*) AS n FROM value_holds')).toBe(0);
});

test('W12 W4: a card that a waiting payment fills is not replaced before the sale has ended', async () => {
  const shop = shopOf();
  const { credit } = shop.caller('manager');
  const { accountId, code } = await credit.giveCard(shop.op({ amountMinor: 100, days: null, note: 'x' }));
  const draft = shop.draft([shop.line(900, { sells: { kind: 'gift-card', code } })]);
  const { tenderId } = await begin(draft, 900);
  const replaced = credit.reissue(shop.op({ accountId }));
  expect(await refusalOf(replaced)).toMatchObject({ reason: 'sale-not-completed', facts: { saleId: draft.saleId } });
  await shop.pay(draft, [{ tenderId, kind: 'card', amountMinor: 900, reference: 'OK' }], 900);
  expect(shop.balance(accountId)).toBe(1_000);
  expect((await credit.reissue(shop.op({ accountId }))).balanceMinor).toBe(1_000);
});

test('C-35: a customer who is blocked while a card is charged for them has what they paid, and nothing new', async () => {
  const shop = shopOf();
  const { customers } = shop.caller('manager');
  const customerId = shop.addCustomer();
  const voucherId = await shop.give(customerId, off(300));
  const sale = () => shop.draft([shop.line(1_000)], { customerId, ...asking(voucherId) });
  const draft = sale();
  const { tenderId } = await begin(draft, 700);
  await customers.block(shop.op({ customerId, reason: 'a quarrel' }));
  await shop.pay(draft, [{ tenderId, kind: 'card', amountMinor: 700, reference: 'OK' }], 700);
  expect(await refusalOf(shop.pay(sale(), [shop.cash(1_000)], 1_000))).toMatchObject({ reason: 'customer-blocked' });
  const other = shop.addCustomer('Bo');
  const declined = shop.draft([shop.line(1_000)], { customerId: other });
  const begun = await begin(declined, 1_000);
  await customers.block(shop.op({ customerId: other, reason: 'a quarrel' }));
  await shop.cashier.till.failTender(shop.op({ saleId: declined.saleId, tenderId: begun.tenderId, reason: '' }));
  expect(await refusalOf(shop.pay(declined, [shop.cash(1_000)], 1_000))).toMatchObject({ reason: 'customer-blocked' });
});
