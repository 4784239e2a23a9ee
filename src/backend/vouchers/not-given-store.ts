import type { JsonRow } from '../command-scope.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_TRY = sql`
  SELECT version, tried_on AS triedOn, first_tried_on AS firstTriedOn, is_lasting AS isLasting
  FROM vouchers_not_given
  WHERE id = :id`;

const UPSERT = sql`
  INSERT INTO vouchers_not_given (
    id, merchant_id, campaign_id, customer_id, version, reason, tried_on, first_tried_on, is_lasting)
  VALUES (:id, :merchantId, :campaignId, :customerId, :version, :reason, :triedOn, :firstTriedOn, :isLasting)
  ON CONFLICT (id) DO UPDATE SET version = excluded.version, reason = excluded.reason, tried_on = excluded.tried_on,
    is_lasting = excluded.is_lasting`;

const SELECT_OPEN = sql`
  SELECT n.id, n.first_tried_on AS firstTriedOn, n.customer_id AS customerId, c.last_visit_at_ms AS lastVisitMs
  FROM vouchers_not_given n
  JOIN customers c ON c.id = n.customer_id AND c.status = 'active' AND c.duplicate_of IS NULL
  WHERE n.campaign_id = :campaignId
    AND n.given_at_ms IS NULL
    AND n.first_tried_on >= :fromDay
    AND (n.first_tried_on, n.id) > (:afterDay, :afterId)
    AND (n.version <> :version OR (n.is_lasting = 0 AND n.tried_on <> :today))
  ORDER BY n.first_tried_on, n.id
  LIMIT :limit`;

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

/** How something was last tried that was refused; days are civil dates. */
export interface RefusedTry {
  /** The version of the campaign under which it was tried. */
  readonly version: number;
  readonly triedOn: string;
  readonly firstTriedOn: string;
  /** Under the same terms it will be refused again (isLastingRefusal). */
  readonly isLasting: 0 | 1;
}

/** How something was last tried; null: it was never refused. */
export function selectNotGiven(db: ReadableDb, id: string): RefusedTry | null {
  return db.get<RefusedTry>(SELECT_TRY, { id }) ?? null;
}

/** Something that is to be tried again, by the day of its first try. */
export interface OpenTry {
  /** The key of the cause (issueKeyOf). */
  readonly id: string;
  readonly firstTriedOn: string;
  readonly customerId: string;
  /** UTC ms; null: never here. */
  readonly lastVisitMs: number | null;
}

/** What was first refused since a day and can be tried again today: under new terms, or because it may have passed. */
export function selectOpenTries(
  db: ReadableDb,
  page: {
    readonly campaignId: string;
    readonly version: number;
    readonly today: string;
    readonly fromDay: string;
    readonly afterDay: string;
    readonly afterId: string;
    readonly limit: number;
  },
): OpenTry[] {
  return db.all<OpenTry>(SELECT_OPEN, page);
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
    readonly firstTriedOn: string;
    readonly isLasting: 0 | 1;
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
