import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

/** A record that was merged stands for the one it went into. */
const SELECT_OF_STAFF = sql`
  SELECT COALESCE(c.duplicate_of, c.id) AS customerId
  FROM staff_customers s
  JOIN customers c ON c.id = s.customer_id
  WHERE s.staff_id = :staffId
    AND s.merchant_id = :merchantId`;

const UPSERT = sql`
  INSERT INTO staff_customers (staff_id, merchant_id, customer_id, linked_at_ms)
  VALUES (:staffId, :merchantId, :customerId, :linkedAtMs)
  ON CONFLICT (staff_id) DO UPDATE SET
    customer_id = excluded.customer_id,
    linked_at_ms = excluded.linked_at_ms`;

const REMOVE = sql`
  DELETE FROM staff_customers
  WHERE staff_id = :staffId
    AND merchant_id = :merchantId`;

const COUNT_ACTIVE = sql`
  SELECT COUNT(*) AS people
  FROM staff_members
  WHERE merchant_id = :merchantId
    AND is_active = 1`;

/** The customer record of a member of staff, or null. */
export function selectCustomerOfStaff(db: ReadableDb, merchantId: string, staffId: string): string | null {
  return db.get<{ customerId: string }>(SELECT_OF_STAFF, { merchantId, staffId })?.customerId ?? null;
}

/** Links a member of staff to their customer record, or to none. */
export function setCustomerOfStaff(
  db: WritableDb,
  link: {
    readonly staffId: string;
    readonly merchantId: string;
    readonly customerId: string | null;
    readonly linkedAtMs: number;
  },
): void {
  const { staffId, merchantId, customerId } = link;
  if (customerId === null) db.run(REMOVE, { staffId, merchantId });
  else db.runOne(UPSERT, { ...link, customerId });
}

/** How many people work here. */
export function countActiveStaff(db: ReadableDb, merchantId: string): number {
  return db.get<{ people: number }>(COUNT_ACTIVE, { merchantId })?.people ?? 0;
}
