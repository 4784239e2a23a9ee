import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_LENT = sql`
  WITH RECURSIVE lent (customerId, filled, fromMs, untilMs) AS (
    SELECT into_customer_id, filled, merged_at_ms, undone_at_ms
    FROM customer_merges
    WHERE from_customer_id = :customerId
      AND undone_at_ms IS NOT NULL
    UNION
    SELECT m.into_customer_id, m.filled, m.merged_at_ms, m.undone_at_ms
    FROM lent l
    JOIN customer_merges m ON m.from_customer_id = l.customerId
      AND m.merged_at_ms BETWEEN l.fromMs AND l.untilMs
    WHERE m.undone_at_ms IS NOT NULL
  )
  SELECT customerId, filled, fromMs, untilMs
  FROM lent`;

/** What another record was told of a customer while the two were one: which fields, and from when to when (trusted time). */
export interface LentFields {
  readonly customerId: string;
  /** Names of fields, 'custom:<id>' for the shop's own. */
  readonly filled: readonly string[];
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The records that were told something of this customer by merges that were undone, also by way of another record. */
export function selectLentFields(db: ReadableDb, customerId: string): LentFields[] {
  return db
    .all<Omit<LentFields, 'filled'> & { filled: string }>(SELECT_LENT, { customerId })
    .map((row) => ({ ...row, filled: JSON.parse(row.filled) as string[] }))
    .filter((row) => row.filled.length > 0);
}
