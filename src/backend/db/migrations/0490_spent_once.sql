-- Credit, gift cards and passes are sold once as stored value, and what they pay for is sold once as goods (decision 0031).

-- What of the amount sold credit, gift cards and passes; stored_value_minor is what such value paid of it.
ALTER TABLE transactions ADD COLUMN sold_value_minor INTEGER NOT NULL DEFAULT 0
  CHECK (sold_value_minor BETWEEN 0 AND amount_minor);
-- What of the amount takes such value back.
ALTER TABLE refunds ADD COLUMN sold_value_minor INTEGER NOT NULL DEFAULT 0
  CHECK (sold_value_minor BETWEEN 0 AND amount_minor);
-- Stored value, beside the goods and services of amount_minor.
ALTER TABLE sale_entries ADD COLUMN sold_value_minor INTEGER NOT NULL DEFAULT 0;
-- Stored value sold less what came back of it; total_sales_minor is goods and services.
ALTER TABLE merchant_daily_analytics ADD COLUMN sold_value_minor INTEGER NOT NULL DEFAULT 0;
-- Sales of nothing but stored value: they count as sales of the day and are no basket; their refunds take nothing off sales.
ALTER TABLE merchant_daily_analytics ADD COLUMN value_only_transactions INTEGER NOT NULL DEFAULT 0;

DROP TRIGGER refunds_frozen;
DROP TRIGGER sale_entries_frozen;
DROP TRIGGER transactions_completed_on_insert;
DROP TRIGGER transactions_completed_on_update;
DROP TRIGGER transactions_cancelled;
DROP TRIGGER transactions_attached;
DROP TRIGGER refunds_booked;
DROP TRIGGER sale_entries_to_day;

-- What is there is read from its lines, by the same rules.
UPDATE transactions SET sold_value_minor = s.sold_minor
FROM (
  SELECT t.id, CASE WHEN SUM(i.payable_minor) = t.total_minor THEN t.amount_minor
    ELSE min(SUM(i.payable_minor), t.amount_minor) END AS sold_minor
  FROM transactions t
  JOIN transaction_items i ON i.transaction_id = t.id AND i.is_stored_value = 1
  GROUP BY t.id) s
WHERE s.id = transactions.id;
WITH parts AS (
  SELECT r.id, r.transaction_id, r.created_at_ms, r.amount_minor, t.sold_value_minor,
    t.amount_minor - t.sold_value_minor AS goods_minor, (
      SELECT CASE WHEN SUM(i.is_stored_value = 0) = 0 THEN r.amount_minor
        ELSE min(r.amount_minor, SUM(iif(i.is_stored_value = 1, x.amount_minor, 0))) END
      FROM refund_items x
      JOIN transaction_items i ON i.id = x.transaction_item_id
      WHERE x.refund_id = r.id) AS wanted_minor
  FROM refunds r
  JOIN transactions t ON t.id = r.transaction_id
  WHERE t.sold_value_minor > 0),
sums AS (
  SELECT id, transaction_id, created_at_ms, max(
    SUM(amount_minor) OVER earlier - goods_minor, min(sold_value_minor, SUM(wanted_minor) OVER earlier)) AS back_minor
  FROM parts
  WINDOW earlier AS (PARTITION BY transaction_id ORDER BY created_at_ms, id))
UPDATE refunds SET sold_value_minor = s.minor
FROM (
  SELECT id, back_minor - LAG(back_minor, 1, 0) OVER (PARTITION BY transaction_id ORDER BY created_at_ms, id) AS minor
  FROM sums) s
WHERE s.id = refunds.id;
UPDATE sale_entries SET sold_value_minor = -r.sold_value_minor, amount_minor = sale_entries.amount_minor + r.sold_value_minor
FROM refunds r
WHERE r.id = sale_entries.refund_id AND r.sold_value_minor > 0;
UPDATE sale_entries SET sold_value_minor = s.minor, amount_minor = sale_entries.amount_minor - s.minor
FROM (
  SELECT e.seq, CASE WHEN e.kind IN ('CANCEL', 'DETACH') THEN -1 ELSE 1 END * (t.sold_value_minor + CASE
    WHEN e.kind IN ('DETACH', 'ATTACH') THEN COALESCE((
      SELECT SUM(b.sold_value_minor) FROM sale_entries b
      WHERE b.refund_id IN (SELECT id FROM refunds WHERE transaction_id = t.id) AND b.seq < e.seq), 0)
    ELSE 0 END) AS minor
  FROM transactions t
  CROSS JOIN sale_entries e ON e.transaction_id = t.id AND e.kind <> 'REFUND'
  WHERE t.sold_value_minor > 0) s
WHERE s.seq = sale_entries.seq;
UPDATE customers SET total_spent_minor = total_spent_minor - s.minor
FROM (
  SELECT customer_id, SUM(sold_value_minor) AS minor FROM sale_entries
  WHERE sold_value_minor <> 0 AND customer_id IS NOT NULL
  GROUP BY customer_id) s
WHERE s.customer_id = customers.id;
UPDATE customer_visits SET spent_minor = spent_minor - s.minor
FROM (
  SELECT merchant_id, customer_id, business_date, SUM(sold_value_minor) AS minor FROM sale_entries
  WHERE sold_value_minor <> 0 AND customer_id IS NOT NULL
  GROUP BY merchant_id, customer_id, business_date) s
WHERE (s.merchant_id, s.customer_id, s.business_date)
  = (customer_visits.merchant_id, customer_visits.customer_id, customer_visits.business_date);
UPDATE merchant_hourly_analytics SET sales_minor = sales_minor - s.minor
FROM (
  SELECT merchant_id, business_date, local_hour, SUM(sold_value_minor) AS minor FROM sale_entries
  WHERE sold_value_minor <> 0
  GROUP BY merchant_id, business_date, local_hour) s
WHERE (s.merchant_id, s.business_date, s.local_hour) = (
  merchant_hourly_analytics.merchant_id, merchant_hourly_analytics.business_date, merchant_hourly_analytics.local_hour);
UPDATE merchant_daily_analytics SET sold_value_minor = s.minor,
  total_sales_minor = total_sales_minor - s.minor,
  gross_sales_minor = gross_sales_minor - s.minor - s.back_minor,
  refunds_minor = refunds_minor - s.back_minor,
  refunds_count = refunds_count - s.value_only_back,
  value_only_transactions = s.value_only
FROM (
  SELECT merchant_id, business_date, SUM(sold_value_minor) AS minor,
    -SUM(iif(kind = 'REFUND', sold_value_minor, 0)) AS back_minor,
    SUM(kind = 'REFUND' AND amount_minor = 0) AS value_only_back,
    SUM(iif(kind <> 'REFUND' AND amount_minor = 0, sales_delta, 0)) AS value_only
  FROM sale_entries
  WHERE sold_value_minor <> 0
  GROUP BY merchant_id, business_date) s
WHERE (s.merchant_id, s.business_date) = (merchant_daily_analytics.merchant_id, merchant_daily_analytics.business_date);

-- The sales of a customer that sold stored value are few: found without reading the others.
CREATE INDEX transactions_of_sold_value ON transactions (customer_id) WHERE sold_value_minor > 0;
CREATE TRIGGER transactions_sold_value_is_final BEFORE UPDATE OF sold_value_minor ON transactions
WHEN OLD.status <> 'pending' AND NEW.sold_value_minor IS NOT OLD.sold_value_minor
BEGIN SELECT RAISE(ABORT, 'what a completed sale sold of value does not change'); END;
CREATE TRIGGER refunds_frozen BEFORE UPDATE ON refunds
BEGIN SELECT RAISE(ABORT, 'refunds do not change'); END;
CREATE TRIGGER sale_entries_frozen BEFORE UPDATE ON sale_entries
BEGIN SELECT RAISE(ABORT, 'sale entries do not change'); END;

CREATE TRIGGER transactions_completed_on_insert AFTER INSERT ON transactions
WHEN NEW.status = 'completed'
BEGIN
  INSERT INTO sale_entries (merchant_id, transaction_id, customer_id, kind, amount_minor, sold_value_minor, sales_delta, business_date, local_hour, at_ms)
  VALUES (NEW.merchant_id, NEW.id, NEW.customer_id, 'SALE', NEW.total_minor + NEW.cash_rounding_minor - NEW.sold_value_minor,
    NEW.sold_value_minor, 1, NEW.business_date, NEW.local_hour, NEW.completed_at_ms);
END;
CREATE TRIGGER transactions_completed_on_update AFTER UPDATE OF status ON transactions
WHEN NEW.status = 'completed' AND OLD.status <> 'completed'
BEGIN
  INSERT INTO sale_entries (merchant_id, transaction_id, customer_id, kind, amount_minor, sold_value_minor, sales_delta, business_date, local_hour, at_ms)
  VALUES (NEW.merchant_id, NEW.id, NEW.customer_id, 'SALE', NEW.total_minor + NEW.cash_rounding_minor - NEW.sold_value_minor,
    NEW.sold_value_minor, 1, NEW.business_date, NEW.local_hour, NEW.completed_at_ms);
END;
CREATE TRIGGER transactions_cancelled AFTER UPDATE OF status ON transactions
WHEN OLD.status = 'completed' AND NEW.status = 'cancelled'
BEGIN
  INSERT INTO sale_entries (merchant_id, transaction_id, customer_id, kind, amount_minor, sold_value_minor, sales_delta, business_date, local_hour, at_ms)
  VALUES (NEW.merchant_id, NEW.id, NEW.customer_id, 'CANCEL', NEW.sold_value_minor - NEW.total_minor - NEW.cash_rounding_minor,
    -NEW.sold_value_minor, -1, NEW.business_date, NEW.local_hour, COALESCE(NEW.ended_at_ms, NEW.completed_at_ms));
END;
-- What stands of the sale moves from nobody to the customer, who has not bought what came back whole; the two cancel out in the day.
CREATE TRIGGER transactions_attached AFTER UPDATE OF customer_id ON transactions
WHEN OLD.status = 'completed' AND OLD.customer_id IS NULL AND NEW.customer_id IS NOT NULL
BEGIN
  INSERT INTO sale_entries (merchant_id, transaction_id, customer_id, kind, amount_minor, sold_value_minor, sales_delta, business_date, local_hour, at_ms)
  SELECT NEW.merchant_id, NEW.id, NULL, 'DETACH',
    NEW.refunded_minor - NEW.amount_minor + NEW.sold_value_minor - COALESCE(SUM(r.sold_value_minor), 0),
    COALESCE(SUM(r.sold_value_minor), 0) - NEW.sold_value_minor,
    CASE WHEN COUNT(r.id) > 0 AND NEW.refunded_minor = NEW.amount_minor THEN 0 ELSE -1 END,
    NEW.business_date, NEW.local_hour, NEW.completed_at_ms
  FROM refunds r WHERE r.transaction_id = NEW.id;
  INSERT INTO sale_entries (merchant_id, transaction_id, customer_id, kind, amount_minor, sold_value_minor, sales_delta, business_date, local_hour, at_ms)
  SELECT NEW.merchant_id, NEW.id, NEW.customer_id, 'ATTACH', -e.amount_minor, -e.sold_value_minor, -e.sales_delta, e.business_date, e.local_hour, e.at_ms
  FROM sale_entries e WHERE e.transaction_id = NEW.id AND e.kind = 'DETACH';
END;
-- No refund takes more out of either part than its sale booked.
CREATE TRIGGER refunds_within_parts BEFORE INSERT ON refunds
BEGIN
  SELECT RAISE(ABORT, 'a refund cannot exceed what its sale sold of goods or of value')
  FROM transactions t
  WHERE t.id = NEW.transaction_id AND (
    NEW.sold_value_minor > t.sold_value_minor - COALESCE((
      SELECT SUM(r.sold_value_minor) FROM refunds r WHERE r.transaction_id = t.id), 0)
    OR NEW.amount_minor - NEW.sold_value_minor > t.amount_minor - t.sold_value_minor - COALESCE((
      SELECT SUM(r.amount_minor - r.sold_value_minor) FROM refunds r WHERE r.transaction_id = t.id), 0));
END;
CREATE TRIGGER refunds_booked AFTER INSERT ON refunds
BEGIN
  UPDATE transactions SET refunded_minor = refunded_minor + NEW.amount_minor WHERE id = NEW.transaction_id;
  INSERT INTO sale_entries (merchant_id, transaction_id, refund_id, customer_id, kind, amount_minor, sold_value_minor, sales_delta, business_date, local_hour, at_ms)
  SELECT NEW.merchant_id, t.id, NEW.id, t.customer_id, 'REFUND', NEW.sold_value_minor - NEW.amount_minor, -NEW.sold_value_minor,
    CASE WHEN t.refunded_minor = t.amount_minor AND (NEW.amount_minor > 0 OR t.amount_minor = 0 AND NOT EXISTS (
      SELECT 1 FROM refunds r WHERE r.transaction_id = t.id AND r.id <> NEW.id)) THEN -1 ELSE 0 END,
    NEW.business_date, NEW.local_hour, NEW.created_at_ms
  FROM transactions t WHERE t.id = NEW.transaction_id;
END;
-- sales_delta of a full refund takes the sale out of the customer's count, that of a sale which cost nothing with its first
-- refund; the day keeps the sale and shows the refund.
CREATE TRIGGER sale_entries_to_day AFTER INSERT ON sale_entries
BEGIN
  INSERT INTO merchant_daily_analytics (merchant_id, business_date, total_sales_minor, total_transactions, gross_sales_minor,
    refunds_minor, refunds_count, sold_value_minor, value_only_transactions)
  VALUES (NEW.merchant_id, NEW.business_date, NEW.amount_minor,
    CASE WHEN NEW.kind = 'REFUND' THEN 0 ELSE NEW.sales_delta END,
    CASE WHEN NEW.kind = 'REFUND' THEN 0 ELSE NEW.amount_minor END,
    CASE WHEN NEW.kind = 'REFUND' THEN -NEW.amount_minor ELSE 0 END,
    CASE WHEN NEW.kind = 'REFUND' AND NOT (NEW.amount_minor = 0 AND NEW.sold_value_minor <> 0) THEN 1 ELSE 0 END,
    NEW.sold_value_minor,
    CASE WHEN NEW.kind <> 'REFUND' AND NEW.amount_minor = 0 AND NEW.sold_value_minor <> 0 THEN NEW.sales_delta ELSE 0 END)
  ON CONFLICT (merchant_id, business_date) DO UPDATE SET
    total_sales_minor = total_sales_minor + excluded.total_sales_minor,
    total_transactions = total_transactions + excluded.total_transactions,
    gross_sales_minor = gross_sales_minor + excluded.gross_sales_minor,
    refunds_minor = refunds_minor + excluded.refunds_minor,
    refunds_count = refunds_count + excluded.refunds_count,
    sold_value_minor = sold_value_minor + excluded.sold_value_minor,
    value_only_transactions = value_only_transactions + excluded.value_only_transactions;
  INSERT INTO merchant_hourly_analytics (merchant_id, business_date, local_hour, sales_minor, sales_count)
  VALUES (NEW.merchant_id, NEW.business_date, NEW.local_hour, NEW.amount_minor, CASE WHEN NEW.kind = 'REFUND' THEN 0 ELSE NEW.sales_delta END)
  ON CONFLICT (merchant_id, business_date, local_hour) DO UPDATE SET
    sales_minor = sales_minor + excluded.sales_minor,
    sales_count = sales_count + excluded.sales_count;
END;
