import type { ConsentChannel } from '#shop/customers/customer-schema.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import type { CommandScope } from '../command-scope.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const INSERT_CONSENT = sql`
  INSERT INTO customer_consents (id, merchant_id, customer_id, is_given, text_version, channel, staff_id, said_on, at_ms)
  VALUES (:id, :merchantId, :customerId, :isGiven, :textVersion, :channel, :staffId, :saidOn, :atMs)`;

const INSERT_NOTE = sql`
  INSERT INTO consent_notes (consent_id, merchant_id, customer_id, text)
  VALUES (:id, :merchantId, :customerId, :text)`;

const SELECT_CONSENTS = sql`
  SELECT n.id AS consentId, n.is_given AS isGiven, n.text_version AS textVersion, n.channel, n.said_on AS saidOn,
    n.at_ms AS atMs, s.name AS staffName, COALESCE(o.text, '') AS note
  FROM customer_consents n
  LEFT JOIN staff_members s ON s.id = n.staff_id
  LEFT JOIN consent_notes o ON o.consent_id = n.id
  WHERE n.customer_id IN (SELECT :customerId UNION ALL SELECT id FROM customers WHERE duplicate_of = :customerId)
    AND n.merchant_id = :merchantId
  ORDER BY n.said_on DESC, n.at_ms DESC, n.id DESC
  LIMIT 100`;

const SELECT_TEXT = sql`
  SELECT version, text, published_at_ms AS publishedAtMs
  FROM consent_texts
  WHERE merchant_id = :merchantId
  ORDER BY version DESC
  LIMIT 1`;

const INSERT_TEXT = sql`
  INSERT INTO consent_texts (merchant_id, version, text, published_at_ms, staff_id)
  VALUES (:merchantId, :version, :text, :publishedAtMs, :staffId)`;

export interface NewConsent {
  /** Given for imported rows, whose ids follow from the row. */
  readonly id?: string;
  readonly customerId: string;
  readonly isGiven: boolean;
  readonly channel: ConsentChannel;
  /** 'YYYY-MM-DD' in the shop's zone; left out: today. */
  readonly saidOn?: string;
  /** What was noted of it, at most 500 characters; '' and left out: nothing. */
  readonly note?: string;
  /** ACTION where saying it is what the customer did; left out: it follows from something else. */
  readonly category?: 'ACTION' | 'EFFECT';
}

/** Appends what somebody agreed to or took back: under which wording, when, how and before whom. Returns the row. */
export function insertConsent(scope: CommandScope, { id, customerId, isGiven, channel, saidOn }: NewConsent) {
  const { db, shop, session, moment } = scope;
  const row = {
    ...{ id: id ?? scope.newId(), merchantId: shop.merchantId, customerId, isGiven: isGiven ? 1 : 0, channel },
    textVersion: selectConsentText(db, shop.merchantId)?.version ?? 0,
    staffId: session.staffId,
    saidOn: saidOn ?? localDateOf(moment.atMs, shop.timeZone),
    atMs: moment.atMs,
  };
  db.runOne(INSERT_CONSENT, row);
  return row;
}

/** As `insertConsent`, told in the op and in the customer's history; the note in the op's erasable part alone. */
export function writeConsent(scope: CommandScope, consent: NewConsent): void {
  const row = insertConsent(scope, consent);
  const { isGiven, customerId, channel, note = '', category = 'EFFECT' } = consent;
  scope.fact('customer_consents', row);
  if (note !== '') {
    scope.db.runOne(INSERT_NOTE, { id: row.id, merchantId: row.merchantId, customerId, text: note });
    scope.personalFact('consent_notes', { id: row.id, customerId, text: note });
  }
  scope.event({
    type: isGiven ? 'customer.consent.given' : 'customer.consent.withdrawn',
    category,
    customerId,
    data: { channel, textVersion: row.textVersion, saidOn: row.saidOn },
  });
}

export interface ConsentRow {
  readonly consentId: string;
  readonly isGiven: boolean;
  /** 0: before the shop published a wording of its own. */
  readonly textVersion: number;
  readonly channel: ConsentChannel;
  /** The day on which it was said, 'YYYY-MM-DD'; `atMs` is when it was recorded. */
  readonly saidOn: string;
  readonly atMs: number;
  readonly staffName: string | null;
  readonly note: string;
}

/** What a customer, and the records merged into them, agreed to and took back; what was said last first. */
export function selectConsents(db: ReadableDb, merchantId: string, customerId: string): ConsentRow[] {
  return db
    .all<Omit<ConsentRow, 'isGiven'> & { isGiven: number }>(SELECT_CONSENTS, { merchantId, customerId })
    .map((row) => ({ ...row, isGiven: row.isGiven === 1 }));
}

export interface ConsentText {
  readonly version: number;
  readonly text: string;
  readonly publishedAtMs: number;
}

/** The wording that holds now; null while the shop has none of its own. */
export function selectConsentText(db: ReadableDb, merchantId: string): ConsentText | null {
  return db.get<ConsentText>(SELECT_TEXT, { merchantId }) ?? null;
}

export function insertConsentText(db: WritableDb, text: ConsentText & { merchantId: string; staffId: string }): void {
  db.runOne(INSERT_TEXT, { ...text });
}
