import { afterEach, beforeEach, expect, test } from 'vitest';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { mustHave } from '#shop/must.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import { refusalOf } from '../support/test-backend.ts';
import { asking, createValueShop, type ValueShop } from './value-shop.ts';

// What happens to value elsewhere while a payment waits for its answer, and the edges of what is sold and given back.

const state: { shop: ValueShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createValueShop();
});
afterEach(() => state.shop?.close());
const shopOf = (): ValueShop => mustHave(state.shop, 'the shop');

const OFF = { kind: 'amount', amountMinor: 300 } as const;
const DAY_MS = 86_400_000;

const begin = (draft: SaleDraft, amountMinor: number) => {
  const shop = shopOf();
  return shop.cashier.till.beginPayment(shop.op({ draft, tender: { kind: 'card' as const, amountMinor } }));
};
const payByCard = (draft: SaleDraft, tenderId: string, amountMinor: number, totalMinor = amountMinor) =>
  shopOf().pay(draft, [{ tenderId, kind: 'card', amountMinor, reference: 'OK' }], totalMinor);
const refund = ({ saleId }: SaleDraft, { lineId }: SaleDraft['lines'][number]) => {
  const shop = shopOf();
  const lines = [{ lineId, quantityThousandths: 1_000 }];
  const given = { saleId, lines, tenderKind: 'cash' as const, reason: 'brought back' };
  return shop.caller('manager').till.refund(shop.op(given));
};
/** A sale of 10.00 in which a customer asks for a voucher. */
const saleWith = (voucherId: string, customerId: string): SaleDraft =>
  shopOf().draft([shopOf().line(1_000)], { customerId, ...asking(voucherId) });
const voucherRow = (voucherId: string) =>
  shopOf().env.db.read.get('SELECT status, usage_count AS uses FROM vouchers WHERE id = :voucherId' as never, {
    voucherId,
  });

test('V3: what one customer may use once is not used twice by two payments of theirs that wait at once', async () => {
  const shop = shopOf();
  const [ana, bo] = [shop.addCustomer('Ana'), shop.addCustomer('Bo')];
  const voucherId = await shop.generic('EACH', { benefit: OFF, limits: { perCustomer: 1, perCustomerPerDay: 1 } });
  const first = saleWith(voucherId, ana);
  const second = saleWith(voucherId, ana);
  const { tenderId } = await begin(first, 700);
  expect(await shop.look(second)).toMatchObject({
    priced: { totalMinor: 1_000 },
    vouchers: [{ refusal: { reason: 'voucher-customer-limit' } }],
  });
  expect(await refusalOf(begin(second, 700))).toBeNull();
  expect(await shop.look(saleWith(voucherId, bo))).toMatchObject({ priced: { totalMinor: 700 } });
  await payByCard(first, tenderId, 700);
  expect(shop.number('SELECT SUM(uses) AS n FROM voucher_redemptions')).toBe(1);
});

test('C-35: a voucher that is withdrawn while its payment waits is used by that sale, and stays withdrawn', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const voucherId = await shop.give(customerId, { benefit: OFF });
  const draft = saleWith(voucherId, customerId);
  const { tenderId } = await begin(draft, 700);
  await shop.caller('manager').vouchers.revoke(shop.op({ voucherId, reason: 'a mistake' }));
  const sold = await payByCard(draft, tenderId, 700);
  expect(sold.value.vouchers).toMatchObject([{ voucherId, amountMinor: 300 }]);
  expect(voucherRow(voucherId)).toEqual({ status: 'revoked', uses: 1 });
});

test('C-35: a voucher that ends while its payment waits is used by that sale, and is not given anew', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const voucherId = await shop.give(customerId, { benefit: OFF, validity: { claimDays: 1 } });
  const draft = saleWith(voucherId, customerId);
  const { tenderId } = await begin(draft, 700);
  shop.clock.advance(5 * DAY_MS);
  expect(await runJobs(shop.env, allJobs(shop.env))).toBe('done');
  await payByCard(draft, tenderId, 700);
  expect(voucherRow(voucherId)).toEqual({ status: 'expired', uses: 1 });
  const again = shop.caller('manager').vouchers.reissue(shop.op({ voucherId }));
  expect(await refusalOf(again)).toMatchObject({ reason: 'voucher-used' });
});

test('C-36: a voucher that was used is not given anew because somebody withdrew it afterwards', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const voucherId = await shop.give(customerId, { benefit: OFF });
  await shop.pay(saleWith(voucherId, customerId), [shop.cash(700)], 700);
  const { vouchers } = shop.caller('manager');
  await vouchers.revoke(shop.op({ voucherId, reason: 'a mistake' }));
  expect(await refusalOf(vouchers.reissue(shop.op({ voucherId })))).toMatchObject({ reason: 'voucher-used' });
});

test('C-36: a use of a code for many that comes back after its customer’s own end is free for others', async () => {
  const shop = shopOf();
  const [ana, bo] = [shop.addCustomer('Ana'), shop.addCustomer('Bo')];
  const voucherId = await shop.generic('MANY', {
    benefit: OFF,
    limits: { usesPerCode: 2, perCustomer: 1 },
    validity: { claimDays: 2 },
  });
  const [first, second] = [saleWith(voucherId, ana), saleWith(voucherId, bo)];
  for (const draft of [first, second]) {
    const claim = { voucherId, customerId: mustHave(draft.customerId, 'a customer'), saleId: null };
    await shop.cashier.vouchers.claim(shop.op({ ...claim, source: 'MANUAL' as const }));
    await shop.pay(draft, [shop.cash(700)], 700);
  }
  expect(voucherRow(voucherId)).toEqual({ status: 'redeemed', uses: 2 });
  shop.clock.advance(5 * DAY_MS);
  await refund(first, mustHave(first.lines[0], 'the line'));
  expect(voucherRow(voucherId)).toMatchObject({ uses: 1 });
  await shop.pay(saleWith(voucherId, shop.addCustomer('Cy')), [shop.cash(700)], 700);
  expect(voucherRow(voucherId)).toEqual({ status: 'redeemed', uses: 2 });
});

test('C-52: a pass that was sold is not taken back while another sale has units of it set aside', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const pack = await shop.product('Ten coffees', 10_000, { sells: 'package', sellsPlanId: await shop.plan(10) });
  const bought = shop.draft([pack()], { customerId });
  const { value } = await shop.pay(bought, [shop.cash(10_000)], 10_000);
  const passId = mustHave(value.sold[0], 'the pass').subjectId;
  const line = shop.line(1_000, { quantityThousandths: 3_000 });
  const draft = shop.draft([line], { customerId, passUses: [{ passId, lineId: line.lineId, units: 2 }] });
  const { tenderId } = await begin(draft, 1_000);
  const refused = await refusalOf(refund(bought, mustHave(bought.lines[0], 'the line')));
  expect(refused).toMatchObject({ reason: 'pass-short', facts: { needed: 10, have: 8 } });
  await payByCard(draft, tenderId, 1_000, 3_000);
  expect(shop.number('SELECT messages_used AS n FROM customer_packages')).toBe(2);
});

test('credit that was paid for is taken back with its line, also beside a line that cost nothing', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const [free, paid] = [0, 5_000].map((priceMinor) => shop.line(priceMinor, { sells: { kind: 'credit' } }));
  const line = mustHave(paid, 'the line');
  const sale = shop.draft([mustHave(free, 'the line'), line], { customerId });
  await shop.pay(sale, [shop.cash(5_000)], 5_000);
  expect(shop.number('SELECT balance_minor AS n FROM credit_accounts')).toBe(5_000);
  await refund(sale, line);
  expect(shop.number('SELECT balance_minor AS n FROM credit_accounts')).toBe(0);
});

test('an open amount sells no pass: nobody at the till gives one away for a price of their own', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const planId = await shop.plan(10);
  const draft = shop.draft([shop.line(0, { sells: { kind: 'package', planId } })], { customerId });
  expect(await refusalOf(shop.pay(draft, [], 0))).toMatchObject({ reason: 'not-found', facts: { kind: 'pass-plan' } });
  expect(shop.number('SELECT COUNT(*) AS n FROM customer_packages')).toBe(0);
});

test('C-52 L1: pieces that a pass paid are worth what a refund of them gives, so that no cent goes from the pass to the till', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const manager = shop.caller('manager');
  const { passId } = await manager.passes.give(shop.op({ customerId, planId: await shop.plan(5), note: 'a prize' }));
  const line = shop.line(999, { quantityThousandths: 4_000 });
  const voucherId = await shop.generic('FIFTH', { benefit: { kind: 'percent', rateBasisPoints: 2_000 } });
  const asked = shop.draft([line, shop.line(505)], { customerId, ...asking(voucherId) });
  const draft = { ...asked, passUses: [{ passId, lineId: line.lineId, units: 3 }] };
  // 7.99 off the four: they cost 7.99, 7.99, 7.99 and 8.00, of which the pass pays the first three.
  const { dueMinor, priced } = await shop.look(draft);
  expect([priced.totalMinor, dueMinor]).toEqual([3_601, 1_204]);
  await shop.pay(draft, [shop.cash(dueMinor)], priced.totalMinor);
  const back: number[] = [];
  for (let piece = 0; piece < 4; piece += 1) back.push((await refund(draft, line)).amountMinor);
  expect(back).toEqual([799, 799, 799, 800]);
  const inCash = "SELECT SUM(amount_minor) AS n FROM refund_tenders WHERE kind = 'cash'";
  expect(shop.number(inCash)).toBe(800);
  expect(shop.number("SELECT SUM(amount_minor) AS n FROM refund_tenders WHERE kind = 'package'")).toBe(2_397);
});
