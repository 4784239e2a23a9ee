import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTillShop, type TillShop } from '../till/till-shop.ts';

const BACKEND = resolve(import.meta.dirname, '../../src/backend');
const state: { shop: TillShop | null } = { shop: null };

beforeAll(async () => {
  state.shop = await createTillShop();
});
afterAll(() => state.shop?.close());

/** How SQLite would find the rows of a statement, a line for each step. */
function planOf(statement: string): string[] {
  const names = [...statement.matchAll(/[:@$](\w+)/g)].map(([, name = '']) => [name, 1] as const);
  const rows = state.shop?.env.db.read.all<{ detail: string }>(
    `EXPLAIN QUERY PLAN ${statement}` as never,
    Object.fromEntries(names),
  );
  return (rows ?? []).map(({ detail }) => detail);
}

const QUERIES = readdirSync(BACKEND, { recursive: true, encoding: 'utf8' })
  .filter((name) => /(?<!\.test)\.ts$/.test(name))
  .flatMap((name) =>
    [...readFileSync(resolve(BACKEND, name), 'utf8').matchAll(/\bsql`([^`]*)`/g)].map(([, text = '']) => ({
      name,
      text: text.trim(),
    })),
  )
  .filter(({ text }) => /^(SELECT|WITH|UPDATE|DELETE|INSERT)/.test(text));

/** Reads on purpose in the order of the rows, and ends at its limit. */
const endsAtLimit = (text: string): boolean =>
  /\bNOT INDEXED\b[\s\S]*\bLIMIT :\w+$/.test(text) && !planOf(text).includes('USE TEMP B-TREE FOR ORDER BY');

/** Steps that read a table from end to end; what a statement is given (a list, words to match) is no table. */
const scansOf = (plan: readonly string[]): string[] =>
  plan.filter((step) => /^SCAN (?!CONSTANT ROW|\()/.test(step) && !/VIRTUAL TABLE INDEX (?:1:|\d+:M)/.test(step));

/** Tables that grow for as long as the shop trades. */
const GROWING = new Set([
  ...['transactions', 'transaction_items', 'transaction_tenders', 'refunds', 'sale_entries', 'points_transactions'],
  ...['customers', 'customer_pii', 'customer_loyalty_accounts', 'customer_visits', 'customer_events'],
  ...['qr_scan_logs', 'audit_logs', 'outbox'],
]);

/** There is one merchant: an index entered by the merchant alone and then sorted reads the table from end to end as well. */
function sortsIn(plan: readonly string[]): string[] {
  if (!plan.includes('USE TEMP B-TREE FOR ORDER BY')) return [];
  return plan
    .map((step) => /USING (?:COVERING )?INDEX (\w+) \(merchant_id=\?\)$/.exec(step)?.[1])
    .filter((index) => index !== undefined)
    .filter((index) => GROWING.has(tableOf(index)));
}

function tableOf(index: string): string {
  const found = state.shop?.env.db.read.get<{ tbl_name: string }>(
    'SELECT tbl_name FROM sqlite_schema WHERE name = :index' as never,
    { index },
  );
  return found?.tbl_name ?? '';
}

/** Tables read whole, and why that is right. */
const READ_WHOLE: Readonly<Record<string, string>> = {
  tax_rates: 'a handful of rows',
  staff_members: 'a handful of rows',
  terminal_pin_tries: 'one row for each till',
  found: 'the rows that an inner query found',
  held: 'one row of sums',
  own: 'one row of sums',
  w: 'a customer and who was merged into them',
  s: 'the words to look for, matched by the search index',
  credit_accounts: 'checked only while a foreign key is broken within the transaction',
  sale_entries: 'checked only while a foreign key is broken within the transaction',
};

test('S1-31: every statement of every store finds its rows by an index, whatever it joins', () => {
  const problems = QUERIES.filter(({ text }) => !endsAtLimit(text)).flatMap(({ name, text }) =>
    scansOf(planOf(text))
      .map((step) => step.replace(/^SCAN /, '').replace(/ VIRTUAL.*/, ''))
      .filter((table) => READ_WHOLE[table] === undefined)
      .map((table) => `${name} reads ${table} from end to end: ${text.replace(/\s+/g, ' ').slice(0, 120)}`),
  );
  expect(problems).toEqual([]);
  expect(QUERIES.length).toBeGreaterThan(100);
});

test('S1-31: no list of a growing table is sorted whole to show its first rows', () => {
  const problems = QUERIES.flatMap(({ name, text }) =>
    sortsIn(planOf(text)).map((index) => `${name} sorts all of ${index}: ${text.replace(/\s+/g, ' ').slice(0, 120)}`),
  );
  expect(problems).toEqual([]);
});

test('a statement without an index, and one that sorts everything, is seen', () => {
  const newest = 'SELECT id FROM customers WHERE merchant_id = :m ORDER BY created_at_ms DESC LIMIT 5';
  expect(sortsIn(planOf(newest))).toEqual(['customers_by_last_visit']);
  expect(scansOf(planOf('SELECT id FROM transactions WHERE total_minor = :total'))).toEqual(['SCAN transactions']);
});

const SALES = 'SELECT id FROM transactions WHERE';
const SCANS = 'SELECT id FROM qr_scan_logs WHERE';

test.each<[string, string, string]>([
  ['S1-25', `${SALES} merchant_id = :m AND business_date = :day ORDER BY created_at_ms`, 'transactions_by_day'],
  ['S1-25', `${SALES} customer_id = :c ORDER BY created_at_ms`, 'transactions_by_customer'],
  ['S1-25', `${SALES} merchant_id = :m AND status IN ('pending')`, 'transactions_open'],
  ['S1-26', 'SELECT id FROM customers WHERE merchant_id = :m AND customer_code = :code', 'sqlite_autoindex_customers'],
  [
    'S1-26',
    'SELECT note FROM customer_pii WHERE merchant_id = :m AND email = :e AND is_duplicate = 0',
    'customer_pii_by_email',
  ],
  [
    'S1-26',
    'SELECT note FROM customer_pii WHERE merchant_id = :m AND phone_e164 = :p AND is_duplicate = 0',
    'customer_pii_by_phone',
  ],
  ['S1-27', 'SELECT name FROM merchants WHERE merchant_code = :code', 'sqlite_autoindex_merchants'],
  ['S1-27', 'SELECT name FROM merchants WHERE business_email = :e', 'sqlite_autoindex_merchants'],
  [
    'S1-28',
    'SELECT points_issued FROM merchant_daily_analytics WHERE merchant_id = :m AND business_date > :day',
    'PRIMARY KEY',
  ],
  [
    'S1-28',
    'SELECT visit_count FROM customer_visits WHERE merchant_id = :m AND business_date = :day',
    'customer_visits_by_day',
  ],
  [
    'S1-29',
    'SELECT points FROM points_transactions WHERE account_id = :a ORDER BY seq',
    'points_transactions_by_account',
  ],
  ['S1-29', 'SELECT points FROM points_transactions WHERE transaction_id = :t', 'points_transactions_by_sale'],
  ['S0-17', `${SCANS} voucher_id = :v ORDER BY created_at_ms`, 'qr_scan_logs_by_voucher'],
  ['S0-17', `${SCANS} customer_id = :c ORDER BY created_at_ms`, 'qr_scan_logs_by_customer'],
  ['S2-36', `${SCANS} voucher_id = :v ORDER BY created_at_ms DESC`, 'qr_scan_logs_by_voucher'],
  [
    'S2-37',
    'SELECT used_at_ms FROM voucher_redemptions WHERE voucher_id = :v AND customer_id = :c',
    'COVERING INDEX voucher_redemptions_by_use',
  ],
  [
    'S2-39',
    'SELECT scan_type, COUNT(*) FROM qr_scan_logs WHERE merchant_id = :m AND created_at_ms > :from',
    'COVERING INDEX qr_scan_logs_by_time',
  ],
  ['S0-17', `${SCANS} merchant_id = :m AND created_at_ms > :from AND scan_type = 'BUSINESS'`, 'qr_scan_logs_by_time'],
])('%s: %s', (_id, statement, index) => {
  const plan = planOf(statement);
  expect(plan).toEqual([expect.stringContaining(index)]);
});

// proves S0-17, S2-36, S2-37, S2-39, S1-25, S1-26, S1-27, S1-28, S1-29
test('the indexes of scans by voucher and by customer hold only the rows that have one', () => {
  const partial = state.shop?.env.db.read.all<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE tbl_name = 'qr_scan_logs' AND sql LIKE '%IS NOT NULL' ORDER BY name" as never,
  );
  expect(partial?.map(({ name }) => name)).toEqual(['qr_scan_logs_by_customer', 'qr_scan_logs_by_voucher']);
});
