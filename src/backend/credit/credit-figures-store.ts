import type { CreditSystemAccount } from '#shop/credit/credit-entry.ts';
import { type ReadableDb, sql } from '../db/database.ts';

/** A replaced card has nothing; an account that is empty is none that the shop owes. */
const SELECT_OWED = sql`
  SELECT kind, COUNT(*) AS accounts, SUM(balance_minor) AS balanceMinor
  FROM credit_accounts
  WHERE merchant_id = :merchantId
    AND balance_minor > 0
  GROUP BY kind
  ORDER BY kind`;

const SELECT_MOVES = sql`
  SELECT substr(business_date, 1, 7) AS month, system_account AS systemAccount, SUM(amount_minor) AS amountMinor
  FROM store_credit_transactions
  WHERE merchant_id = :merchantId
    AND business_date BETWEEN :fromDate AND :toDate
  GROUP BY month, systemAccount
  ORDER BY month, systemAccount`;

const SUM_SALES = sql`
  SELECT COALESCE(SUM(total_sales_minor), 0) AS salesMinor
  FROM merchant_daily_analytics
  WHERE merchant_id = :merchantId
    AND business_date BETWEEN :fromDate AND :toDate`;

/** What the shop owes on accounts of a kind that are not empty. */
export interface CreditOwed {
  readonly kind: 'credit' | 'gift-card';
  readonly accounts: number;
  readonly balanceMinor: number;
}

/** What entries of a month moved between customers and a system account; signed as on the customers' side. */
export interface CreditMove {
  readonly month: string;
  readonly systemAccount: CreditSystemAccount;
  readonly amountMinor: number;
}

export function selectCreditOwed(db: ReadableDb, merchantId: string): CreditOwed[] {
  return db.all<CreditOwed>(SELECT_OWED, { merchantId });
}

/** What was sold less what was refunded, from a business date to another, both included. */
export function selectSalesTotal(
  db: ReadableDb,
  range: { readonly merchantId: string; readonly fromDate: string; readonly toDate: string },
): number {
  return db.get<{ salesMinor: number }>(SUM_SALES, { ...range })?.salesMinor ?? 0;
}

/** Sums by month and system account from a business date to another, both included. */
export function selectCreditMoves(
  db: ReadableDb,
  range: { readonly merchantId: string; readonly fromDate: string; readonly toDate: string },
): CreditMove[] {
  return db.all<CreditMove>(SELECT_MOVES, { ...range });
}
