import { canonicalJson, chainHash } from '#shop/audit/hash-chain.ts';
import type { JsonRow, Moment, RowChange } from '../command-scope.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';
import { newSalt } from '../random-bytes.ts';
import { sha256Hex } from '../sha256.ts';

const SELECT_HEAD = sql`
  SELECT last_audit_hash
  FROM terminal_state
  WHERE only_row = 1`;

const UPDATE_HEAD = sql`
  UPDATE terminal_state
  SET last_audit_hash = :hash
  WHERE only_row = 1`;

const INSERT_AUDIT = sql`
  INSERT INTO audit_logs (
    merchant_id, operation_id, action, outcome, reason, staff_id, approved_by_staff_id, terminal_id, session_id,
    table_name, record_id, old_values, new_values, pii, pii_salt, pii_hash, at_ms, trusted_at_ms, prev_hash, hash)
  VALUES (
    :merchantId, :operationId, :action, :outcome, :reason, :staffId, :approvedByStaffId, :terminalId, :sessionId,
    :tableName, :recordId, :oldValues, :newValues, :pii, :piiSalt, :piiHash, :atMs, :trustedAtMs, :prevHash, :hash)`;

export interface NewAuditRow {
  readonly merchantId: string | null;
  readonly terminalId: string | null;
  readonly operationId: string;
  readonly action: string;
  readonly outcome: 'done' | 'refused' | 'denied';
  readonly reason: string | null;
  readonly staffId: string | null;
  readonly approvedByStaffId: string | null;
  readonly sessionId: string | null;
  readonly changes: readonly RowChange[];
  readonly moment: Pick<Moment, 'wallMs' | 'trustedAtMs'>;
}

/** Appends one row to the chained audit log: who did what from where, old and new values, why it was refused. */
export function appendAudit(db: WritableDb, row: NewAuditRow): void {
  const prevHash = db.get<{ last_audit_hash: string }>(SELECT_HEAD)?.last_audit_hash ?? '';
  const [first] = row.changes;
  const oldValues = valuesOf(row.changes, (change) => change.before);
  const newValues = valuesOf(row.changes, (change) => change.after);
  const pii = personalOf(row.changes);
  const piiSalt = pii === null ? null : newSalt();
  const piiHash = pii === null ? null : sha256Hex(`${piiSalt}\n${pii}`);
  const stored = {
    merchantId: row.merchantId,
    operationId: row.operationId,
    action: row.action,
    outcome: row.outcome,
    reason: row.reason,
    staffId: row.staffId,
    approvedByStaffId: row.approvedByStaffId,
    terminalId: row.terminalId,
    sessionId: row.sessionId,
    tableName: first?.table ?? null,
    recordId: first?.recordId ?? null,
    oldValues,
    newValues,
    piiHash,
    atMs: row.moment.wallMs,
    trustedAtMs: row.moment.trustedAtMs,
  };
  const hash = auditHash(prevHash, stored);
  db.runOne(INSERT_AUDIT, { ...stored, pii, piiSalt, prevHash, hash });
  db.runOne(UPDATE_HEAD, { hash });
}

type AuditFields = Readonly<Record<string, string | number | null>>;

/** The hash of a row over the one before it: every stored field but the erasable personal part, in a fixed order. */
export function auditHash(prevHash: string, fields: AuditFields): string {
  return chainHash(prevHash, [canonicalJson(fields)], sha256Hex);
}

function valuesOf(changes: readonly RowChange[], pick: (change: RowChange) => JsonRow | null): string | null {
  if (changes.length === 0) return null;
  const [first] = changes;
  if (changes.length === 1 && first !== undefined) {
    const values = pick(first);
    return values === null ? null : JSON.stringify(values);
  }
  return JSON.stringify(
    Object.fromEntries(changes.map((change) => [`${change.table}/${change.recordId}`, pick(change)])),
  );
}

function personalOf(changes: readonly RowChange[]): string | null {
  const personal = changes.filter(
    (change) => change.personalBefore !== undefined || change.personalAfter !== undefined,
  );
  if (personal.length === 0) return null;
  return canonicalJson(
    personal.map((change) => ({
      recordId: change.recordId,
      before: change.personalBefore ?? null,
      after: change.personalAfter ?? null,
    })),
  );
}

const SELECT_PAGE = sql`
  SELECT seq, merchant_id AS merchantId, operation_id AS operationId, action, outcome, reason, staff_id AS staffId,
    approved_by_staff_id AS approvedByStaffId, terminal_id AS terminalId, session_id AS sessionId,
    table_name AS tableName, record_id AS recordId, old_values AS oldValues, new_values AS newValues,
    pii_hash AS piiHash, at_ms AS atMs, trusted_at_ms AS trustedAtMs, prev_hash AS prevHash, hash
  FROM audit_logs
  WHERE seq > :afterSeq
  ORDER BY seq
  LIMIT 1000`;

export interface AuditChainCheck {
  readonly rows: number;
  /** The first row that does not fit (edited, missing or out of order), or null. */
  readonly brokenAtSeq: number | null;
}

/** Walks the whole chain. It takes time on a long log: on the till's thread only in tests, else `env.heavy.verifyAudit`. */
export function verifyAuditChain(db: ReadableDb): AuditChainCheck {
  const walk = { afterSeq: 0, prevHash: '', rows: 0 };
  for (;;) {
    const page = db.all<AuditFields & { seq: number; prevHash: string; hash: string }>(SELECT_PAGE, {
      afterSeq: walk.afterSeq,
    });
    if (page.length === 0) break;
    for (const { seq, prevHash, hash, ...fields } of page) {
      const isNext = seq === walk.afterSeq + 1 && prevHash === walk.prevHash && hash === auditHash(prevHash, fields);
      if (!isNext) return { rows: walk.rows, brokenAtSeq: seq };
      Object.assign(walk, { afterSeq: seq, prevHash: hash, rows: walk.rows + 1 });
    }
  }
  const head = db.get<{ last_audit_hash: string }>(SELECT_HEAD)?.last_audit_hash ?? '';
  return { rows: walk.rows, brokenAtSeq: head === walk.prevHash ? null : walk.afterSeq + 1 };
}
