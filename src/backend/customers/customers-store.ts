import type { ContactBy } from '#shop/customers/customer-schema.ts';
import type { CustomValues } from '#shop/customers/custom-field.ts';
import { reversedDigits } from '#shop/customers/phone.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

/** Numbers of records that were merged into the customer count with them. */
const SELECT_CUSTOMER = sql`
  SELECT c.customer_number AS customerNumber, c.id AS customerId, c.customer_code AS code, c.status,
    c.total_spent_minor + COALESCE((
      SELECT SUM(d.total_spent_minor) FROM customers d WHERE d.duplicate_of = c.id), 0) AS spentMinor,
    c.total_transactions + COALESCE((
      SELECT SUM(d.total_transactions) FROM customers d WHERE d.duplicate_of = c.id), 0) AS salesCount,
    NULLIF(max(COALESCE(c.last_visit_at_ms, 0), COALESCE((
      SELECT MAX(d.last_visit_at_ms) FROM customers d WHERE d.duplicate_of = c.id), 0)), 0) AS lastVisitAtMs,
    c.consent_marketing AS consentMarketing, c.consent_at_ms AS consentAtMs, c.language, c.duplicate_of AS duplicateOf,
    c.version, c.created_at_ms AS createdAtMs,
    p.full_name AS fullName, p.call_name AS callName, p.phone_e164 AS phone, p.email, p.birthday, p.note,
    p.tags, p.custom, p.contact_by AS contactBy, p.block_reason AS blockReason,
    a.current_points AS balance
  FROM customers c
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  LEFT JOIN customer_loyalty_accounts a ON a.customer_id = c.id AND a.merchant_id = c.merchant_id
  WHERE c.id = :customerId
    AND c.merchant_id = :merchantId`;

const SELECT_CODE_OWNER = sql`
  SELECT id AS customerId
  FROM customers
  WHERE merchant_id = :merchantId
    AND customer_code = :code
  UNION ALL
  SELECT customer_id
  FROM replaced_codes
  WHERE merchant_id = :merchantId
    AND code = :code`;

const SELECT_PHONE_OWNER = sql`
  SELECT c.id AS customerId
  FROM customer_pii p
  JOIN customers c ON c.customer_number = p.customer_number
  WHERE p.merchant_id = :merchantId
    AND p.phone_e164 = :phone
    AND p.is_duplicate = 0`;

const SELECT_EMAIL_OWNER = sql`
  SELECT c.id AS customerId
  FROM customer_pii p
  JOIN customers c ON c.customer_number = p.customer_number
  WHERE p.merchant_id = :merchantId
    AND p.email = :email
    AND p.is_duplicate = 0`;

const INSERT_CUSTOMER = sql`
  INSERT INTO customers (
    id, merchant_id, customer_code, language, consent_marketing, consent_at_ms, created_at_ms, updated_at_ms)
  VALUES (:id, :merchantId, :code, :language, :consentMarketing, :consentAtMs, :atMs, :atMs)
  RETURNING customer_number AS customerNumber`;

const INSERT_PERSONAL = sql`
  INSERT INTO customer_pii (
    customer_number, merchant_id, full_name, call_name, phone_e164, phone_reversed, email, birthday, note, tags,
    custom, contact_by, block_reason)
  VALUES (
    :customerNumber, :merchantId, :fullName, :callName, :phone, :phoneReversed, :email, :birthday, :note, :tags,
    :custom, :contactBy, :blockReason)`;

const UPDATE_CUSTOMER = sql`
  UPDATE customers
  SET status = :status, consent_marketing = :consentMarketing,
    consent_at_ms = CASE WHEN consent_marketing = :consentMarketing THEN consent_at_ms ELSE :atMs END,
    customer_code = :code, language = :language, version = version + 1, updated_at_ms = :atMs
  WHERE id = :id
    AND merchant_id = :merchantId`;

const UPDATE_PERSONAL = sql`
  UPDATE customer_pii
  SET full_name = :fullName, call_name = :callName, phone_e164 = :phone, phone_reversed = :phoneReversed,
    email = :email, birthday = :birthday, note = :note, tags = :tags, custom = :custom, contact_by = :contactBy,
    block_reason = :blockReason
  WHERE customer_number = :customerNumber`;

/** The customer with personal data, numbers and points; null when there is none. */
export function selectCustomer(db: ReadableDb, merchantId: string, customerId: string): Customer | null {
  const row = db.get<CustomerRow>(SELECT_CUSTOMER, { merchantId, customerId });
  return row === undefined ? null : toCustomer(row);
}

export function selectCodeOwner(db: ReadableDb, merchantId: string, code: string): string | null {
  return db.get<{ customerId: string }>(SELECT_CODE_OWNER, { merchantId, code })?.customerId ?? null;
}

export function selectPhoneOwner(db: ReadableDb, merchantId: string, phone: string): string | null {
  return db.get<{ customerId: string }>(SELECT_PHONE_OWNER, { merchantId, phone })?.customerId ?? null;
}

export function selectEmailOwner(db: ReadableDb, merchantId: string, email: string): string | null {
  return db.get<{ customerId: string }>(SELECT_EMAIL_OWNER, { merchantId, email })?.customerId ?? null;
}

/** Adds a customer and, in its own table, the personal data. */
export function insertCustomer(db: WritableDb, customer: NewCustomer): void {
  const row = db.get<{ customerNumber: number }>(INSERT_CUSTOMER, {
    id: customer.id,
    merchantId: customer.merchantId,
    code: customer.code,
    language: customer.language,
    consentMarketing: customer.consentMarketing ? 1 : 0,
    consentAtMs: customer.consentMarketing ? customer.atMs : null,
    atMs: customer.atMs,
  });
  if (row === undefined) throw new Error('a new customer has a number');
  const { customerNumber } = row;
  db.runOne(INSERT_PERSONAL, {
    customerNumber,
    merchantId: customer.merchantId,
    ...personalParameters(customer.personal),
  });
}

/** Writes what changed of a customer; consent keeps the instant at which it was last given or taken back. */
export function updateCustomer(
  db: WritableDb,
  customer: NewCustomer & { readonly customerNumber: number; readonly status: 'active' | 'blocked' },
): void {
  db.runOne(UPDATE_CUSTOMER, {
    id: customer.id,
    merchantId: customer.merchantId,
    code: customer.code,
    status: customer.status,
    language: customer.language,
    consentMarketing: customer.consentMarketing ? 1 : 0,
    atMs: customer.atMs,
  });
  db.runOne(UPDATE_PERSONAL, { customerNumber: customer.customerNumber, ...personalParameters(customer.personal) });
}

/** What identifies a person: kept in its own table, erasable, never in ops' bodies, answers or event data. */
export interface PersonalData {
  readonly fullName: string;
  readonly callName: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly email: string | null;
  /** 'YYYY-MM-DD'; '--MM-DD' when the year is not known. */
  readonly birthday: string | null;
  readonly note: string;
  readonly tags: readonly string[];
  /** Values of the shop's own fields, by field id. */
  readonly custom: CustomValues;
  readonly contactBy: ContactBy | null;
  /** Why they are blocked; '' while they are not. */
  readonly blockReason: string;
}

/** What is told of somebody of whom nothing is told. */
export const NOTHING_TOLD: PersonalData = {
  fullName: '',
  callName: null,
  phone: null,
  email: null,
  birthday: null,
  note: '',
  tags: [],
  custom: {},
  contactBy: null,
  blockReason: '',
};

export interface NewCustomer {
  readonly id: string;
  readonly merchantId: string;
  readonly code: string;
  /** 'es', 'en-GB'; null: as the shop. */
  readonly language: string | null;
  readonly consentMarketing: boolean;
  readonly personal: PersonalData;
  readonly atMs: number;
}

export interface Customer {
  readonly customerNumber: number;
  readonly customerId: string;
  readonly code: string;
  readonly status: 'active' | 'blocked' | 'erased';
  readonly spentMinor: number;
  readonly salesCount: number;
  readonly lastVisitAtMs: number | null;
  readonly consentMarketing: boolean;
  readonly consentAtMs: number | null;
  readonly language: string | null;
  /** The customer into whom this record was merged. */
  readonly duplicateOf: string | null;
  readonly version: number;
  readonly createdAtMs: number;
  readonly personal: PersonalData;
  readonly balance: number;
}

interface CustomerRow extends Omit<Customer, 'consentMarketing' | 'personal' | 'balance'> {
  readonly consentMarketing: number;
  readonly fullName: string | null;
  readonly callName: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly birthday: string | null;
  readonly note: string | null;
  readonly tags: string | null;
  readonly custom: string | null;
  readonly contactBy: ContactBy | null;
  readonly blockReason: string | null;
  readonly balance: number | null;
}

function personalParameters(personal: PersonalData) {
  const phoneReversed = personal.phone === null ? null : reversedDigits(personal.phone);
  return { ...personal, tags: JSON.stringify(personal.tags), custom: JSON.stringify(personal.custom), phoneReversed };
}

function toCustomer(row: CustomerRow): Customer {
  const { fullName, callName, phone, email, birthday, note, tags, custom, contactBy, blockReason, ...rest } = row;
  return {
    ...rest,
    consentMarketing: row.consentMarketing === 1,
    personal: {
      ...{ fullName: fullName ?? '', callName, phone, email, birthday, note: note ?? '', tags: tagsOf(tags) },
      ...{ custom: valuesOf(custom), contactBy, blockReason: blockReason ?? '' },
    },
    balance: row.balance ?? 0,
  };
}

function tagsOf(text: string | null): string[] {
  return text === null ? [] : (JSON.parse(text) as string[]);
}

function valuesOf(text: string | null): CustomValues {
  return text === null ? {} : (JSON.parse(text) as CustomValues);
}
