import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SaleDraft, TenderDraft } from '#shop/till/sale.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createVoucherShop, type VoucherShop } from '../vouchers/voucher-shop.ts';
import { DOLLAR_SHOP } from './till-shop.ts';

// What of vouchers, credit and passes goes the other way when a sale comes back, through the router over a real database.

const DAY = 86_400_000;
const state: { shop: VoucherShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createVoucherShop({ shop: DOLLAR_SHOP });
});
afterEach(() => state.shop?.close());

type Refund = { readonly tenderKind?: 'cash' | 'credit' | 'gift-card'; readonly accountId?: string };

function given() {
  const { shop } = state;
  if (shop === null) throw new Error('no shop');
  const cashier = () => shop.caller('cashier');
  const manager = () => shop.caller('manager');
  const pay = async (draft: SaleDraft, first: readonly TenderDraft[] = []) => {
    shop.clock.advance(60_000);
    const { priced, dueMinor } = await cashier().till.preview({ draft });
    const restMinor = dueMinor - first.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const tenders = [...first, ...(restMinor > 0 ? [shop.cash(restMinor)] : [])];
    return cashier().till.completeSale(shop.op({ draft, tenders, expectedTotalMinor: priced.totalMinor }));
  };
  const asked = (saleId: string, lineIds: readonly string[]) => ({
    saleId,
    lines: lineIds.map((lineId) => ({ lineId, quantityThousandths: 1000 })),
  });
  const one = <Row>(statement: string, parameters: Record<string, string> = {}) =>
    shop.env.db.read.get<Row>(statement as never, parameters as never);
  return {
    ...{ shop, cashier, manager, pay, one },
    refund: (saleId: string, lineIds: readonly string[], { tenderKind = 'cash', ...more }: Refund = {}) => {
      shop.clock.advance(60_000);
      return manager().till.refund(shop.op({ ...asked(saleId, lineIds), tenderKind, ...more, reason: '' }));
    },
    preview: (saleId: string, lineIds: readonly string[], { tenderKind = 'cash' }: Refund = {}) =>
      manager().till.previewRefund({ ...asked(saleId, lineIds), tenderKind }),
    voucherOf: (campaignId: string) =>
      one<{ id: string }>('SELECT id FROM vouchers WHERE campaign_id = :campaignId', { campaignId })?.id ?? '',
    claim: (voucherId: string, customerId: string) =>
      cashier().vouchers.claim(shop.op({ voucherId, customerId, saleId: null })),
    campaign: (campaignId: string) =>
      one<{ uses: number; costMinor: number }>(
        'SELECT uses, cost_minor AS costMinor FROM campaign_totals WHERE campaign_id = :campaignId',
        { campaignId },
      ),
    claimOf: (customerId: string) =>
      one<{ status: string }>('SELECT status FROM customer_vouchers WHERE customer_id = :customerId', { customerId })
        ?.status,
    topUp: (customerId: string, amountMinor: number, days: number | null = null) =>
      manager().credit.adjust(
        shop.op({ of: { customerId }, amountMinor, days, reason: 'goodwill' as const, note: 'x' }),
      ),
    balance: async (accountId: string) => (await manager().credit.position({ accountId })).balanceMinor,
    credit: (accountId: string, amountMinor: number, kind: 'credit' | 'gift-card' = 'credit'): TenderDraft => ({
      tenderId: shop.newId(),
      ...{ kind, amountMinor, accountId },
    }),
  };
}

test('C-36: a voucher kept for the next purchase comes back with the sale that used it, expired where its time has passed', async () => {
  for (const waits of [false, true]) {
    const { shop, pay, refund, preview, claim, claimOf, campaign, one } = given();
    const customerId = shop.addCustomer();
    const genericCode = waits ? 'LATER20' : 'NEXT20';
    const { campaignId } = await shop.publish({
      ...{ name: genericCode, genericCode, use: 'next-sale' },
      benefit: { kind: 'percent', rateBasisPoints: 2000 },
      limits: { usesPerCode: null, perCustomer: 1 },
      validity: { claimDays: 10 },
    });
    const { id: voucherId = '' } =
      one<{ id: string }>(`SELECT id FROM vouchers WHERE campaign_id = '${campaignId}'`) ?? {};
    const first = shop.draft([shop.line(6_000)], { customerId });
    await claim(voucherId, customerId);
    await pay(first);
    shop.clock.advance(DAY);
    const next = shop.draft([shop.line(5_000), shop.line(3_000)], {
      customerId,
      vouchers: [{ voucherId, choice: null }],
    });
    const sold = await pay(next);
    expect(sold).toMatchObject({ totalMinor: 6_400 });
    expect([claimOf(customerId), campaign(campaignId)]).toEqual(['REDEEMED', { uses: 1, costMinor: 1_600 }]);
    const [a = '', b = ''] = next.lines.map(({ lineId }) => lineId);
    expect((await preview(sold.saleId, [a])).value.vouchers).toMatchObject([{ uses: 0, amountMinor: 1_000 }]);
    await refund(sold.saleId, [a]);
    expect([claimOf(customerId), campaign(campaignId)]).toEqual(['REDEEMED', { uses: 1, costMinor: 600 }]);
    if (waits) shop.clock.advance(11 * DAY);
    const becomes = waits ? 'EXPIRED' : 'CLAIMED';
    expect((await preview(sold.saleId, [b])).value.vouchers).toMatchObject([{ uses: 1, amountMinor: 600, becomes }]);
    await refund(sold.saleId, [b]);
    expect([claimOf(customerId), campaign(campaignId)]).toEqual([becomes, { uses: 0, costMinor: 0 }]);
  }
});

test('C-27: an amount off three lines comes back slice by slice, 6.66, 6.67 and 6.67, and its budget with it', async () => {
  const { shop, pay, refund, voucherOf, campaign } = given();
  const { campaignId } = await shop.publish({
    ...{ name: 'Ten', genericCode: 'TEN10', benefit: { kind: 'amount', amountMinor: 1_000, scope: 'order' } },
    limits: { usesPerCode: null, budgetMinor: 5_000 },
  });
  const lines = [1, 2, 3].map(() => shop.line(1_000));
  const sold = await pay(shop.draft(lines, { vouchers: [{ voucherId: voucherOf(campaignId), choice: null }] }));
  expect(sold).toMatchObject({ totalMinor: 2_000 });
  const back: (number | undefined)[] = [];
  for (const { lineId } of lines)
    back.push((await refund(sold.saleId, [lineId])).amountMinor, campaign(campaignId)?.costMinor);
  expect(back).toEqual([666, 666, 667, 333, 667, 0]);
  expect(campaign(campaignId)?.uses).toBe(0);
});

test('C-40 W4 W5: a gift card pays a part, and a refund becomes a new card with just that on it', async () => {
  const { shop, manager, pay, refund, preview, balance, credit } = given();
  const card = await manager().credit.giveCard(shop.op({ amountMinor: 5_000, days: null, note: 'raffle' }));
  await pay(shop.draft([shop.line(320)]), [credit(card.accountId, 320, 'gift-card')]);
  expect(await balance(card.accountId)).toBe(4_680);
  const draft = shop.draft([shop.line(198)]);
  const sold = await pay(draft);
  const [lineId = ''] = draft.lines.map((line) => line.lineId);
  expect(await refusalOf(preview(sold.saleId, [lineId], { tenderKind: 'credit' }))).toMatchObject({
    reason: 'sale-needs-customer',
  });
  expect(await preview(sold.saleId, [lineId], { tenderKind: 'gift-card' })).toMatchObject({
    tenders: [{ kind: 'gift-card', amountMinor: 198 }],
  });
  expect(shop.number('SELECT COUNT(*) AS n FROM credit_accounts')).toBe(1);
  const back = await refund(sold.saleId, [lineId], { tenderKind: 'gift-card' });
  expect(back).toMatchObject({ amountMinor: 198, credit: { kind: 'gift-card', amountMinor: 198 } });
  expect(await manager().credit.position({ code: back.credit?.code ?? '' })).toMatchObject({ balanceMinor: 198 });
  const receipt = await manager().till.receipt({ refundId: back.refundId });
  expect(receipt.value.sold).toMatchObject([{ kind: 'gift-card', code: back.credit?.code, amountMinor: 198 }]);
  expect(shop.number(`SELECT refunded_minor - amount_minor AS n FROM transactions WHERE id = '${sold.saleId}'`)).toBe(
    0,
  );
});

test('W5: a refund to credit goes to the customer’s own account, or to that of the record that took it over', async () => {
  const { shop, manager, pay, refund, balance } = given();
  const [customerId, other] = [shop.addCustomer(), shop.addCustomer()];
  const lines = [shop.line(700), shop.line(300)];
  const sold = await pay(shop.draft(lines, { customerId }));
  const first = await refund(sold.saleId, [lines[0]?.lineId ?? ''], { tenderKind: 'credit' });
  expect(first.credit).toMatchObject({ kind: 'credit', amountMinor: 700, code: null });
  expect(await balance(first.credit?.accountId ?? '')).toBe(700);
  await manager().customers.merge(shop.op({ fromCustomerId: customerId, intoCustomerId: other }));
  const second = await refund(sold.saleId, [lines[1]?.lineId ?? ''], { tenderKind: 'credit' });
  expect(second.credit?.accountId).not.toBe(first.credit?.accountId);
  expect(await balance(second.credit?.accountId ?? '')).toBe(1_000);
});

test('C-52 W13: what credit paid comes back to its lots before any cash, ended ones with thirty days’ grace, and to the card that replaced a lost one', async () => {
  const { shop, manager, pay, refund, preview, topUp, balance, credit } = given();
  const customerId = shop.addCustomer();
  const { accountId } = await topUp(customerId, 500, 5);
  const card = await manager().credit.giveCard(shop.op({ amountMinor: 400, days: null, note: 'raffle' }));
  const lines = [shop.line(500), shop.line(500), shop.line(500)];
  const first = [credit(accountId, 500), credit(card.accountId, 400, 'gift-card')];
  const sold = await pay(shop.draft(lines, { customerId }), first);
  expect([await balance(accountId), await balance(card.accountId)]).toEqual([0, 0]);
  const [a = '', b = '', c = ''] = lines.map(({ lineId }) => lineId);
  expect(await preview(sold.saleId, [a])).toMatchObject({
    tenders: [],
    value: { stored: [{ kind: 'credit', amountMinor: 500 }] },
  });
  shop.clock.advance(10 * DAY);
  await refund(sold.saleId, [a]);
  const { lots } = await manager().credit.position({ accountId });
  expect(lots).toMatchObject([{ remainingMinor: 500 }]);
  expect((lots[0]?.expiresAtMs ?? 0) - shop.clock.wallNowMs()).toBeGreaterThan(29 * DAY);
  const fresh = await manager().credit.reissue(shop.op({ accountId: card.accountId }));
  await refund(sold.saleId, [b]);
  expect([await balance(card.accountId), await balance(fresh.accountId)]).toEqual([0, 400]);
  expect(await refund(sold.saleId, [c])).toMatchObject({ amountMinor: 500 });
  expect(shop.number("SELECT SUM(amount_minor) AS n FROM refund_tenders WHERE kind = 'cash'")).toBe(600);
});

test('C-52: units of a pass come back with the very pieces that they paid, and nobody else’s money goes to the pass', async () => {
  const { shop, manager, pay, refund, preview } = given();
  const customerId = shop.addCustomer();
  const plan = { name: 'Ten', kind: 'package' as const, terms: { units: 10, days: 60 } };
  const { planId } = await manager().passes.savePlan(shop.op(plan));
  const { passId } = await manager().passes.give(shop.op({ customerId, planId, note: 'x' }));
  const left = async () => (await manager().passes.ofCustomer({ customerId }))[0]?.unitsFree;
  const line = shop.line(300, { quantityThousandths: 3000 });
  const other = shop.line(500);
  const passUses = [{ passId, lineId: line.lineId, units: 2 }];
  const sold = await pay(shop.draft([line, other], { customerId, passUses }));
  expect(await left()).toBe(8);
  await refund(sold.saleId, [other.lineId]);
  expect(await left()).toBe(8);
  expect((await preview(sold.saleId, [line.lineId])).value.stored).toEqual([
    { kind: 'package', amountMinor: 300, passName: 'Ten', units: 1 },
  ]);
  const cash = () => shop.number("SELECT COALESCE(SUM(amount_minor), 0) AS n FROM refund_tenders WHERE kind = 'cash'");
  await refund(sold.saleId, [line.lineId]);
  expect([await left(), cash()]).toEqual([9, 500]);
  await refund(sold.saleId, [line.lineId]);
  expect([await left(), cash()]).toEqual([10, 500]);
  await refund(sold.saleId, [line.lineId]);
  expect([await left(), cash()]).toEqual([10, 800]);
});

test('W2 W4: credit that a sale sold is taken back while it is unused, and refused once it was spent', async () => {
  const { shop, manager, pay, refund, preview, balance, credit, one } = given();
  const customerId = shop.addCustomer();
  const line = shop.line(2_000, { sells: { kind: 'credit' } });
  const sold = await pay(shop.draft([line], { customerId }));
  const { id: accountId = '' } = one<{ id: string }>('SELECT id FROM credit_accounts') ?? {};
  expect(await balance(accountId)).toBe(2_000);
  const used = shop.draft([shop.line(100)], { customerId });
  const spent = await pay(used, [credit(accountId, 100)]);
  const used100 = { reason: 'credit-already-used', facts: { balanceMinor: 1_900 } };
  expect(await refusalOf(preview(sold.saleId, [line.lineId]))).toMatchObject(used100);
  expect(await refusalOf(refund(sold.saleId, [line.lineId]))).toMatchObject(used100);
  expect(await refusalOf(manager().till.cancelSale(shop.op({ saleId: sold.saleId, reason: '' })))).toMatchObject(
    used100,
  );
  await refund(spent.saleId, [used.lines[0]?.lineId ?? '']);
  expect(await preview(sold.saleId, [line.lineId])).toMatchObject({
    value: { takenBack: [{ kind: 'credit', amount: 2_000 }] },
  });
  await refund(sold.saleId, [line.lineId]);
  expect(await balance(accountId)).toBe(0);
});

test('C-36 C-52: cancelling gives everything back at once: credit, units, vouchers and promotions', async () => {
  const { shop, manager, pay, topUp, balance, credit, claim, claimOf, voucherOf, campaign } = given();
  const customerId = shop.addCustomer();
  const { accountId } = await topUp(customerId, 300);
  const voucher = await shop.publish({
    name: 'V',
    genericCode: 'VOUCH10',
    limits: { usesPerCode: null, perCustomer: 1 },
  });
  const promotion = await shop.publish({
    ...{ name: 'P', trigger: 'automatic', benefit: { kind: 'amount', amountMinor: 50, scope: 'order' } },
  });
  const voucherId = voucherOf(voucher.campaignId);
  await claim(voucherId, customerId);
  const draft = shop.draft([shop.line(1_000)], { customerId, vouchers: [{ voucherId, choice: null }] });
  const sold = await pay(draft, [credit(accountId, 300)]);
  expect([await balance(accountId), claimOf(customerId)]).toEqual([0, 'REDEEMED']);
  expect([campaign(voucher.campaignId)?.uses, campaign(promotion.campaignId)?.uses]).toEqual([1, 1]);
  await manager().till.cancelSale(shop.op({ saleId: sold.saleId, reason: '' }));
  expect([await balance(accountId), claimOf(customerId)]).toEqual([300, 'CLAIMED']);
  for (const { campaignId } of [voucher, promotion]) expect(campaign(campaignId)).toEqual({ uses: 0, costMinor: 0 });
});

test('T9: goods exchanged in one ticket give their voucher and credit back, and the new sale stands', async () => {
  const { shop, pay, topUp, balance, credit, claim, claimOf, voucherOf, manager } = given();
  const customerId = shop.addCustomer();
  const { accountId } = await topUp(customerId, 300);
  const { campaignId } = await shop.publish({
    name: 'V',
    genericCode: 'VOUCH10',
    limits: { usesPerCode: null, perCustomer: 1 },
  });
  const voucherId = voucherOf(campaignId);
  await claim(voucherId, customerId);
  const bought = shop.draft([shop.line(1_000)], { customerId, vouchers: [{ voucherId, choice: null }] });
  const sold = await pay(bought, [credit(accountId, 300)]);
  const lines = [{ lineId: bought.lines[0]?.lineId ?? '', quantityThousandths: 1000 }];
  const exchange = { saleId: sold.saleId, lines, reason: 'too small' };
  const draft = shop.draft([shop.line(800)], { customerId, exchange });
  const { priced, dueMinor } = await manager().till.preview({ draft });
  expect([priced.totalMinor, dueMinor]).toEqual([800, 200]);
  const tenders = [shop.cash(200)];
  await manager().till.completeSale(shop.op({ draft, tenders, expectedTotalMinor: 800 }));
  expect([await balance(accountId), claimOf(customerId)]).toEqual([300, 'CLAIMED']);
});
