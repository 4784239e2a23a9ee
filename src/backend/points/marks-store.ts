import type { LotMark } from '#shop/points/lots.ts';
import type { TierMark } from '#shop/points/tier-marks.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_MARKS = sql`
  SELECT program_id AS programId, version_id AS versionId, entry_seq AS entrySeq, sale_seq AS saleSeq, duplicates, lots, tier
  FROM loyalty_marks
  WHERE account_id = :accountId`;

const SELECT_DUPLICATES = sql`
  SELECT id
  FROM customers
  WHERE duplicate_of = :customerId
  ORDER BY id`;

const SELECT_HEADS = sql`
  SELECT
    (SELECT COALESCE(MAX(seq), 0) FROM points_transactions) AS entrySeq,
    (SELECT COALESCE(MAX(seq), 0) FROM sale_entries) AS saleSeq`;

const UPSERT_MARK = sql`
  INSERT INTO loyalty_marks (
    account_id, program_id, merchant_id, version_id, entry_seq, sale_seq, duplicates, lots, tier)
  VALUES (:accountId, :programId, :merchantId, :versionId, :entrySeq, :saleSeq, :duplicates, :lots, :tier)
  ON CONFLICT (account_id, program_id) DO UPDATE SET
    version_id = excluded.version_id, entry_seq = excluded.entry_seq, sale_seq = excluded.sale_seq,
    duplicates = excluded.duplicates, lots = excluded.lots, tier = excluded.tier`;

/** Where an account stood in a programme. Null members: there was no need for them, or they could not be kept. */
export interface LoyaltyMark {
  readonly programId: string;
  readonly versionId: string;
  /** The last rows of the ledger and of the sales that are in it. */
  readonly entrySeq: number;
  readonly saleSeq: number;
  /** The ids of the records that were merged into the customer's. */
  readonly duplicates: readonly string[];
  readonly lots: LotMark | null;
  readonly tier: TierMark | null;
}

type MarkRow = Pick<LoyaltyMark, 'programId' | 'versionId' | 'entrySeq' | 'saleSeq'> & {
  readonly duplicates: string;
  readonly lots: string | null;
  readonly tier: string | null;
};

/** The marks of an account, one for each programme that has one. */
export function selectMarks(db: ReadableDb, accountId: string): LoyaltyMark[] {
  return db.all<MarkRow>(SELECT_MARKS, { accountId }).map((row) => ({
    ...row,
    duplicates: JSON.parse(row.duplicates) as string[],
    lots: row.lots === null ? null : (JSON.parse(row.lots) as LotMark),
    tier: row.tier === null ? null : (JSON.parse(row.tier) as TierMark),
  }));
}

/** The records that are merged into a customer's now. */
export function selectDuplicateIds(db: ReadableDb, customerId: string): string[] {
  return db.all<{ id: string }>(SELECT_DUPLICATES, { customerId }).map(({ id }) => id);
}

/** The last rows of the ledger and of the sales, whosever they are. */
export function selectHeads(db: ReadableDb): { readonly entrySeq: number; readonly saleSeq: number } {
  return db.get<{ entrySeq: number; saleSeq: number }>(SELECT_HEADS) ?? { entrySeq: 0, saleSeq: 0 };
}

/** Keeps a mark. It follows from what is recorded, so it is no fact of any op. */
export function upsertMark(
  db: WritableDb,
  mark: LoyaltyMark & { readonly accountId: string; readonly merchantId: string },
): void {
  const { accountId, programId, merchantId, versionId, entrySeq, saleSeq, duplicates, lots, tier } = mark;
  db.runOne(UPSERT_MARK, {
    accountId,
    programId,
    merchantId,
    versionId,
    entrySeq,
    saleSeq,
    duplicates: JSON.stringify(duplicates),
    lots: lots === null ? null : JSON.stringify(lots),
    tier: tier === null ? null : JSON.stringify(tier),
  });
}
