-- Sales, their lines and tenders; refunds are documents of their own; drafts and cash sessions belong to this terminal.
CREATE TABLE register_shifts (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  shop_id TEXT NOT NULL REFERENCES shops (id),
  terminal_id TEXT NOT NULL REFERENCES terminals (id),
  opened_by_staff_id TEXT NOT NULL REFERENCES staff_members (id),
  opened_at_ms INTEGER NOT NULL,
  float_minor INTEGER NOT NULL CHECK (float_minor >= 0),
  closed_by_staff_id TEXT REFERENCES staff_members (id),
  closed_at_ms INTEGER,
  expected_minor INTEGER,
  counted_minor INTEGER CHECK (counted_minor IS NULL OR counted_minor >= 0),
  difference_minor INTEGER GENERATED ALWAYS AS (counted_minor - expected_minor) VIRTUAL,
  note TEXT NOT NULL DEFAULT '',
  CHECK ((closed_at_ms IS NULL) = (counted_minor IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX register_shifts_one_open ON register_shifts (terminal_id) WHERE closed_at_ms IS NULL;
CREATE TRIGGER register_shifts_closed_is_final BEFORE UPDATE ON register_shifts
WHEN OLD.closed_at_ms IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a closed shift does not change'); END;

CREATE TABLE transactions (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  shop_id TEXT NOT NULL REFERENCES shops (id),
  terminal_id TEXT NOT NULL REFERENCES terminals (id),
  shift_id TEXT REFERENCES register_shifts (id),
  customer_id TEXT REFERENCES customers (id),
  staff_id TEXT NOT NULL REFERENCES staff_members (id),
  kind TEXT NOT NULL DEFAULT 'SALE' CHECK (kind IN ('SALE', 'AWARD')),
  status TEXT NOT NULL CHECK (status IN ('pending', 'completed', 'failed', 'cancelled')),
  receipt_number TEXT,
  external_receipt_number TEXT,
  payment_method TEXT CHECK (payment_method IN ('cash', 'card', 'other', 'split', 'external', 'exchange')),
  currency TEXT NOT NULL,
  tax_mode TEXT NOT NULL CHECK (tax_mode IN ('inclusive', 'exclusive')),
  subtotal_minor INTEGER NOT NULL,
  discount_minor INTEGER NOT NULL DEFAULT 0 CHECK (discount_minor >= 0),
  tax_minor INTEGER NOT NULL DEFAULT 0 CHECK (tax_minor >= 0),
  total_minor INTEGER NOT NULL CHECK (total_minor >= 0),
  cash_rounding_minor INTEGER NOT NULL DEFAULT 0,
  -- What the customer pays: the sale's amount in every report.
  amount_minor INTEGER NOT NULL GENERATED ALWAYS AS (total_minor + cash_rounding_minor) STORED CHECK (amount_minor >= 0),
  refunded_minor INTEGER NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0),
  item_count INTEGER NOT NULL DEFAULT 0,
  business_date TEXT NOT NULL CHECK (business_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  local_hour INTEGER NOT NULL CHECK (local_hour BETWEEN 0 AND 23),
  programme_version_id TEXT,
  tax_by_rate TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tax_by_rate)),
  trace TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(trace)),
  -- The rewards taken with the sale, with their shares, as they were decided when its prices were frozen.
  loyalty TEXT CHECK (loyalty IS NULL OR json_valid(loyalty)),
  note TEXT NOT NULL DEFAULT '',
  created_at_ms INTEGER NOT NULL,
  completed_at_ms INTEGER,
  ended_at_ms INTEGER,
  ended_trusted_at_ms INTEGER,
  trusted_at_ms INTEGER NOT NULL,
  -- When a customer was added to a sale that had been completed without one; once.
  attached_at_ms INTEGER,
  CHECK (refunded_minor <= amount_minor),
  CHECK (subtotal_minor - discount_minor <= total_minor),
  CHECK (status NOT IN ('completed') OR (completed_at_ms IS NOT NULL AND receipt_number IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX transactions_by_receipt ON transactions (merchant_id, receipt_number) WHERE receipt_number IS NOT NULL;
CREATE INDEX transactions_by_external_receipt ON transactions (merchant_id, external_receipt_number) WHERE external_receipt_number IS NOT NULL;
CREATE INDEX transactions_by_customer ON transactions (customer_id, created_at_ms) WHERE customer_id IS NOT NULL;
CREATE INDEX transactions_by_day ON transactions (merchant_id, business_date, created_at_ms);
CREATE INDEX transactions_open ON transactions (merchant_id, status) WHERE status IN ('pending');
CREATE INDEX transactions_by_shift ON transactions (shift_id) WHERE shift_id IS NOT NULL;

CREATE TABLE transaction_items (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  transaction_id TEXT NOT NULL REFERENCES transactions (id),
  position INTEGER NOT NULL,
  product_id TEXT REFERENCES products (id),
  category_id TEXT REFERENCES categories (id),
  name TEXT NOT NULL,
  quantity_thousandths INTEGER NOT NULL CHECK (quantity_thousandths > 0),
  unit_price_minor INTEGER NOT NULL CHECK (unit_price_minor >= 0),
  gross_minor INTEGER NOT NULL CHECK (gross_minor >= 0),
  line_discount_minor INTEGER NOT NULL DEFAULT 0 CHECK (line_discount_minor >= 0),
  sale_discount_minor INTEGER NOT NULL DEFAULT 0 CHECK (sale_discount_minor >= 0),
  -- The line's share of offers (rewards, vouchers, promotions), and of points used as money off.
  offer_discount_minor INTEGER NOT NULL DEFAULT 0 CHECK (offer_discount_minor >= 0),
  points_discount_minor INTEGER NOT NULL DEFAULT 0 CHECK (points_discount_minor >= 0),
  -- What of all that was taken off the order as a whole; points are not in it.
  order_discount_minor INTEGER NOT NULL DEFAULT 0 CHECK (order_discount_minor >= 0),
  free_thousandths INTEGER NOT NULL DEFAULT 0 CHECK (free_thousandths >= 0 AND free_thousandths <= quantity_thousandths),
  -- Sells credit, a gift card or the like: such a line earns nothing.
  is_stored_value INTEGER NOT NULL DEFAULT 0 CHECK (is_stored_value IN (0, 1)),
  net_minor INTEGER NOT NULL CHECK (net_minor >= 0),
  tax_rate_id TEXT NOT NULL REFERENCES tax_rates (id),
  tax_rate_basis_points INTEGER NOT NULL,
  tax_minor INTEGER NOT NULL CHECK (tax_minor >= 0),
  payable_minor INTEGER NOT NULL CHECK (payable_minor >= 0),
  note TEXT NOT NULL DEFAULT '',
  CHECK (net_minor = gross_minor - line_discount_minor - sale_discount_minor - offer_discount_minor - points_discount_minor),
  UNIQUE (transaction_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX transaction_items_by_product ON transaction_items (product_id) WHERE product_id IS NOT NULL;

-- What each offer took off each line, for ever: refunds and reports read the shares and never split again.
CREATE TABLE transaction_discounts (
  transaction_id TEXT NOT NULL REFERENCES transactions (id),
  transaction_item_id TEXT NOT NULL REFERENCES transaction_items (id),
  offer_id TEXT NOT NULL,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  source TEXT NOT NULL CHECK (source IN ('reward', 'voucher', 'promotion', 'points')),
  source_id TEXT NOT NULL,
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  PRIMARY KEY (transaction_id, offer_id, transaction_item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX transaction_discounts_by_item ON transaction_discounts (transaction_item_id);
CREATE INDEX transaction_discounts_by_source ON transaction_discounts (merchant_id, source, source_id);
CREATE TRIGGER transaction_discounts_frozen BEFORE UPDATE ON transaction_discounts
BEGIN SELECT RAISE(ABORT, 'discounts of a sale do not change'); END;
CREATE TRIGGER transaction_discounts_kept BEFORE DELETE ON transaction_discounts
BEGIN SELECT RAISE(ABORT, 'discounts of a sale are kept'); END;

CREATE TABLE transaction_tenders (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  transaction_id TEXT NOT NULL REFERENCES transactions (id),
  kind TEXT NOT NULL CHECK (kind IN ('cash', 'card', 'other', 'external', 'exchange')),
  amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
  received_minor INTEGER,
  change_minor INTEGER NOT NULL DEFAULT 0 CHECK (change_minor >= 0),
  reference TEXT,
  status TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'declined', 'given-up')),
  at_ms INTEGER NOT NULL,
  CHECK (received_minor IS NULL OR received_minor - change_minor = amount_minor)
) STRICT, WITHOUT ROWID;
CREATE INDEX transaction_tenders_by_transaction ON transaction_tenders (transaction_id);

CREATE TABLE refunds (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  shop_id TEXT NOT NULL REFERENCES shops (id),
  terminal_id TEXT NOT NULL REFERENCES terminals (id),
  shift_id TEXT REFERENCES register_shifts (id),
  transaction_id TEXT NOT NULL REFERENCES transactions (id),
  -- The sale of the same ticket that the goods were exchanged for.
  exchange_transaction_id TEXT REFERENCES transactions (id),
  customer_id TEXT REFERENCES customers (id),
  staff_id TEXT NOT NULL REFERENCES staff_members (id),
  approved_by_staff_id TEXT REFERENCES staff_members (id),
  receipt_number TEXT NOT NULL,
  -- What is handed back: positive, cash rounding included.
  amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
  tax_minor INTEGER NOT NULL CHECK (tax_minor >= 0),
  cash_rounding_minor INTEGER NOT NULL DEFAULT 0,
  points_reversed INTEGER NOT NULL DEFAULT 0 CHECK (points_reversed >= 0),
  -- Points used as money off that came back as points; cash kept back for points that had been spent (C-10).
  points_returned INTEGER NOT NULL DEFAULT 0 CHECK (points_returned >= 0),
  deducted_minor INTEGER NOT NULL DEFAULT 0 CHECK (deducted_minor >= 0),
  reason TEXT NOT NULL DEFAULT '',
  business_date TEXT NOT NULL,
  local_hour INTEGER NOT NULL CHECK (local_hour BETWEEN 0 AND 23),
  created_at_ms INTEGER NOT NULL,
  trusted_at_ms INTEGER NOT NULL,
  UNIQUE (merchant_id, receipt_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX refunds_by_transaction ON refunds (transaction_id);
CREATE INDEX refunds_by_exchange ON refunds (exchange_transaction_id) WHERE exchange_transaction_id IS NOT NULL;
CREATE INDEX refunds_by_customer ON refunds (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX refunds_by_day ON refunds (merchant_id, business_date, created_at_ms);
CREATE INDEX refunds_by_shift ON refunds (shift_id) WHERE shift_id IS NOT NULL;

CREATE TABLE refund_items (
  refund_id TEXT NOT NULL REFERENCES refunds (id),
  transaction_item_id TEXT NOT NULL REFERENCES transaction_items (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  quantity_thousandths INTEGER NOT NULL CHECK (quantity_thousandths > 0),
  amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
  tax_minor INTEGER NOT NULL CHECK (tax_minor >= 0),
  PRIMARY KEY (refund_id, transaction_item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX refund_items_by_line ON refund_items (transaction_item_id);

CREATE TABLE refund_tenders (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  refund_id TEXT NOT NULL REFERENCES refunds (id),
  kind TEXT NOT NULL CHECK (kind IN ('cash', 'card', 'other', 'exchange')),
  amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX refund_tenders_by_refund ON refund_tenders (refund_id);

-- Lines, tenders and refunds of the past do not change: a mistake is reversed by a new document.
CREATE TRIGGER transaction_items_frozen BEFORE UPDATE ON transaction_items
BEGIN SELECT RAISE(ABORT, 'sale lines do not change'); END;
CREATE TRIGGER transaction_items_kept BEFORE DELETE ON transaction_items
BEGIN SELECT RAISE(ABORT, 'sale lines are kept'); END;
CREATE TRIGGER transactions_kept BEFORE DELETE ON transactions
BEGIN SELECT RAISE(ABORT, 'sales are kept'); END;
CREATE TRIGGER transactions_state_machine BEFORE UPDATE OF status ON transactions
WHEN OLD.status <> NEW.status
  AND NOT (OLD.status = 'pending' AND NEW.status IN ('completed', 'failed', 'cancelled'))
  AND NOT (OLD.status = 'completed' AND NEW.status = 'cancelled' AND OLD.refunded_minor = 0)
BEGIN SELECT RAISE(ABORT, 'this change of a sale is not allowed'); END;
CREATE TRIGGER transactions_completed_is_final BEFORE UPDATE ON transactions
WHEN OLD.status <> 'pending' AND (
  NEW.total_minor IS NOT OLD.total_minor OR NEW.cash_rounding_minor IS NOT OLD.cash_rounding_minor
  OR NEW.subtotal_minor IS NOT OLD.subtotal_minor OR NEW.discount_minor IS NOT OLD.discount_minor
  OR NEW.tax_minor IS NOT OLD.tax_minor OR (OLD.customer_id IS NOT NULL AND NEW.customer_id IS NOT OLD.customer_id)
  OR NEW.business_date IS NOT OLD.business_date OR NEW.local_hour IS NOT OLD.local_hour
  OR NEW.completed_at_ms IS NOT OLD.completed_at_ms OR NEW.receipt_number IS NOT OLD.receipt_number
  OR NEW.merchant_id IS NOT OLD.merchant_id OR NEW.currency IS NOT OLD.currency OR NEW.kind IS NOT OLD.kind)
BEGIN SELECT RAISE(ABORT, 'a completed sale does not change'); END;
CREATE TRIGGER refunds_frozen BEFORE UPDATE ON refunds
BEGIN SELECT RAISE(ABORT, 'refunds do not change'); END;
CREATE TRIGGER refunds_kept BEFORE DELETE ON refunds
BEGIN SELECT RAISE(ABORT, 'refunds are kept'); END;
CREATE TRIGGER refunds_of_completed_sales BEFORE INSERT ON refunds
WHEN (SELECT status FROM transactions WHERE id = NEW.transaction_id) IS NOT 'completed'
BEGIN SELECT RAISE(ABORT, 'only a completed sale can be refunded'); END;
CREATE TRIGGER refund_items_within_line BEFORE INSERT ON refund_items
WHEN NEW.quantity_thousandths
  + COALESCE((SELECT SUM(quantity_thousandths) FROM refund_items WHERE transaction_item_id = NEW.transaction_item_id), 0)
  > (SELECT quantity_thousandths FROM transaction_items WHERE id = NEW.transaction_item_id)
BEGIN SELECT RAISE(ABORT, 'a refund cannot exceed its line'); END;

-- Sales being rung up or held on this terminal: not facts yet, never sent.
CREATE TABLE sale_drafts (
  sale_id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  terminal_id TEXT NOT NULL REFERENCES terminals (id),
  staff_id TEXT NOT NULL REFERENCES staff_members (id),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  draft TEXT NOT NULL CHECK (json_valid(draft)),
  held_at_ms INTEGER,
  updated_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sale_drafts_by_merchant ON sale_drafts (merchant_id, updated_at_ms);

-- How often a receipt was printed: the second and later ones are marked as copies.
CREATE TABLE printed_documents (
  document_id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  copies INTEGER NOT NULL CHECK (copies >= 1),
  last_printed_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
