import { type ReadableDb, sql } from '../db/database.ts';

const SUM_SALES = sql`
  SELECT COUNT(*) AS sales, COALESCE(SUM(amount_minor), 0) AS salesMinor
  FROM sale_entries
  WHERE merchant_id = :merchantId
    AND business_date >= :sinceDate
    AND at_ms > :sinceMs
    AND kind = 'SALE'`;

const COUNT_OPS = sql`
  SELECT COUNT(*) AS commands, COALESCE(SUM(type = 'customers.enrol'), 0) AS customers
  FROM outbox
  WHERE (incarnation, seq) > (:incarnation, :lastOpSeq)`;

const SELECT_ERASED = sql`
  SELECT customer_id AS customerId
  FROM customer_erasures
  WHERE merchant_id = :merchantId
    AND erased_at_ms > :sinceMs`;

/** What a shop would lose by going back. Amounts in minor units. */
export interface Lost {
  readonly sales: number;
  readonly salesMinor: number;
  readonly customers: number;
  /** Everything that was done since, sales and customers with it. */
  readonly commands: number;
}

/** What came after a state of the shop: after its last op, and after its last command (UTC ms, and its business date or earlier). */
export function selectLost(
  db: ReadableDb,
  merchantId: string,
  since: {
    readonly incarnation: number;
    readonly lastOpSeq: number;
    readonly sinceMs: number;
    readonly sinceDate: string;
  },
): Lost {
  const { incarnation, lastOpSeq, sinceMs, sinceDate } = since;
  const sold = db.get<Pick<Lost, 'sales' | 'salesMinor'>>(SUM_SALES, { merchantId, sinceMs, sinceDate });
  const ops = db.get<Pick<Lost, 'commands' | 'customers'>>(COUNT_OPS, { incarnation, lastOpSeq });
  return { sales: 0, salesMinor: 0, customers: 0, commands: 0, ...sold, ...ops };
}

/** Who was erased after an instant, UTC ms. */
export function selectErasedSince(db: ReadableDb, merchantId: string, sinceMs: number): string[] {
  return db.all<{ customerId: string }>(SELECT_ERASED, { merchantId, sinceMs }).map(({ customerId }) => customerId);
}
