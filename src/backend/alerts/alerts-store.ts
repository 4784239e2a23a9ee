import type { Alert } from '#shop/alerts/alert.ts';
import { canonicalJson } from '#shop/audit/hash-chain.ts';
import type { CommandScope, SystemScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_OPEN = sql`
  SELECT id AS alertId
  FROM alerts
  WHERE merchant_id = :merchantId
    AND kind = :kind
    AND subject = :subject
    AND handled_at_ms IS NULL`;

const SELECT_LAST = sql`
  SELECT MAX(last_at_ms) AS lastAtMs
  FROM alerts
  WHERE merchant_id = :merchantId
    AND kind = :kind
    AND subject = :subject`;

const SELECT_HAS_OCCURRED = sql`
  SELECT EXISTS (SELECT 1 FROM alert_occurrences WHERE id = :id) AS hasOccurred`;

const INSERT_ALERT = sql`
  INSERT INTO alerts (id, merchant_id, kind, subject, terminal_id, first_at_ms, last_at_ms)
  VALUES (:id, :merchantId, :kind, :subject, :terminalId, :firstAtMs, :lastAtMs)`;

const INSERT_OCCURRENCE = sql`
  INSERT INTO alert_occurrences (
    id, merchant_id, alert_id, staff_id, customer_id, transaction_id, campaign_id, facts, at_ms, group_id)
  VALUES (
    :id, :merchantId, :alertId, :staffId, :customerId, :transactionId, :campaignId, :facts, :atMs, :groupId)`;

const SET_HANDLED = sql`
  UPDATE alerts
  SET handled_at_ms = :handledAtMs, handled_by_staff_id = :handledByStaffId, note = :note
  WHERE id = :id
    AND handled_at_ms IS NULL`;

const SET_OPEN = sql`
  UPDATE alerts
  SET handled_at_ms = NULL, handled_by_staff_id = NULL, note = ''
  WHERE id = :id
    AND handled_at_ms IS NOT NULL`;

const SELECT_SAME_OPEN = sql`
  SELECT o.id AS alertId
  FROM alerts a
  JOIN alerts o ON o.merchant_id = a.merchant_id AND o.kind = a.kind AND o.subject = a.subject
  WHERE a.id = :alertId
    AND o.handled_at_ms IS NULL`;

/** Something to be told, and what it is about. */
export type NewAlert = Alert & {
  /** What tells the same from another: it is counted while an alert of its kind and subject is open. */
  readonly subject: string;
  /** Where it follows from its cause: the same id again tells nothing twice, handled or not. Left out: a new id. */
  readonly occurrenceId?: string;
  readonly customerId?: string | null;
  readonly saleId?: string | null;
  readonly campaignId?: string | null;
};

/** Tells whoever is in charge, in the transaction of the cause: counted on the alert that is open, or a new one. */
export function raiseAlert(scope: SystemScope, alert: NewAlert): void {
  const { db, shop, session, moment } = scope;
  const { kind, subject, facts, occurrenceId, customerId = null, saleId = null, campaignId = null } = alert;
  if (occurrenceId !== undefined && hasOccurred(db, occurrenceId)) return;
  const { merchantId, terminalId } = shop;
  const { atMs } = moment;
  const open = db.get<{ alertId: string }>(SELECT_OPEN, { merchantId, kind, subject });
  const alertId = open?.alertId ?? scope.newId();
  if (open === undefined) {
    const row = { id: alertId, merchantId, kind, subject, terminalId, firstAtMs: atMs, lastAtMs: atMs };
    db.runOne(INSERT_ALERT, row);
    scope.fact('alerts', row);
  }
  const occurrence = {
    ...{ id: occurrenceId ?? scope.newId(), merchantId, alertId, staffId: session.staffId, customerId },
    ...{ transactionId: saleId, campaignId, facts: canonicalJson(facts), atMs, groupId: scope.groupId },
  };
  db.runOne(INSERT_OCCURRENCE, occurrence);
  scope.fact('alert_occurrences', occurrence);
  scope.touch('alerts');
}

/** When something was last told, handled or not, UTC ms; null: never. */
export function selectLastToldAtMs(
  db: ReadableDb,
  about: { readonly merchantId: string; readonly kind: Alert['kind']; readonly subject: string },
): number | null {
  return db.get<{ lastAtMs: number | null }>(SELECT_LAST, about)?.lastAtMs ?? null;
}

/** Handled, by whom and when; the note goes beside the hashed parts, because it may name somebody. */
export function setHandled(scope: CommandScope, alertId: string, note: string): void {
  const { db, moment, session } = scope;
  const row = { id: alertId, handledAtMs: moment.atMs, handledByStaffId: session.staffId };
  db.runOne(SET_HANDLED, { ...row, note });
  scope.fact('alerts', row);
  if (note !== '') scope.personalFact('alerts', { id: alertId, note });
  scope.touch('alerts');
}

/** The alert about the same that is open, or null. */
export function selectSameOpen(db: ReadableDb, alertId: string): string | null {
  return db.get<{ alertId: string }>(SELECT_SAME_OPEN, { alertId })?.alertId ?? null;
}

/** Open again, without the note of whoever had handled it. */
export function setOpen(scope: CommandScope, alertId: string): void {
  scope.db.runOne(SET_OPEN, { id: alertId });
  scope.fact('alerts', { id: alertId, handledAtMs: null, handledByStaffId: null });
  scope.personalFact('alerts', { id: alertId, note: '' });
  scope.touch('alerts');
}

function hasOccurred(db: ReadableDb, id: string): boolean {
  return db.get<{ hasOccurred: 0 | 1 }>(SELECT_HAS_OCCURRED, { id })?.hasOccurred === 1;
}
