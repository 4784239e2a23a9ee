import { type ReadableDb, sql } from '../db/database.ts';

/** NOT INDEXED: from the newest entry backwards, where an index by the merchant would first sort the whole ledger. */
const SELECT_RECENT = sql`
  SELECT e.id AS entryId, e.customer_id AS customerId, p.full_name AS customerName, e.kind, e.points, e.reason,
    e.at_ms AS atMs, e.trusted_at_ms AS trustedAtMs, e.staff_id AS staffId, t.amount_minor AS amountMinor,
    t.kind AS saleKind, t.status AS saleStatus,
    COALESCE((SELECT MIN(r.at_ms) FROM points_transactions r WHERE r.reverses_id = e.id), (
      SELECT MIN(u.at_ms)
      FROM points_transactions u
      WHERE u.account_id = e.account_id AND u.program_id = e.program_id AND u.seq > e.seq AND u.kind = 'adjust'
        AND json_extract(u.parts, '$[0].undoes') = e.id)) AS undoneAtMs
  FROM points_transactions e NOT INDEXED
  JOIN customers c ON c.id = e.customer_id
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  LEFT JOIN transactions t ON t.id = e.transaction_id
  WHERE e.merchant_id = :merchantId
    AND ((e.kind = 'earn' AND e.transaction_id IS NOT NULL)
      OR (e.kind = 'adjust' AND e.reason IN ('goodwill', 'correction')))
  ORDER BY e.seq DESC
  LIMIT :limit`;

export interface RecentAwardRow {
  readonly entryId: string;
  readonly customerId: string;
  readonly customerName: string | null;
  readonly kind: 'earn' | 'adjust';
  readonly points: number;
  readonly reason: string;
  readonly atMs: number;
  readonly trustedAtMs: number;
  readonly staffId: string | null;
  readonly amountMinor: number | null;
  readonly saleKind: 'SALE' | 'AWARD' | null;
  readonly saleStatus: string | null;
  readonly undoneAtMs: number | null;
}

/** The last points that were given, the newest first. */
export function selectRecentAwards(db: ReadableDb, merchantId: string, limit: number): RecentAwardRow[] {
  return db.all<RecentAwardRow>(SELECT_RECENT, { merchantId, limit });
}
