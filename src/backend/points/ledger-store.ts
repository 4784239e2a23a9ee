import type { EarningContext } from '#shop/points/earning-context.ts';
import { type EntryKind, systemAccountOf } from '#shop/points/lots.ts';
import type { PointsPart } from '#shop/points/points-preview.ts';
import type { SystemScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';
import { entryStampOf } from '../entry-stamp.ts';
import { type Holding, openAccount } from './accounts-store.ts';

const INSERT_ENTRY = sql`
  INSERT INTO points_transactions (
    id, merchant_id, account_id, customer_id, program_id, kind, system_account, points, transaction_id, refund_id,
    reverses_id, programme_version_id, rule_id, parts, context, expires_at_ms, ripens_at_ms, slides_to_ms, lot_id, reason, 
    staff_id, approved_by_staff_id, business_date, at_ms, trusted_at_ms, group_id)
  VALUES (
    :id, :merchantId, :accountId, :customerId, :programId, :kind, :systemAccount, :points, :transactionId, :refundId,
    :reversesId, :programmeVersionId, :ruleId, :parts, :context, :expiresAtMs, :ripensAtMs, :slidesToMs, :lotId, :reason,
    :staffId, :approvedByStaffId, :businessDate, :atMs, :trustedAtMs, :groupId)`;

const SELECT_BOOKED_OF_SALE = sql`
  SELECT e.id AS entryId, e.seq, e.account_id AS accountId, e.customer_id AS customerId, e.program_id AS programId, e.kind,
    e.points, e.programme_version_id AS versionId, e.trusted_at_ms AS trustedAtMs, e.parts, e.context, e.rule_id AS ruleId,
    p.is_main AS isMain, COALESCE(json_extract(e.parts, '$[0].offerId'), e.id) AS offerId,
    COALESCE((SELECT -SUM(r.points) FROM points_transactions r WHERE r.reverses_id = e.id), 0) AS reversedPoints
  FROM points_transactions e
  JOIN loyalty_programs p ON p.id = e.program_id
  WHERE e.transaction_id = :saleId
    AND e.kind IN ('earn', 'redeem')
    AND NOT EXISTS (SELECT 1 FROM points_transactions d WHERE d.reverses_id = e.id AND d.reason = 'declined')
  ORDER BY p.is_main DESC, e.seq`;

const SELECT_REDEEM_IDS = sql`
  SELECT id AS entryId
  FROM points_transactions
  WHERE transaction_id = :saleId
    AND kind = 'redeem'`;

const SELECT_ENTRY = sql`
  SELECT e.id AS entryId, e.seq, e.account_id AS accountId, e.customer_id AS customerId, e.program_id AS programId, e.kind,
    e.points,
    e.transaction_id AS saleId, e.staff_id AS staffId, e.trusted_at_ms AS trustedAtMs, e.parts, e.reason,
    COALESCE((SELECT -SUM(r.points) FROM points_transactions r WHERE r.reverses_id = e.id), 0) AS reversedPoints,
    EXISTS (
      SELECT 1
      FROM points_transactions u
      WHERE u.account_id = e.account_id AND u.program_id = e.program_id AND u.seq > e.seq AND u.kind = 'adjust'
        AND json_extract(u.parts, '$[0].undoes') = e.id) AS isUndone
  FROM points_transactions e
  WHERE e.id = :entryId
    AND e.merchant_id = :merchantId`;

const SUM_UP_TO = sql`
  SELECT COALESCE(SUM(points), 0) AS points
  FROM points_transactions
  WHERE account_id = :accountId
    AND program_id = :programId
    AND seq <= :seq`;

const SUM_OF_DOCUMENT = sql`
  SELECT e.account_id AS accountId, e.program_id AS programId, MAX(e.seq) AS seq,
    SUM(CASE WHEN e.system_account = 'redeemed' THEN 0 ELSE e.points END) AS earned,
    SUM(CASE WHEN e.system_account = 'redeemed' THEN -e.points ELSE 0 END) AS redeemed
  FROM points_transactions e
  JOIN loyalty_programs p ON p.id = e.program_id
  WHERE e.transaction_id = :saleId
    AND ((:refundId IS NULL AND (e.kind IN ('earn', 'redeem') OR e.reason = 'declined')) OR e.refund_id = :refundId)
    AND p.is_main = 1
  GROUP BY e.account_id, e.program_id`;

/**
 * A part of an earning, the reward that was taken, or the entry that is undone. offerId is what the sale knows the reward
 * by, where that is not the entry: it was paid for again after a tender had been declined.
 */
type EntryPart =
  | PointsPart
  | { readonly reward: string; readonly name: string; readonly offerId?: string }
  | { readonly undoes: string };

/** What the caller says of a new entry; who, when and which command come from the scope. */
export interface NewEntry {
  readonly member: Holding;
  readonly programId: string;
  readonly kind: EntryKind;
  readonly points: number;
  /** Null: a new id. What jobs write has an id that follows from what it is about. */
  readonly entryId?: string | null;
  readonly saleId?: string | null;
  readonly refundId?: string | null;
  readonly reversesId?: string | null;
  readonly programmeVersionId?: string | null;
  readonly parts?: readonly EntryPart[];
  readonly ruleId?: string | null;
  /** What the rules read besides the sale: a refund recomputes under the same. */
  readonly context?: EarningContext | null;
  readonly expiresAtMs?: number | null;
  readonly ripensAtMs?: number | null;
  readonly slidesToMs?: number | null;
  /** The very lot that the entry takes from or belongs to. */
  readonly lotId?: string | null;
  readonly reason?: string;
}

/**
 * Appends an entry to the ledger, opening the account on first use, and puts it into the op. The account's balance, the
 * day table and the bounds of reversals follow by trigger. Returns the entry's id.
 */
export function appendEntry(scope: SystemScope, entry: NewEntry): string {
  const row = {
    id: entry.entryId ?? scope.newId(),
    merchantId: scope.shop.merchantId,
    accountId: openAccount(scope, entry.member),
    customerId: entry.member.customerId,
    programId: entry.programId,
    kind: entry.kind,
    systemAccount: systemAccountOf(entry.kind),
    points: entry.points,
    transactionId: entry.saleId ?? null,
    refundId: entry.refundId ?? null,
    reversesId: entry.reversesId ?? null,
    programmeVersionId: entry.programmeVersionId ?? null,
    ruleId: entry.ruleId ?? null,
    parts: JSON.stringify(entry.parts ?? []),
    context: entry.context == null ? null : JSON.stringify(entry.context),
    expiresAtMs: entry.expiresAtMs ?? null,
    ripensAtMs: entry.ripensAtMs ?? null,
    slidesToMs: entry.slidesToMs ?? null,
    lotId: entry.lotId ?? null,
    reason: entry.reason ?? '',
    ...entryStampOf(scope),
  };
  scope.db.runOne(INSERT_ENTRY, row);
  scope.fact('points_transactions', row);
  return row.id;
}

/** What a sale earned or a reward cost, and how much of it has gone back (of an earning positive, of a reward negative). */
export interface BookedOfSale {
  readonly entryId: string;
  /** Of a reward: what the sale knows it by, in its shares and in what it keeps of its rewards. */
  readonly offerId: string;
  readonly seq: number;
  readonly accountId: string;
  readonly customerId: string;
  readonly programId: string;
  readonly isMain: 0 | 1;
  readonly kind: 'earn' | 'redeem';
  readonly points: number;
  readonly versionId: string | null;
  readonly ruleId: string | null;
  readonly trustedAtMs: number;
  readonly parts: string;
  readonly context: string | null;
  readonly reversedPoints: number;
}

/** The earnings and rewards of a sale that stand, those of the main programme first: not what a declined tender gave back. */
export function selectBookedOfSale(db: ReadableDb, saleId: string): BookedOfSale[] {
  return db.all<BookedOfSale>(SELECT_BOOKED_OF_SALE, { saleId });
}

/** The entries by which a sale paid for rewards, also those that a declined tender gave back. */
export function selectRedeemIdsOfSale(db: ReadableDb, saleId: string): string[] {
  return db.all<{ entryId: string }>(SELECT_REDEEM_IDS, { saleId }).map(({ entryId }) => entryId);
}

/** An entry with what has been taken back of it. */
export interface EntryToUndo {
  readonly entryId: string;
  readonly seq: number;
  readonly accountId: string;
  readonly customerId: string;
  readonly programId: string;
  readonly kind: EntryKind;
  readonly points: number;
  readonly saleId: string | null;
  readonly staffId: string | null;
  readonly trustedAtMs: number;
  readonly parts: string;
  readonly reason: string;
  readonly reversedPoints: number;
  readonly isUndone: 0 | 1;
}

export function selectEntryToUndo(db: ReadableDb, merchantId: string, entryId: string): EntryToUndo | null {
  return db.get<EntryToUndo>(SELECT_ENTRY, { merchantId, entryId }) ?? null;
}

/** The balance of an account right after an entry: what the receipt of that sale says for ever. */
export function selectBalanceAfter(
  db: ReadableDb,
  { accountId, programId, seq }: Pick<BookedOfSale, 'accountId' | 'programId' | 'seq'>,
): number {
  return db.get<{ points: number }>(SUM_UP_TO, { accountId, programId, seq })?.points ?? 0;
}

/** What a document did to the main programme: earned is negative on a refund, and redeemed what it gave back. */
export interface PointsOfDocument {
  readonly before: number;
  readonly earned: number;
  readonly redeemed: number;
  readonly after: number;
}

/** The balance before and after a sale or one of its refunds; what a receipt prints, for ever the same. */
export function selectPointsOfDocument(
  db: ReadableDb,
  saleId: string,
  refundId: string | null = null,
): PointsOfDocument | null {
  const row = db.get<Pick<BookedOfSale, 'accountId' | 'programId' | 'seq'> & { earned: number; redeemed: number }>(
    SUM_OF_DOCUMENT,
    { saleId, refundId },
  );
  if (row === undefined) return null;
  const { earned, redeemed } = row;
  const after = selectBalanceAfter(db, row);
  return { before: after - earned + redeemed, earned, redeemed, after };
}
