import { afterEach, expect, test } from 'vitest';
import { mustHave } from '#shop/must.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import { DOLLAR_SHOP } from './till-shop.ts';
import { asking, createValueShop, type ValueShop } from './value-shop.ts';

// What stored value costs, and what it counts for, when it is sold beside goods.

const state: { shop: ValueShop | null } = { shop: null };
afterEach(() => state.shop?.close());

async function open(taxMode: 'inclusive' | 'exclusive') {
  const shop = await createValueShop({ ...DOLLAR_SHOP, taxMode });
  state.shop = shop;
  const rate = { name: 'Sales tax', rateBasisPoints: 1_000, isDefault: false };
  const { taxRateId } = await shop.caller('manager').catalogue.saveTaxRate(shop.op(rate));
  const line = (priceMinor: number, more = {}) => shop.line(priceMinor, { taxRateId, ...more });
  const card = (priceMinor: number) => line(priceMinor, { sells: { kind: 'gift-card', code: null } });
  return { shop, taxRateId, line, card };
}

test.each([
  ['inclusive', 6_100, 100, 1_000],
  ['exclusive', 6_210, 110, 1_100],
] as const)(
  'W2 W4 W13: where prices are %s a card and a top-up cost what is on them, and only goods are taxed, when they are sold and when value pays them',
  async (taxMode, totalMinor, taxMinor, baseMinor) => {
    const { shop, taxRateId, line, card } = await open(taxMode);
    const customerId = shop.addCustomer();
    await shop.caller('manager').till.openShift(shop.op({ floatMinor: 0 }));
    const goods = line(1_100);
    const draft = shop.draft([card(4_000), line(1_000, { sells: { kind: 'credit' } }), goods], { customerId });
    const { priced } = await shop.look(draft);
    expect(priced).toMatchObject({ totalMinor, taxMinor });
    expect(priced.taxByRate).toMatchObject([{ taxRateId, baseMinor, taxMinor }]);
    const { value, saleId } = await shop.pay(draft, [shop.cash(totalMinor)], totalMinor);
    expect(value.sold.map((sold) => sold.amountMinor)).toEqual([4_000, 1_000]);
    const shift = await shop.cashier.till.shift();
    expect(shift?.taxByRate).toMatchObject([{ taxRateId, taxMinor }]);
    const cardId = mustHave(value.sold[0], 'the card').subjectId;
    const paid = totalMinor - 5_000;
    const next = await shop.pay(shop.draft([line(1_100)]), [shop.byCredit(cardId, paid, 'gift-card')], paid);
    expect((await shop.cashier.till.sale({ saleId: next.saleId })).taxByRate).toMatchObject([{ baseMinor, taxMinor }]);
    const back = { saleId, lines: [{ lineId: goods.lineId, quantityThousandths: 1_000 }], tenderKind: 'cash' as const };
    const refunded = await shop.caller('manager').till.refund(shop.op({ ...back, reason: 'brought back' }));
    expect(refunded.amountMinor).toBe(paid);
  },
);

test('VC3: a gift card beside the goods reaches no minimum: it is money that is still to be spent', async () => {
  const { shop, line, card } = await open('inclusive');
  const minimum = { amountMinor: 5_000, of: 'sale', withTax: true } as const;
  const voucherId = await shop.generic('TENOFF', { benefit: { kind: 'amount', amountMinor: 1_000 }, minimum });
  const answer = async (draft: SaleDraft) => (await shop.look(draft)).vouchers[0];
  expect(await answer(shop.draft([line(1_000), card(9_000)], asking(voucherId)))).toMatchObject({
    amountMinor: 0,
    refusal: { reason: 'voucher-minimum-not-met', facts: { neededMinor: 5_000, haveMinor: 1_000 } },
  });
  expect(await answer(shop.draft([line(5_000), card(9_000)], asking(voucherId)))).toMatchObject({ amountMinor: 1_000 });
});
