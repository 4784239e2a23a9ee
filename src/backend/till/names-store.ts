import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_STAFF_NAME = sql`
  SELECT name
  FROM staff_members
  WHERE id = :staffId`;

const SELECT_CUSTOMER_NAME = sql`
  SELECT p.full_name AS name
  FROM customers c
  JOIN customer_pii p ON p.customer_number = c.customer_number
  WHERE c.id = :customerId`;

/** The name that a staff member has now. */
export function selectStaffName(db: ReadableDb, staffId: string): string {
  return db.get<{ name: string }>(SELECT_STAFF_NAME, { staffId })?.name ?? '';
}

/** The name that a customer has now; null once it has been erased. */
export function selectCustomerName(db: ReadableDb, customerId: string | null): string | null {
  if (customerId === null) return null;
  return db.get<{ name: string }>(SELECT_CUSTOMER_NAME, { customerId })?.name ?? null;
}
