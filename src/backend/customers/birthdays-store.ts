import { type ReadableDb, sql } from '../db/database.ts';

/** CROSS JOIN: by the day, then by the number, whatever the statistics say. */
const SELECT_BIRTHDAYS = sql`
  SELECT p.customer_number AS customerNumber, c.id AS customerId
  FROM json_each(:monthDays) d
  CROSS JOIN customer_pii p ON p.merchant_id = :merchantId AND substr(p.birthday, 6) = d.value AND p.birthday IS NOT NULL
  CROSS JOIN customers c ON c.customer_number = p.customer_number
  WHERE p.customer_number > :afterNumber
    AND c.status = 'active'
    AND c.duplicate_of IS NULL
    AND c.created_at_ms < :beforeMs
  ORDER BY p.customer_number
  LIMIT :limit`;

/** Somebody whose birthday it is. */
export interface Celebrated {
  readonly customerNumber: number;
  readonly customerId: string;
}

/** Who keeps their birthday on these days of the year ('MM-DD') and was a customer before an instant, by their numbers. */
export function selectBirthdays(
  db: ReadableDb,
  range: {
    readonly merchantId: string;
    readonly monthDays: readonly string[];
    readonly afterNumber: number;
    readonly beforeMs: number;
    readonly limit: number;
  },
): Celebrated[] {
  return db.all<Celebrated>(SELECT_BIRTHDAYS, { ...range, monthDays: JSON.stringify(range.monthDays) });
}
