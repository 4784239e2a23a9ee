import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_PAGE = sql`
  SELECT a.seq, a.at_ms AS atMs, a.trusted_at_ms AS trustedAtMs, a.staff_id AS staffId, s.name AS staffName,
    b.name AS approvedByName, a.action, a.outcome, a.reason, a.table_name AS tableName, a.record_id AS recordId,
    a.old_values AS oldValues, a.new_values AS newValues, a.pii, a.operation_id AS groupId,
    CASE a.table_name
      WHEN 'transactions' THEN (SELECT t.receipt_number FROM transactions t WHERE t.id = a.record_id)
      WHEN 'refunds' THEN (SELECT r.receipt_number FROM refunds r WHERE r.id = a.record_id)
      WHEN 'customers' THEN (
        SELECT p.full_name FROM customers c JOIN customer_pii p ON p.customer_number = c.customer_number
        WHERE c.id = a.record_id)
      WHEN 'products' THEN (SELECT p.name FROM products p WHERE p.id = a.record_id)
      WHEN 'categories' THEN (SELECT c.name FROM categories c WHERE c.id = a.record_id)
      WHEN 'tax_rates' THEN (SELECT x.name FROM tax_rates x WHERE x.id = a.record_id)
      WHEN 'staff_members' THEN (SELECT m.name FROM staff_members m WHERE m.id = a.record_id)
      WHEN 'points_transactions' THEN (
        SELECT p.full_name FROM points_transactions e JOIN customers c ON c.id = e.customer_id
        JOIN customer_pii p ON p.customer_number = c.customer_number WHERE e.id = a.record_id)
    END AS label
  FROM audit_logs a
  LEFT JOIN staff_members s ON s.id = a.staff_id
  LEFT JOIN staff_members b ON b.id = a.approved_by_staff_id
  WHERE a.merchant_id = :merchantId
    AND a.seq < :beforeSeq
    AND (:noun = '' OR a.action GLOB :noun || '.*')
    AND (:outcome = '' OR a.outcome = :outcome)
    AND (:withDrafts = 1 OR a.action NOT IN ('till.saveDraft', 'till.discardDraft'))
  ORDER BY a.seq DESC
  LIMIT :limit`;

const SELECT_PAGE_OF_STAFF = sql`
  SELECT a.seq
  FROM audit_logs a
  WHERE a.staff_id = :staffId
    AND a.seq < :beforeSeq
    AND (:noun = '' OR a.action GLOB :noun || '.*')
    AND (:outcome = '' OR a.outcome = :outcome)
    AND (:withDrafts = 1 OR a.action NOT IN ('till.saveDraft', 'till.discardDraft'))
  ORDER BY a.seq DESC
  LIMIT :limit`;

export interface ActivityRow {
  readonly seq: number;
  /** The wall clock's. */
  readonly atMs: number;
  readonly trustedAtMs: number;
  readonly staffId: string | null;
  readonly staffName: string | null;
  readonly approvedByName: string | null;
  readonly action: string;
  readonly outcome: 'done' | 'refused' | 'denied';
  readonly reason: string | null;
  readonly tableName: string | null;
  readonly recordId: string | null;
  readonly oldValues: string | null;
  readonly newValues: string | null;
  readonly pii: string | null;
  readonly groupId: string;
  readonly label: string | null;
}

export interface ActivityFilter {
  readonly beforeSeq: number;
  readonly limit: number;
  /** A noun such as 'till', or '' for all. */
  readonly noun: string;
  readonly outcome: string;
  /** Each change of an open sale is logged; a person rarely wants to read them. */
  readonly withDrafts: boolean;
}

/** A page of the audit log, newest first, with the names of today; personal values stand apart and can be erased. */
export function selectActivity(db: ReadableDb, merchantId: string, filter: ActivityFilter): ActivityRow[] {
  return db.all<ActivityRow>(SELECT_PAGE, { merchantId, ...filter, withDrafts: filter.withDrafts ? 1 : 0 });
}

/** The same for one person: found through their own index, so that a quiet person's page is as quick as a busy one's. */
export function selectActivityOf(
  db: ReadableDb,
  merchantId: string,
  staffId: string,
  filter: ActivityFilter,
): ActivityRow[] {
  const found = db.all<{ seq: number }>(SELECT_PAGE_OF_STAFF, {
    staffId,
    ...filter,
    withDrafts: filter.withDrafts ? 1 : 0,
  });
  return found.flatMap(({ seq }) => selectActivity(db, merchantId, { ...filter, beforeSeq: seq + 1, limit: 1 }));
}
