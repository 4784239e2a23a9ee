import type { SystemScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const INSERT_REFERRAL = sql`
  INSERT INTO referrals (friend_id, referrer_id, merchant_id, staff_id, at_ms)
  VALUES (:friendId, :referrerId, :merchantId, :staffId, :atMs)`;

const SELECT_REFERRER = sql`
  SELECT COALESCE(c.duplicate_of, c.id) AS referrerId
  FROM referrals r
  JOIN customers c ON c.id = r.referrer_id
  WHERE r.friend_id = :friendId`;

/** Of a person: who brought any of their records, the one that stands first. */
const SELECT_REFERRER_OF_PERSON = sql`
  SELECT COALESCE(c.duplicate_of, c.id) AS referrerId
  FROM (SELECT :customerId AS id UNION ALL SELECT id FROM customers WHERE duplicate_of = :customerId) w
  CROSS JOIN referrals r ON r.friend_id = w.id
  JOIN customers c ON c.id = r.referrer_id
  LIMIT 1`;

const UPSERT_PURCHASE = sql`
  INSERT INTO referral_purchases (friend_id, program_id, merchant_id, sale_id, minimum_minor)
  VALUES (:friendId, :programId, :merchantId, :saleId, :minimumMinor)
  ON CONFLICT (friend_id, program_id) DO UPDATE SET sale_id = excluded.sale_id, minimum_minor = excluded.minimum_minor`;

const HAS_PURCHASE = sql`
  SELECT 1 AS found
  FROM referral_purchases
  WHERE friend_id = :friendId
    AND program_id = :programId
    AND sale_id IS NOT NULL`;

const SELECT_PURCHASES_OF_SALE = sql`
  SELECT friend_id AS friendId, program_id AS programId, minimum_minor AS minimumMinor
  FROM referral_purchases
  WHERE sale_id = :saleId
  ORDER BY program_id`;

/** What is left of a sale in goods: stored value is no purchase (C-38). */
const SELECT_REMAINING = sql`
  SELECT CASE
    WHEN t.status <> 'completed' THEN 0
    WHEN t.kind = 'AWARD' THEN t.total_minor - t.refunded_minor
    ELSE COALESCE((
      SELECT SUM(i.payable_minor - COALESCE((
        SELECT SUM(r.amount_minor)
        FROM refund_items r
        WHERE r.transaction_item_id = i.id), 0))
      FROM transaction_items i
      WHERE i.transaction_id = t.id AND i.is_stored_value = 0), 0)
    END AS minor
  FROM transactions t
  WHERE t.id = :saleId`;

/** Keeps who brought a customer who is being enrolled. */
export function insertReferral(
  scope: SystemScope,
  { friendId, referrerId }: { readonly friendId: string; readonly referrerId: string },
): void {
  const { shop, session, moment } = scope;
  const row = { friendId, referrerId, merchantId: shop.merchantId, staffId: session.staffId, atMs: moment.atMs };
  scope.db.runOne(INSERT_REFERRAL, row);
  scope.fact('referrals', row);
}

/** Who brought a customer, by the record that stands for them now; null: nobody. */
export function selectReferrerOf(db: ReadableDb, friendId: string): string | null {
  return db.get<{ referrerId: string }>(SELECT_REFERRER, { friendId })?.referrerId ?? null;
}

/** The same of a person, whichever of their merged records was brought. */
export function selectReferrerOfPerson(db: ReadableDb, customerId: string): string | null {
  return db.get<{ referrerId: string }>(SELECT_REFERRER_OF_PERSON, { customerId })?.referrerId ?? null;
}

/** The first purchase of a friend that counts in a programme; amounts in minor units. */
export interface ReferralPurchase {
  readonly friendId: string;
  readonly programId: string;
  readonly minimumMinor: number;
}

/** Keeps which purchase counted, or (null) that it counts no more. */
export function upsertReferralPurchase(
  scope: SystemScope,
  purchase: ReferralPurchase & { readonly saleId: string | null },
): void {
  const row = { ...purchase, merchantId: scope.shop.merchantId };
  scope.db.runOne(UPSERT_PURCHASE, row);
  scope.fact('referral_purchases', row);
}

export function selectHasReferralPurchase(db: ReadableDb, friendId: string, programId: string): boolean {
  return db.get(HAS_PURCHASE, { friendId, programId }) !== undefined;
}

export function selectReferralPurchasesOf(db: ReadableDb, saleId: string): ReferralPurchase[] {
  return db.all<ReferralPurchase>(SELECT_PURCHASES_OF_SALE, { saleId });
}

/** What is left of a sale in goods, in minor units, after refunds; nothing of a cancelled one. */
export function selectRemainingSpend(db: ReadableDb, saleId: string): number {
  return db.get<{ minor: number }>(SELECT_REMAINING, { saleId })?.minor ?? 0;
}
