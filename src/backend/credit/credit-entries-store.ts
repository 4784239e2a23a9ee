import { type CreditEntry, type CreditKind, creditSystemAccountOf } from '#shop/credit/credit-entry.ts';
import type { SystemScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';
import { entryStampOf } from '../entry-stamp.ts';

const INSERT_ENTRY = sql`
  INSERT INTO store_credit_transactions (
    id, merchant_id, account_id, kind, system_account, amount_minor, reverses_id, lot_id, expires_at_ms, transaction_id,
    refund_id, tender_id, redemption_id, reason, staff_id, approved_by_staff_id, business_date, at_ms, trusted_at_ms,
    group_id)
  VALUES (
    :id, :merchantId, :accountId, :kind, :systemAccount, :amountMinor, :reversesId, :lotId, :expiresAtMs, :transactionId,
    :refundId, :tenderId, :redemptionId, :reason, :staffId, :approvedByStaffId, :businessDate, :atMs, :trustedAtMs,
    :groupId)`;

/** Folded by trusted time: what has ended by it stays ended when somebody turns the clock back. */
const SELECT_ENTRIES = sql`
  SELECT id AS entryId, kind, amount_minor AS amountMinor, trusted_at_ms AS atMs, expires_at_ms AS expiresAtMs,
    reverses_id AS reversesEntryId, lot_id AS lotId
  FROM store_credit_transactions
  WHERE account_id = :accountId
  ORDER BY seq`;

const SELECT_PAGE = sql`
  SELECT seq, id AS entryId, kind, amount_minor AS amountMinor, reason, at_ms AS atMs, expires_at_ms AS expiresAtMs,
    transaction_id AS saleId, refund_id AS refundId, staff_id AS staffId
  FROM store_credit_transactions
  WHERE account_id = :accountId
    AND seq < :beforeSeq
  ORDER BY seq DESC
  LIMIT :limit`;

const SELECT_ENDS = sql`
  SELECT e.expires_at_ms AS atMs, e.seq, e.account_id AS accountId
  FROM store_credit_transactions e
  WHERE e.merchant_id = :merchantId
    AND e.expires_at_ms IS NOT NULL
    AND (e.expires_at_ms, e.seq) > (:afterMs, :afterSeq)
    AND e.expires_at_ms <= :untilMs
  ORDER BY e.expires_at_ms, e.seq
  LIMIT :limit`;

/** What the caller says of a new entry; who, when and which command come from the scope. */
export interface NewCreditEntry {
  readonly accountId: string;
  readonly kind: CreditKind;
  readonly amountMinor: number;
  /** Null: a new id. What jobs write has an id that follows from what it is about. */
  readonly entryId?: string;
  readonly lotId?: string | null;
  readonly expiresAtMs?: number | null;
  readonly reason?: string;
  /** The entry that a 'return', 'reverse' or 'reverse-expire' takes back. */
  readonly reverses?: { readonly entryId: string; readonly kind: CreditKind };
  readonly saleId?: string | null;
  readonly refundId?: string | null;
  readonly tenderId?: string | null;
  /** The redemption of the voucher that gave it. */
  readonly redemptionId?: string | null;
  /** When it counts, UTC ms of trusted time; left out: now. */
  readonly trustedAtMs?: number;
}

/** Appends an entry to the ledger of credit and puts it into the op; the balance follows by trigger. Returns its id. */
export function appendCreditEntry(scope: SystemScope, entry: NewCreditEntry): string {
  const row = {
    id: entry.entryId ?? scope.newId(),
    merchantId: scope.shop.merchantId,
    accountId: entry.accountId,
    kind: entry.kind,
    systemAccount: creditSystemAccountOf(entry.kind, entry.reverses?.kind ?? null),
    amountMinor: entry.amountMinor,
    reversesId: entry.reverses?.entryId ?? null,
    lotId: entry.lotId ?? null,
    expiresAtMs: entry.expiresAtMs ?? null,
    transactionId: entry.saleId ?? null,
    refundId: entry.refundId ?? null,
    tenderId: entry.tenderId ?? null,
    redemptionId: entry.redemptionId ?? null,
    reason: entry.reason ?? '',
    ...entryStampOf(scope),
    ...(entry.trustedAtMs === undefined ? {} : { trustedAtMs: entry.trustedAtMs }),
  };
  scope.db.runOne(INSERT_ENTRY, row);
  scope.fact('store_credit_transactions', row);
  return row.id;
}

/** The entries of an account in the order of the ledger. */
export function selectCreditEntries(db: ReadableDb, accountId: string): CreditEntry[] {
  return db.all<CreditEntry>(SELECT_ENTRIES, { accountId });
}

/** An entry as a list shows it; amountMinor is signed. */
export interface ListedCreditEntry {
  readonly seq: number;
  readonly entryId: string;
  readonly kind: CreditKind;
  readonly amountMinor: number;
  readonly reason: string;
  readonly atMs: number;
  readonly expiresAtMs: number | null;
  readonly saleId: string | null;
  readonly refundId: string | null;
  readonly staffId: string | null;
}

/** The entries before a number, the newest first. */
export function selectCreditPage(
  db: ReadableDb,
  page: { readonly accountId: string; readonly beforeSeq: number; readonly limit: number },
): ListedCreditEntry[] {
  return db.all<ListedCreditEntry>(SELECT_PAGE, { ...page });
}

/** When credit of an account ends, UTC ms; seq is the number of the entry that says so. */
export interface CreditEnd {
  readonly atMs: number;
  readonly seq: number;
  readonly accountId: string;
}

/** The ends of lots in their order. */
export function selectCreditEnds(
  db: ReadableDb,
  range: {
    readonly merchantId: string;
    readonly afterMs: number;
    readonly afterSeq: number;
    readonly untilMs: number;
    readonly limit: number;
  },
): CreditEnd[] {
  return db.all<CreditEnd>(SELECT_ENDS, { ...range });
}
