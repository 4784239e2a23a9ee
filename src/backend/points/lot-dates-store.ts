import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_ENDS = sql`
  SELECT atMs, seq, lotId, accountId, customerId, programId
  FROM (
    SELECT * FROM (
      SELECT e.expires_at_ms AS atMs, e.seq, e.id AS lotId, e.account_id AS accountId, e.customer_id AS customerId,
        e.program_id AS programId
      FROM points_transactions e
      WHERE e.merchant_id = :merchantId AND e.expires_at_ms IS NOT NULL AND e.points > 0
        AND (e.expires_at_ms, e.seq) > (:afterMs, :afterSeq) AND e.expires_at_ms <= :untilMs
      ORDER BY e.expires_at_ms, e.seq
      LIMIT :limit)
    UNION ALL
    SELECT * FROM (
      SELECT e.slides_to_ms, e.seq, e.id, e.account_id, e.customer_id, e.program_id
      FROM points_transactions e
      WHERE e.merchant_id = :merchantId AND e.slides_to_ms IS NOT NULL
        AND (e.slides_to_ms, e.seq) > (:afterMs, :afterSeq) AND e.slides_to_ms <= :untilMs
      ORDER BY e.slides_to_ms, e.seq
      LIMIT :limit))
  ORDER BY atMs, seq
  LIMIT :limit`;

const SELECT_RIPENINGS = sql`
  SELECT e.ripens_at_ms AS atMs, e.seq, e.id AS lotId, e.account_id AS accountId, e.customer_id AS customerId,
    e.program_id AS programId
  FROM points_transactions e
  WHERE e.merchant_id = :merchantId AND e.ripens_at_ms IS NOT NULL
    AND (e.ripens_at_ms, e.seq) > (:afterMs, :afterSeq) AND e.ripens_at_ms <= :untilMs
  ORDER BY e.ripens_at_ms, e.seq
  LIMIT :limit`;

const SELECT_NEW_ENDS = sql`
  SELECT COALESCE(e.expires_at_ms, e.slides_to_ms) AS atMs, e.seq, e.id AS lotId, e.account_id AS accountId,
    e.customer_id AS customerId, e.program_id AS programId
  FROM points_transactions e
  WHERE e.seq > :afterSeq
    AND e.seq <= :toSeq
    AND +e.merchant_id = :merchantId
    AND ((e.points > 0 AND e.expires_at_ms <= :untilMs) OR e.slides_to_ms <= :untilMs)
  ORDER BY e.seq`;

const SELECT_NEWEST = sql`
  SELECT COALESCE(MAX(seq), 0) AS seq
  FROM points_transactions`;

const SELECT_ENDED_SINCE = sql`
  SELECT EXISTS (
      SELECT 1
      FROM points_transactions e
      WHERE e.merchant_id = :merchantId AND e.expires_at_ms IS NOT NULL AND e.points > 0
        AND e.expires_at_ms > :writtenUntilMs AND e.expires_at_ms <= :nowMs)
    OR EXISTS (
      SELECT 1
      FROM points_transactions e
      WHERE e.merchant_id = :merchantId AND e.slides_to_ms IS NOT NULL
        AND e.slides_to_ms > :writtenUntilMs AND e.slides_to_ms <= :nowMs)
    OR EXISTS (
      SELECT 1
      FROM points_transactions e
      WHERE e.seq > :lookedAtSeq AND +e.merchant_id = :merchantId AND e.points > 0 AND e.expires_at_ms <= :nowMs) AS isSo`;

const HAS_ENTRY = sql`
  SELECT 1 AS found
  FROM points_transactions
  WHERE id = :id`;

/** An instant at which points may end or ripen: the fold over the account tells whether they do. */
export interface LotDate {
  readonly atMs: number;
  readonly seq: number;
  /** The entry that brought the date. */
  readonly lotId: string;
  readonly accountId: string;
  readonly customerId: string;
  readonly programId: string;
}

export interface LotDateRange {
  readonly merchantId: string;
  readonly afterMs: number;
  readonly afterSeq: number;
  /** In it. */
  readonly untilMs: number;
  readonly limit: number;
}

/** The next instants at which lots end, the earliest first: as they were earned, or as activity moved them. */
export function selectLotEnds(db: ReadableDb, range: LotDateRange): LotDate[] {
  return db.all<LotDate>(SELECT_ENDS, { ...range });
}

/** The next instants at which waiting points can be spent, the earliest first. */
export function selectRipenings(db: ReadableDb, range: LotDateRange): LotDate[] {
  return db.all<LotDate>(SELECT_RIPENINGS, { ...range });
}

/** What of the entries booked after a number ends up to an instant, in the order in which they were booked. */
export function selectNewLotEnds(
  db: ReadableDb,
  range: Pick<LotDateRange, 'merchantId' | 'afterSeq' | 'untilMs'> & { readonly toSeq: number },
): LotDate[] {
  return db.all<LotDate>(SELECT_NEW_ENDS, { ...range });
}

/** The number of the last entry that was booked; 0 before there is one. */
export function selectNewestSeq(db: ReadableDb): number {
  return db.get<{ seq: number }>(SELECT_NEWEST)?.seq ?? 0;
}

/** Whether anything may have ended that nobody has written off yet: then a plain sum of entries may be too much. */
export function selectMayHaveEnded(
  db: ReadableDb,
  given: {
    readonly merchantId: string;
    readonly nowMs: number;
    readonly writtenUntilMs: number;
    readonly lookedAtSeq: number;
  },
): boolean {
  return db.get<{ isSo: 0 | 1 }>(SELECT_ENDED_SINCE, { ...given })?.isSo === 1;
}

/** Whether an entry is in the ledger. */
export function selectHasEntry(db: ReadableDb, entryId: string): boolean {
  return db.get(HAS_ENTRY, { id: entryId }) !== undefined;
}
