import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';
import { newSalt } from '../random-bytes.ts';

const SELECT_DUPLICATES = sql`
  SELECT id AS customerId
  FROM customers
  WHERE duplicate_of = :customerId
    AND merchant_id = :merchantId`;

/** Every id under which something about a customer may have been told: their sales, lines, tenders, refunds, entries, vouchers, passes and alerts. */
const SELECT_SUBJECTS = sql`
  SELECT t.id FROM transactions t WHERE t.customer_id = :customerId
  UNION ALL
  SELECT i.id FROM transactions t JOIN transaction_items i ON i.transaction_id = t.id WHERE t.customer_id = :customerId
  UNION ALL
  SELECT x.id FROM transactions t JOIN transaction_tenders x ON x.transaction_id = t.id WHERE t.customer_id = :customerId
  UNION ALL
  SELECT r.id FROM transactions t JOIN refunds r ON r.transaction_id = t.id WHERE t.customer_id = :customerId
  UNION ALL
  SELECT p.id FROM points_transactions p WHERE p.customer_id = :customerId
  UNION ALL
  SELECT e.id FROM credit_accounts a JOIN store_credit_transactions e ON e.account_id = a.id WHERE a.customer_id = :customerId
  UNION ALL
  SELECT k.id FROM customer_packages k WHERE k.customer_id = :customerId
  UNION ALL
  SELECT u.id FROM customer_packages k JOIN package_uses u ON u.package_id = k.id WHERE k.customer_id = :customerId
  UNION ALL
  SELECT v.id FROM customer_vouchers v WHERE v.customer_id = :customerId
  UNION ALL
  SELECT h.id FROM vouchers h WHERE h.holder_customer_id = :customerId
  UNION ALL
  SELECT d.id FROM voucher_redemptions d WHERE d.customer_id = :customerId
  UNION ALL
  SELECT o.alert_id FROM alert_occurrences o WHERE o.customer_id = :customerId
  UNION
  SELECT p.group_id FROM points_transactions p WHERE p.customer_id = :customerId`;

/** Every command that an event or an entry of the customer came from, or that is recorded of their sales and refunds. */
const SELECT_OPERATIONS = sql`
  SELECT group_id AS id FROM customer_events WHERE merchant_id = :merchantId AND customer_id = :customerId
  UNION
  SELECT group_id FROM points_transactions WHERE customer_id = :customerId
  UNION
  SELECT a.operation_id
  FROM json_each(:subjects) s
  CROSS JOIN audit_logs a ON a.table_name IN (
      'transactions', 'transaction_tenders', 'refunds', 'points_transactions', 'sale_drafts',
      'store_credit_transactions', 'customer_packages', 'package_uses', 'customer_vouchers', 'vouchers', 'voucher_redemptions', 'alerts')
    AND a.record_id = s.value`;

const AUDIT_WITH_PII = sql`
  SELECT seq, operation_id AS operationId, pii, trusted_at_ms AS trustedAtMs
  FROM audit_logs
  WHERE pii IS NOT NULL
    AND seq > :afterSeq
  ORDER BY seq
  LIMIT 1000`;

const UPDATE_AUDIT = sql`
  UPDATE audit_logs
  SET pii = :pii, pii_salt = CASE WHEN :pii IS NULL THEN NULL ELSE pii_salt END
  WHERE seq = :seq`;

const OPS_WITH_PII = sql`
  SELECT incarnation, seq, id AS operationId, pii, trusted_at_ms AS trustedAtMs
  FROM outbox
  WHERE pii IS NOT NULL
    AND (incarnation, seq) > (:afterIncarnation, :afterSeq)
  ORDER BY incarnation, seq
  LIMIT 1000`;

const UPDATE_OP = sql`
  UPDATE outbox
  SET pii = :pii, pii_salt = CASE WHEN :pii IS NULL THEN NULL ELSE pii_salt END
  WHERE incarnation = :incarnation
    AND seq = :seq`;

const CLEAR_EVENTS = sql`
  UPDATE customer_events
  SET pii = NULL
  WHERE customer_id = :customerId
    AND pii IS NOT NULL`;

const SELECT_REMARKS = sql`
  SELECT r.text
  FROM transactions t
  JOIN remarks r ON r.transaction_id = t.id
  WHERE t.customer_id = :customerId`;

const SELECT_OPEN_NAMES = sql`
  SELECT o.name AS text
  FROM transactions t
  JOIN open_line_names o ON o.transaction_id = t.id
  WHERE t.customer_id = :customerId`;

const SELECT_CONSENT_NOTES = sql`
  SELECT text
  FROM consent_notes
  WHERE customer_id = :customerId`;

const SELECT_ALERT_NOTES = sql`
  SELECT DISTINCT a.note AS text
  FROM alert_occurrences o
  JOIN alerts a ON a.id = o.alert_id
  WHERE o.customer_id = :customerId
    AND a.note <> ''`;

const CLEAR_ALERT_NOTES = sql`
  UPDATE alerts
  SET note = ''
  WHERE id IN (SELECT alert_id FROM alert_occurrences WHERE customer_id = :customerId)
    AND note <> ''`;

const DELETE_OPEN_NAMES = sql`
  DELETE FROM open_line_names
  WHERE transaction_id IN (SELECT id FROM transactions WHERE customer_id = :customerId)`;

const DELETE_CONSENT_NOTES = sql`
  DELETE FROM consent_notes
  WHERE customer_id = :customerId`;

const DELETE_REMARKS = sql`
  DELETE FROM remarks
  WHERE transaction_id IN (SELECT id FROM transactions WHERE customer_id = :customerId)`;

const SELECT_DRAFTS = sql`
  SELECT d.sale_id AS saleId, d.draft, t.status AS saleStatus
  FROM sale_drafts d
  LEFT JOIN transactions t ON t.id = d.sale_id
  WHERE d.merchant_id = :merchantId
    AND json_extract(d.draft, '$.customerId') = :customerId
  LIMIT 200`;

const UPDATE_DRAFT = sql`
  UPDATE sale_drafts
  SET draft = :draft, revision = revision + 1, updated_at_ms = :atMs
  WHERE sale_id = :saleId`;

const FORGET_SCANS = sql`
  UPDATE qr_scan_logs
  SET customer_id = NULL, location = NULL, erased_person = :erasedPerson
  WHERE customer_id = :customerId`;

/** What their points were for: a birthday among it. */
const FORGET_AWARDS = sql`
  DELETE FROM event_awards
  WHERE customer_id = :customerId`;

const LEAVE_SEGMENTS = sql`
  DELETE FROM segment_members
  WHERE customer_id = :customerId`;

const DELETE_PERSONAL = sql`
  DELETE FROM customer_pii
  WHERE customer_number = :customerNumber`;

const UPDATE_CUSTOMER = sql`
  UPDATE customers
  SET status = 'erased', language = NULL, linked_staff_id = NULL, consent_marketing = 0, consent_at_ms = NULL,
    version = version + 1, updated_at_ms = :atMs
  WHERE id = :customerId
    AND merchant_id = :merchantId`;

const INSERT_ERASURE = sql`
  INSERT INTO customer_erasures (customer_id, merchant_id, staff_id, erased_at_ms)
  VALUES (:customerId, :merchantId, :staffId, :erasedAtMs)`;

const COUNT_UNSWEPT = sql`
  SELECT COUNT(*) AS waiting
  FROM customer_erasures
  WHERE swept_at_ms IS NULL
    AND erased_at_ms >= 0`;

const MARK_SWEPT = sql`
  UPDATE customer_erasures
  SET swept_at_ms = :atMs
  WHERE swept_at_ms IS NULL
    AND erased_at_ms >= 0`;

interface OfCustomer {
  readonly merchantId: string;
  readonly customerId: string;
}

/** The records that were merged into this customer: the same person. */
export function selectDuplicatesOf(db: ReadableDb, of: OfCustomer): string[] {
  return db.all<{ customerId: string }>(SELECT_DUPLICATES, { ...of }).map((row) => row.customerId);
}

/** Under which ids, and by which commands, something about the customer was told. */
export function selectTraces(
  db: ReadableDb,
  { merchantId, customerId }: OfCustomer,
): { subjects: Set<string>; operations: Set<string> } {
  const subjects = db.all<{ id: string }>(SELECT_SUBJECTS, { customerId }).map((row) => row.id);
  const operations = db.all<{ id: string }>(SELECT_OPERATIONS, {
    merchantId,
    customerId,
    subjects: JSON.stringify(subjects),
  });
  return { subjects: new Set(subjects), operations: new Set(operations.map((row) => row.id)) };
}

export interface PersonalPart {
  readonly operationId: string;
  /** JSON. */
  readonly pii: string;
  readonly trustedAtMs: number;
}

/** Rewrites the personal part of audit rows: `rewrite` returns null for nothing left, the same text for no change. */
export function rewriteAuditPersonal(db: WritableDb, rewrite: (part: PersonalPart) => string | null): void {
  let afterSeq = 0;
  for (;;) {
    const page = db.all<PersonalPart & { seq: number }>(AUDIT_WITH_PII, { afterSeq });
    for (const row of page) {
      const pii = rewrite(row);
      if (pii !== row.pii) db.runOne(UPDATE_AUDIT, { seq: row.seq, pii });
    }
    const last = page.at(-1);
    if (last === undefined) return;
    afterSeq = last.seq;
  }
}

/** As `rewriteAuditPersonal`, for ops. */
export function rewriteOpsPersonal(db: WritableDb, rewrite: (part: PersonalPart) => string | null): void {
  const after = { afterIncarnation: 0, afterSeq: 0 };
  for (;;) {
    const page = db.all<PersonalPart & { incarnation: number; seq: number }>(OPS_WITH_PII, after);
    for (const { incarnation, seq, ...row } of page) {
      const pii = rewrite(row);
      if (pii !== row.pii) db.runOne(UPDATE_OP, { incarnation, seq, pii });
    }
    const last = page.at(-1);
    if (last === undefined) return;
    Object.assign(after, { afterIncarnation: last.incarnation, afterSeq: last.seq });
  }
}

/** What was typed about a customer's sales, consents and alerts. */
export function selectTypedTexts(db: ReadableDb, customerId: string): string[] {
  return [SELECT_REMARKS, SELECT_OPEN_NAMES, SELECT_CONSENT_NOTES, SELECT_ALERT_NOTES].flatMap((statement) =>
    db.all<{ text: string }>(statement, { customerId }).map((row) => row.text),
  );
}

export interface DraftOfCustomer {
  readonly saleId: string;
  /** JSON. */
  readonly draft: string;
  readonly saleStatus: string | null;
}

export function selectDraftsOf(db: ReadableDb, of: OfCustomer): DraftOfCustomer[] {
  return db.all<DraftOfCustomer>(SELECT_DRAFTS, { ...of });
}

export function updateDraftText(db: WritableDb, given: { saleId: string; draft: string; atMs: number }): void {
  db.runOne(UPDATE_DRAFT, given);
}

/**
 * Takes whose they were off the scans of a person and of the records merged into theirs. What is left is a mark that tells
 * people apart in figures: drawn at random, and theirs nowhere else.
 */
export function forgetScans(db: WritableDb, customerIds: readonly string[]): void {
  const erasedPerson = newSalt();
  for (const customerId of customerIds) db.run(FORGET_SCANS, { customerId, erasedPerson });
}

/** Takes away every row and value that tells who the customer was; the customer's own row and the books stay. */
export function deletePersonal(
  db: WritableDb,
  given: OfCustomer & { readonly customerNumber: number; readonly staffId: string; readonly atMs: number },
): void {
  const { merchantId, customerId, customerNumber, staffId, atMs } = given;
  const typed = [DELETE_REMARKS, DELETE_OPEN_NAMES, DELETE_CONSENT_NOTES, CLEAR_ALERT_NOTES];
  const rest = [FORGET_AWARDS, LEAVE_SEGMENTS];
  for (const statement of [CLEAR_EVENTS, ...typed, ...rest]) db.run(statement, { customerId });
  db.run(DELETE_PERSONAL, { customerNumber });
  db.runOne(UPDATE_CUSTOMER, { customerId, merchantId, atMs });
  db.runOne(INSERT_ERASURE, { customerId, merchantId, staffId, erasedAtMs: atMs });
}

/** How many erasures have not been followed into the unused parts of the file yet. */
export function countUnswept(db: ReadableDb): number {
  return db.get<{ waiting: number }>(COUNT_UNSWEPT)?.waiting ?? 0;
}

export function markSwept(db: WritableDb, atMs: number): void {
  db.run(MARK_SWEPT, { atMs });
}
