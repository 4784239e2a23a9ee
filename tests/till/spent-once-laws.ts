// What is sold of goods and what is sold of stored value, computed from the lines and what came back of them (decision 0031).

const LINES = (isStoredValue: 0 | 1) => `COALESCE((
  SELECT SUM(i.payable_minor - COALESCE((
    SELECT SUM(r.amount_minor) FROM refund_items r WHERE r.transaction_item_id = i.id), 0))
  FROM transaction_items i WHERE i.transaction_id = t.id AND i.is_stored_value = ${isStoredValue}), 0)`;
const BOOKED = (column: string) =>
  `COALESCE((SELECT SUM(e.${column}) FROM sale_entries e WHERE e.transaction_id = t.id), 0)`;
/** How far cash was rounded, with the sale and with each refund. */
const ROUNDED = `(abs(t.cash_rounding_minor) + COALESCE((
  SELECT SUM(abs(r.cash_rounding_minor)) FROM refunds r WHERE r.transaction_id = t.id), 0))`;
const IS_VALUE_ALONE = 'e.amount_minor = 0 AND e.sold_value_minor <> 0';

/** Statements that find what must not be, each with the law that it would break. */
export const SPENT_ONCE: Readonly<Record<string, string>> = {
  'a sale is booked with what its goods sold less what came back of them, and its stored value beside it': `
    SELECT t.id FROM transactions t WHERE t.status = 'completed' AND t.kind = 'SALE' AND (
      abs(${BOOKED('amount_minor')} - ${LINES(0)}) > ${ROUNDED}
      OR abs(${BOOKED('sold_value_minor')} - ${LINES(1)}) > ${ROUNDED})`,
  'both together are what was paid less what was handed back, and nothing of a sale that was cancelled': `
    SELECT t.id FROM transactions t WHERE t.completed_at_ms IS NOT NULL
      AND ${BOOKED('amount_minor + e.sold_value_minor')} <> iif(t.status = 'completed', t.amount_minor - t.refunded_minor, 0)`,
  'neither is ever negative, nor booked where nothing of it was paid for': `
    SELECT t.id FROM transactions t WHERE ${BOOKED('amount_minor')} < 0 OR ${BOOKED('sold_value_minor')} < 0
    UNION ALL
    SELECT t.id FROM transactions t JOIN sale_entries e ON e.transaction_id = t.id
    WHERE (e.amount_minor <> 0 AND t.kind = 'SALE' AND NOT EXISTS (
        SELECT 1 FROM transaction_items i WHERE i.transaction_id = t.id AND i.is_stored_value = 0 AND i.payable_minor > 0))
      OR (e.sold_value_minor <> 0 AND NOT EXISTS (
        SELECT 1 FROM transaction_items i WHERE i.transaction_id = t.id AND i.is_stored_value = 1))`,
  'a customer who is added later moves both parts and changes nothing in the day': `
    SELECT e.transaction_id FROM sale_entries e WHERE e.kind IN ('DETACH', 'ATTACH')
    GROUP BY e.transaction_id, e.business_date, e.local_hour
    HAVING SUM(e.amount_minor) <> 0 OR SUM(e.sold_value_minor) <> 0 OR SUM(e.sales_delta) <> 0
    UNION ALL
    SELECT t.id FROM transactions t JOIN sale_entries e ON e.transaction_id = t.id AND e.customer_id IS NULL
    WHERE t.customer_id IS NOT NULL
    GROUP BY t.id HAVING SUM(e.amount_minor) <> 0 OR SUM(e.sold_value_minor) <> 0`,
  'a customer has spent what was booked of theirs in goods, in all and by day': `
    SELECT c.id FROM customers c WHERE c.total_spent_minor <> COALESCE((
      SELECT SUM(e.amount_minor) FROM sale_entries e WHERE e.customer_id = c.id), 0)
    UNION ALL
    SELECT v.customer_id FROM customer_visits v WHERE v.spent_minor <> (
      SELECT SUM(e.amount_minor) FROM sale_entries e
      WHERE e.customer_id = v.customer_id AND e.business_date = v.business_date)`,
  'a day and its hours are what was booked': `
    SELECT d.business_date FROM merchant_daily_analytics d
    WHERE (d.total_sales_minor, d.sold_value_minor, d.value_only_transactions, d.refunds_minor, d.refunds_count) <> (
      SELECT COALESCE(SUM(e.amount_minor), 0), COALESCE(SUM(e.sold_value_minor), 0),
        COALESCE(SUM(e.sales_delta) FILTER (WHERE e.kind <> 'REFUND' AND ${IS_VALUE_ALONE}), 0),
        COALESCE(SUM(-e.amount_minor) FILTER (WHERE e.kind = 'REFUND'), 0),
        COUNT(*) FILTER (WHERE e.kind = 'REFUND' AND NOT (${IS_VALUE_ALONE}))
      FROM sale_entries e WHERE e.business_date = d.business_date)
    UNION ALL
    SELECT h.business_date FROM merchant_hourly_analytics h WHERE h.sales_minor <> (
      SELECT SUM(e.amount_minor) FROM sale_entries e
      WHERE e.business_date = h.business_date AND e.local_hour = h.local_hour)`,
};
