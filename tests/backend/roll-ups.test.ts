import { expect, test } from 'vitest';
import { createTillShop, type TillShop } from '../till/till-shop.ts';

const INSERT_SALE = `
  INSERT INTO transactions (id, merchant_id, shop_id, terminal_id, customer_id, staff_id, status, receipt_number, currency, tax_mode,
    subtotal_minor, total_minor, business_date, local_hour, created_at_ms, completed_at_ms, trusted_at_ms)
  VALUES (:id, :merchantId, :shopId, :terminalId, :customerId, :staffId, :status, :receiptNumber, 'PYG', 'inclusive',
    10000, 10000, '2026-03-02', 12, 1, :completedAtMs, 1)`;

function insertSale(shop: TillShop, customerId: string, status: 'pending' | 'completed'): string {
  const { merchantId, shopId, terminalId } = shop.env.shop() as {
    merchantId: string;
    shopId: string;
    terminalId: string;
  };
  const id = shop.newId();
  const isDone = status === 'completed';
  const names = { merchantId, shopId, terminalId, staffId: shop.managerId, customerId };
  const state = { status, receiptNumber: isDone ? id : null, completedAtMs: isDone ? 5_000 : null };
  shop.env.db.write((tx) => tx.runOne(INSERT_SALE as never, { id, ...names, ...state }));
  return id;
}

const run = (shop: TillShop, statement: string, id: string) =>
  shop.env.db.write((tx) => tx.run(statement as never, { id }));

function totals(shop: TillShop, customerId: string): Record<string, number | null> {
  const statement = `
    SELECT c.total_spent_minor AS spent, c.total_transactions AS sales, c.last_visit_at_ms AS lastVisitAtMs,
      d.total_sales_minor AS daySales, d.total_transactions AS dayCount, d.new_customers AS newCustomers,
      (SELECT sales_minor FROM merchant_hourly_analytics) AS hourSales
    FROM customers c LEFT JOIN merchant_daily_analytics d ON d.business_date = '2026-03-02' WHERE c.id = :customerId`;
  return shop.env.db.read.get<Record<string, number | null>>(statement as never, { customerId }) ?? {};
}

const ONCE = {
  spent: 10_000,
  sales: 1,
  lastVisitAtMs: 5_000,
  daySales: 10_000,
  dayCount: 1,
  newCustomers: 1,
  hourSales: 10_000,
};
const COMPLETE =
  "UPDATE transactions SET status = 'completed', receipt_number = id, completed_at_ms = 5000 WHERE id = :id";

// proves S1-16, S1-17, S1-23
test('C-32: totals, visits and the day follow a sale once, whether it is inserted completed or moved there', async () => {
  const shop = await createTillShop();
  const inserted = shop.addCustomer();
  insertSale(shop, inserted, 'completed');
  expect(totals(shop, inserted)).toEqual(ONCE);
  shop.close();
  const other = await createTillShop();
  const moved = other.addCustomer();
  const saleId = insertSale(other, moved, 'pending');
  expect(totals(other, moved)).toMatchObject({ spent: 0, sales: 0, daySales: null });
  run(other, COMPLETE, saleId);
  expect(totals(other, moved)).toEqual(ONCE);
  other.close();
});

test('C-32: editing a completed sale counts nothing twice, and its money cannot be edited at all', async () => {
  const shop = await createTillShop();
  const customerId = shop.addCustomer();
  const saleId = insertSale(shop, customerId, 'completed');
  run(shop, "UPDATE transactions SET trace = '[]', item_count = 2 WHERE id = :id", saleId);
  run(shop, "UPDATE transactions SET status = 'completed' WHERE id = :id", saleId);
  expect(totals(shop, customerId)).toEqual(ONCE);
  expect(() => run(shop, 'UPDATE transactions SET total_minor = 1 WHERE id = :id', saleId)).toThrow('does not change');
  shop.close();
});

test('C-32: cancelling a completed sale takes all of it back, once', async () => {
  const shop = await createTillShop();
  const customerId = shop.addCustomer();
  const saleId = insertSale(shop, customerId, 'completed');
  run(shop, "UPDATE transactions SET status = 'cancelled', ended_at_ms = 6000 WHERE id = :id", saleId);
  const nothing = { spent: 0, sales: 0, lastVisitAtMs: null, daySales: 0, dayCount: 0, newCustomers: 0, hourSales: 0 };
  expect(totals(shop, customerId)).toEqual(nothing);
  expect(() => run(shop, COMPLETE, saleId)).toThrow('not allowed');
  shop.close();
});

test('S1-8: only the moves of the state machine are possible, and nothing of the past is deleted', async () => {
  const shop = await createTillShop();
  const customerId = shop.addCustomer();
  const failed = insertSale(shop, customerId, 'pending');
  run(shop, "UPDATE transactions SET status = 'failed' WHERE id = :id", failed);
  expect(() => run(shop, COMPLETE, failed)).toThrow(/not allowed|does not change/);
  const saleId = insertSale(shop, customerId, 'completed');
  for (const status of ['pending', 'failed']) {
    expect(() => run(shop, `UPDATE transactions SET status = '${status}' WHERE id = :id`, saleId)).toThrow(
      'not allowed',
    );
  }
  expect(() => run(shop, "UPDATE transactions SET status = 'paid' WHERE id = :id", saleId)).toThrow();
  expect(() => run(shop, 'DELETE FROM transactions WHERE id = :id', saleId)).toThrow('kept');
  shop.close();
});

test('L5 L6: the ledger only grows, and reversals never exceed their entry', async () => {
  const shop = await createTillShop();
  const customerId = shop.addCustomer();
  await shop.sell(
    shop.draft([shop.line(30_000)], { customerId, customerIdentifiedBy: 'search', customerIdentifiedAtMs: 1 }),
  );
  const entry = shop.env.db.read.get<{ id: string; points: number }>(
    'SELECT id, points FROM points_transactions' as never,
  );
  const id = entry?.id ?? '';
  expect(entry?.points).toBe(30);
  expect(() => run(shop, 'UPDATE points_transactions SET points = 1 WHERE id = :id', id)).toThrow('append-only');
  expect(() => run(shop, 'DELETE FROM points_transactions WHERE id = :id', id)).toThrow('append-only');
  const reverse = (reversed: string, points: number) =>
    shop.env.db.write((tx) =>
      tx.runOne(
        `INSERT INTO points_transactions (id, merchant_id, account_id, customer_id, program_id, kind, system_account, points, reverses_id, business_date, at_ms, trusted_at_ms, group_id)
         SELECT :newId, merchant_id, account_id, customer_id, program_id, 'reverse_earn', 'issued', :points, id, business_date, at_ms, trusted_at_ms, group_id
         FROM points_transactions WHERE id = :reversed` as never,
        { newId: shop.newId(), points, reversed },
      ),
    );
  reverse(id, -20);
  expect(() => reverse(id, -11)).toThrow('cannot exceed');
  expect(() => reverse(id, 5)).toThrow('reverses an entry');
  const reversal =
    shop.env.db.read.get<{ id: string }>("SELECT id FROM points_transactions WHERE kind = 'reverse_earn'" as never)
      ?.id ?? '';
  expect(() => reverse(reversal, 0)).toThrow('reverses an entry');
  expect(shop.balanceOf(customerId)).toBe(10);
  shop.close();
});
