import { afterEach, beforeEach, expect, test } from 'vitest';
import { mustHave } from '#shop/must.ts';
import type { SaleDraft, TenderDraft } from '#shop/till/sale.ts';
import { refusalOf } from '../support/test-backend.ts';
import { asking, createValueShop, type ValueShop } from './value-shop.ts';

// What a limit counts: uses that stand, of the local day, of one person, and what open sales have set aside, as long as they have.

const state: { shop: ValueShop | null } = { shop: null };
const HOUR = 3_600_000;
const HOLD = 600_000;
/** Asunción, three hours behind UTC all year. */
const PARAGUAY = { country: 'PY', currency: 'PYG', timeZone: 'America/Asuncion', region: 'es-PY' } as const;
beforeEach(async () => {
  state.shop = await createValueShop(PARAGUAY);
});
afterEach(() => state.shop?.close());
const shopOf = (): ValueShop => mustHave(state.shop, 'the shop');

const OFF = { benefit: { kind: 'amount' as const, amountMinor: 300 } };
const saleOf = (voucherId: string, customerId: string | null = null): SaleDraft =>
  shopOf().draft([shopOf().line(1_000)], { customerId, ...asking(voucherId) });
const reasonOf = async (draft: SaleDraft): Promise<string | null> =>
  (await shopOf().look(draft)).vouchers[0]?.refusal?.reason ?? null;
const sell = (draft: SaleDraft) => shopOf().pay(draft, [shopOf().cash(700)], 700);
const giveBack = ({ saleId, lines }: SaleDraft) => {
  const whole = lines.map(({ lineId, quantityThousandths }) => ({ lineId, quantityThousandths }));
  const given = { saleId, lines: whole, tenderKind: 'cash' as const, reason: '' };
  return shopOf().caller('manager').till.refund(shopOf().op(given));
};
const hold = (voucherId: string, customerId: string | null = null) => {
  const asked = { vouchers: [{ voucherId, uses: 1 }], credit: [], passes: [] };
  return shopOf().cashier.value.hold(shopOf().op({ saleId: shopOf().newId(), customerId, ...asked }));
};
/** Goes on to the next time that a clock on the wall in Asunción shows so many hours. */
const until = (hours: number): void => {
  const { clock } = shopOf();
  const day = 24 * HOUR;
  clock.advance(((((hours + 3) * HOUR - clock.wallNowMs()) % day) + day) % day);
};

// proves VC6
test.each([{ perDay: 1 }, { perCustomerPerDay: 1 }])(
  'VC6 V3: a day of %j is the day of the shop, not that of UTC',
  async (limits) => {
    const shop = shopOf();
    const ana = shop.addCustomer('Ana');
    const voucherId = await shop.generic('DAILY', { ...OFF, limits });
    // In UTC the next day begins at 21:00.
    until(22);
    await sell(saleOf(voucherId, ana));
    until(23);
    expect(await reasonOf(saleOf(voucherId, ana))).toMatch(/-day-limit$/);
    until(0.5);
    expect(await reasonOf(saleOf(voucherId, ana))).toBeNull();
    await sell(saleOf(voucherId, ana));
    expect(await reasonOf(saleOf(voucherId, ana))).toMatch(/-day-limit$/);
  },
);

test('V3 VC19: what came back counts for no customer, also of a record that was merged into theirs', async () => {
  const shop = shopOf();
  const [ana, again] = [shop.addCustomer('Ana'), shop.addCustomer('Ana')];
  const voucherId = await shop.generic('ONCE', { ...OFF, limits: { perCustomer: 1 } });
  for (const customerId of [ana, again]) {
    const draft = saleOf(voucherId, customerId);
    await sell(draft);
    expect(await reasonOf(saleOf(voucherId, customerId))).toMatch(/voucher-(customer-limit|used)/);
    await giveBack(draft);
    expect(await reasonOf(saleOf(voucherId, customerId))).toBeNull();
  }
  await shop.caller('manager').customers.merge(shop.op({ fromCustomerId: again, intoCustomerId: ana }));
  expect(await reasonOf(saleOf(voucherId, ana))).toBeNull();
});

test('V3 C-48: what an open sale has set aside for a record counts for the one that it was merged into', async () => {
  const shop = shopOf();
  const [ana, again] = [shop.addCustomer('Ana'), shop.addCustomer('Ana')];
  const voucherId = await shop.generic('ONCE', { ...OFF, limits: { perCustomer: 1 } });
  await hold(voucherId, again);
  expect(await reasonOf(saleOf(voucherId, ana))).toBeNull();
  await shop.caller('manager').customers.merge(shop.op({ fromCustomerId: again, intoCustomerId: ana }));
  expect(await reasonOf(saleOf(voucherId, ana))).toBe('voucher-customer-limit');
});

// proves VC18, S3-95
test.each([{ usesPerCode: 1 }, { total: 1 }, { perDay: 1 }, { perCustomer: 1 }])(
  'VC18 S3-95: what an open sale has set aside of %j is free again after ten minutes, to the moment',
  async (limits) => {
    const shop = shopOf();
    const ana = shop.addCustomer('Ana');
    const voucherId = await shop.generic('HELD', { ...OFF, limits });
    await hold(voucherId, ana);
    shop.clock.advance(HOLD - 1);
    expect(await reasonOf(saleOf(voucherId, ana))).not.toBeNull();
    expect(await refusalOf(hold(voucherId, ana))).not.toBeNull();
    shop.clock.advance(1);
    expect(await reasonOf(saleOf(voucherId, ana))).toBeNull();
    await hold(voucherId, ana);
  },
);

test('VC18: what a customer had set aside in one sale is free again, also while others have something set aside', async () => {
  const shop = shopOf();
  const [ana, bo] = [shop.addCustomer('Ana'), shop.addCustomer('Bo')];
  const voucherId = await shop.generic('HELD', { ...OFF, limits: { perCustomer: 1 } });
  await hold(voucherId, ana);
  shop.clock.advance(HOLD);
  await hold(voucherId, bo);
  expect(await reasonOf(saleOf(voucherId, ana))).toBeNull();
  expect(await reasonOf(saleOf(voucherId, bo))).toBe('voucher-customer-limit');
});

test('VC6: codes of one campaign that an open sale sets aside count together, for the day and for the customer', async () => {
  const shop = shopOf();
  const { vouchers } = shop.caller('manager');
  const ana = shop.addCustomer('Ana');
  for (const limits of [{ total: 1 }, { perDay: 1 }, { perCustomer: 1 }, { perCustomerPerDay: 1 }]) {
    const { campaignId } = await shop.publish({ ...OFF, limits });
    const give = async (customerId: string) =>
      (await vouchers.give(shop.op({ campaignId, customerId, note: 'x' }))).voucherId;
    const both = [await give(ana), await give(ana)].map((voucherId) => ({ voucherId, uses: 1 }));
    const asked = { saleId: shop.newId(), customerId: ana, vouchers: both, credit: [], passes: [] };
    const refused = await refusalOf(shop.cashier.value.hold(shop.op(asked)));
    expect(refused?.reason).toMatch(/-limit(-reached)?$/);
    const first = { ...asked, vouchers: both.slice(0, 1) };
    await shop.cashier.value.hold(shop.op(first));
  }
});

test('C-35 V2: a declined sale has its voucher again only if nobody else has used it meanwhile', async () => {
  const shop = shopOf();
  const { till } = shop.cashier;
  const voucherId = await shop.generic('LAST', { ...OFF, limits: { usesPerCode: 1 } });
  const first = saleOf(voucherId);
  const tender = { kind: 'card' as const, amountMinor: 700 };
  const { tenderId } = await till.beginPayment(shop.op({ draft: first, tender, taken: [] }));
  await till.failTender(shop.op({ saleId: first.saleId, tenderId, reason: '' }));
  const second = saleOf(voucherId);
  await sell(second);
  expect(await refusalOf(sell(first))).toMatchObject({
    reason: expect.stringMatching(/^voucher-(used|limit-reached)$/),
  });
  await giveBack(second);
  await sell(first);
  expect(shop.number('SELECT usage_count AS n FROM vouchers')).toBe(1);
});

test('VC19: units that an open sale has set aside are not taken back with the voucher that gave them', async () => {
  const shop = shopOf();
  const ana = shop.addCustomer('Ana');
  const benefit = { kind: 'units' as const, name: 'Teas', units: 5, days: null };
  await shop.generic('TEAS', { benefit });
  const redeemed = await shop.cashier.vouchers.redeem(shop.op({ code: 'TEAS', customerId: ana }));
  if (redeemed.kind !== 'given') throw new Error('kept');
  const passes = [{ passId: redeemed.pass?.passId ?? '', units: 1 }];
  await shop.cashier.value.hold(shop.op({ saleId: shop.newId(), customerId: ana, vouchers: [], credit: [], passes }));
  const { vouchers } = shop.caller('manager');
  const rollBack = () => vouchers.rollback(shop.op({ redemptionId: redeemed.redemptionId, reason: 'wrong' }));
  expect(await refusalOf(rollBack())).toMatchObject({ reason: 'pass-short', facts: { needed: 5, have: 4 } });
  shop.clock.advance(HOLD);
  await rollBack();
});

test('C-50: nothing that credit paid goes back to whoever was erased', async () => {
  const shop = shopOf();
  const ana = shop.addCustomer('Ana');
  const accountId = await shop.credit(ana, 1_000);
  const draft = shop.draft([shop.line(1_000)], { customerId: ana });
  await shop.pay(draft, [shop.byCredit(accountId, 600), shop.cash(400)], 1_000);
  await shop.caller('manager').customers.erase(shop.op({ customerId: ana }));
  await giveBack(draft);
  expect(shop.balance(accountId)).toBe(0);
});

test('W4 W6: a card that goes back in a ticket does not pay in it as well', async () => {
  const shop = shopOf();
  const bought = shop.draft([shop.line(1_000, { sells: { kind: 'gift-card', code: null } })]);
  await shop.pay(bought, [shop.cash(1_000)], 1_000);
  const accountId = String(
    shop.env.db.read.get<{ id: string }>("SELECT id FROM credit_accounts WHERE kind = 'gift-card'" as never)?.id,
  );
  expect(shop.balance(accountId)).toBe(1_000);
  const lines = bought.lines.map(({ lineId }) => ({ lineId, quantityThousandths: 1_000 }));
  const draft = shop.draft([shop.line(1_500)], { exchange: { saleId: bought.saleId, lines, reason: '' } });
  const pay = (...tenders: TenderDraft[]) => {
    const exchange = { expectedReturnedMinor: 1_000, tenderKind: 'cash' as const };
    const given = { draft, tenders, expectedTotalMinor: 1_500, exchange };
    return shop.caller('manager').till.completeSale(shop.op(given));
  };
  expect(await refusalOf(pay(shop.byCredit(accountId, 500, 'gift-card')))).toMatchObject({ reason: 'credit-short' });
  await pay(shop.cash(500));
  expect(shop.balance(accountId)).toBe(0);
});
