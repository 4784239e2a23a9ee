import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_LENT = sql`
  SELECT into_customer_id AS customerId, filled, merged_at_ms AS fromMs, undone_at_ms AS untilMs
  FROM customer_merges
  WHERE from_customer_id = :customerId
    AND merged_at_ms BETWEEN :fromMs AND :untilMs
    AND undone_at_ms IS NOT NULL`;

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
  const found: LentFields[] = [];
  const asked = [{ customerId, fromMs: 0, untilMs: Number.MAX_SAFE_INTEGER }];
  for (const { customerId: lender, fromMs, untilMs } of asked) {
    const rows = db.all<Omit<LentFields, 'filled'> & { filled: string }>(SELECT_LENT, {
      customerId: lender,
      fromMs,
      untilMs,
    });
    for (const row of rows) {
      if (found.some((known) => known.customerId === row.customerId && known.fromMs === row.fromMs)) continue;
      found.push({ ...row, filled: JSON.parse(row.filled) as string[] });
      asked.push(row);
    }
  }
  return found.filter(({ filled }) => filled.length > 0);
}
