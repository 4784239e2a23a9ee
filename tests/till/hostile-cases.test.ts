import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mustHave } from '#shop/must.ts';
import type { SaleDraft, TenderDraft } from '#shop/till/sale.ts';
import { refusalOf } from '../support/test-backend.ts';
import { ODD_SHOPS } from './hostile-world.ts';
import { asking, createValueShop, type ValueShop } from './value-shop.ts';

// What a hostile clerk tries with one voucher, one balance or one pass; the random histories are in hostile-clerk.test.ts.

const state: { shop: ValueShop | null } = { shop: null };
const open = async (...where: Parameters<typeof createValueShop>): Promise<ValueShop> => {
  state.shop?.close();
  state.shop = await createValueShop(...where);
  return state.shop;
};
beforeEach(() => open());
afterEach(() => state.shop?.close());
const shopOf = (): ValueShop => mustHave(state.shop, 'the shop');

const off = (amountMinor: number) => ({ benefit: { kind: 'amount' as const, amountMinor } });
const HOUR = 3_600_000;
const begin = (draft: SaleDraft, amountMinor: number, ...taken: TenderDraft[]) => {
  const shop = shopOf();
  return shop.cashier.till.beginPayment(shop.op({ draft, tender: { kind: 'card' as const, amountMinor }, taken }));
};
const refund = (draft: SaleDraft, at: number, pieces: number) => {
  const shop = shopOf();
  const { lineId } = mustHave(draft.lines[at], 'the line');
  const lines = [{ lineId, quantityThousandths: pieces * 1_000 }];
  const given = { saleId: draft.saleId, lines, tenderKind: 'cash' as const, reason: '' };
  return shop.caller('manager').till.refund(shop.op(given));
};

describe('limits', () => {
  test('V2: a budget smaller than one discount is spent to its last cent and no further, also by a payment that waits', async () => {
    const shop = shopOf();
    const voucherId = await shop.generic('BUDGET', { ...off(300), limits: { budgetMinor: 500 } });
    const sale = () => shop.draft([shop.line(1_000)], asking(voucherId));
    const [first, second, third] = [sale(), sale(), sale()];
    const { tenderId } = await begin(first, 700);
    expect((await shop.look(second)).priced.totalMinor).toBe(800);
    await shop.pay(second, [shop.cash(800)], 800);
    expect((await shop.look(third)).vouchers).toMatchObject([{ refusal: { reason: 'voucher-budget-spent' } }]);
    await shop.pay(first, [{ tenderId, kind: 'card', amountMinor: 700, reference: 'OK' }], 700);
    expect(shop.number('SELECT cost_minor AS n FROM campaign_totals')).toBe(500);
  });

  test('V2: a limit that is lowered while a payment waits keeps that payment, and lets nobody else in', async () => {
    const shop = shopOf();
    const manager = shop.caller('manager').vouchers;
    const voucherId = await shop.generic('LOWER', { ...off(300), limits: { total: 5 } });
    const [first, second] = [1, 2].map(() => shop.draft([shop.line(1_000)], asking(voucherId)));
    const { tenderId } = await begin(mustHave(first, 'a sale'), 700);
    const [row] = (await manager.list({ tab: 'all', query: 'LOWER' })).rows;
    const { campaignId } = mustHave(row, 'the campaign');
    const campaign = shop.campaign({
      name: 'LOWER',
      genericCode: 'LOWER',
      ...off(300),
      limits: { usesPerCode: null, total: 1 },
    });
    const saved = await manager.saveDraft(shop.op({ campaignId, campaign, revision: 0 }));
    await manager.publish(shop.op({ campaignId, revision: saved.revision }));
    expect((await shop.look(mustHave(second, 'a sale'))).vouchers).toMatchObject([
      { refusal: { reason: 'voucher-limit-reached' } },
    ]);
    const card = { tenderId, kind: 'card' as const, amountMinor: 700, reference: 'OK' };
    await shop.pay(mustHave(first, 'a sale'), [card], 700);
    expect(shop.number('SELECT uses AS n FROM campaign_totals')).toBe(1);
  });

  test('V3: of two payments of one customer that wait at once only one is the first purchase', async () => {
    const shop = shopOf();
    const customerId = shop.addCustomer();
    const voucherId = await shop.generic('FIRST', { ...off(300), audience: { isFirstPurchase: true } });
    const sale = () => shop.draft([shop.line(1_000)], { customerId, ...asking(voucherId) });
    const first = sale();
    const { tenderId } = await begin(first, 700);
    expect((await shop.look(sale())).vouchers).toMatchObject([{ refusal: { reason: 'voucher-not-first-purchase' } }]);
    await shop.pay(first, [{ tenderId, kind: 'card', amountMinor: 700, reference: 'OK' }], 700);
    expect((await shop.look(sale())).vouchers).toMatchObject([{ refusal: { reason: 'voucher-not-first-purchase' } }]);
  });

  test('V3 C-48: who used it up as one record does not use it again as the record that it was merged into', async () => {
    const shop = shopOf();
    const [ana, bo, cy] = ['Ana', 'Bo', 'Cy'].map((name) => shop.addCustomer(name));
    const voucherId = await shop.generic('ONCE', { ...off(300), limits: { perCustomer: 1 } });
    const sale = (customerId = '') => shop.draft([shop.line(1_000)], { customerId, ...asking(voucherId) });
    await shop.pay(sale(ana), [shop.cash(700)], 700);
    const manager = shop.caller('manager').customers;
    for (const [from = '', into = ''] of [
      [ana, bo],
      [bo, cy],
    ]) {
      await manager.merge(shop.op({ fromCustomerId: from, intoCustomerId: into }));
      expect((await shop.look(sale(into))).vouchers).toMatchObject([
        { refusal: { reason: /voucher-(customer-limit|used)/ } },
      ]);
    }
  });

  test('V3 C-48: a record whose payment waits is not merged into another before it has ended', async () => {
    const shop = shopOf();
    const [fromCustomerId = '', intoCustomerId = ''] = ['Ana', 'Bo'].map((name) => shop.addCustomer(name));
    const voucherId = await shop.generic('ONCE', { ...off(300), limits: { perCustomer: 1 } });
    await begin(shop.draft([shop.line(1_000)], { customerId: fromCustomerId, ...asking(voucherId) }), 700);
    const merged = shop.caller('manager').customers.merge(shop.op({ fromCustomerId, intoCustomerId }));
    expect(await refusalOf(merged)).toMatchObject({ reason: 'sale-not-completed' });
  });
});

describe('odd sums', () => {
  test.each(ODD_SHOPS.map((where) => [where.currency ?? 'PYG', where] as const))(
    'V2 W13: in %s all of it off leaves nothing to pay and no tax, and comes back as nothing',
    async (_currency, where) => {
      const shop = await open(where);
      const voucherId = await shop.generic('ALL', { benefit: { kind: 'percent', rateBasisPoints: 10_000 } });
      const draft = shop.draft([shop.line(333), shop.line(1, { quantityThousandths: 3_000 })], asking(voucherId));
      const { priced, dueMinor } = await shop.look(draft);
      expect([priced.totalMinor, priced.taxMinor, dueMinor, priced.discountMinor]).toEqual([0, 0, 0, 336]);
      await shop.pay(draft, [], 0);
      expect((await refund(draft, 0, 1)).amountMinor).toBe(0);
      expect((await refund(draft, 1, 3)).amountMinor).toBe(0);
      expect(shop.number('SELECT usage_count AS n FROM vouchers')).toBe(0);
    },
  );

  test('a fixed price above the price, a free product that is not there and a minimum just missed take nothing and are not used', async () => {
    const shop = shopOf();
    const other = await shop.product('Cake', 900);
    const filter = { productIds: [mustHave(other().productId, 'a product')] };
    const ids = [
      await shop.generic('DEARER', { benefit: { kind: 'fixed-price', unitPriceMinor: 1_001 } }),
      await shop.generic('ABSENT', { benefit: { kind: 'product' }, filter }),
      await shop.generic('MISSED', { ...off(1), minimum: { amountMinor: 1_001 } }),
    ];
    const draft = shop.draft([shop.line(1_000)], asking(...ids));
    const { priced, vouchers } = await shop.look(draft);
    expect(priced.totalMinor).toBe(1_000);
    expect(Object.fromEntries(vouchers.map(({ code, refusal }) => [code, refusal?.reason]))).toEqual({
      DEARER: 'voucher-not-applied',
      ABSENT: 'voucher-no-eligible-item',
      MISSED: 'voucher-minimum-not-met',
    });
    expect(vouchers.find(({ code }) => code === 'ABSENT')?.refusal?.facts).toMatchObject({ names: 'Cake' });
    await shop.pay(draft, [shop.cash(1_000)], 1_000);
    expect(shop.number('SELECT COUNT(*) AS n FROM voucher_redemptions')).toBe(0);
  });

  test('S3-63 W6: the last cent of credit is spent once, by whichever of two sales is first', async () => {
    const shop = shopOf();
    const customerId = shop.addCustomer();
    const accountId = await shop.credit(customerId, 1);
    const [first, second] = [1, 2].map(() => shop.draft([shop.line(1)], { customerId }));
    const pay = (draft: SaleDraft | undefined) => shop.pay(mustHave(draft, 'a sale'), [shop.byCredit(accountId, 1)], 1);
    const answers = await Promise.allSettled([pay(first), pay(second)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(shop.balance(accountId)).toBe(0);
    const free = shop.draft([shop.line(0)], { customerId });
    await shop.pay(free, [shop.byCredit(accountId, 0)], 0).catch(() => null);
    expect(shop.balance(accountId)).toBe(0);
  });

  test('C-52 C-36: a line that a pass, credit and a voucher paid comes back piece by piece to each of them, to the cent', async () => {
    const shop = shopOf();
    const customerId = shop.addCustomer();
    const accountId = await shop.credit(customerId, 450);
    const planId = await shop.plan(3);
    const { passId } = await shop.caller('manager').passes.give(shop.op({ customerId, planId, note: 'x' }));
    const voucherId = await shop.give(customerId, off(100));
    const line = shop.line(333, { quantityThousandths: 3_000 });
    const passUses = [{ passId, lineId: line.lineId, units: 1 }];
    const draft = shop.draft([line], { customerId, ...asking(voucherId), passUses });
    const { priced, passMinor, dueMinor } = await shop.look(draft);
    expect([priced.totalMinor, passMinor, dueMinor]).toEqual([899, 299, 600]);
    await shop.pay(draft, [shop.byCredit(accountId, 450), shop.cash(150)], 899);
    const left = () => [
      shop.balance(accountId),
      shop.number('SELECT units_total - messages_used AS n FROM customer_packages'),
    ];
    const seen: unknown[] = [];
    for (const pieces of [1, 1, 1]) {
      const { amountMinor } = await refund(draft, 0, pieces);
      seen.push([amountMinor, ...left()]);
    }
    expect(seen.at(-1)).toEqual([expect.any(Number), 450, 3]);
    expect(seen.reduce<number>((sum, each) => sum + (each as number[])[0]!, 0)).toBe(899);
    expect(shop.number('SELECT cost_minor AS n FROM campaign_totals')).toBe(0);
    expect(await shop.look(shop.draft([shop.line(500)], { customerId, ...asking(voucherId) }))).toMatchObject({
      vouchers: [{ amountMinor: 100, refusal: null }],
    });
  });
});

describe('rounded cash', () => {
  test('W3 C-52: beside credit and a voucher, cash that is rounded to five comes back as it was paid, and credit to the cent', async () => {
    const shop = await open({ ...ODD_SHOPS[3], taxMode: 'inclusive' });
    const manager = shop.caller('manager').till;
    const customerId = shop.addCustomer();
    const accountId = await shop.credit(customerId, 1_000);
    const voucherId = await shop.generic('ONE', off(1));
    const wrong: unknown[] = [];
    for (let restMinor = 0; restMinor <= 11; restMinor += 1) {
      const line = shop.line(51 + restMinor);
      const draft = shop.draft([line], { customerId, ...asking(voucherId) });
      const tenders = [shop.byCredit(accountId, 50), ...(restMinor > 0 ? [shop.cash(restMinor)] : [])];
      const sold = await shop.pay(draft, tenders, 50 + restMinor);
      const cashMinor = restMinor + sold.cashRoundingMinor;
      const lines = [{ lineId: line.lineId, quantityThousandths: 1_000 }];
      const { credit } = await manager.refund(
        shop.op({ saleId: draft.saleId, lines, tenderKind: 'cash' as const, reason: '' }),
      );
      const backMinor = shop.number(
        "SELECT COALESCE(SUM(amount_minor), 0) AS n FROM refund_tenders t WHERE kind = 'cash'",
      );
      shop.clock.advance(1_000);
      const paidMinor = shop.number(
        "SELECT COALESCE(SUM(amount_minor), 0) AS n FROM transaction_tenders WHERE kind = 'cash'",
      );
      if (credit !== null || backMinor !== paidMinor || cashMinor % 5 !== 0 || shop.balance(accountId) !== 1_000)
        wrong.push([restMinor, cashMinor, paidMinor, backMinor, shop.balance(accountId)]);
    }
    expect(wrong).toEqual([]);
  });
});

describe('time', () => {
  test('V5 C-43: Saturdays 22:00 to 02:00 hold over the nights in which clocks change, and not an hour more', async () => {
    const shop = await open(mustHave(ODD_SHOPS[2] ?? null, 'Berlin'));
    const windows = [{ weekdays: [5], fromMinute: 1_320, toMinute: 120 }];
    await shop.generic('NIGHT', { ...off(100), validity: { windows } });
    const check = async (at: string): Promise<string> => {
      shop.clock.advance(Date.parse(at) - shop.clock.wallNowMs());
      const asked = { code: 'NIGHT', customerId: null, saleId: null };
      return (await refusalOf(shop.cashier.vouchers.check(shop.op(asked))))?.reason ?? 'usable';
    };
    const seen: string[] = [];
    // 29 March: 02:00 is 03:00. 25 October: 03:00 is 02:00 again.
    for (const at of [
      '03-28T20:59',
      '03-28T21:00',
      '03-29T00:59',
      '03-29T01:00',
      '10-24T19:59',
      '10-24T20:00',
      '10-24T23:59',
      '10-25T00:00',
      '10-25T01:00',
    ])
      seen.push(await check(`2026-${at}:00Z`));
    const no = 'voucher-wrong-hours';
    expect(seen.map((each) => (each === 'voucher-wrong-day' ? no : each))).toEqual([
      ...[no, 'usable', 'usable', no],
      ...[no, 'usable', 'usable', no, no],
    ]);
  });

  test('VC19 V5: taken back after its end it is over; a clock set back does not bring it back', async () => {
    const shop = shopOf();
    const customerId = shop.addCustomer();
    const benefit = { kind: 'credit', amountMinor: 500, days: null } as const;
    const voucherId = await shop.give(customerId, { benefit, validity: { claimDays: 1 } });
    const given = await shop.cashier.vouchers.redeem(shop.op({ voucherId, customerId }));
    shop.clock.advance(72 * HOUR);
    const redemptionId = given.kind === 'given' ? given.redemptionId : '';
    const taken = await shop.caller('manager').vouchers.rollback(shop.op({ redemptionId, reason: 'a mistake' }));
    expect(taken).toEqual({ claimStatus: 'EXPIRED' });
    shop.clock.moveWall(-72 * HOUR);
    expect(await refusalOf(shop.cashier.vouchers.redeem(shop.op({ voucherId, customerId })))).toMatchObject({
      reason: 'voucher-expired',
    });
    expect(shop.number('SELECT SUM(balance_minor) AS n FROM credit_accounts')).toBe(0);
  });
});
