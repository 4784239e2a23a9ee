import type { TestBackend } from '../support/test-backend.ts';
import { createEmptyBackend } from '../support/test-backend.ts';

type Row = Record<string, string | number | null>;

/** What a replay must give back bit for bit: documents, the ledger, and every sum that follows from them. */
const TABLES = [
  'credit_accounts',
  'vouchers',
  'qr_scan_logs',
  'customer_vouchers',
  'vouchers_not_given',
  'customer_packages',
  'transactions',
  'transaction_items',
  'transaction_discounts',
  'transaction_tenders',
  'sale_coupons',
  'refunds',
  'refund_items',
  'refund_tenders',
  'customer_loyalty_accounts',
  'points_transactions',
  'programme_balances',
  'customer_tiers',
  'referrals',
  'referral_purchases',
  'event_awards',
  'sale_entries',
  'customer_visits',
  'voucher_redemptions',
  'voucher_rollbacks',
  'campaign_totals',
  'campaign_days',
  'redemption_attempts',
  'alerts',
  'alert_occurrences',
  'store_credit_transactions',
  'package_uses',
  'merchant_daily_analytics',
  'merchant_hourly_analytics',
  'satisfaction_answers',
] as const;

type Snapshot = Readonly<Record<string, readonly Row[]>>;

/** The tables as they stand. */
export function snapshotOf({ env }: Pick<TestBackend, 'env'>): Snapshot {
  const rows = (statement: string): Row[] => env.db.read.all<Row>(statement as never);
  return Object.fromEntries([
    ...TABLES.map((table) => [table, rows(`SELECT * FROM ${table} ORDER BY ${keysOf(env, table).join(', ')}`)]),
    [
      'customers',
      rows('SELECT id, total_spent_minor, total_transactions, last_visit_at_ms FROM customers ORDER BY id'),
    ],
  ]) as Snapshot;
}

/** Replays the ops of a shop into an empty database and returns its tables: the log alone must be enough (L7). */
export function replayedSnapshotOf({ env }: Pick<TestBackend, 'env'>): Snapshot {
  const empty = createEmptyBackend();
  const ops = env.db.read.all<{ body: string; pii: string | null }>(
    'SELECT body, pii FROM outbox ORDER BY seq' as never,
  );
  const given = [
    'merchants',
    'customers',
    'loyalty_programs',
    'loyalty_program_versions',
    'campaigns',
    'campaign_versions',
    'pass_plans',
  ];
  try {
    empty.env.db.write((db) => {
      db.run('PRAGMA defer_foreign_keys = ON' as never);
      for (const table of given) {
        for (const row of env.db.read.all<Row>(`SELECT * FROM ${table}` as never))
          insert(db, table, withoutTotals(row));
      }
      for (const { body, pii } of ops) {
        const personal = JSON.parse(pii ?? '{}') as Record<string, Row[]>;
        const { event_awards = [] } = personal;
        apply(empty.env, db, { ...(JSON.parse(body) as Record<string, Row[]>), event_awards });
      }
      const snapshot = snapshotOf({ env: { ...empty.env, db: { ...empty.env.db, read: db as never } } });
      throw new Replayed(snapshot);
    });
  } catch (error) {
    if (error instanceof Replayed) return error.snapshot;
    throw error;
  } finally {
    empty.close();
  }
  throw new Error('a replay ends with its snapshot');
}

/** Leaves the transaction without committing it: what it refers to is not all there. */
class Replayed extends Error {
  readonly snapshot: Snapshot;
  constructor(snapshot: Snapshot) {
    super('replayed');
    this.snapshot = snapshot;
  }
}

type Db = {
  run(statement: never, parameters?: Row): unknown;
  get<T>(statement: never, parameters?: Row): T | undefined;
};

function withoutTotals(row: Row): Row {
  return 'total_spent_minor' in row
    ? { ...row, total_spent_minor: 0, total_transactions: 0, last_visit_at_ms: null }
    : row;
}

function apply(env: TestBackend['env'], db: Db, body: Record<string, Row[]>): void {
  // A body names its tables by the alphabet; a sale of an op comes before its refund.
  for (const table of TABLES) {
    for (const fact of body[table] ?? []) {
      const row = Object.fromEntries(Object.entries(fact).map(([name, value]) => [snake(name), value])) as Row;
      const keys = keysOf(env, table).filter((key) => key !== 'seq');
      const ids = 'id' in row ? ['id'] : keys;
      const where = ids.map((key) => `${key} = :${key}`).join(' AND ');
      const parameters = Object.fromEntries(ids.map((key) => [key, row[key] ?? null])) as Row;
      const known = db.get(`SELECT 1 AS n FROM ${table} WHERE ${where}` as never, parameters);
      if (known === undefined) insert(db, table, row);
      else {
        // A row never changes its merchant.
        const columns = Object.keys(row).filter((column) => !ids.includes(column) && column !== 'merchant_id');
        db.run(`UPDATE ${table} SET ${columns.map((c) => `${c} = :${c}`).join(', ')} WHERE ${where}` as never, row);
      }
    }
  }
}

const GENERATED = new Set(['amount_minor of transactions', 'customer_number of customers']);

function insert(db: Db, table: string, row: Row): void {
  const columns = Object.keys(row).filter((column) => !GENERATED.has(`${column} of ${table}`));
  const values = Object.fromEntries(columns.map((column) => [column, row[column] ?? null])) as Row;
  db.run(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((c) => `:${c}`).join(', ')})` as never,
    values,
  );
}

const KEYS = new Map<string, string[]>();

function keysOf(env: TestBackend['env'], table: string): string[] {
  const known = KEYS.get(table);
  if (known !== undefined) return known;
  const keys = env.db.read
    .all<{ name: string }>(`SELECT name FROM pragma_table_info('${table}') WHERE pk > 0 ORDER BY pk` as never)
    .map(({ name }) => name);
  KEYS.set(table, keys);
  return keys;
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
