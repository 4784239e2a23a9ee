import { type ReadableDb, sql } from '../db/database.ts';

/** A hold whose time is over counts nothing; nobody has to delete it. */
const SUM_HELD = sql`
  SELECT COALESCE(SUM(uses), 0) AS uses, COALESCE(SUM(amount_minor), 0) AS amountMinor,
    MAX(ends_at_ms) AS untilMs
  FROM value_holds
  WHERE subject_kind = :subjectKind
    AND subject_id = :subjectId
    AND sale_id <> :saleId
    AND (ends_at_ms IS NULL OR ends_at_ms > :atMs)`;

/** Also what was set aside for a record that has since been merged into the customer's. */
const SUM_HELD_OF_CUSTOMER = sql`
  SELECT COALESCE(SUM(h.uses), 0) AS uses
  FROM value_holds h
  WHERE h.subject_kind = 'campaign'
    AND h.subject_id = :campaignId
    AND h.sale_id <> :saleId
    AND (h.ends_at_ms IS NULL OR h.ends_at_ms > :atMs)
    AND (h.customer_id = :customerId
      OR h.customer_id IN (SELECT d.id FROM customers d WHERE d.duplicate_of = :customerId))`;

/** What is set aside: uses of a voucher or pass, minor units of an account or budget; untilMs: the last of them that lapses. */
export interface Held {
  readonly uses: number;
  readonly amountMinor: number;
  readonly untilMs: number | null;
}

/** What the sales that still run have set aside of a subject at an instant (trusted, UTC ms), leaving out one sale. */
export function selectHeld(
  db: ReadableDb,
  of: {
    readonly subjectKind: 'voucher' | 'campaign' | 'credit' | 'pass';
    readonly subjectId: string;
    readonly saleId: string | null;
    readonly atMs: number;
  },
): Held {
  return db.get<Held>(SUM_HELD, { ...of, saleId: of.saleId ?? '' }) ?? { uses: 0, amountMinor: 0, untilMs: null };
}

/** How many uses of a campaign the other sales of one customer have set aside at an instant (trusted, UTC ms). */
export function selectHeldOfCustomer(
  db: ReadableDb,
  of: {
    readonly campaignId: string;
    readonly customerId: string;
    readonly saleId: string | null;
    readonly atMs: number;
  },
): number {
  return db.get<{ uses: number }>(SUM_HELD_OF_CUSTOMER, { ...of, saleId: of.saleId ?? '' })?.uses ?? 0;
}
