import { afterAll, beforeAll, expect, test } from 'vitest';
import { createValueShop, type ValueShop } from './value-rows.ts';

const state = {} as { value: ValueShop };

beforeAll(async () => {
  state.value = await createValueShop();
});
afterAll(() => state.value.shop.close());

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
}

const rowsOf = <Row>(statement: string): readonly Row[] =>
  state.value.shop.env.db.read.all(statement as never) as readonly Row[];
const columnOf = (table: string, name: string) =>
  rowsOf<Column>(`SELECT * FROM pragma_table_info('${table}')`).find((column) => column.name === name);
/** The columns of each index of a table, in order. */
const indexesOf = (table: string) =>
  rowsOf<{ name: string }>(`SELECT name FROM pragma_index_list('${table}')`).map(({ name }) =>
    rowsOf<{ name: string }>(`SELECT name FROM pragma_index_info('${name}') ORDER BY seqno`).map(
      (column) => column.name,
    ),
  );

// proves S0-1, S0-2, S0-3, S0-20, S0-21, S0-22, S0-23, S0-25, S0-30, S0-31, S0-33, S3-43, S3-50
test.each([
  ['S0-1', 'vouchers', 'scan_count', 'INTEGER', '0'],
  ['S0-2', 'vouchers', 'claim_count', 'INTEGER', '0'],
  ['S0-3', 'vouchers', 'impressions', 'INTEGER', '0'],
  ['S0-20', 'customer_vouchers', 'claimed_at_ms', 'INTEGER', null],
  ['S0-21', 'customer_vouchers', 'status', 'TEXT', "'CLAIMED'"],
  ['S0-22', 'customer_vouchers', 'wallet_order', 'INTEGER', '0'],
  ['S0-23', 'customer_vouchers', 'notification_preferences', 'TEXT', "'{}'"],
  ['S0-25', 'customer_vouchers', 'metadata', 'TEXT', "'{}'"],
  ['S0-30', 'redemption_attempts', 'attempted_at_ms', 'INTEGER', null],
  ['S0-31', 'redemption_attempts', 'successful', 'INTEGER', '0'],
  ['S0-33', 'redemption_attempts', 'device_info', 'TEXT', "'{}'"],
  ['S0-33', 'redemption_attempts', 'metadata', 'TEXT', "'{}'"],
  ['S3-43', 'vouchers', 'code', 'TEXT', null],
  ['S3-43', 'vouchers', 'type', 'TEXT', null],
  ['S3-43', 'vouchers', 'value', 'INTEGER', null],
  ['S3-43', 'vouchers', 'usage_count', 'INTEGER', '0'],
  ['S3-43', 'vouchers', 'is_active', 'INTEGER', '1'],
])('%s: %s.%s is there and never empty', (_id, table, column, type, standard) => {
  expect(columnOf(table, column)).toMatchObject({ type, notnull: 1, dflt_value: standard });
});

// proves S0-24, S0-29, S0-33, S3-43, S3-48
test.each([
  ['S0-24', 'customer_vouchers', 'last_viewed_at_ms'],
  ['S0-29', 'redemption_attempts', 'voucher_id'],
  ['S0-29', 'redemption_attempts', 'customer_id'],
  ['S0-33', 'redemption_attempts', 'location'],
  ['S3-43', 'vouchers', 'usage_limit'],
  ['S3-43', 'vouchers', 'expires_at_ms'],
  ['S3-43', 'vouchers', 'created_by_staff_id'],
  ['S3-48', 'customer_packages', 'voucher_id'],
])('%s: %s.%s may be empty', (_id, table, column) => {
  expect(columnOf(table, column)).toMatchObject({ notnull: 0 });
});

// proves S0-4, S0-5, S0-27, S0-34
test.each([
  ['S0-4', 'vouchers', ['merchant_id', 'scan_count']],
  ['S0-5', 'vouchers', ['merchant_id', 'claim_count']],
  ['S0-27', 'customer_vouchers', ['customer_id', 'voucher_id']],
  ['S0-27', 'customer_vouchers', ['voucher_id']],
  ['S0-27', 'customer_vouchers', ['merchant_id', 'status', 'expires_at_ms']],
  ['S0-27', 'customer_vouchers', ['merchant_id', 'claimed_at_ms']],
  ['S0-34', 'redemption_attempts', ['voucher_id', 'attempted_at_ms']],
  ['S0-34', 'redemption_attempts', ['business_id', 'attempted_at_ms']],
  ['S0-34', 'redemption_attempts', ['merchant_id', 'attempted_at_ms', 'successful']],
  ['S0-34', 'redemption_attempts', ['terminal_id', 'attempted_at_ms']],
])('%s: %s is found by %s', (_id, table, columns) => {
  expect(indexesOf(table)).toContainEqual(columns);
});

// proves S0-1, S0-2, S0-3
test('S0-1 S0-2 S0-3: scans, claims and impressions are counted from their rows', () => {
  const { value } = state;
  const voucherId = value.voucher();
  const counts = () =>
    value.one('SELECT scan_count AS scans, claim_count AS claims, impressions FROM vouchers WHERE id = :voucherId', {
      voucherId,
    });
  expect(counts()).toEqual({ scans: 0, claims: 0, impressions: 0 });
  claim(voucherId);
  value.insert('voucher_impressions', { voucher_id: voucherId, kind: 'print', impressions: 3, at_ms: 1 });
  expect(counts()).toEqual({ scans: 0, claims: 1, impressions: 3 });
});

// proves S0-18, S0-19, S0-26
test('S0-18 S0-19 S0-26: a claim is of one customer and one voucher that exist, once, and stays when they go', () => {
  const { value } = state;
  const voucherId = value.voucher();
  claim(voucherId);
  expect(() => claim(voucherId)).toThrow('UNIQUE');
  expect(() => claim(value.shop.newId())).toThrow('FOREIGN KEY');
  expect(() => value.run('DELETE FROM vouchers WHERE id = :voucherId', { voucherId })).toThrow();
});

// proves S0-35
test.each([
  ['customer_vouchers', { voucher_id: 'vouchers', customer_id: 'customers' }],
  ['redemption_attempts', { voucher_id: 'vouchers', business_id: 'shops' }],
  ['voucher_redemptions', { voucher_id: 'vouchers', customer_id: 'customers', shop_id: 'shops' }],
])('S0-35: %s names its voucher, its customer and its business by keys that exist', (table, keys) => {
  const rows = rowsOf<{ from: string; table: string }>(
    `SELECT "from", "table" FROM pragma_foreign_key_list('${table}')`,
  );
  expect(Object.fromEntries(rows.map((row) => [row.from, row.table]))).toMatchObject(keys);
});

// proves S0-28, S0-32
test('S0-28 S0-32: an attempt names its shop and till, and its reason is a word of at most 100 characters', () => {
  const { value } = state;
  const row = attempt({ failure_reason: 'x'.repeat(100) });
  expect(() => value.insert('redemption_attempts', row)).not.toThrow();
  expect(() => value.insert('redemption_attempts', attempt({ failure_reason: 'x'.repeat(101) }))).toThrow('CHECK');
  expect(() => value.insert('redemption_attempts', attempt({ business_id: null }))).toThrow('NOT NULL');
  expect(() => value.insert('redemption_attempts', attempt({ successful: 1, failure_reason: 'x' }))).toThrow('CHECK');
});

// proves S3-44
test('S3-44: the usage of vouchers reads as the redemptions do', () => {
  const { value } = state;
  const voucherId = value.voucher();
  value.redeem(voucherId, { discount_amount_minor: 250, notes: 'counter' });
  const usage = 'SELECT discount_amount_minor, redemption_type, notes FROM voucher_usage WHERE voucher_id = :voucherId';
  expect(value.one(usage, { voucherId })).toEqual({
    discount_amount_minor: 250,
    redemption_type: 'percent',
    notes: 'counter',
  });
});

// proves S3-45, S3-49
test('S3-45 S3-49: a balance of credit is the sum of its ledger, which is only added to', () => {
  const { value } = state;
  const accountId = value.account();
  value.credit(accountId, 'grant', 500);
  value.credit(accountId, 'spend', -120);
  const balance = 'SELECT balance_minor AS minor FROM credit_accounts WHERE id = :accountId';
  expect(value.one(balance, { accountId })).toEqual({ minor: 380 });
  expect(() => value.run('UPDATE store_credit_transactions SET amount_minor = 1')).toThrow();
  expect(() => value.run('DELETE FROM store_credit_transactions')).toThrow();
});

function claim(voucherId: string): void {
  const { customerId, campaignId } = state.value;
  const row = { customer_id: customerId, voucher_id: voucherId, campaign_id: campaignId, claimed_at_ms: 1 };
  state.value.insert('customer_vouchers', row);
}

function attempt(given: Record<string, string | number | null>): Record<string, string | number | null> {
  const { shopId = '', terminalId = '' } = state.value.shop.env.shop() ?? {};
  const staff_id = String(state.value.one('SELECT id FROM staff_members').id);
  const known = { code_hash: 'hash', kind: 'check', business_id: shopId, terminal_id: terminalId, staff_id };
  return { ...known, attempted_at_ms: 1, ...given };
}
