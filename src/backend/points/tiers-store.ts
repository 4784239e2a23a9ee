import type { SystemScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_TIER = sql`
  SELECT tier_id AS tierId, since_ms AS sinceMs, keeps_until_ms AS keepsUntilMs
  FROM customer_tiers
  WHERE account_id = :accountId
    AND program_id = :programId`;

const UPSERT_TIER = sql`
  INSERT INTO customer_tiers (account_id, program_id, merchant_id, tier_id, since_ms, keeps_until_ms)
  VALUES (:accountId, :programId, :merchantId, :tierId, :sinceMs, :keepsUntilMs)
  ON CONFLICT (account_id, program_id)
  DO UPDATE SET tier_id = excluded.tier_id, since_ms = excluded.since_ms, keeps_until_ms = excluded.keeps_until_ms`;

const SELECT_ENDS = sql`
  SELECT t.keeps_until_ms AS keepsUntilMs, t.account_id AS accountId, t.program_id AS programId, a.customer_id AS customerId
  FROM customer_tiers t
  JOIN customer_loyalty_accounts a ON a.id = t.account_id
  WHERE t.merchant_id = :merchantId AND t.keeps_until_ms IS NOT NULL AND t.keeps_until_ms <= :untilMs
    AND (t.keeps_until_ms, t.account_id, t.program_id) > (:keepsUntilMs, :accountId, :programId)
  ORDER BY t.keeps_until_ms, t.account_id, t.program_id
  LIMIT :limit`;

/** The tier as it was last written. */
export interface WrittenTier {
  readonly tierId: string;
  readonly sinceMs: number;
  readonly keepsUntilMs: number | null;
}

export function selectTier(db: ReadableDb, accountId: string, programId: string): WrittenTier | null {
  return db.get<WrittenTier>(SELECT_TIER, { accountId, programId }) ?? null;
}

export function upsertTier(scope: SystemScope, given: WrittenTier & { accountId: string; programId: string }): void {
  const row = { ...given, merchantId: scope.shop.merchantId };
  scope.db.runOne(UPSERT_TIER, row);
  scope.fact('customer_tiers', row);
}

/** A tier that is not kept beyond an instant. */
export interface TierEnd {
  readonly keepsUntilMs: number;
  readonly accountId: string;
  readonly programId: string;
  readonly customerId: string;
}

/** The tiers that end until an instant, it included, the earliest first, after the one that is named. */
export function selectTierEnds(
  db: ReadableDb,
  range: Omit<TierEnd, 'customerId'> & {
    readonly merchantId: string;
    readonly untilMs: number;
    readonly limit: number;
  },
): TierEnd[] {
  return db.all<TierEnd>(SELECT_ENDS, { ...range });
}
