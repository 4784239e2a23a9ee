import { type ReadableDb, sql } from '../db/database.ts';

const BY_CODE = sql`
  SELECT c.customer_number AS customerNumber, c.id AS customerId, c.customer_code AS code, c.status,
    COALESCE(p.full_name, '') AS fullName, p.phone_e164 AS phone, p.email, c.last_visit_at_ms AS lastVisitAtMs,
    c.created_at_ms AS createdAtMs, COALESCE(a.current_points, 0) AS balance
  FROM customers k
  JOIN customers c ON c.id = COALESCE(k.duplicate_of, k.id)
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  LEFT JOIN customer_loyalty_accounts a ON a.customer_id = c.id AND a.merchant_id = c.merchant_id
  WHERE k.merchant_id = :merchantId
    AND k.customer_code = :code`;

const BY_PHONE = sql`
  SELECT c.customer_number AS customerNumber, c.id AS customerId, c.customer_code AS code, c.status,
    COALESCE(p.full_name, '') AS fullName, p.phone_e164 AS phone, p.email, c.last_visit_at_ms AS lastVisitAtMs,
    c.created_at_ms AS createdAtMs, COALESCE(a.current_points, 0) AS balance
  FROM customer_pii p
  JOIN customers c ON c.customer_number = p.customer_number
  LEFT JOIN customer_loyalty_accounts a ON a.customer_id = c.id AND a.merchant_id = c.merchant_id
  WHERE p.merchant_id = :merchantId
    AND p.phone_e164 = :phone
    AND p.is_duplicate = 0`;

/** A range over the reversed number: everything that ends in the typed digits. */
const BY_PHONE_ENDING = sql`
  SELECT c.customer_number AS customerNumber
  FROM customer_pii p
  JOIN customers c ON c.customer_number = p.customer_number
  WHERE p.merchant_id = :merchantId
    AND p.phone_reversed >= :reversed
    AND p.phone_reversed < :reversed || ':'
    AND p.is_duplicate = 0
  ORDER BY c.total_transactions DESC, c.last_visit_at_ms DESC
  LIMIT :limit`;

const BY_EMAIL_START = sql`
  SELECT c.customer_number AS customerNumber
  FROM customer_pii p
  JOIN customers c ON c.customer_number = p.customer_number
  WHERE p.merchant_id = :merchantId
    AND p.email >= :start
    AND p.email < :start || char(1114111)
    AND p.email IS NOT NULL
    AND p.is_duplicate = 0
  ORDER BY c.total_transactions DESC
  LIMIT :limit`;

/**
 * One level of the search index (0045_customer_search.sql): its matches with the most sales first. Of a level with very many
 * matches the latest enrolled are compared, so that no search visits all matches of a common name. Numbers are bound as
 * floating point, and FTS5 uses a bound of the rowid only when it is an integer: hence the casts.
 */
const BY_NAME_IN_LEVEL = sql`
  SELECT c.customer_number AS customerNumber
  FROM (
    SELECT rowid - CAST(:fromRowid AS INTEGER) AS found
    FROM customer_search
    WHERE customer_search MATCH :match
      AND rowid >= CAST(:fromRowid AS INTEGER)
      AND rowid < CAST(:fromRowid AS INTEGER) + 1099511627776
    ORDER BY rowid DESC
    LIMIT 1000
  ) s
  CROSS JOIN customers c ON c.customer_number = s.found
  WHERE c.merchant_id = :merchantId
    AND c.duplicate_of IS NULL
  ORDER BY c.total_transactions DESC, c.last_visit_at_ms DESC
  LIMIT :limit`;

/** Names that may be what was meant, unranked, for a closer look. */
const CANDIDATES_IN_LEVEL = sql`
  SELECT p.customer_number AS customerNumber, p.full_name AS fullName, p.call_name AS callName
  FROM customer_search s
  CROSS JOIN customer_pii p ON p.customer_number = s.rowid - CAST(:fromRowid AS INTEGER)
  WHERE customer_search MATCH :match
    AND s.rowid >= CAST(:fromRowid AS INTEGER)
    AND s.rowid < CAST(:fromRowid AS INTEGER) + 1099511627776
    AND p.merchant_id = :merchantId
    AND p.is_duplicate = 0
  LIMIT :limit`;

const LAST_SEEN = sql`
  SELECT customer_number AS customerNumber
  FROM customers
  WHERE merchant_id = :merchantId
    AND last_visit_at_ms IS NOT NULL
    AND duplicate_of IS NULL
  ORDER BY last_visit_at_ms DESC
  LIMIT :limit`;

/** NOT INDEXED: by number backwards, where an index by the merchant would first sort every customer. */
const LAST_ENROLLED = sql`
  SELECT customer_number AS customerNumber
  FROM customers NOT INDEXED
  WHERE merchant_id = :merchantId
    AND duplicate_of IS NULL
  ORDER BY customer_number DESC
  LIMIT :limit`;

const FOUND = sql`
  SELECT c.customer_number AS customerNumber, c.id AS customerId, c.customer_code AS code, c.status,
    COALESCE(p.full_name, '') AS fullName,
    p.phone_e164 AS phone, p.email, c.last_visit_at_ms AS lastVisitAtMs, c.created_at_ms AS createdAtMs,
    COALESCE(a.current_points, 0) AS balance
  FROM json_each(:numbers) n
  CROSS JOIN customers c ON c.customer_number = n.value
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  LEFT JOIN customer_loyalty_accounts a ON a.customer_id = c.id AND a.merchant_id = c.merchant_id
  ORDER BY n.key`;

/** Levels of the search index, best-known customers first: the rowid at which each begins. */
export const SEARCH_LEVELS: readonly number[] = [3, 2, 1, 0].map((level) => level * 2 ** 40);

type Numbered = { readonly customerNumber: number };

const numbersOf = (rows: readonly Numbered[]): number[] => rows.map((row) => row.customerNumber);

/** The customer of exactly this code: one look-up. */
export function selectFoundByCode(db: ReadableDb, merchantId: string, code: string): FoundCustomer | null {
  return db.get<FoundCustomer>(BY_CODE, { merchantId, code }) ?? null;
}

/** The customer of exactly this number in E.164: one look-up. */
export function selectFoundByPhone(db: ReadableDb, merchantId: string, phone: string): FoundCustomer | null {
  return db.get<FoundCustomer>(BY_PHONE, { merchantId, phone }) ?? null;
}

/** `digits`: the last digits of the number, in the order in which they are read. */
export function findByPhoneEnding(db: ReadableDb, merchantId: string, digits: string, limit: number): number[] {
  const reversed = [...digits].reverse().join('');
  return numbersOf(db.all<Numbered>(BY_PHONE_ENDING, { merchantId, reversed, limit }));
}

export function findByEmailStart(db: ReadableDb, merchantId: string, start: string, limit: number): number[] {
  return numbersOf(db.all<Numbered>(BY_EMAIL_START, { merchantId, start, limit }));
}

/** The best of one level; `match` is made by `matchText`, never typed text as it came. */
export function findByName(db: ReadableDb, given: NameSearch): number[] {
  return numbersOf(db.all<Numbered>(BY_NAME_IN_LEVEL, { ...given }));
}

export function findNameCandidates(db: ReadableDb, given: NameSearch): NameCandidate[] {
  return db.all<NameCandidate>(CANDIDATES_IN_LEVEL, { ...given });
}

export function findLastSeen(db: ReadableDb, merchantId: string, limit: number): number[] {
  return numbersOf(db.all<Numbered>(LAST_SEEN, { merchantId, limit }));
}

export function findLastEnrolled(db: ReadableDb, merchantId: string, limit: number): number[] {
  return numbersOf(db.all<Numbered>(LAST_ENROLLED, { merchantId, limit }));
}

/** The rows of found customers, in the order of their numbers as given. */
export function selectFound(db: ReadableDb, numbers: readonly number[]): FoundCustomer[] {
  return db.all<FoundCustomer>(FOUND, { numbers: JSON.stringify(numbers) });
}

export interface NameSearch {
  readonly merchantId: string;
  readonly match: string;
  readonly fromRowid: number;
  readonly limit: number;
}

export interface NameCandidate extends Numbered {
  readonly fullName: string;
  readonly callName: string | null;
}

export interface FoundCustomer extends Numbered {
  readonly customerId: string;
  readonly code: string;
  readonly status: 'active' | 'blocked' | 'erased';
  readonly fullName: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly lastVisitAtMs: number | null;
  readonly createdAtMs: number;
  readonly balance: number;
}
