import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const INSERT_MERGE = sql`
  INSERT INTO customer_merges (
    id, merchant_id, from_customer_id, into_customer_id, filled, repointed, staff_id, merged_at_ms, undo_until_ms)
  VALUES (
    :mergeId, :merchantId, :fromCustomerId, :intoCustomerId, :filled, :repointed, :staffId, :mergedAtMs, :undoUntilMs)`;

const NEXT_POSITION = sql`
  SELECT COALESCE(MAX(position) + 1, 0) AS position
  FROM customer_merge_lots
  WHERE merge_id = :mergeId`;

const INSERT_LOT = sql`
  INSERT INTO customer_merge_lots (merge_id, position, merchant_id, out_entry_id, in_entry_id)
  VALUES (:mergeId, :position, :merchantId, :outEntryId, :inEntryId)`;

const SELECT_MERGE = sql`
  SELECT id AS mergeId, from_customer_id AS fromCustomerId, into_customer_id AS intoCustomerId, filled, repointed,
    merged_at_ms AS mergedAtMs, undo_until_ms AS undoUntilMs, undone_at_ms AS undoneAtMs
  FROM customer_merges
  WHERE id = :mergeId
    AND merchant_id = :merchantId`;

const SELECT_STANDING = sql`
  SELECT id AS mergeId
  FROM customer_merges
  WHERE from_customer_id = :customerId
    AND undone_at_ms IS NULL`;

const SELECT_LOTS = sql`
  SELECT l.in_entry_id AS inEntryId, o.program_id AS programId, o.lot_id AS fromLotId, -o.points AS points
  FROM customer_merge_lots l
  JOIN points_transactions o ON o.id = l.out_entry_id
  WHERE l.merge_id = :mergeId
  ORDER BY l.position`;

const REPLACE_LOT = sql`
  UPDATE customer_merge_lots
  SET in_entry_id = :byEntryId
  WHERE in_entry_id = :inEntryId`;

const MARK_UNDONE = sql`
  UPDATE customer_merges
  SET undone_at_ms = :atMs
  WHERE id = :mergeId
    AND undone_at_ms IS NULL`;

const POINT_TO = sql`
  UPDATE customers
  SET duplicate_of = :intoCustomerId, version = version + 1, updated_at_ms = :atMs
  WHERE id = :customerId
    AND merchant_id = :merchantId`;

const MARK_DUPLICATE = sql`
  UPDATE customer_pii
  SET is_duplicate = :isDuplicate
  WHERE customer_number = (SELECT customer_number FROM customers WHERE id = :customerId)`;

const SELECT_MERGED_INTO = sql`
  SELECT m.id AS mergeId, m.from_customer_id AS customerId, m.merged_at_ms AS mergedAtMs,
    m.undo_until_ms AS undoUntilMs, COALESCE(p.full_name, '') AS fullName, c.customer_code AS code
  FROM customer_merges m
  JOIN customers c ON c.id = m.from_customer_id
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  WHERE m.into_customer_id = :customerId
    AND m.undone_at_ms IS NULL
    AND c.status <> 'erased'
  ORDER BY m.merged_at_ms DESC
  LIMIT 50`;

const INSERT_DISTINCT = sql`
  INSERT INTO distinct_customers (first_customer_id, second_customer_id, merchant_id, staff_id, at_ms)
  VALUES (min(:a, :b), max(:a, :b), :merchantId, :staffId, :atMs)
  ON CONFLICT (first_customer_id, second_customer_id) DO NOTHING`;

const SELECT_DISTINCT = sql`
  SELECT second_customer_id AS customerId FROM distinct_customers WHERE first_customer_id = :customerId
  UNION ALL
  SELECT first_customer_id FROM distinct_customers WHERE second_customer_id = :customerId`;

/** Names of fields, 'custom:<id>' for the shop's own; customers and static segments that came along, and those joined so. */
export interface Merge {
  readonly mergeId: string;
  readonly fromCustomerId: string;
  readonly intoCustomerId: string;
  readonly filled: readonly string[];
  readonly repointed: {
    readonly customers: readonly string[];
    readonly segments: readonly string[];
    readonly joined: readonly string[];
  };
  readonly mergedAtMs: number;
  readonly undoUntilMs: number;
  readonly undoneAtMs: number | null;
}

export function insertMerge(
  db: WritableDb,
  merge: Omit<Merge, 'undoneAtMs'> & { readonly merchantId: string; readonly staffId: string },
): void {
  db.runOne(INSERT_MERGE, {
    ...merge,
    filled: JSON.stringify(merge.filled),
    repointed: JSON.stringify(merge.repointed),
  });
}

/** Remembers points that went along with a merge, then or since. */
export function insertMergeLots(
  db: WritableDb,
  given: {
    readonly mergeId: string;
    readonly merchantId: string;
    readonly lots: readonly { readonly outEntryId: string; readonly inEntryId: string }[];
  },
): void {
  const { mergeId, merchantId, lots } = given;
  let position = db.get<{ position: number }>(NEXT_POSITION, { mergeId })?.position ?? 0;
  for (const { outEntryId, inEntryId } of lots) {
    db.runOne(INSERT_LOT, { mergeId, merchantId, position, outEntryId, inEntryId });
    position += 1;
  }
}

export function selectMerge(db: ReadableDb, merchantId: string, mergeId: string): Merge | null {
  const row = db.get<Omit<Merge, 'filled' | 'repointed'> & { filled: string; repointed: string }>(SELECT_MERGE, {
    merchantId,
    mergeId,
  });
  if (row === undefined) return null;
  return {
    ...row,
    filled: JSON.parse(row.filled) as string[],
    repointed: { joined: [], ...(JSON.parse(row.repointed) as Omit<Merge['repointed'], 'joined'>) },
  };
}

/** The merge by which a record belongs to somebody else; null when it stands for itself. */
export function selectStandingMerge(db: ReadableDb, customerId: string): string | null {
  return db.get<{ mergeId: string }>(SELECT_STANDING, { customerId })?.mergeId ?? null;
}

/** What came along with a merge: the lot that it left, the entry by which it arrived, and how much it was. */
export interface MergeLot {
  readonly inEntryId: string;
  readonly programId: string;
  readonly fromLotId: string | null;
  readonly points: number;
}

export function selectMergeLots(db: ReadableDb, mergeId: string): MergeLot[] {
  return db.all<MergeLot>(SELECT_LOTS, { mergeId });
}

/** What had arrived by an earlier merge went on and came back: from now on it stands in another entry. */
export function replaceMergeLot(
  db: WritableDb,
  given: { readonly inEntryId: string; readonly byEntryId: string },
): void {
  db.run(REPLACE_LOT, given);
}

export function markUndone(db: WritableDb, mergeId: string, atMs: number): void {
  db.runOne(MARK_UNDONE, { mergeId, atMs });
}

/** Makes a record one of somebody else's, or (null) one of its own again. */
export function pointCustomerTo(
  db: WritableDb,
  given: {
    readonly customerId: string;
    readonly merchantId: string;
    readonly intoCustomerId: string | null;
    readonly atMs: number;
  },
): void {
  db.runOne(POINT_TO, given);
  db.run(MARK_DUPLICATE, { customerId: given.customerId, isDuplicate: given.intoCustomerId === null ? 0 : 1 });
}

/** The records that were merged into a customer, the latest first. */
export function selectMergedInto(db: ReadableDb, customerId: string) {
  return db.all<{
    mergeId: string;
    customerId: string;
    mergedAtMs: number;
    undoUntilMs: number;
    fullName: string;
    code: string;
  }>(SELECT_MERGED_INTO, { customerId });
}

/** Keeps that two customers are two people. */
export function insertDistinct(
  db: WritableDb,
  given: {
    readonly a: string;
    readonly b: string;
    readonly merchantId: string;
    readonly staffId: string;
    readonly atMs: number;
  },
): void {
  db.run(INSERT_DISTINCT, given);
}

/** The customers who are known not to be this one. */
export function selectDistinctFrom(db: ReadableDb, customerId: string): string[] {
  return db.all<{ customerId: string }>(SELECT_DISTINCT, { customerId }).map((row) => row.customerId);
}
