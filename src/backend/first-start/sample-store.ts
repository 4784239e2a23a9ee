import { type ReadableDb, sql } from '../db/database.ts';

const LAST_WITH_POINTS = sql`
  SELECT DISTINCT account_id AS accountId
  FROM points_transactions
  WHERE seq > (SELECT MAX(seq) FROM points_transactions) - :sample
    AND merchant_id = :merchantId`;

const COUNT_WRONG_POINTS = sql`
  SELECT COUNT(*) AS count
  FROM json_each(:accountIds) e
  JOIN customer_loyalty_accounts a ON a.id = e.value
  WHERE a.current_points <> (SELECT SUM(points) FROM points_transactions f WHERE f.account_id = a.id)`;

const LAST_WITH_CREDIT = sql`
  SELECT DISTINCT account_id AS accountId
  FROM store_credit_transactions
  WHERE seq > (SELECT MAX(seq) FROM store_credit_transactions) - :sample
    AND merchant_id = :merchantId`;

const COUNT_WRONG_CREDIT = sql`
  SELECT COUNT(*) AS count
  FROM json_each(:accountIds) e
  JOIN credit_accounts a ON a.id = e.value
  WHERE a.balance_minor <> (SELECT SUM(amount_minor) FROM store_credit_transactions f WHERE f.account_id = a.id)`;

const LEDGERS = [
  { last: LAST_WITH_POINTS, countWrong: COUNT_WRONG_POINTS },
  { last: LAST_WITH_CREDIT, countWrong: COUNT_WRONG_CREDIT },
];

/** How many balances of points and credit, of the accounts that the last `sample` entries name, are not the sum of their entries. */
export function countWrongBalances(db: ReadableDb, merchantId: string, sample: number): number {
  return LEDGERS.reduce((wrong, { last, countWrong }) => {
    const rows = db.all<{ accountId: string }>(last, { merchantId, sample });
    const accountIds = JSON.stringify(rows.map(({ accountId }) => accountId));
    return wrong + (db.get<{ count: number }>(countWrong, { accountIds })?.count ?? 0);
  }, 0);
}
