import { expect } from 'vitest';
import { selectCreditEntries } from '#backend/credit/credit-entries-store.ts';
import { foldCredit } from '#shop/credit/fold-credit.ts';
import { SPENT_ONCE } from './spent-once-laws.ts';
import type { TillShop } from './till-shop.ts';

// V1 to V6 of vouchers and L1 to L6 of credit and units, computed from the rows alone.

type Row = Record<string, number | string | null>;

/** A sale `t` of which the customer still has something. */
const STANDS = `(t.status = 'completed' AND EXISTS (
  SELECT 1 FROM transaction_items i WHERE i.transaction_id = t.id AND i.quantity_thousandths > COALESCE((
    SELECT SUM(r.quantity_thousandths) FROM refund_items r WHERE r.transaction_item_id = i.id), 0)))`;

/** Statements that find what must not be, each with the law that it would break. */
const BROKEN: Readonly<Record<string, string>> = {
  ...SPENT_ONCE,
  'V1 usage_count is what was used less what came back': `
    SELECT v.id FROM vouchers v WHERE v.usage_count <> (
      SELECT COALESCE(SUM(r.uses - (SELECT COALESCE(SUM(b.uses), 0) FROM voucher_rollbacks b WHERE b.redemption_id = r.id)), 0)
      FROM voucher_redemptions r WHERE r.voucher_id = v.id)`,
  'V1 totals of a campaign are its redemptions less what came back': `
    SELECT t.campaign_id FROM campaign_totals t WHERE (t.uses, t.cost_minor) <> (
      SELECT SUM(r.uses - (SELECT COALESCE(SUM(b.uses), 0) FROM voucher_rollbacks b WHERE b.redemption_id = r.id)),
        SUM(r.discount_amount_minor - (SELECT COALESCE(SUM(b.amount_minor), 0) FROM voucher_rollbacks b WHERE b.redemption_id = r.id))
      FROM voucher_redemptions r WHERE r.campaign_id = t.campaign_id)`,
  'V1 days of a campaign are its totals': `
    SELECT t.campaign_id FROM campaign_totals t WHERE (t.uses, t.cost_minor) <> (
      SELECT SUM(d.uses), SUM(d.cost_minor) FROM campaign_days d WHERE d.campaign_id = t.campaign_id)`,
  'V2 no voucher and no campaign beyond its limit or budget': `
    SELECT v.id FROM vouchers v WHERE v.usage_count > v.usage_limit
    UNION ALL
    SELECT t.campaign_id FROM campaign_totals t
    JOIN campaign_versions c ON c.campaign_id = t.campaign_id
    WHERE t.uses > json_extract(c.definition, '$.limits.total')
      OR t.cost_minor > json_extract(c.definition, '$.limits.budgetMinor')
    UNION ALL
    SELECT d.campaign_id FROM campaign_days d
    JOIN campaign_versions c ON c.campaign_id = d.campaign_id
    WHERE d.uses > json_extract(c.definition, '$.limits.perDay')`,
  'V3 nobody uses more than a customer may, nor what they made': `
    SELECT r.campaign_id FROM voucher_redemptions r
    JOIN campaign_versions c ON c.id = r.campaign_version_id
    WHERE r.customer_id IS NOT NULL
    GROUP BY r.campaign_id, r.customer_id, c.definition
    HAVING SUM(r.uses - (SELECT COALESCE(SUM(b.uses), 0) FROM voucher_rollbacks b WHERE b.redemption_id = r.id))
      > json_extract(c.definition, '$.limits.perCustomer')
    UNION ALL
    SELECT r.id FROM voucher_redemptions r JOIN vouchers v ON v.id = r.voucher_id
    WHERE r.staff_id IN (v.created_by_staff_id, v.issued_by_staff_id)`,
  'V5 V6 nothing is used outside its time or after it was withdrawn': `
    SELECT r.id FROM voucher_redemptions r JOIN vouchers v ON v.id = r.voucher_id
    WHERE r.trusted_at_ms >= v.expires_at_ms OR r.trusted_at_ms < v.starts_at_ms OR r.trusted_at_ms >= v.revoked_at_ms`,
  'C-52 what a sale gave, and nobody has used, goes with it, in whatever order sales come back': `
    SELECT v.id FROM vouchers v JOIN transactions t ON t.id = v.issued_sale_id
    WHERE v.status NOT IN ('redeemed', 'expired', 'revoked') AND NOT ${STANDS}
    UNION ALL
    SELECT q.id FROM customer_vouchers q
    JOIN sale_coupons g ON g.transaction_id = q.claimed_sale_id AND g.voucher_id = q.voucher_id
    WHERE q.status = 'CLAIMED' AND NOT EXISTS (
      SELECT 1 FROM customers c JOIN transactions t ON t.customer_id = c.id
      JOIN sale_coupons s ON s.transaction_id = t.id AND s.voucher_id = q.voucher_id
      WHERE q.customer_id IN (c.id, c.duplicate_of) AND ${STANDS})`,
  'L1 a balance of credit is the sum of its entries': `
    SELECT a.id FROM credit_accounts a WHERE a.balance_minor < 0 OR a.balance_minor <> (
      SELECT COALESCE(SUM(e.amount_minor), 0) FROM store_credit_transactions e WHERE e.account_id = a.id)`,
  'L1 units of a pass are the sum of their entries': `
    SELECT p.id FROM customer_packages p WHERE p.messages_used NOT BETWEEN 0 AND p.units_total
      OR (p.units_total, p.messages_used) <> (
        SELECT COALESCE(SUM(iif(u.kind IN ('grant', 'adjust', 'take-back'), u.units, 0)), 0),
          COALESCE(-SUM(iif(u.kind IN ('use', 'return'), u.units, 0)), 0)
        FROM package_uses u WHERE u.package_id = p.id)`,
  'L2 what moves between accounts cancels out in its command': `
    SELECT group_id FROM store_credit_transactions WHERE system_account = 'moved'
    GROUP BY group_id HAVING SUM(amount_minor) <> 0`,
  'L6 a reversal is of one original, and all of them never more': `
    SELECT o.id FROM store_credit_transactions o JOIN store_credit_transactions r ON r.reverses_id = o.id
    GROUP BY o.id, o.amount_minor, o.reverses_id
    HAVING abs(SUM(r.amount_minor)) > abs(o.amount_minor) OR o.reverses_id IS NOT NULL
    UNION ALL
    SELECT o.id FROM package_uses o JOIN package_uses r ON r.reverses_id = o.id
    GROUP BY o.id, o.units, o.reverses_id HAVING abs(SUM(r.units)) > abs(o.units) OR o.reverses_id IS NOT NULL`,
  'a tender of credit is what was taken from its account': `
    SELECT t.id FROM transaction_tenders t JOIN transactions x ON x.id = t.transaction_id
    WHERE t.kind IN ('credit', 'gift-card') AND t.status = 'approved' AND x.status = 'completed'
      AND t.amount_minor <> (SELECT COALESCE(-SUM(e.amount_minor), 0) FROM store_credit_transactions e
        WHERE e.tender_id = t.id AND e.kind = 'spend')`,
  'what went back of a tender came to its account, and was never more': `
    SELECT t.id FROM transaction_tenders t JOIN transactions x ON x.id = t.transaction_id
    WHERE t.kind IN ('credit', 'gift-card') AND x.status = 'completed'
      AND (SELECT COALESCE(SUM(r.amount_minor), 0) FROM refund_tenders r WHERE r.of_tender_id = t.id)
        <> (SELECT COALESCE(SUM(e.amount_minor), 0) FROM store_credit_transactions e
          WHERE e.tender_id = t.id AND e.kind IN ('return', 'refund'))
    UNION ALL
    SELECT t.id FROM transaction_tenders t
    WHERE t.amount_minor < (SELECT COALESCE(SUM(r.amount_minor), 0) FROM refund_tenders r WHERE r.of_tender_id = t.id)`,
  'a cancelled sale keeps nothing of what paid it, nor of what it used': `
    SELECT x.id FROM transactions x WHERE x.status = 'cancelled' AND (
      EXISTS (SELECT 1 FROM store_credit_transactions e WHERE e.transaction_id = x.id AND e.kind = 'spend'
        AND e.amount_minor + (SELECT COALESCE(SUM(b.amount_minor), 0) FROM store_credit_transactions b
          WHERE b.tender_id = e.tender_id AND b.kind IN ('return', 'refund')) <> 0)
      OR EXISTS (SELECT 1 FROM package_uses u WHERE u.transaction_id = x.id AND u.kind = 'use'
        AND u.units + (SELECT COALESCE(SUM(b.units), 0) FROM package_uses b WHERE b.reverses_id = u.id) <> 0)
      OR EXISTS (SELECT 1 FROM voucher_redemptions r WHERE r.transaction_id = x.id
        AND r.uses <> (SELECT COALESCE(SUM(b.uses), 0) FROM voucher_rollbacks b WHERE b.redemption_id = r.id)))`,
  'a refund is its tenders and what was kept, and never more than its sale': `
    SELECT r.id FROM refunds r WHERE r.amount_minor <> r.deducted_minor
      + (SELECT COALESCE(SUM(t.amount_minor), 0) FROM refund_tenders t WHERE t.refund_id = r.id)
    UNION ALL
    SELECT id FROM transactions WHERE refunded_minor > amount_minor`,
  'a completed sale is its tenders': `
    SELECT x.id FROM transactions x WHERE x.status = 'completed' AND x.amount_minor <> (
      SELECT COALESCE(SUM(t.amount_minor), 0) FROM transaction_tenders t
      WHERE t.transaction_id = x.id AND t.status = 'approved')`,
  'a redemption of a sale is what its offer took off the lines': `
    SELECT r.id FROM voucher_redemptions r WHERE r.transaction_id IS NOT NULL AND r.granted_id IS NULL
      AND r.discount_amount_minor <> (SELECT COALESCE(SUM(d.amount_minor), 0) FROM transaction_discounts d
        WHERE d.transaction_id = r.transaction_id AND d.source_id = COALESCE(r.voucher_id, r.campaign_id))`,
  'a claim is used as long as a use of it stands': `
    SELECT c.id FROM customer_vouchers c
    WHERE c.status = 'REDEEMED' AND NOT EXISTS (SELECT 1 FROM voucher_redemptions r WHERE r.voucher_id = c.voucher_id)`,
  'a code for everybody that a sale gave lies in the wallet as long as a sale stands that bears it': `
    WITH standing AS (
      SELECT s.voucher_id AS voucherId, COALESCE(c.duplicate_of, c.id) AS customerId
      FROM sale_coupons s
      JOIN transactions t ON t.id = s.transaction_id AND t.status = 'completed'
      JOIN customers c ON c.id = t.customer_id
      WHERE EXISTS (SELECT 1 FROM transaction_items i WHERE i.transaction_id = t.id AND i.quantity_thousandths > (
        SELECT COALESCE(SUM(r.quantity_thousandths), 0) FROM refund_items r WHERE r.transaction_item_id = i.id)))
    SELECT v.id FROM customer_vouchers v
    JOIN sale_coupons g ON g.transaction_id = v.claimed_sale_id AND g.voucher_id = v.voucher_id
    WHERE (v.status = 'CLAIMED'
        AND (v.voucher_id, v.customer_id) NOT IN (SELECT voucherId, customerId FROM standing)
        AND NOT EXISTS (SELECT 1 FROM voucher_redemptions u WHERE u.voucher_id = v.voucher_id AND u.customer_id = v.customer_id))
      OR (v.void_reason = 'GIVEN_BACK' AND (v.voucher_id, v.customer_id) IN (SELECT voucherId, customerId FROM standing))`,
  'nothing stays set aside for a sale that has ended': `
    SELECT h.sale_id FROM value_holds h JOIN transactions x ON x.id = h.sale_id
    WHERE x.status IN ('completed', 'cancelled', 'failed')`,
  'C-36 a sale that came back whole has used nothing': `
    SELECT r.id FROM voucher_redemptions r
    WHERE r.uses > (SELECT COALESCE(SUM(b.uses), 0) FROM voucher_rollbacks b WHERE b.redemption_id = r.id)
      AND (SELECT SUM(i.quantity_thousandths) FROM transaction_items i WHERE i.transaction_id = r.transaction_id) = (
        SELECT SUM(g.quantity_thousandths) FROM transaction_items i JOIN refund_items g ON g.transaction_item_id = i.id
        WHERE i.transaction_id = r.transaction_id)`,
  'two wallets never hold one claim, and what is void has a reason': `
    SELECT id FROM customer_vouchers WHERE (status = 'VOIDED') <> (void_reason IS NOT NULL)`,
};

/** Rows that only ever grow: as they stood, in their order. */
const GROWING: Readonly<Record<string, string>> = {
  store_credit_transactions: 'seq',
  package_uses: 'seq',
  voucher_redemptions: 'trusted_at_ms, id',
  voucher_rollbacks: 'at_ms, id',
};

/** How the ledgers stood after the last command. */
export type ValueHistory = Record<string, readonly string[]>;

/** Checks every law but those left out after a command, from the rows alone; keeps in `history` how the ledgers stand. */
export function checkValueLaws({ env, clock }: TillShop, history: ValueHistory, leftOut: readonly string[] = []): void {
  const all = <Found = Row>(statement: string) => env.db.read.all<Found>(statement as never);
  for (const [law, statement] of Object.entries(BROKEN)) {
    if (!leftOut.includes(law)) expect(all(statement), law).toEqual([]);
  }
  // L5: entries never change or disappear.
  for (const [table, order] of Object.entries(GROWING)) {
    const rows = all(`SELECT * FROM ${table} ORDER BY ${order}`).map((row) => JSON.stringify(row));
    const before = history[table] ?? [];
    expect(
      rows.filter((row) => before.includes(row)),
      `L5 ${table}`,
    ).toHaveLength(before.length);
    history[table] = rows;
  }
  // L1, L4: what may be spent is the fold of the entries, and never below zero (asserted by the fold itself).
  for (const { id, balanceMinor } of all<{ id: string; balanceMinor: number }>(
    'SELECT id, balance_minor AS balanceMinor FROM credit_accounts',
  )) {
    const { ledgerMinor, balanceMinor: spendable } = foldCredit(
      selectCreditEntries(env.db.read, id),
      clock.wallNowMs(),
    );
    expect([ledgerMinor, spendable >= 0 && spendable <= balanceMinor]).toEqual([balanceMinor, true]);
  }
}
