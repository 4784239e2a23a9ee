-- Credit in the shop's own named currency: accounts of customers, gift cards, and their append-only ledger.
CREATE TABLE credit_accounts (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  kind TEXT NOT NULL CHECK (kind IN ('credit', 'gift-card')),
  -- A gift card belongs to who bears it, unless it was given to a customer.
  customer_id TEXT REFERENCES customers (id),
  code TEXT,
  code_key TEXT,
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'frozen', 'replaced')),
  status_at_ms INTEGER,
  status_by_staff_id TEXT REFERENCES staff_members (id),
  replaced_by_id TEXT REFERENCES credit_accounts (id),
  balance_minor INTEGER NOT NULL DEFAULT 0 CHECK (balance_minor >= 0),
  -- Whether any entry came with an end: where none did, the sum of the entries is the position.
  has_lot_terms INTEGER NOT NULL DEFAULT 0 CHECK (has_lot_terms IN (0, 1)),
  last_entry_seq INTEGER NOT NULL DEFAULT 0,
  created_at_ms INTEGER NOT NULL,
  UNIQUE (merchant_id, code_key),
  CHECK (kind <> 'credit' OR customer_id IS NOT NULL),
  CHECK ((kind = 'gift-card') = (code_key IS NOT NULL)),
  CHECK ((code IS NULL) = (code_key IS NULL)),
  CHECK ((status = 'replaced') = (replaced_by_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX credit_accounts_by_customer ON credit_accounts (customer_id) WHERE kind = 'credit';
CREATE INDEX credit_accounts_cards ON credit_accounts (customer_id) WHERE kind = 'gift-card' AND customer_id IS NOT NULL;
CREATE INDEX credit_accounts_replaced ON credit_accounts (replaced_by_id) WHERE replaced_by_id IS NOT NULL;
CREATE INDEX credit_accounts_by_merchant ON credit_accounts (merchant_id, kind, balance_minor);
CREATE TRIGGER credit_accounts_kept BEFORE DELETE ON credit_accounts
BEGIN SELECT RAISE(ABORT, 'credit accounts are kept'); END;

-- One row is both legs: the account and, by its kind, the system account on the other side.
CREATE TABLE store_credit_transactions (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  account_id TEXT NOT NULL REFERENCES credit_accounts (id),
  kind TEXT NOT NULL CHECK (kind IN ('top-up', 'grant', 'spend', 'return', 'refund', 'reverse', 'expire', 'reverse-expire', 'adjust', 'transfer')),
  system_account TEXT NOT NULL CHECK (system_account IN ('sold', 'granted', 'spent', 'refunded', 'expired', 'adjusted', 'moved')),
  amount_minor INTEGER NOT NULL CHECK (amount_minor <> 0 AND amount_minor BETWEEN -1000000000000 AND 1000000000000),
  reverses_id TEXT REFERENCES store_credit_transactions (id),
  -- The very lot that is meant; when a lot that this entry opens ends.
  lot_id TEXT REFERENCES store_credit_transactions (id),
  expires_at_ms INTEGER,
  transaction_id TEXT REFERENCES transactions (id),
  refund_id TEXT REFERENCES refunds (id),
  tender_id TEXT,
  redemption_id TEXT REFERENCES voucher_redemptions (id),
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 40),
  staff_id TEXT REFERENCES staff_members (id),
  approved_by_staff_id TEXT REFERENCES staff_members (id),
  business_date TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  trusted_at_ms INTEGER NOT NULL,
  group_id TEXT NOT NULL,
  CHECK ((kind IN ('return', 'reverse', 'reverse-expire')) = (reverses_id IS NOT NULL)),
  CHECK (kind NOT IN ('top-up', 'grant', 'return', 'refund', 'reverse-expire') OR amount_minor > 0),
  CHECK (kind NOT IN ('spend', 'reverse', 'expire') OR amount_minor < 0),
  CHECK (system_account = CASE kind
    WHEN 'top-up' THEN 'sold' WHEN 'grant' THEN 'granted' WHEN 'spend' THEN 'spent' WHEN 'return' THEN 'spent'
    WHEN 'refund' THEN 'refunded' WHEN 'expire' THEN 'expired' WHEN 'reverse-expire' THEN 'expired'
    WHEN 'adjust' THEN 'adjusted' WHEN 'transfer' THEN 'moved' ELSE system_account END)
) STRICT;
CREATE INDEX store_credit_by_account ON store_credit_transactions (account_id, seq);
CREATE INDEX store_credit_by_reversed ON store_credit_transactions (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX store_credit_by_lot ON store_credit_transactions (lot_id) WHERE lot_id IS NOT NULL;
CREATE INDEX store_credit_by_lot_end ON store_credit_transactions (merchant_id, expires_at_ms) WHERE expires_at_ms IS NOT NULL;
CREATE INDEX store_credit_by_sale ON store_credit_transactions (transaction_id) WHERE transaction_id IS NOT NULL;
CREATE INDEX store_credit_by_refund ON store_credit_transactions (refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX store_credit_by_redemption ON store_credit_transactions (redemption_id) WHERE redemption_id IS NOT NULL;
CREATE INDEX store_credit_by_day ON store_credit_transactions (merchant_id, business_date, seq);
CREATE TRIGGER store_credit_frozen BEFORE UPDATE ON store_credit_transactions
BEGIN SELECT RAISE(ABORT, 'the ledger of credit is append-only'); END;
CREATE TRIGGER store_credit_kept BEFORE DELETE ON store_credit_transactions
BEGIN SELECT RAISE(ABORT, 'the ledger of credit is append-only'); END;
-- L6: a reversal reverses an original of the same account, the other way, and all of them never more than it.
CREATE TRIGGER store_credit_reversal_fits BEFORE INSERT ON store_credit_transactions
WHEN NEW.reverses_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'a reversal reverses an entry of the same account')
  WHERE NOT EXISTS (
    SELECT 1 FROM store_credit_transactions o
    WHERE o.id = NEW.reverses_id AND o.account_id = NEW.account_id AND o.reverses_id IS NULL
      AND o.system_account = NEW.system_account AND (o.amount_minor > 0) <> (NEW.amount_minor > 0));
  SELECT RAISE(ABORT, 'reversals cannot exceed their entry')
  WHERE abs(NEW.amount_minor + COALESCE((SELECT SUM(amount_minor) FROM store_credit_transactions WHERE reverses_id = NEW.reverses_id), 0))
    > (SELECT abs(amount_minor) FROM store_credit_transactions WHERE id = NEW.reverses_id);
END;
CREATE TRIGGER store_credit_replaced_is_empty BEFORE INSERT ON store_credit_transactions
WHEN NEW.amount_minor > 0 AND (SELECT status FROM credit_accounts WHERE id = NEW.account_id) = 'replaced'
BEGIN SELECT RAISE(ABORT, 'a replaced card takes no credit'); END;
CREATE TRIGGER store_credit_to_account AFTER INSERT ON store_credit_transactions
BEGIN
  UPDATE credit_accounts SET
    balance_minor = balance_minor + NEW.amount_minor,
    has_lot_terms = max(has_lot_terms, NEW.expires_at_ms IS NOT NULL),
    last_entry_seq = NEW.seq
  WHERE id = NEW.account_id;
END;

-- What a product of stored value gives out with its line.
ALTER TABLE products ADD COLUMN sells TEXT CHECK (sells IN ('credit', 'gift-card', 'package'));
ALTER TABLE products ADD COLUMN sells_plan_id TEXT;
-- What a line gave out: the account that it filled, the pass that it made.
ALTER TABLE transaction_items ADD COLUMN sold_kind TEXT CHECK (sold_kind IN ('credit', 'gift-card', 'package'));
ALTER TABLE transaction_items ADD COLUMN sold_subject_id TEXT;
-- What stored value paid of a sale: a payment, with no effect on discounts or tax.
ALTER TABLE transactions ADD COLUMN stored_value_minor INTEGER NOT NULL DEFAULT 0 CHECK (stored_value_minor >= 0);

-- Tenders know stored value: the account or pass that paid, or that it goes back to.
CREATE TABLE transaction_tenders_next (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  transaction_id TEXT NOT NULL REFERENCES transactions (id),
  kind TEXT NOT NULL CHECK (kind IN ('cash', 'card', 'other', 'external', 'exchange', 'credit', 'gift-card', 'package')),
  amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
  received_minor INTEGER,
  change_minor INTEGER NOT NULL DEFAULT 0 CHECK (change_minor >= 0),
  reference TEXT,
  status TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'declined', 'given-up')),
  at_ms INTEGER NOT NULL,
  account_id TEXT REFERENCES credit_accounts (id),
  pass_id TEXT,
  -- The line whose units a pass paid, and how many.
  transaction_item_id TEXT,
  uses INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0),
  CHECK (received_minor IS NULL OR received_minor - change_minor = amount_minor),
  CHECK ((kind IN ('credit', 'gift-card')) = (account_id IS NOT NULL)),
  CHECK ((kind = 'package') = (pass_id IS NOT NULL)),
  CHECK ((kind = 'package') = (uses > 0))
) STRICT, WITHOUT ROWID;
INSERT INTO transaction_tenders_next (id, merchant_id, transaction_id, kind, amount_minor, received_minor, change_minor, reference, status, at_ms)
SELECT id, merchant_id, transaction_id, kind, amount_minor, received_minor, change_minor, reference, status, at_ms FROM transaction_tenders;
DROP TABLE transaction_tenders;
ALTER TABLE transaction_tenders_next RENAME TO transaction_tenders;
CREATE INDEX transaction_tenders_by_transaction ON transaction_tenders (transaction_id);
CREATE INDEX transaction_tenders_by_account ON transaction_tenders (account_id) WHERE account_id IS NOT NULL;

CREATE TABLE refund_tenders_next (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  refund_id TEXT NOT NULL REFERENCES refunds (id),
  kind TEXT NOT NULL CHECK (kind IN ('cash', 'card', 'other', 'exchange', 'credit', 'gift-card', 'package')),
  amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
  -- The tender of the sale that this gives back to; null where credit is what was chosen for the refund.
  of_tender_id TEXT REFERENCES transaction_tenders (id),
  account_id TEXT REFERENCES credit_accounts (id),
  pass_id TEXT,
  CHECK ((kind IN ('credit', 'gift-card')) = (account_id IS NOT NULL)),
  CHECK ((kind = 'package') = (pass_id IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO refund_tenders_next (id, merchant_id, refund_id, kind, amount_minor)
SELECT id, merchant_id, refund_id, kind, amount_minor FROM refund_tenders;
DROP TABLE refund_tenders;
ALTER TABLE refund_tenders_next RENAME TO refund_tenders;
CREATE INDEX refund_tenders_by_refund ON refund_tenders (refund_id);
CREATE INDEX refund_tenders_by_tender ON refund_tenders (of_tender_id) WHERE of_tender_id IS NOT NULL;
CREATE INDEX refund_tenders_by_account ON refund_tenders (account_id) WHERE account_id IS NOT NULL;
