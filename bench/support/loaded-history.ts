import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { checkCharacterOf } from '#shop/ids/code.ts';
import { seeded } from './measure.ts';

const FIRST =
  'Ana Mateo Sofía Carlos Rocío Diego Lucía Jorge Marta José Camila Hugo Elena Iván Nadia Pedro Liz Rubén Paz Óscar'.split(
    ' ',
  );
const LAST =
  'Benítez Giménez Ayala Ortiz Rojas Acosta Melgarejo Torres Ríos González Núñez Cáceres Duarte Franco Vera Insfrán Peña Yegros'.split(
    ' ',
  );
const DAY_MS = 86_400_000;
/** The loaded history ends here, so that every machine loads the same rows: 2026-11-20 00:00 UTC. */
const HISTORY_ENDS_AT_MS = Date.UTC(2026, 10, 20);

/** Ids of loaded rows are derived from their number, so that a bench can pick any customer without asking; like the real ones they rise with time. */
export function loadedId(kind: string, number: number): string {
  const time = `0190${number.toString(16).padStart(8, '0')}`;
  const hex = createHash('md5').update(`${kind}-${number}`).digest('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(4, 7)}-8${hex.slice(7, 10)}-${hex.slice(10, 22)}`;
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function loadedCode(number: number): string {
  const hash = createHash('md5').update(`code-${number}`).digest();
  const body = [...hash.subarray(0, 10)].map((byte) => ALPHABET[byte % 32]).join('');
  return body + checkCharacterOf(body);
}

export function loadedPhone(number: number): string {
  return `+5959${String(10_000_000 + number).padStart(8, '0')}`;
}

/** Fills an empty shop with customers, each with one past sale: straight into the tables, for speed. */
export function loadHistory(path: string, customers: number): void {
  const db = new Database(path);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  // The loaded rows refer to each other by construction, and an index is built faster from sorted rows than row by row.
  db.pragma('foreign_keys = OFF');
  db.pragma('cache_size = -1048576');
  db.pragma('threads = 2');
  const putTriggers = setAside(db, "type = 'trigger' AND name <> 'customer_pii_search_insert'");
  const putIndexes = setAside(db, "type = 'index' AND sql IS NOT NULL");
  db.transaction(() => fill(db, customers))();
  db.exec("INSERT INTO customer_search (customer_search) VALUES ('optimize')");
  putIndexes();
  putTriggers();
  db.exec('ANALYZE');
  db.pragma('journal_mode = WAL');
  db.close();
}

/** Drops the triggers or indexes of that kind and returns what makes them again. */
export function setAside(db: Database.Database, kind: string): () => void {
  const taken = db.prepare(`SELECT type, name, sql FROM sqlite_schema WHERE ${kind}`).all() as {
    type: string;
    name: string;
    sql: string;
  }[];
  for (const { type, name } of taken) db.exec(`DROP ${type} "${name}"`);
  return () => {
    for (const { sql } of taken) db.exec(sql);
  };
}

interface ShopRows {
  readonly merchantId: string;
  readonly shopId: string;
  readonly terminalId: string;
  readonly staffId: string;
  readonly taxRateId: string;
  readonly programId: string;
  readonly versionId: string;
}

function fill(db: Database.Database, customers: number): void {
  const shop = db
    .prepare(
      `SELECT t.merchant_id AS merchantId, t.shop_id AS shopId, t.terminal_id AS terminalId,
         (SELECT id FROM staff_members LIMIT 1) AS staffId,
         (SELECT id FROM tax_rates WHERE is_default = 1 LIMIT 1) AS taxRateId,
         (SELECT id FROM loyalty_programs WHERE is_main = 1) AS programId,
         (SELECT id FROM loyalty_program_versions LIMIT 1) AS versionId
       FROM terminal_state t`,
    )
    .get() as ShopRows;
  const random = seeded(7);
  const insert = insertsOf(db);
  const sums = new Map<string, { minor: number; count: number; points: number }>();
  for (let number = 1; number <= customers; number += 1) fillOne({ insert, shop, sums, random, number });
  for (const [date, sum] of sums) {
    insert.day.run(shop.merchantId, date, sum.minor, sum.count, sum.minor, sum.count, sum.points);
  }
}

function insertsOf(db: Database.Database) {
  const p = (text: string) => db.prepare(text);
  return {
    customer:
      p(`INSERT INTO customers (customer_number, id, merchant_id, customer_code, total_spent_minor, total_transactions, last_visit_at_ms, created_at_ms, updated_at_ms)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    pii: p(
      `INSERT INTO customer_pii (customer_number, merchant_id, full_name, phone_e164, phone_reversed, email) VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    sale: p(`INSERT INTO transactions (id, merchant_id, shop_id, terminal_id, customer_id, staff_id, status, receipt_number, payment_method, currency, tax_mode,
      subtotal_minor, tax_minor, total_minor, item_count, business_date, local_hour, programme_version_id, created_at_ms, completed_at_ms, trusted_at_ms)
      VALUES (?, ?, ?, ?, ?, ?, 'completed', ?, 'cash', 'PYG', 'inclusive', ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)`),
    item: p(`INSERT INTO transaction_items (id, merchant_id, transaction_id, position, name, quantity_thousandths, unit_price_minor, gross_minor, net_minor, tax_rate_id,
      tax_rate_basis_points, tax_minor, payable_minor) VALUES (?, ?, ?, 0, 'Flat white', 1000, ?, ?, ?, ?, 1000, ?, ?)`),
    account: p(
      `INSERT INTO customer_loyalty_accounts (id, merchant_id, customer_id, current_points, earned_points, last_entry_seq, created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    balance: p(
      `INSERT INTO programme_balances (account_id, program_id, merchant_id, current_points, earned_points, last_entry_seq) VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    entry:
      p(`INSERT INTO points_transactions (seq, id, merchant_id, account_id, customer_id, program_id, kind, system_account, points, transaction_id, programme_version_id, business_date, at_ms, trusted_at_ms, group_id)
      VALUES (?, ?, ?, ?, ?, ?, 'earn', 'issued', ?, ?, ?, ?, ?, ?, ?)`),
    saleEntry:
      p(`INSERT INTO sale_entries (seq, merchant_id, transaction_id, customer_id, kind, amount_minor, sales_delta, business_date, local_hour, at_ms)
      VALUES (?, ?, ?, ?, 'SALE', ?, 1, ?, ?, ?)`),
    visit: p(
      `INSERT INTO customer_visits (customer_id, merchant_id, business_date, visit_count, spent_minor, is_first) VALUES (?, ?, ?, 1, ?, 1)`,
    ),
    day: p(`INSERT INTO merchant_daily_analytics (merchant_id, business_date, total_sales_minor, total_transactions, gross_sales_minor, new_customers, points_issued)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),
  };
}

function fillOne(given: {
  insert: ReturnType<typeof insertsOf>;
  shop: ShopRows;
  sums: Map<string, { minor: number; count: number; points: number }>;
  random: () => number;
  number: number;
}): void {
  const { insert, shop, sums, random, number } = given;
  const atMs = HISTORY_ENDS_AT_MS - Math.floor(random() * 365) * DAY_MS - Math.floor(random() * DAY_MS);
  const date = new Date(atMs).toISOString().slice(0, 10);
  const hour = new Date(atMs).getUTCHours();
  const price = 5_000 + Math.floor(random() * 40) * 1_000;
  const points = Math.floor(price / 1_000);
  const name = `${FIRST[Math.floor(random() * FIRST.length)]} ${LAST[Math.floor(random() * LAST.length)]} ${LAST[Math.floor(random() * LAST.length)]}`;
  const phone = loadedPhone(number);
  const customer = loadedId('customer', number);
  const sale = loadedId('sale', number);
  const account = loadedId('account', number);
  const tax = Math.round(price / 11);
  const visits = random() < 0.05 ? 40 : random() < 0.3 ? 12 : 1;
  insert.customer.run(number, customer, shop.merchantId, loadedCode(number), price, visits, atMs, atMs, atMs);
  insert.pii.run(
    number,
    shop.merchantId,
    name,
    phone,
    [...phone.slice(1)].reverse().join(''),
    number % 3 === 0 ? `c${number}@example.com` : null,
  );
  insert.sale.run(
    sale,
    shop.merchantId,
    shop.shopId,
    shop.terminalId,
    customer,
    shop.staffId,
    `L-${number}`,
    price,
    tax,
    price,
    date,
    hour,
    shop.versionId,
    atMs,
    atMs,
    atMs,
  );
  insert.item.run(loadedId('item', number), shop.merchantId, sale, price, price, price, shop.taxRateId, tax, price);
  insert.account.run(account, shop.merchantId, customer, points, points, number, atMs);
  insert.balance.run(account, shop.programId, shop.merchantId, points, points, number);
  insert.entry.run(
    number,
    loadedId('entry', number),
    shop.merchantId,
    account,
    customer,
    shop.programId,
    points,
    sale,
    shop.versionId,
    date,
    atMs,
    atMs,
    sale,
  );
  insert.saleEntry.run(number, shop.merchantId, sale, customer, price, date, hour, atMs);
  insert.visit.run(customer, shop.merchantId, date, price);
  const sum = sums.get(date) ?? { minor: 0, count: 0, points: 0 };
  sums.set(date, { minor: sum.minor + price, count: sum.count + 1, points: sum.points + points });
}
