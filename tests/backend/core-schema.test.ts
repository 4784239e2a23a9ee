import { afterEach, beforeEach, expect, test } from 'vitest';
import { isUuidV7 } from './uuid-v7.ts';
import { createTillShop, type TillShop } from '../till/till-shop.ts';

// What the core schema itself holds, whoever writes into it: keys, checks, views, and totals that cannot drift.

let shop: TillShop;
beforeEach(async () => {
  shop = await createTillShop();
});
afterEach(() => shop.close());

type Row = Record<string, string | number | null>;
const rows = (statement: string): Row[] => shop.env.db.read.all<Row>(statement as never);
const write = (statement: string, parameters: Record<string, string | number> = {}) =>
  shop.env.db.write((tx) => tx.run(statement as never, parameters));

async function sellTo(customerId: string | null, priceMinor = 12_000) {
  const draft = shop.draft([shop.line(priceMinor)], {
    customerId,
    customerIdentifiedBy: customerId === null ? null : 'scan',
  });
  return { draft, sold: await shop.sell(draft, undefined, shop.caller('cashier')) };
}

/** A row of every kind that issue-worthy history has: sale, refund, award, scan, draft, shift. */
async function trade(): Promise<{ customerId: string; saleId: string }> {
  const { customerId, code } = await shop
    .caller('cashier')
    .customers.enrol(
      shop.op({ name: 'Ana Ruiz', phone: '0981 555 111', email: 'ana@example.com', consentMarketing: false }),
    );
  await shop.caller('manager').till.openShift(shop.op({ floatMinor: 50_000 }));
  await shop
    .caller('cashier')
    .scanning.submit(
      shop.op({ text: code, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() }),
    );
  const { draft } = await sellTo(customerId);
  const lineId = draft.lines[0]?.lineId ?? '';
  await shop.caller('manager').till.refund(
    shop.op({
      saleId: draft.saleId,
      lines: [{ lineId, quantityThousandths: 500 }],
      tenderKind: 'cash' as const,
      reason: 'cold',
    }),
  );
  const held = shop.draft([shop.line(3_000)]);
  await shop.caller('cashier').till.saveDraft(shop.op({ draft: held, revision: 0, isHeld: true }));
  return { customerId, saleId: draft.saleId };
}

test('S1-1, S1-2: a merchant has business details, a status and a plan out of their lists, and a code and an e-mail that nobody else has', () => {
  expect(rows('SELECT name, country, currency, status, plan FROM merchants')).toEqual([
    { name: 'Café Lapacho', country: 'PY', currency: 'PYG', status: 'active', plan: 'BASIC' },
  ]);
  write("UPDATE merchants SET business_email = 'hola@lapacho.example'");
  const another = (code: string, email: string) =>
    write(
      `INSERT INTO merchants (id, name, merchant_code, business_email, country, currency, created_at_ms)
       VALUES (:id, 'Other', :code, :email, 'PY', 'PYG', 0)`,
      { id: shop.newId(), code, email },
    );
  const code = String(rows('SELECT merchant_code FROM merchants')[0]?.merchant_code);
  expect(() => another('OTHER', 'hola@lapacho.example')).toThrow('UNIQUE constraint failed: merchants.business_email');
  expect(() => another(code, 'else@example.com')).toThrow('UNIQUE constraint failed: merchants.merchant_code');
  expect(another('OTHER', 'else@example.com')).toBe(1);
  expect(() => write("UPDATE merchants SET plan = 'GOLD'")).toThrow('CHECK constraint failed');
});

test('S1-5, S1-6: a customer code, an e-mail and a phone stand for one customer; nobody needs either of the last two', async () => {
  const enrol = (more: object) =>
    shop.caller('cashier').customers.enrol(shop.op({ name: 'Somebody', consentMarketing: false, ...more }));
  await enrol({ phone: '0981 555 111', email: 'ana@example.com' });
  await enrol({});
  const { customerId } = await enrol({});
  const other = { id: customerId };
  const mine = 'customer_number = (SELECT customer_number FROM customers WHERE id = :id)';
  expect(() => write(`UPDATE customer_pii SET email = 'ana@example.com' WHERE ${mine}`, other)).toThrow('UNIQUE');
  expect(() => write(`UPDATE customer_pii SET phone_e164 = '+595981555111' WHERE ${mine}`, other)).toThrow('UNIQUE');
  expect(() => write('UPDATE customers SET customer_code = (SELECT MIN(customer_code) FROM customers)')).toThrow(
    'UNIQUE',
  );
});

test('S1-4, S1-7, S1-9, S1-21, S1-22, S1-24: a sale is kept with its customer, method, times and lines, and both views and the points follow it', async () => {
  const { customerId, saleId } = await trade();
  const [sale] = rows('SELECT * FROM transactions');
  expect(sale).toMatchObject({
    id: saleId,
    customer_id: customerId,
    status: 'completed',
    payment_method: 'cash',
    currency: 'PYG',
    amount_minor: 12_000,
    refunded_minor: 6_000,
    merchant_id: shop.env.shop()?.merchantId,
  });
  expect(sale?.completed_at_ms).toBe(sale?.created_at_ms);
  // What was typed for an open amount stands apart, where it can be erased.
  expect(
    rows(
      `SELECT i.name, o.name AS typed, i.quantity_thousandths AS quantity, i.unit_price_minor AS price
       FROM transaction_items i LEFT JOIN open_line_names o ON o.transaction_item_id = i.id`,
    ),
  ).toEqual([{ name: '', typed: 'Café', quantity: 1000, price: 12_000 }]);
  const [earned] = rows("SELECT * FROM points_transactions WHERE kind = 'earn'");
  expect(earned).toMatchObject({ points: 12, transaction_id: saleId, trusted_at_ms: sale?.trusted_at_ms });
  const spent = { total_spent_minor: 6_000, total_transactions: 1, last_visit_at_ms: sale?.completed_at_ms };
  expect(rows('SELECT * FROM customer_summary')).toEqual([
    expect.objectContaining({ customer_id: customerId, full_name: 'Ana Ruiz', current_points: 6, ...spent }),
  ]);
  expect(rows('SELECT * FROM merchant_dashboard')).toEqual([
    expect.objectContaining({ total_sales_minor: 6_000, total_transactions: 1, total_customers: 1, points_issued: 6 }),
  ]);
});

test('S1-13, S1-14: one account for each customer, whose balance is earned less redeemed less expired plus adjusted, or nothing is written', async () => {
  const { customerId } = await trade();
  const adjust = { customerId, reason: 'goodwill' as const, points: 40, note: 'the machine broke' };
  await shop.caller('manager').points.award(shop.op(adjust));
  expect(
    rows(
      'SELECT current_points, earned_points, redeemed_points, expired_points, adjusted_points FROM customer_loyalty_accounts',
    ),
  ).toEqual([{ current_points: 46, earned_points: 6, redeemed_points: 0, expired_points: 0, adjusted_points: 40 }]);
  expect(() => write('UPDATE customer_loyalty_accounts SET current_points = current_points + 1')).toThrow('CHECK');
  expect(() =>
    write(
      `INSERT INTO customer_loyalty_accounts (id, merchant_id, customer_id, created_at_ms)
       SELECT :id, merchant_id, customer_id, 0 FROM customer_loyalty_accounts`,
      { id: shop.newId() },
    ),
  ).toThrow('UNIQUE');
});

test('S1-15, S1-51: the rules of money stand in the database too: the ledger only grows, a refund fits its line, a paid sale is final', async () => {
  const { saleId } = await trade();
  expect(rows('SELECT kind, points, reason, transaction_id FROM points_transactions')).toEqual([
    { kind: 'earn', points: 12, reason: expect.any(String), transaction_id: saleId },
    { kind: 'reverse_earn', points: -6, reason: expect.any(String), transaction_id: saleId },
  ]);
  const forbidden = [
    'UPDATE points_transactions SET points = 1000',
    'DELETE FROM points_transactions',
    'DELETE FROM transactions',
    'UPDATE transactions SET total_minor = total_minor + 1',
    "UPDATE transactions SET status = 'pending'",
    'UPDATE transaction_items SET unit_price_minor = 1',
    'DELETE FROM transaction_items',
    'UPDATE refunds SET amount_minor = 1',
    'DELETE FROM sale_entries',
    'DELETE FROM audit_logs',
    'DELETE FROM operations',
    `INSERT INTO refund_items (refund_id, transaction_item_id, merchant_id, quantity_thousandths, amount_minor, tax_minor)
     SELECT refund_id || 'x', transaction_item_id, merchant_id, 501, 1, 0 FROM refund_items`,
  ];
  shop.env.db.pragma('foreign_keys = OFF');
  for (const statement of forbidden)
    expect(() => write(statement), statement).toThrow(
      /append-only|kept|final|do not change|does not change|cannot exceed|is not allowed/,
    );
});

test('S1-36: every status, state and kind of every table is one of a list', () => {
  const listed = rows(`
    SELECT t.name AS name, c.name AS status, t.sql AS definition FROM sqlite_schema t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND (c.name IN ('status', 'state', 'kind', 'outcome', 'category', 'plan') OR c.name LIKE '%_type')`);
  const free = new Set(['customer_events.event_type', 'operations.outcome', 'outbox.type']);
  const open = listed
    .filter(({ name, status }) => !free.has(`${name}.${status}`))
    .filter(({ status, definition }) => !new RegExp(`CHECK \\(${status} IN \\(`).test(String(definition)))
    .map(({ name, status }) => `${name}.${status}`);
  expect(listed.length).toBeGreaterThan(10);
  expect(open).toEqual([]);
});

test('S1-44: money, times and counts are integers in every table', () => {
  const columns = rows(`
    SELECT t.name || '.' || c.name AS name, c.type AS type FROM sqlite_schema t, pragma_table_xinfo(t.name) c
    WHERE t.type = 'table' AND (c.name GLOB '*_minor' OR c.name GLOB '*_ms' OR c.name GLOB '*_count' OR c.name GLOB '*_points')`);
  expect(columns.length).toBeGreaterThan(60);
  expect(columns.filter(({ type }) => type !== 'INTEGER')).toEqual([]);
  const types = rows(
    "SELECT DISTINCT c.type AS type FROM sqlite_schema t, pragma_table_xinfo(t.name) c WHERE t.sql LIKE '%) STRICT%'",
  );
  expect(types.map(({ type }) => type)).not.toContain('REAL');
});

test('S0-6, S1-33, S1-61: ids are made on the till and say nothing: version 7, with random bits, never a counter', async () => {
  await trade();
  const named = rows(`
    SELECT t.name AS name FROM sqlite_schema t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND c.name = 'id' AND c.type = 'TEXT'`).map(({ name }) => String(name));
  const seen = named.flatMap((name) => rows(`SELECT '${name}' AS name, id FROM ${name}`));
  expect(seen.filter(({ id }) => !isUuidV7(String(id)))).toEqual([]);
  expect(new Set(seen.map(({ name }) => name))).toContain('qr_scan_logs');
  expect(new Set(seen.map(({ name }) => name)).size).toBeGreaterThan(12);
});

test('S1-20, S1-34, S1-39, S1-52: a change of a product, a customer, a person and a setting keeps old and new values, who, where and when', async () => {
  const manager = shop.caller('manager');
  const { customerId } = await manager.customers.enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
  const product = {
    name: 'Flat white',
    priceMinor: 22_000,
    sku: null,
    categoryId: null,
    barcodes: [],
    taxRateId: shop.taxRateId,
  };
  const { productId } = await manager.catalogue.saveProduct(
    shop.op({ ...product, icon: 'coffee', soldByWeight: false }),
  );
  await manager.catalogue.saveProduct(
    shop.op({ ...product, icon: 'coffee', soldByWeight: false, productId, version: 1, priceMinor: 24_000 }),
  );
  await manager.customers.block(shop.op({ customerId, reason: 'lent the card' }));
  const staffId = shop.staffId('cashier');
  await manager.staff.update(shop.op({ staffId, name: 'Jorge', roles: ['auditor' as const], isActive: true }));
  await manager.settings.update(shop.op({ changes: { autoLockMinutes: 9 } }));
  const log = rows('SELECT * FROM audit_logs WHERE old_values IS NOT NULL ORDER BY seq');
  const of = (table: string) => log.find(({ table_name }) => table_name === table);
  expect(JSON.parse(String(of('products')?.old_values))).toMatchObject({ priceMinor: 22_000 });
  expect(JSON.parse(String(of('products')?.new_values))).toMatchObject({ priceMinor: 24_000 });
  expect(JSON.parse(String(of('customers')?.old_values))).toMatchObject({ status: 'active' });
  expect(JSON.parse(String(of('customers')?.new_values))).toMatchObject({ status: 'blocked' });
  expect(JSON.parse(String(of('staff_members')?.old_values))).toMatchObject({ roles: ['cashier'] });
  expect(JSON.parse(String(of('staff_members')?.new_values))).toMatchObject({ roles: ['auditor'] });
  expect(JSON.parse(String(of('system_settings')?.old_values))).toMatchObject({ value: 5 });
  expect(JSON.parse(String(of('system_settings')?.new_values))).toMatchObject({ value: 9 });
  expect(log.map(({ table_name }) => table_name)).toEqual([
    'products',
    'customers',
    'staff_members',
    'system_settings',
  ]);
  for (const row of log) {
    expect(row).toMatchObject({ staff_id: shop.managerId, terminal_id: shop.env.shop()?.terminalId, outcome: 'done' });
    expect(row.record_id).not.toBeNull();
    expect(row.at_ms).toBe(shop.clock.wallNowMs());
  }
});
