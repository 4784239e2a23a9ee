import type { JsonRow } from '../command-scope.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_TRY = sql`
  SELECT version, tried_on AS triedOn
  FROM vouchers_not_given
  WHERE id = :id`;

const UPSERT = sql`
  INSERT INTO vouchers_not_given (id, merchant_id, campaign_id, customer_id, version, reason, tried_on)
  VALUES (:id, :merchantId, :campaignId, :customerId, :version, :reason, :triedOn)
  ON CONFLICT (id) DO UPDATE SET version = excluded.version, reason = excluded.reason, tried_on = excluded.tried_on`;

const SET_GIVEN = sql`
  UPDATE vouchers_not_given
  SET given_at_ms = :givenAtMs
  WHERE id = :id`;

const COUNT_BY_REASON = sql`
  SELECT reason, COUNT(*) AS customers
  FROM vouchers_not_given
  WHERE campaign_id = :campaignId
    AND given_at_ms IS NULL
  GROUP BY reason
  ORDER BY customers DESC, reason`;

/** When something was last tried, as a civil date, and by which version of its campaign; null: it was never refused. */
export function selectNotGiven(
  db: ReadableDb,
  id: string,
): { readonly version: number; readonly triedOn: string } | null {
  return db.get<{ version: number; triedOn: string }>(SELECT_TRY, { id }) ?? null;
}

/** Keeps why a customer whom a rule meant got nothing; returns the row for the op. */
export function upsertNotGiven(
  db: WritableDb,
  row: {
    /** The key of the cause (issueKeyOf). */
    readonly id: string;
    readonly merchantId: string;
    readonly campaignId: string;
    readonly customerId: string;
    readonly version: number;
    readonly reason: string;
    /** The civil date of the try. */
    readonly triedOn: string;
  },
): JsonRow {
  db.runOne(UPSERT, row);
  return row;
}

/** Says of what was refused before that it was given since. */
export function setGiven(db: WritableDb, row: { readonly id: string; readonly givenAtMs: number }): void {
  db.runOne(SET_GIVEN, row);
}

/** How many customers a campaign's rule meant who got nothing, by the reason. */
export function countNotGiven(
  db: ReadableDb,
  campaignId: string,
): { readonly reason: string; readonly customers: number }[] {
  return db.all<{ reason: string; customers: number }>(COUNT_BY_REASON, { campaignId });
}
