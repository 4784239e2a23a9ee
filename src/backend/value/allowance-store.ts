import { mustHave } from '#shop/must.ts';
import { type ReadableDb, sql } from '../db/database.ts';

/**
 * An account with those whose credit went to it: cards that it replaces, and records that were merged into its customer's. Each
 * spend of the day less what came back of it, whenever that was, by its tender: it may have come back to another card.
 */
const SELECT_OF_ACCOUNT = sql`
  WITH RECURSIVE same (accountId) AS (
    SELECT :accountId
    UNION
    SELECT a.id
    FROM same s
    CROSS JOIN credit_accounts a ON a.replaced_by_id = s.accountId
    UNION
    SELECT a.id
    FROM same s
    CROSS JOIN credit_accounts i ON i.id = s.accountId AND i.kind = 'credit'
    CROSS JOIN customers d ON d.duplicate_of = i.customer_id
    CROSS JOIN credit_accounts a ON a.customer_id = d.id AND a.kind = 'credit'
  )
  SELECT COALESCE((
      SELECT SUM(h.amount_minor)
      FROM same s
      CROSS JOIN value_holds h ON h.subject_kind = 'credit' AND h.subject_id = s.accountId
      WHERE h.sale_id <> :saleId
        AND (h.ends_at_ms IS NULL OR h.ends_at_ms > :atMs)), 0) AS held, COALESCE((
      SELECT -SUM(e.amount_minor + COALESCE((
          SELECT SUM(b.amount_minor)
          FROM store_credit_transactions b
          WHERE b.transaction_id = e.transaction_id
            AND b.tender_id = e.tender_id
            AND b.amount_minor > 0), 0))
      FROM same s
      CROSS JOIN store_credit_transactions e ON e.account_id = s.accountId
      CROSS JOIN transactions t ON t.id = e.transaction_id
      WHERE e.kind = 'spend'
        AND e.business_date = :businessDate
        AND t.terminal_id = :terminalId), 0) AS given`;

/** The same of all accounts: what this till has set aside and given out of credit in a business day. */
const SELECT_OF_TILL = sql`
  SELECT COALESCE((
      SELECT SUM(h.amount_minor)
      FROM value_holds h
      WHERE h.merchant_id = :merchantId
        AND h.subject_kind = 'credit'
        AND h.sale_id <> :saleId
        AND (h.ends_at_ms IS NULL OR h.ends_at_ms > :atMs)), 0) AS held, COALESCE((
      SELECT -SUM(e.amount_minor + COALESCE((
          SELECT SUM(b.amount_minor)
          FROM store_credit_transactions b
          WHERE b.transaction_id = e.transaction_id
            AND b.tender_id = e.tender_id
            AND b.amount_minor > 0), 0))
      FROM store_credit_transactions e
      CROSS JOIN transactions t ON t.id = e.transaction_id
      WHERE e.merchant_id = :merchantId
        AND e.business_date = :businessDate
        AND e.kind = 'spend'
        AND t.terminal_id = :terminalId), 0) AS given`;

/** Uses of a code at this till from an instant on, less what was given back of them. */
const SELECT_USES = sql`
  SELECT COALESCE(SUM(r.uses - COALESCE((
      SELECT SUM(b.uses)
      FROM voucher_rollbacks b
      WHERE b.redemption_id = r.id), 0)), 0) AS uses
  FROM voucher_redemptions r
  WHERE r.voucher_id = :voucherId
    AND r.terminal_id = :terminalId
    AND r.trusted_at_ms >= :fromMs`;

/** What a till has given out of credit and what its other sales have set aside, minor units. */
interface GivenCredit {
  readonly given: number;
  readonly held: number;
}

interface OfDay {
  readonly terminalId: string;
  readonly businessDate: string;
  /** The sale whose own holds do not count; '' for none. */
  readonly saleId: string;
  /** Trusted time, UTC ms: what has lapsed by then is held no more. */
  readonly atMs: number;
}

/** What a till has given out of an account in a business day. */
export function selectGivenOfAccount(db: ReadableDb, of: OfDay & { readonly accountId: string }): GivenCredit {
  return mustHave(db.get<GivenCredit>(SELECT_OF_ACCOUNT, { ...of }), 'one row of sums');
}

/** What a till has given out of all credit in a business day. */
export function selectGivenOfTill(db: ReadableDb, of: OfDay & { readonly merchantId: string }): GivenCredit {
  return mustHave(db.get<GivenCredit>(SELECT_OF_TILL, { ...of }), 'one row of sums');
}

/** How often a code was used at a till since an instant of trusted time, UTC ms. */
export function selectUsesHere(
  db: ReadableDb,
  of: { readonly voucherId: string; readonly terminalId: string; readonly fromMs: number },
): number {
  return db.get<{ uses: number }>(SELECT_USES, { ...of })?.uses ?? 0;
}
