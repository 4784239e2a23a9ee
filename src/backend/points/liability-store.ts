import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_SUMS = sql`
  SELECT COALESCE(SUM(earned_points), 0) AS earnedPoints, COALESCE(SUM(redeemed_points), 0) AS redeemedPoints,
    COALESCE(SUM(expired_points), 0) AS expiredPoints, COALESCE(SUM(adjusted_points), 0) AS adjustedPoints,
    COALESCE(SUM(current_points), 0) AS currentPoints
  FROM programme_balances
  WHERE program_id = :programId
    AND merchant_id = :merchantId`;

const SELECT_ACCOUNTS = sql`
  SELECT b.account_id AS accountId, a.customer_id AS customerId
  FROM programme_balances b
  JOIN customer_loyalty_accounts a ON a.id = b.account_id
  WHERE b.account_id > :afterId
    AND b.program_id = :programId
    AND b.merchant_id = :merchantId
    AND b.current_points <> 0
  ORDER BY b.account_id
  LIMIT :limit`;

/** What was ever booked in a programme; current = earned - redeemed - expired + adjusted. */
export interface ProgrammeSums {
  readonly earnedPoints: number;
  readonly redeemedPoints: number;
  readonly expiredPoints: number;
  readonly adjustedPoints: number;
  readonly currentPoints: number;
}

export function selectProgrammeSums(db: ReadableDb, merchantId: string, programId: string): ProgrammeSums {
  const sums = db.get<ProgrammeSums>(SELECT_SUMS, { merchantId, programId });
  if (sums === undefined) throw new Error('a sum is always one row');
  return sums;
}

/** The next accounts that have points in a programme, or owe some. */
export function selectAccountsWithPoints(
  db: ReadableDb,
  given: {
    readonly merchantId: string;
    readonly programId: string;
    readonly afterId: string;
    readonly limit: number;
  },
): { accountId: string; customerId: string }[] {
  return db.all(SELECT_ACCOUNTS, { ...given });
}
