import { isDeepStrictEqual } from 'node:util';
import { verifyAuditChain } from '#backend/audit/audit-store.ts';
import { type ReadableDb, type Sql, sql } from '#backend/db/database.ts';
import { openDatabase } from '#backend/db/open.ts';

/** What must be 0 in every shop, whatever happened to its machine. */
const FAULTS: Readonly<Record<string, Sql>> = {
  'L1 a balance that is not the sum of its entries': sql`
    SELECT COUNT(*) AS count FROM customer_loyalty_accounts a
    WHERE a.current_points <> (SELECT COALESCE(SUM(points), 0) FROM points_transactions e WHERE e.account_id = a.id)`,
  'a command without its op': sql`
    SELECT COUNT(*) AS count FROM operations o
    WHERE json_extract(o.outcome, '$.kind') = 'done' AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.id = o.id)`,
  'an op without its command': sql`
    SELECT COUNT(*) AS count FROM outbox b WHERE NOT EXISTS (SELECT 1 FROM operations o WHERE o.id = b.id)`,
  'a gap in the ops': sql`
    SELECT COUNT(*) - COALESCE(MAX(seq), 0) AS count FROM outbox`,
  'ops and their counter': sql`
    SELECT COUNT(*) - (SELECT last_op_seq FROM terminal_state) AS count FROM outbox`,
  'A5 a gap in the audit log': sql`
    SELECT COUNT(*) - COALESCE(MAX(seq), 0) AS count FROM audit_logs`,
  'A2 a command without its one audit row': sql`
    SELECT COUNT(*) AS count FROM operations o
    WHERE (SELECT COUNT(*) FROM audit_logs l WHERE l.operation_id = o.id AND l.outcome = 'done') <> 1`,
  'receipts and their counter': sql`
    SELECT (SELECT COUNT(*) FROM transactions WHERE receipt_number IS NOT NULL) + (SELECT COUNT(*) FROM refunds)
      - (SELECT last_receipt_counter FROM terminal_state) AS count`,
  'a sale without its entry, or twice': sql`
    SELECT COUNT(*) AS count FROM transactions t
    WHERE t.status = 'completed' AND (SELECT COUNT(*) FROM sale_entries e WHERE e.transaction_id = t.id AND e.kind = 'SALE') <> 1`,
  'a sale whose lines do not add up': sql`
    SELECT COUNT(*) AS count FROM transactions t
    WHERE t.total_minor <> (SELECT SUM(payable_minor) FROM transaction_items i WHERE i.transaction_id = t.id)`,
  'a sale that is not paid': sql`
    SELECT COUNT(*) AS count FROM transactions t
    WHERE t.amount_minor <> (SELECT SUM(amount_minor) FROM transaction_tenders p WHERE p.transaction_id = t.id AND p.status = 'approved')`,
  'L11 days that are not the sum of their entries': sql`
    SELECT COUNT(*) AS count FROM merchant_daily_analytics d
    WHERE d.total_sales_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM sale_entries e
      WHERE e.merchant_id = d.merchant_id AND e.business_date = d.business_date)`,
  'customer totals that are not the sum of their entries': sql`
    SELECT COUNT(*) AS count FROM customers c
    WHERE c.total_spent_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM sale_entries e WHERE e.customer_id = c.id)`,
};

const INTEGRITY = sql`PRAGMA integrity_check`;
const FOREIGN_KEYS = sql`PRAGMA foreign_key_check`;
const STORED_ANSWERS = sql`
  SELECT id, json_extract(outcome, '$.value') AS answer FROM operations WHERE json_extract(outcome, '$.kind') = 'done'`;
/** What an answer can name: the receipt of a completed sale or of a refund, the entry of an award. */
const EFFECTS = sql`
  SELECT receipt_number AS name FROM transactions WHERE status = 'completed' AND receipt_number IS NOT NULL
  UNION ALL SELECT receipt_number FROM refunds
  UNION ALL SELECT id FROM points_transactions`;
const COUNTER_OPERATIONS = sql`
  SELECT id FROM operations WHERE action IN ('till.completeSale', 'till.refund', 'points.award')`;

export interface Confirmed {
  readonly operationId: string;
  /** What the client was told. */
  readonly answer: unknown;
}

/**
 * Opens the database as the console does after a crash and returns every fault found: an invariant that does not hold,
 * a confirmed command that is not there (D1), or a command there that was never sent (D2). Empty when all is well.
 */
export function faultsOf(databasePath: string, confirmed: readonly Confirmed[], sent: ReadonlySet<string>): string[] {
  const db = openDatabase({ path: databasePath, nowMs: 0 });
  try {
    const faults = [...faultsIn(db.read)];
    faults.push(...lostIn(db.read, confirmed));
    for (const { id } of db.read.all<{ id: string }>(COUNTER_OPERATIONS))
      if (!sent.has(id)) faults.push(`D2 never sent: ${id}`);
    return faults;
  } finally {
    db.close();
  }
}

function* lostIn(db: ReadableDb, confirmed: readonly Confirmed[]): Generator<string> {
  const answers = new Map(db.all<{ id: string; answer: string }>(STORED_ANSWERS).map(({ id, answer }) => [id, answer]));
  const effects = new Set(db.all<{ name: string }>(EFFECTS).map(({ name }) => name));
  for (const { operationId, answer } of confirmed) {
    const kept = answers.get(operationId);
    const { receiptNumber, entryId } = answer as { receiptNumber?: string; entryId?: string };
    if (kept === undefined || !effects.has(receiptNumber ?? entryId ?? '')) yield `D1 lost: ${operationId}`;
    else if (!isDeepStrictEqual(JSON.parse(kept), answer)) yield `told otherwise: ${operationId}`;
  }
}

function* faultsIn(db: ReadableDb): Generator<string> {
  const integrity = db.all<{ integrity_check: string }>(INTEGRITY);
  if (integrity[0]?.integrity_check !== 'ok') yield `integrity: ${JSON.stringify(integrity.slice(0, 3))}`;
  if (db.all(FOREIGN_KEYS).length > 0) yield 'broken foreign keys';
  for (const [fault, statement] of Object.entries(FAULTS)) {
    const count = db.get<{ count: number }>(statement)?.count;
    if (count !== 0) yield `${fault}: ${count}`;
  }
  const chain = verifyAuditChain(db);
  if (chain.brokenAtSeq !== null) yield `A1 the audit chain breaks at ${chain.brokenAtSeq}`;
}
