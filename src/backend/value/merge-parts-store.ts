import type { ClaimStatus } from '#shop/vouchers/life-cycle.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const NEXT_POSITION = sql`
  SELECT COALESCE(MAX(position) + 1, 0) AS position
  FROM customer_merge_parts
  WHERE merge_id = :mergeId`;

const INSERT_PART = sql`
  INSERT INTO customer_merge_parts (merge_id, position, merchant_id, kind, subject_id, other_id, was)
  VALUES (:mergeId, :position, :merchantId, :kind, :subjectId, :otherId, :was)`;

const SELECT_PARTS = sql`
  SELECT kind, subject_id AS subjectId, other_id AS otherId, was
  FROM customer_merge_parts
  WHERE merge_id = :mergeId
  ORDER BY position`;

const REPLACE_ARRIVAL = sql`
  UPDATE customer_merge_parts
  SET other_id = :byEntryId
  WHERE other_id = :entryId
    AND kind = 'credit'`;

const SELECT_MOVED_CREDIT = sql`
  SELECT lot_id AS lotId, account_id AS accountId, -amount_minor AS amountMinor
  FROM store_credit_transactions
  WHERE id = :entryId`;

const SELECT_CLAIMS = sql`
  SELECT id AS customerVoucherId, customer_id AS customerId, voucher_id AS voucherId, status, void_reason AS voidReason,
    claimed_at_ms AS claimedAtMs, claimed_sale_id AS claimedSaleId, expires_at_ms AS expiresAtMs
  FROM customer_vouchers
  WHERE customer_id = :customerId
  ORDER BY wallet_order, id`;

const SELECT_CLAIM = sql`
  SELECT id AS customerVoucherId, customer_id AS customerId, voucher_id AS voucherId, status, void_reason AS voidReason,
    claimed_at_ms AS claimedAtMs, claimed_sale_id AS claimedSaleId, expires_at_ms AS expiresAtMs
  FROM customer_vouchers
  WHERE id = :customerVoucherId`;

const UPDATE_CLAIM = sql`
  UPDATE customer_vouchers
  SET status = :status, void_reason = :voidReason, claimed_at_ms = :claimedAtMs, claimed_sale_id = :claimedSaleId,
    expires_at_ms = :expiresAtMs
  WHERE id = :id`;

const MOVE_CLAIM = sql`
  UPDATE customer_vouchers
  SET customer_id = :customerId, wallet_order = :walletOrder
  WHERE id = :id`;

const SELECT_LAST_ORDER = sql`
  SELECT COALESCE(MAX(wallet_order), 0) AS walletOrder
  FROM customer_vouchers
  WHERE customer_id = :customerId`;

const SELECT_VOUCHERS_OF = sql`
  SELECT id
  FROM vouchers
  WHERE holder_customer_id = :customerId`;

const MOVE_VOUCHER = sql`
  UPDATE vouchers
  SET holder_customer_id = :customerId
  WHERE id = :id`;

const SELECT_CARDS_OF = sql`
  SELECT id
  FROM credit_accounts
  WHERE customer_id = :customerId
    AND kind = 'gift-card'`;

const MOVE_CARD = sql`
  UPDATE credit_accounts
  SET customer_id = :customerId
  WHERE id = :id`;

const MOVE_PASS = sql`
  UPDATE customer_packages
  SET customer_id = :customerId
  WHERE id = :id`;

/** What of a claim changes when it becomes one with another. */
export interface ClaimTerms {
  readonly status: ClaimStatus;
  readonly voidReason: string | null;
  readonly claimedAtMs: number;
  readonly claimedSaleId: string | null;
  readonly expiresAtMs: number | null;
}

/** A claim as it stands. */
export interface StandingClaim extends ClaimTerms {
  readonly customerVoucherId: string;
  readonly customerId: string;
  readonly voucherId: string;
}

/** How two claims of a merge stood, and how the one that stayed stood after it. */
export interface JoinedClaims {
  readonly from: ClaimTerms;
  readonly into: ClaimTerms;
  readonly joined: ClaimTerms;
}

/** One thing that went along with a merge; other: where credit arrived, or the claim that another became one with. */
export type MergePart =
  | { readonly kind: 'claim' | 'voucher' | 'gift-card' | 'pass' | 'frozen'; readonly subjectId: string }
  | { readonly kind: 'credit'; readonly subjectId: string; readonly otherId: string }
  | { readonly kind: 'joined-claim'; readonly subjectId: string; readonly otherId: string; readonly was: JoinedClaims };

/** Remembers what went along with a merge, then or since. */
export function insertMergeParts(
  db: WritableDb,
  { mergeId, merchantId, parts }: { mergeId: string; merchantId: string; parts: readonly MergePart[] },
): void {
  const first = db.get<{ position: number }>(NEXT_POSITION, { mergeId })?.position ?? 0;
  for (const [index, part] of parts.entries()) {
    const otherId = 'otherId' in part ? part.otherId : null;
    const was = 'was' in part ? JSON.stringify(part.was) : null;
    const { kind, subjectId } = part;
    db.runOne(INSERT_PART, { mergeId, merchantId, position: first + index, kind, subjectId, otherId, was });
  }
}

export function selectMergeParts(db: ReadableDb, mergeId: string): MergePart[] {
  const rows = db.all<{ kind: MergePart['kind']; subjectId: string; otherId: string | null; was: string | null }>(
    SELECT_PARTS,
    { mergeId },
  );
  return rows.map(({ was, ...row }) => ({ ...row, ...(was === null ? {} : { was: JSON.parse(was) }) }) as MergePart);
}

/** Credit that had arrived by an earlier merge went on and came back: from now on it stands in another entry. */
export function replaceArrival(db: WritableDb, given: { readonly entryId: string; readonly byEntryId: string }): void {
  db.run(REPLACE_ARRIVAL, given);
}

/** What left an account by an entry, above zero, and the lot that it left. */
export function selectMovedCredit(
  db: ReadableDb,
  entryId: string,
): { readonly lotId: string | null; readonly accountId: string; readonly amountMinor: number } | null {
  return (
    db.get<{ lotId: string | null; accountId: string; amountMinor: number }>(SELECT_MOVED_CREDIT, { entryId }) ?? null
  );
}

/** Every claim of a customer, in the order of the wallet. */
export function selectOwnedClaims(db: ReadableDb, customerId: string): StandingClaim[] {
  return db.all<StandingClaim>(SELECT_CLAIMS, { customerId });
}

export function selectOwnedClaim(db: ReadableDb, customerVoucherId: string): StandingClaim | null {
  return db.get<StandingClaim>(SELECT_CLAIM, { customerVoucherId }) ?? null;
}

/** Writes how a claim stands. */
export function updateClaimTerms(db: WritableDb, id: string, terms: ClaimTerms): void {
  const { status, voidReason, claimedAtMs, claimedSaleId, expiresAtMs } = terms;
  db.runOne(UPDATE_CLAIM, { id, status, voidReason, claimedAtMs, claimedSaleId, expiresAtMs });
}

/** The vouchers that only this customer may use, and the gift cards that were given to them. */
export function selectHeldBy(db: ReadableDb, customerId: string): { vouchers: string[]; giftCards: string[] } {
  const idsOf = (statement: typeof SELECT_CARDS_OF) =>
    db.all<{ id: string }>(statement, { customerId }).map(({ id }) => id);
  return { vouchers: idsOf(SELECT_VOUCHERS_OF), giftCards: idsOf(SELECT_CARDS_OF) };
}

const MOVES = { voucher: MOVE_VOUCHER, 'gift-card': MOVE_CARD, pass: MOVE_PASS } as const;

/** Gives a claim to another record, at the end of its wallet; returns its place there. */
export function moveClaim(
  db: WritableDb,
  { id, customerId }: { readonly id: string; readonly customerId: string },
): number {
  const last = db.get<{ walletOrder: number }>(SELECT_LAST_ORDER, { customerId })?.walletOrder ?? 0;
  db.runOne(MOVE_CLAIM, { id, customerId, walletOrder: last + 1 });
  return last + 1;
}

/** Gives a voucher, a gift card or a pass to another record. A gift card may be nobody's. */
export function moveToCustomer(
  db: WritableDb,
  {
    kind,
    id,
    customerId,
  }: { readonly kind: keyof typeof MOVES; readonly id: string; readonly customerId: string | null },
): void {
  db.runOne(MOVES[kind], { id, customerId });
}
