import type { ConsentChannel } from '#shop/customers/customer-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const INSERT_CONSENT = sql`
  INSERT INTO customer_consents (id, merchant_id, customer_id, is_given, text_version, channel, staff_id, at_ms)
  VALUES (:id, :merchantId, :customerId, :isGiven, :textVersion, :channel, :staffId, :atMs)`;

const SELECT_CONSENTS = sql`
  SELECT n.is_given AS isGiven, n.text_version AS textVersion, n.channel, n.at_ms AS atMs, s.name AS staffName
  FROM customer_consents n
  LEFT JOIN staff_members s ON s.id = n.staff_id
  WHERE n.customer_id = :customerId
    AND n.merchant_id = :merchantId
  ORDER BY n.at_ms DESC, n.id DESC
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
}

/** Appends what somebody agreed to or took back: under which wording, when, how and before whom. Returns the row. */
export function insertConsent(scope: CommandScope, { id, customerId, isGiven, channel }: NewConsent) {
  const { db, shop, session, moment } = scope;
  const row = {
    ...{ id: id ?? scope.newId(), merchantId: shop.merchantId, customerId, isGiven: isGiven ? 1 : 0, channel },
    textVersion: selectConsentText(db, shop.merchantId)?.version ?? 0,
    staffId: session.staffId,
    atMs: moment.atMs,
  };
  db.runOne(INSERT_CONSENT, row);
  return row;
}

/** As `insertConsent`, told in the op and in the customer's history. */
export function writeConsent(scope: CommandScope, consent: NewConsent): void {
  const row = insertConsent(scope, consent);
  const { isGiven, customerId, channel } = consent;
  scope.fact('customer_consents', row);
  scope.event({
    type: isGiven ? 'customer.consent.given' : 'customer.consent.withdrawn',
    category: 'EFFECT',
    customerId,
    data: { channel, textVersion: row.textVersion },
  });
}

export interface ConsentRow {
  readonly isGiven: boolean;
  /** 0: before the shop published a wording of its own. */
  readonly textVersion: number;
  readonly channel: ConsentChannel;
  readonly atMs: number;
  readonly staffName: string | null;
}

/** What a customer agreed to and took back, the latest first. */
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
