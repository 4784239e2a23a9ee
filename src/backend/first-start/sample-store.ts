import { type ReadableDb, sql } from '../db/database.ts';

const COUNT_WRONG_POINTS = sql`
  SELECT COUNT(*) AS count
  FROM (
    SELECT DISTINCT account_id
    FROM points_transactions
    WHERE seq > (SELECT MAX(seq) FROM points_transactions) - :sample
      AND merchant_id = :merchantId) e
  JOIN customer_loyalty_accounts a ON a.id = e.account_id
  WHERE a.current_points <> (SELECT SUM(points) FROM points_transactions f WHERE f.account_id = a.id)`;

const COUNT_WRONG_CREDIT = sql`
  SELECT COUNT(*) AS count
  FROM (
    SELECT DISTINCT account_id
    FROM store_credit_transactions
    WHERE seq > (SELECT MAX(seq) FROM store_credit_transactions) - :sample
      AND merchant_id = :merchantId) e
  JOIN credit_accounts a ON a.id = e.account_id
  WHERE a.balance_minor <> (SELECT SUM(amount_minor) FROM store_credit_transactions f WHERE f.account_id = a.id)`;

/** How many balances of points and credit, of the accounts that the last `sample` entries name, are not the sum of their entries. */
export function countWrongBalances(db: ReadableDb, merchantId: string, sample: number): number {
  const points = db.get<{ count: number }>(COUNT_WRONG_POINTS, { merchantId, sample })?.count ?? 0;
  return points + (db.get<{ count: number }>(COUNT_WRONG_CREDIT, { merchantId, sample })?.count ?? 0);
}
