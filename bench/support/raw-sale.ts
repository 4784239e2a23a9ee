import type Database from 'better-sqlite3';

/** The tables that one sale writes by statements of its own; the rest follows by trigger in both cases. */
const TABLES = [
  'transactions',
  'transaction_items',
  'transaction_tenders',
  'points_transactions',
  'customer_events',
  'audit_logs',
  'outbox',
  'operations',
] as const;
type Row = Record<string, string | number | null>;
export type SaleTemplate = Readonly<Record<(typeof TABLES)[number], readonly Row[]>>;

/** Columns that number themselves or are computed. */
const GIVEN_BY_DATABASE: Readonly<Record<string, readonly string[]>> = {
  points_transactions: ['seq'],
  audit_logs: ['seq'],
  transactions: ['amount_minor', 'refunded_minor'],
};

/** The rows that one real sale wrote: what the raw baseline writes again under fresh keys. */
export function templateOf(db: Database.Database, saleId: string, operationId: string): SaleTemplate {
  const by: Readonly<Record<(typeof TABLES)[number], [string, string]>> = {
    transactions: ['id', saleId],
    transaction_items: ['transaction_id', saleId],
    transaction_tenders: ['transaction_id', saleId],
    points_transactions: ['transaction_id', saleId],
    customer_events: ['group_id', operationId],
    audit_logs: ['operation_id', operationId],
    outbox: ['id', operationId],
    operations: ['id', operationId],
  };
  return Object.fromEntries(
    TABLES.map((table) => [
      table,
      db.prepare(`SELECT * FROM ${table} WHERE ${by[table][0]} = ?`).all(by[table][1]) as Row[],
    ]),
  ) as unknown as SaleTemplate;
}

export interface RawTarget {
  readonly customerId: string;
  readonly accountId: string;
}

/**
 * Returns a function that writes the rows of one sale with prepared statements and no app code: the same tables, columns
 * and sizes, in one immediate transaction, with the reads that a sale cannot do without (its key, its customer).
 */
export function rawSaleWriter(
  db: Database.Database,
  template: SaleTemplate,
  newId: () => string,
): (target: RawTarget) => void {
  const inserts = TABLES.flatMap((table) =>
    template[table].map((row) => {
      const columns = Object.keys(row).filter((column) => !(GIVEN_BY_DATABASE[table] ?? []).includes(column));
      const statement = db.prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((c) => `:${c}`).join(', ')})`,
      );
      return { table, row, statement };
    }),
  );
  const known = db.prepare('SELECT action, request_hash, outcome FROM operations WHERE id = ?');
  const customer = db.prepare(
    `SELECT c.id, c.status, a.id AS account, a.current_points FROM customers c
     LEFT JOIN customer_loyalty_accounts a ON a.customer_id = c.id WHERE c.id = ?`,
  );
  const receipt = db.prepare(
    'UPDATE terminal_state SET last_receipt_counter = last_receipt_counter + 1 WHERE only_row = 1 RETURNING last_receipt_counter',
  );
  const opSeq = db.prepare(
    'UPDATE terminal_state SET last_op_seq = last_op_seq + 1 WHERE only_row = 1 RETURNING last_op_seq',
  );
  const head = db.prepare(
    'UPDATE terminal_state SET last_audit_hash = :hash, last_op_hash = :hash, last_commit_at_ms = last_commit_at_ms WHERE only_row = 1',
  );
  const write = db.transaction((target: RawTarget) => {
    const operationId = newId();
    const saleId = newId();
    known.get(operationId);
    customer.get(target.customerId);
    const { last_receipt_counter: counter } = receipt.get() as { last_receipt_counter: number };
    const { last_op_seq: seq } = opSeq.get() as { last_op_seq: number };
    for (const { table, row, statement } of inserts) {
      statement.run(withFreshKeys(table, row, { ...target, saleId, operationId, counter, seq, newId }));
    }
    head.run({ hash: 'f'.repeat(64) });
  });
  return (target) => write.immediate(target);
}

interface Keys extends RawTarget {
  readonly saleId: string;
  readonly operationId: string;
  readonly counter: number;
  readonly seq: number;
  readonly newId: () => string;
}

function withFreshKeys(table: string, row: Row, keys: Keys): Row {
  const fresh: Row = { ...row };
  if ('id' in fresh) fresh.id = keys.newId();
  if (table === 'transactions')
    Object.assign(fresh, { id: keys.saleId, receipt_number: `R-${keys.counter}`, customer_id: keys.customerId });
  if ('transaction_id' in fresh) fresh.transaction_id = keys.saleId;
  if (table === 'points_transactions')
    Object.assign(fresh, { account_id: keys.accountId, customer_id: keys.customerId, group_id: keys.operationId });
  if (table === 'customer_events') Object.assign(fresh, { customer_id: keys.customerId, group_id: keys.operationId });
  if (table === 'audit_logs') fresh.operation_id = keys.operationId;
  if (table === 'outbox') Object.assign(fresh, { id: keys.operationId, seq: keys.seq });
  if (table === 'operations') fresh.id = keys.operationId;
  return fresh;
}
