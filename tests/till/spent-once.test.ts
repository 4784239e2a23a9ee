import { afterEach, expect, test } from 'vitest';
import { addUpDay, isSameDay, selectKeptDay } from '#backend/analytics/day-figures-store.ts';
import { allMigrations } from '#backend/db/migrate.ts';
import { selectMovesBefore } from '#backend/points/what-if-store.ts';
import { mustHave } from '#shop/must.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import { SPENT_ONCE } from './spent-once-laws.ts';
import { DOLLAR_SHOP } from './till-shop.ts';
import { createValueShop, type ValueShop } from './value-shop.ts';

// Stored value is a sale when it pays, not when it is sold: what the day, the customer and their figures say of it.

const GUARANI_SHOP = { country: 'PY', currency: 'PYG', timeZone: 'America/Asuncion', region: 'es-PY' } as const;
const state: { shop: ValueShop | null } = { shop: null };
afterEach(() => state.shop?.close());

async function open(where: Parameters<typeof createValueShop>[0] = DOLLAR_SHOP) {
  const shop = await createValueShop(where);
  state.shop = shop;
  const manager = shop.caller('manager');
  const rows = <Row>(statement: string) => shop.env.db.read.all<Row>(statement as never);
  const card = (priceMinor: number) => shop.line(priceMinor, { sells: { kind: 'gift-card', code: null } });
  const refund = (draft: SaleDraft, ...positions: number[]) => {
    const wanted = positions.length === 0 ? [...draft.lines.keys()] : positions;
    const lines = wanted.map((position) => {
      const { lineId, quantityThousandths } = mustHave(draft.lines[position], 'a line');
      return { lineId, quantityThousandths };
    });
    return manager.till.refund(shop.op({ saleId: draft.saleId, lines, tenderKind: 'cash', reason: 'x' }));
  };
  const today = async () => {
    const { salesMinor, soldValueMinor, salesCount, averageMinor, refundsCount } = await manager.analytics.today();
    return { salesMinor, soldValueMinor, salesCount, averageMinor, refundsCount };
  };
  const stats = async (customerId: string) => (await manager.customers.get({ customerId })).stats;
  const laws = () => {
    for (const [law, statement] of Object.entries(SPENT_ONCE)) expect(rows(statement), law).toEqual([]);
    const { merchantId } = mustHave(shop.env.shop(), 'the shop');
    for (const { date } of rows<{ date: string }>('SELECT DISTINCT business_date AS date FROM sale_entries')) {
      const day = { merchantId, businessDate: date };
      expect(isSameDay(selectKeptDay(shop.env.db.read, day), addUpDay(shop.env.db.read, day))).toBe(true);
    }
  };
  return { shop, manager, rows, card, refund, today, stats, laws };
}

test('S1-4 S1-17 S1-23 C7: a gift card and what it buys are one sale: the customer spent the coffee, the day sold it, the card stands apart', async () => {
  const { shop, manager, card, today, stats, laws } = await open();
  const ana = shop.addCustomer('Ana');
  const bought = shop.draft([card(4_000)], { customerId: ana });
  const { value } = await shop.pay(bought, [shop.cash(4_000)], 4_000);
  const accountId = mustHave(value.sold[0], 'the card').subjectId;
  // A sale of the day and a visit, but no basket.
  expect(await today()).toEqual({
    salesMinor: 0,
    soldValueMinor: 4_000,
    salesCount: 1,
    averageMinor: null,
    refundsCount: 0,
  });
  expect(await stats(ana)).toMatchObject({ spentMinor: 0, visits: 1, salesCount: 1, averageSaleMinor: null });
  const goods = shop.draft([shop.line(2_100)], { customerId: ana });
  await shop.pay(goods, [shop.byCredit(accountId, 2_100, 'gift-card')], 2_100);
  const topUp = shop.draft([shop.line(500), shop.line(3_000, { sells: { kind: 'credit' } })], { customerId: ana });
  await shop.pay(topUp, [shop.cash(3_500)], 3_500);
  expect(await today()).toEqual({
    ...{ salesMinor: 2_600, soldValueMinor: 7_000, salesCount: 3, averageMinor: 1_300, refundsCount: 0 },
  });
  expect(await stats(ana)).toMatchObject({ spentMinor: 2_600, salesCount: 3, averageSaleMinor: 1_300 });
  for (const measure of ['sales', 'soldValue', 'count', 'average'] as const) {
    const told = await manager.analytics.explain({ measure });
    const value = { sales: 2_600, soldValue: 7_000, count: 3, average: 1_300 }[measure];
    expect(told).toMatchObject({ value, sumOfRows: measure === 'average' ? 2_600 : value });
    expect(told.rows.reduce((sum, { amount }) => sum + amount, 0)).toBe(told.sumOfRows);
  }
  laws();
});

test('S1-23 C-53: what comes back is taken out of its own part: the card leaves the sales alone, the goods leave the card', async () => {
  const { shop, card, refund, today, stats, laws } = await open();
  const ana = shop.addCustomer('Ana');
  const goods = shop.line(1_001);
  const draft = shop.draft([goods, card(4_000), shop.line(333)], { customerId: ana });
  await shop.pay(draft, [shop.card(5_334)], 5_334);
  await refund(draft, 1);
  expect(await today()).toMatchObject({ salesMinor: 1_334, soldValueMinor: 0, refundsCount: 0, averageMinor: 1_334 });
  expect(await stats(ana)).toMatchObject({ spentMinor: 1_334, salesCount: 1 });
  await refund(draft, 0, 2);
  expect(await today()).toMatchObject({ salesMinor: 0, soldValueMinor: 0, refundsCount: 1 });
  expect(await stats(ana)).toMatchObject({ spentMinor: 0, salesCount: 0 });
  laws();
});

test('C-53: cash that is rounded is of the goods, of a card alone of the card, and refunds of both parts sum to both', async () => {
  const { shop, card, refund, rows, laws } = await open(GUARANI_SHOP);
  const drafts = [
    shop.draft([shop.line(1_020), card(4_005)]),
    shop.draft([card(4_020)]),
    shop.draft([shop.line(10), card(4_010)]),
  ];
  for (const draft of drafts) await shop.sell(draft);
  const booked = () =>
    rows<{ goods: number; value: number }>(`SELECT SUM(amount_minor) AS goods, SUM(sold_value_minor) AS value
      FROM sale_entries GROUP BY transaction_id ORDER BY min(seq)`);
  const paid = rows<{ minor: number }>('SELECT amount_minor AS minor FROM transactions ORDER BY created_at_ms');
  expect(booked().map(({ goods, value }) => goods + value)).toEqual(paid.map(({ minor }) => minor));
  expect(booked()).toMatchObject([{ value: 4_005 }, { goods: 0 }, { value: 4_000 }]);
  laws();
  for (const draft of drafts) {
    for (const position of draft.lines.keys()) await refund(draft, position);
    laws();
  }
  expect(booked()).toEqual(drafts.map(() => ({ goods: 0, value: 0 })));
});

test('C-38: what if plays a ladder over what was spent before, in goods alone, as the ladder itself does', async () => {
  const { shop, card, refund } = await open();
  const ana = shop.addCustomer('Ana');
  const draft = shop.draft([shop.line(1_001), card(4_000), card(500)], { customerId: ana });
  await shop.sell(draft);
  await refund(draft, 2);
  const { merchantId } = mustHave(shop.env.shop(), 'the shop');
  const range = { merchantId, programId: 'none', fromDate: '2000-01-01', untilDate: '2100-01-01' };
  expect(selectMovesBefore(shop.env.db.read, range)).toMatchObject([{ customerId: ana, spendMinor: 1_001 }]);
});

test('C-35: a sale whose card is charged later sells as value what it did when its prices were frozen', async () => {
  const { shop, today, laws } = await open();
  const card = await shop.product('Gift card', 4_000, { isStoredValue: true });
  const draft = shop.draft([shop.line(1_000), card()]);
  const tender = { kind: 'card' as const, amountMinor: 5_000 };
  const { tenderId } = await shop.cashier.till.beginPayment(shop.op({ draft, tender, taken: [] }));
  await shop.pay(draft, [{ ...tender, tenderId, reference: 'OK' }], 5_000);
  expect(await today()).toMatchObject({ salesMinor: 1_000, soldValueMinor: 4_000 });
  laws();
});

/** Sales of every kind with stored value in them, some taken back, some cancelled, some given a customer later. */
async function liveThroughADay({ shop, manager, card, refund }: Awaited<ReturnType<typeof open>>): Promise<void> {
  const ana = shop.addCustomer('Ana');
  const mixed = () => shop.draft([shop.line(1_001), card(4_000), shop.line(333)]);
  const attached = mixed();
  await shop.sell(attached);
  await refund(attached, 0, 1);
  shop.clock.advance(1);
  await manager.till.attachCustomer(shop.op({ saleId: attached.saleId, customerId: ana }));
  await refund(attached, 2);
  const cancelled = { ...mixed(), customerId: ana };
  await shop.sell(cancelled);
  await manager.till.cancelSale(shop.op({ saleId: cancelled.saleId, reason: '' }));
  const alone = shop.draft([card(700)], { customerId: ana });
  await shop.sell(alone);
  const returned = shop.draft([card(900)], { customerId: ana });
  await shop.sell(returned);
  await refund(returned);
  await shop.sell(shop.draft([shop.line(250)], { customerId: ana }));
  const late = mixed();
  await shop.sell(late);
  await manager.till.attachCustomer(shop.op({ saleId: late.saleId, customerId: ana }));
}

test('S1-23: sales of before are put right from their lines, as if they had been booked so', async () => {
  const opened = await open();
  await liveThroughADay(opened);
  opened.laws();
  const { shop, rows } = opened;
  const tables = ['transactions', 'refunds', 'sale_entries', 'customers', 'customer_visits'];
  const figures = ['merchant_daily_analytics', 'merchant_hourly_analytics'];
  const snapshot = () =>
    [...tables, ...figures].map((table) =>
      rows<Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).map((row) =>
        Object.fromEntries(Object.entries(row).sort(([a], [b]) => a.localeCompare(b))),
      ),
    );
  const right = snapshot();
  const step = mustHave(
    allMigrations().find(({ number }) => number === 490),
    'the step',
  ).text;
  const dropped = [...step.matchAll(/^DROP TRIGGER (\w+)/gm)].map((found) => mustHave(found[1], 'a name'));
  const made = [...step.matchAll(/^CREATE TRIGGER (\w+)/gm)].map((found) => mustHave(found[1], 'a name'));
  const before = [
    ...made.map((name) => `DROP TRIGGER ${name}`),
    'DROP INDEX transactions_of_sold_value',
    `UPDATE customers SET total_spent_minor = total_spent_minor
       + COALESCE((SELECT SUM(sold_value_minor) FROM sale_entries e WHERE e.customer_id = customers.id), 0)`,
    `UPDATE customer_visits AS v SET spent_minor = spent_minor
       + (SELECT SUM(sold_value_minor) FROM sale_entries e WHERE (e.customer_id, e.business_date) = (v.customer_id, v.business_date))`,
    `UPDATE merchant_hourly_analytics AS h SET sales_minor = sales_minor
       + (SELECT SUM(sold_value_minor) FROM sale_entries e WHERE (e.business_date, e.local_hour) = (h.business_date, h.local_hour))`,
    'UPDATE sale_entries SET amount_minor = amount_minor + sold_value_minor',
    `UPDATE merchant_daily_analytics AS d SET (total_sales_minor, gross_sales_minor, refunds_minor, refunds_count) = (
       SELECT SUM(amount_minor), SUM(iif(kind = 'REFUND', 0, amount_minor)), -SUM(iif(kind = 'REFUND', amount_minor, 0)),
         SUM(kind = 'REFUND') FROM sale_entries e WHERE e.business_date = d.business_date)`,
    ...['transactions', 'refunds', 'sale_entries', 'merchant_daily_analytics'].map(
      (table) => `ALTER TABLE ${table} DROP COLUMN sold_value_minor`,
    ),
    'ALTER TABLE merchant_daily_analytics DROP COLUMN value_only_transactions',
    ...dropped.map((name) => `CREATE TRIGGER ${name} AFTER DELETE ON merchants BEGIN SELECT 1; END`),
  ];
  shop.env.db.write((db) => {
    for (const statement of before) db.run(statement as never);
  });
  expect(snapshot()).not.toEqual(right);
  const statements = step.split(/;\n(?=--|\n|ALTER|DROP|UPDATE|WITH|CREATE|$)/).filter((text) => /^[A-Z]/m.test(text));
  shop.env.db.write((db) => {
    for (const statement of statements) db.run(statement as never);
  });
  expect(snapshot()).toEqual(right);
});
