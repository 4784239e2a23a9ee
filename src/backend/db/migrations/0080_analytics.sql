-- Every sale, refund and cancellation books one signed entry; customer totals, visits and the day and hour tables follow
-- the entries, whoever writes them. A customer who is added to a completed sale takes it over from nobody: DETACH and
-- ATTACH cancel out in the day. A sale books when it enters `completed`, inserted so or moved there (C-32).
CREATE TABLE sale_entries (
  seq INTEGER PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  transaction_id TEXT NOT NULL REFERENCES transactions (id),
  refund_id TEXT UNIQUE REFERENCES refunds (id),
  customer_id TEXT REFERENCES customers (id),
  kind TEXT NOT NULL CHECK (kind IN ('SALE', 'REFUND', 'CANCEL', 'DETACH', 'ATTACH')),
  amount_minor INTEGER NOT NULL,
  sales_delta INTEGER NOT NULL CHECK (sales_delta IN (-1, 0, 1)),
  business_date TEXT NOT NULL,
  local_hour INTEGER NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX sale_entries_once ON sale_entries (transaction_id, kind) WHERE kind <> 'REFUND';
CREATE INDEX sale_entries_by_day ON sale_entries (merchant_id, business_date, seq);
CREATE INDEX sale_entries_by_customer ON sale_entries (customer_id, kind, at_ms) WHERE customer_id IS NOT NULL;
CREATE TRIGGER sale_entries_frozen BEFORE UPDATE ON sale_entries
BEGIN SELECT RAISE(ABORT, 'sale entries do not change'); END;
CREATE TRIGGER sale_entries_kept BEFORE DELETE ON sale_entries
BEGIN SELECT RAISE(ABORT, 'sale entries are kept'); END;

CREATE TABLE merchant_daily_analytics (
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  business_date TEXT NOT NULL,
  total_sales_minor INTEGER NOT NULL DEFAULT 0,
  total_transactions INTEGER NOT NULL DEFAULT 0,
  gross_sales_minor INTEGER NOT NULL DEFAULT 0,
  refunds_minor INTEGER NOT NULL DEFAULT 0,
  refunds_count INTEGER NOT NULL DEFAULT 0,
  new_customers INTEGER NOT NULL DEFAULT 0,
  returning_customers INTEGER NOT NULL DEFAULT 0,
  points_issued INTEGER NOT NULL DEFAULT 0,
  points_redeemed INTEGER NOT NULL DEFAULT 0,
  points_expired INTEGER NOT NULL DEFAULT 0,
  points_adjusted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (merchant_id, business_date),
  CHECK (total_sales_minor = gross_sales_minor - refunds_minor)
) STRICT, WITHOUT ROWID;

CREATE TABLE merchant_hourly_analytics (
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  business_date TEXT NOT NULL,
  local_hour INTEGER NOT NULL CHECK (local_hour BETWEEN 0 AND 23),
  sales_minor INTEGER NOT NULL DEFAULT 0,
  sales_count INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (merchant_id, business_date, local_hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_visits (
  customer_id TEXT NOT NULL REFERENCES customers (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  business_date TEXT NOT NULL,
  visit_count INTEGER NOT NULL CHECK (visit_count >= 0),
  spent_minor INTEGER NOT NULL,
  is_first INTEGER NOT NULL CHECK (is_first IN (0, 1)),
  PRIMARY KEY (customer_id, merchant_id, business_date)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_visits_by_day ON customer_visits (merchant_id, business_date);

CREATE TRIGGER transactions_completed_on_insert AFTER INSERT ON transactions
WHEN NEW.status = 'completed'
BEGIN
  INSERT INTO sale_entries (merchant_id, transaction_id, customer_id, kind, amount_minor, sales_delta, business_date, local_hour, at_ms)
  VALUES (NEW.merchant_id, NEW.id, NEW.customer_id, 'SALE', NEW.total_minor + NEW.cash_rounding_minor, 1, NEW.business_date, NEW.local_hour, NEW.completed_at_ms);
END;
CREATE TRIGGER transactions_completed_on_update AFTER UPDATE OF status ON transactions
WHEN NEW.status = 'completed' AND OLD.status <> 'completed'
BEGIN
  INSERT INTO sale_entries (merchant_id, transaction_id, customer_id, kind, amount_minor, sales_delta, business_date, local_hour, at_ms)
  VALUES (NEW.merchant_id, NEW.id, NEW.customer_id, 'SALE', NEW.total_minor + NEW.cash_rounding_minor, 1, NEW.business_date, NEW.local_hour, NEW.completed_at_ms);
END;
CREATE TRIGGER transactions_cancelled AFTER UPDATE OF status ON transactions
WHEN OLD.status = 'completed' AND NEW.status = 'cancelled'
BEGIN
  INSERT INTO sale_entries (merchant_id, transaction_id, customer_id, kind, amount_minor, sales_delta, business_date, local_hour, at_ms)
  VALUES (NEW.merchant_id, NEW.id, NEW.customer_id, 'CANCEL', -(NEW.total_minor + NEW.cash_rounding_minor), -1, NEW.business_date, NEW.local_hour, COALESCE(NEW.ended_at_ms, NEW.completed_at_ms));
END;
CREATE TRIGGER transactions_attached AFTER UPDATE OF customer_id ON transactions
WHEN OLD.status = 'completed' AND OLD.customer_id IS NULL AND NEW.customer_id IS NOT NULL
BEGIN
  INSERT INTO sale_entries (merchant_id, transaction_id, customer_id, kind, amount_minor, sales_delta, business_date, local_hour, at_ms)
  VALUES
    (NEW.merchant_id, NEW.id, NULL, 'DETACH', NEW.refunded_minor - NEW.amount_minor, -1, NEW.business_date, NEW.local_hour, NEW.completed_at_ms),
    (NEW.merchant_id, NEW.id, NEW.customer_id, 'ATTACH', NEW.amount_minor - NEW.refunded_minor, 1, NEW.business_date, NEW.local_hour, NEW.completed_at_ms);
END;
CREATE TRIGGER refunds_booked AFTER INSERT ON refunds
BEGIN
  UPDATE transactions SET refunded_minor = refunded_minor + NEW.amount_minor WHERE id = NEW.transaction_id;
  INSERT INTO sale_entries (merchant_id, transaction_id, refund_id, customer_id, kind, amount_minor, sales_delta, business_date, local_hour, at_ms)
  SELECT NEW.merchant_id, t.id, NEW.id, t.customer_id, 'REFUND', -NEW.amount_minor,
    CASE WHEN NEW.amount_minor > 0 AND t.refunded_minor = t.amount_minor THEN -1 ELSE 0 END, NEW.business_date, NEW.local_hour, NEW.created_at_ms
  FROM transactions t WHERE t.id = NEW.transaction_id;
END;

-- sales_delta of a full refund takes the sale out of the customer's count; the day keeps the sale and shows the refund.
CREATE TRIGGER sale_entries_to_day AFTER INSERT ON sale_entries
BEGIN
  INSERT INTO merchant_daily_analytics (merchant_id, business_date, total_sales_minor, total_transactions, gross_sales_minor, refunds_minor, refunds_count)
  VALUES (NEW.merchant_id, NEW.business_date, NEW.amount_minor,
    CASE WHEN NEW.kind = 'REFUND' THEN 0 ELSE NEW.sales_delta END,
    CASE WHEN NEW.kind = 'REFUND' THEN 0 ELSE NEW.amount_minor END,
    CASE WHEN NEW.kind = 'REFUND' THEN -NEW.amount_minor ELSE 0 END,
    CASE WHEN NEW.kind = 'REFUND' THEN 1 ELSE 0 END)
  ON CONFLICT (merchant_id, business_date) DO UPDATE SET
    total_sales_minor = total_sales_minor + excluded.total_sales_minor,
    total_transactions = total_transactions + excluded.total_transactions,
    gross_sales_minor = gross_sales_minor + excluded.gross_sales_minor,
    refunds_minor = refunds_minor + excluded.refunds_minor,
    refunds_count = refunds_count + excluded.refunds_count;
  INSERT INTO merchant_hourly_analytics (merchant_id, business_date, local_hour, sales_minor, sales_count)
  VALUES (NEW.merchant_id, NEW.business_date, NEW.local_hour, NEW.amount_minor, CASE WHEN NEW.kind = 'REFUND' THEN 0 ELSE NEW.sales_delta END)
  ON CONFLICT (merchant_id, business_date, local_hour) DO UPDATE SET
    sales_minor = sales_minor + excluded.sales_minor,
    sales_count = sales_count + excluded.sales_count;
END;
CREATE TRIGGER sale_entries_to_customer AFTER INSERT ON sale_entries
WHEN NEW.customer_id IS NOT NULL
BEGIN
  UPDATE customers SET
    total_spent_minor = total_spent_minor + NEW.amount_minor,
    total_transactions = total_transactions + NEW.sales_delta,
    last_visit_at_ms = CASE NEW.kind
      WHEN 'SALE' THEN max(COALESCE(last_visit_at_ms, 0), NEW.at_ms)
      WHEN 'ATTACH' THEN max(COALESCE(last_visit_at_ms, 0), NEW.at_ms)
      WHEN 'CANCEL' THEN (
        SELECT max(e.at_ms) FROM sale_entries e
        WHERE e.customer_id = NEW.customer_id AND e.kind IN ('SALE', 'ATTACH')
          AND NOT EXISTS (SELECT 1 FROM sale_entries c WHERE c.transaction_id = e.transaction_id AND c.kind = 'CANCEL'))
      ELSE last_visit_at_ms END
  WHERE id = NEW.customer_id;
  INSERT INTO customer_visits (customer_id, merchant_id, business_date, visit_count, spent_minor, is_first)
  VALUES (NEW.customer_id, NEW.merchant_id, NEW.business_date,
    CASE WHEN NEW.kind IN ('SALE', 'ATTACH') THEN 1 ELSE 0 END, NEW.amount_minor,
    NOT EXISTS (SELECT 1 FROM customer_visits v WHERE v.customer_id = NEW.customer_id AND v.merchant_id = NEW.merchant_id AND v.visit_count > 0))
  ON CONFLICT (customer_id, merchant_id, business_date) DO UPDATE SET
    visit_count = visit_count + CASE NEW.kind WHEN 'SALE' THEN 1 WHEN 'ATTACH' THEN 1 WHEN 'CANCEL' THEN -1 ELSE 0 END,
    spent_minor = spent_minor + NEW.amount_minor,
    is_first = CASE WHEN visit_count > 0 THEN is_first ELSE excluded.is_first END;
END;
-- A customer counts once per day, as new or as returning, while at least one sale of that day stands.
CREATE TRIGGER customer_visits_counted_on_insert AFTER INSERT ON customer_visits
WHEN NEW.visit_count > 0
BEGIN
  -- The day's row may not be there yet: SQLite does not say in which order the triggers of one entry run.
  INSERT INTO merchant_daily_analytics (merchant_id, business_date, new_customers, returning_customers)
  VALUES (NEW.merchant_id, NEW.business_date, NEW.is_first, 1 - NEW.is_first)
  ON CONFLICT (merchant_id, business_date) DO UPDATE SET
    new_customers = new_customers + excluded.new_customers,
    returning_customers = returning_customers + excluded.returning_customers;
END;
CREATE TRIGGER customer_visits_counted_on_update AFTER UPDATE OF visit_count ON customer_visits
WHEN (OLD.visit_count > 0) <> (NEW.visit_count > 0)
BEGIN
  UPDATE merchant_daily_analytics SET
    new_customers = new_customers + CASE WHEN NEW.visit_count > 0 THEN NEW.is_first ELSE -OLD.is_first END,
    returning_customers = returning_customers + CASE WHEN NEW.visit_count > 0 THEN 1 - NEW.is_first ELSE OLD.is_first - 1 END
  WHERE merchant_id = NEW.merchant_id AND business_date = NEW.business_date;
END;

CREATE TRIGGER points_transactions_to_day AFTER INSERT ON points_transactions
BEGIN
  INSERT INTO merchant_daily_analytics (merchant_id, business_date, points_issued, points_redeemed, points_expired, points_adjusted)
  VALUES (NEW.merchant_id, NEW.business_date,
    CASE WHEN NEW.system_account = 'issued' THEN NEW.points ELSE 0 END,
    CASE WHEN NEW.system_account = 'redeemed' THEN -NEW.points ELSE 0 END,
    CASE WHEN NEW.system_account = 'expired' THEN -NEW.points ELSE 0 END,
    CASE WHEN NEW.system_account IN ('adjusted', 'disputed') THEN NEW.points ELSE 0 END)
  ON CONFLICT (merchant_id, business_date) DO UPDATE SET
    points_issued = points_issued + excluded.points_issued,
    points_redeemed = points_redeemed + excluded.points_redeemed,
    points_expired = points_expired + excluded.points_expired,
    points_adjusted = points_adjusted + excluded.points_adjusted;
END;

CREATE VIEW merchant_dashboard AS
SELECT m.id AS merchant_id, m.name AS merchant_name,
  COALESCE(SUM(d.total_sales_minor), 0) AS total_sales_minor,
  COALESCE(SUM(d.total_transactions), 0) AS total_transactions,
  (SELECT COUNT(*) FROM customers c WHERE c.merchant_id = m.id AND c.duplicate_of IS NULL) AS total_customers,
  COALESCE(SUM(d.points_issued), 0) AS points_issued,
  COALESCE(SUM(d.points_redeemed), 0) AS points_redeemed
FROM merchants m
LEFT JOIN merchant_daily_analytics d ON d.merchant_id = m.id
GROUP BY m.id;

CREATE VIEW customer_summary AS
SELECT c.id AS customer_id, c.merchant_id, c.customer_code, p.full_name, c.status,
  c.total_spent_minor, c.total_transactions, c.last_visit_at_ms,
  COALESCE(a.current_points, 0) AS current_points,
  COALESCE(a.earned_points, 0) AS earned_points,
  COALESCE(a.redeemed_points, 0) AS redeemed_points
FROM customers c
LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
LEFT JOIN customer_loyalty_accounts a ON a.customer_id = c.id AND a.merchant_id = c.merchant_id;
