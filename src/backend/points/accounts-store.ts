import type { SystemScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_MEMBER = sql`
  SELECT c.id AS customerId, c.status, a.id AS accountId, COALESCE(a.current_points, 0) AS balance
  FROM customers c
  LEFT JOIN customer_loyalty_accounts a ON a.customer_id = c.id AND a.merchant_id = c.merchant_id
  WHERE c.id = :customerId
    AND c.merchant_id = :merchantId
    AND c.duplicate_of IS NULL`;

const SELECT_HOLDER = sql`
  SELECT c.id AS customerId, c.status, a.id AS accountId, COALESCE(a.current_points, 0) AS balance,
    c.duplicate_of AS mergedInto
  FROM customers c
  LEFT JOIN customer_loyalty_accounts a ON a.customer_id = c.id AND a.merchant_id = c.merchant_id
  WHERE c.id = :customerId
    AND c.merchant_id = :merchantId`;

/** CROSS JOIN and the plus: from number to number, whatever the statistics say. */
const SELECT_HOLDERS_AFTER = sql`
  SELECT c.customer_number AS customerNumber, c.id AS customerId, c.status, a.id AS accountId,
    a.current_points AS balance
  FROM customers c
  CROSS JOIN customer_loyalty_accounts a ON a.customer_id = c.id AND a.merchant_id = c.merchant_id
  WHERE c.customer_number > :afterNumber
    AND +c.merchant_id = :merchantId
    AND +c.duplicate_of IS NULL
  ORDER BY c.customer_number
  LIMIT :limit`;

const INSERT_ACCOUNT = sql`
  INSERT INTO customer_loyalty_accounts (id, merchant_id, customer_id, created_at_ms)
  VALUES (:id, :merchantId, :customerId, :createdAtMs)`;

/** A customer as the ledger sees them. accountId is null until their first entry. balance: the plain sum of entries. */
export interface Member {
  readonly customerId: string;
  readonly status: 'active' | 'blocked' | 'erased';
  readonly accountId: string | null;
  readonly balance: number;
}

/** Whose entries they are; accountId null: the account is opened with the first. */
export type Holding = Pick<Member, 'customerId' | 'accountId'>;

/** The customer with their account and balance; null when this merchant has no such customer. */
export function selectMember(db: ReadableDb, merchantId: string, customerId: string): Member | null {
  return db.get<Member>(SELECT_MEMBER, { merchantId, customerId }) ?? null;
}

/** Whoever bought, also one who has been merged into somebody else since. */
export interface Holder extends Member {
  readonly mergedInto: string | null;
}

export function selectHolder(db: ReadableDb, merchantId: string, customerId: string): Holder | null {
  return db.get<Holder>(SELECT_HOLDER, { merchantId, customerId }) ?? null;
}

/** Those who have an account, in the order of their numbers. */
export function selectHoldersAfter(
  db: ReadableDb,
  range: { readonly merchantId: string; readonly afterNumber: number; readonly limit: number },
): (Member & { readonly customerNumber: number })[] {
  return db.all<Member & { readonly customerNumber: number }>(SELECT_HOLDERS_AFTER, { ...range });
}

/** Returns the customer with an account, opened where there is none: for a command that books more than one entry. */
export function withAccount(scope: SystemScope, member: Member): Member & { readonly accountId: string } {
  return { ...member, accountId: openAccount(scope, member) };
}

/** Returns the customer's account, opened on first use; the opening goes into the op. */
export function openAccount(scope: SystemScope, member: Holding): string {
  if (member.accountId !== null) return member.accountId;
  const row = {
    id: scope.newId(),
    merchantId: scope.shop.merchantId,
    customerId: member.customerId,
    createdAtMs: scope.moment.atMs,
  };
  scope.db.runOne(INSERT_ACCOUNT, row);
  scope.fact('customer_loyalty_accounts', row);
  return row.id;
}
