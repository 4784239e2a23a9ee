-- Programmes as versioned data, accounts, and the append-only ledger of points.
CREATE TABLE loyalty_programs (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  name TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX loyalty_programs_by_merchant ON loyalty_programs (merchant_id);

CREATE TABLE loyalty_program_versions (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  program_id TEXT NOT NULL REFERENCES loyalty_programs (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  published_at_ms INTEGER NOT NULL,
  published_by_staff_id TEXT REFERENCES staff_members (id),
  UNIQUE (program_id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX loyalty_program_versions_by_merchant ON loyalty_program_versions (merchant_id);
CREATE TRIGGER loyalty_program_versions_frozen BEFORE UPDATE ON loyalty_program_versions
BEGIN SELECT RAISE(ABORT, 'a published version does not change'); END;
CREATE TRIGGER loyalty_program_versions_kept BEFORE DELETE ON loyalty_program_versions
BEGIN SELECT RAISE(ABORT, 'published versions are kept'); END;

CREATE TABLE customer_loyalty_accounts (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  current_points INTEGER NOT NULL DEFAULT 0,
  earned_points INTEGER NOT NULL DEFAULT 0,
  redeemed_points INTEGER NOT NULL DEFAULT 0,
  expired_points INTEGER NOT NULL DEFAULT 0,
  adjusted_points INTEGER NOT NULL DEFAULT 0,
  last_entry_seq INTEGER NOT NULL DEFAULT 0,
  created_at_ms INTEGER NOT NULL,
  UNIQUE (customer_id, merchant_id),
  CHECK (current_points = earned_points - redeemed_points - expired_points + adjusted_points)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_loyalty_accounts_by_points ON customer_loyalty_accounts (merchant_id, current_points);

-- One row is both legs: the account and, by its kind, the system account on the other side.
CREATE TABLE points_transactions (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  account_id TEXT NOT NULL REFERENCES customer_loyalty_accounts (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  kind TEXT NOT NULL CHECK (kind IN ('earn', 'redeem', 'reverse_earn', 'reverse_redeem', 'expire', 'reverse_expire', 'adjust', 'transfer', 'ripen', 'merge')),
  system_account TEXT NOT NULL CHECK (system_account IN ('issued', 'redeemed', 'expired', 'adjusted', 'disputed')),
  points INTEGER NOT NULL CHECK (points BETWEEN -1000000000000 AND 1000000000000),
  transaction_id TEXT REFERENCES transactions (id),
  refund_id TEXT REFERENCES refunds (id),
  reverses_id TEXT REFERENCES points_transactions (id),
  programme_version_id TEXT REFERENCES loyalty_program_versions (id),
  rule_id TEXT,
  parts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(parts)),
  expires_at_ms INTEGER,
  reason TEXT NOT NULL DEFAULT '',
  staff_id TEXT REFERENCES staff_members (id),
  approved_by_staff_id TEXT REFERENCES staff_members (id),
  business_date TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  trusted_at_ms INTEGER NOT NULL,
  group_id TEXT NOT NULL,
  CHECK ((kind LIKE 'reverse%') = (reverses_id IS NOT NULL)),
  CHECK ((kind IN ('earn', 'reverse_earn')) = (system_account = 'issued')),
  CHECK (kind <> 'earn' OR points >= 0),
  CHECK (kind <> 'reverse_earn' OR points <= 0),
  CHECK (kind <> 'redeem' OR points <= 0)
) STRICT;
CREATE INDEX points_transactions_by_account ON points_transactions (account_id, seq);
CREATE INDEX points_transactions_by_sale ON points_transactions (transaction_id) WHERE transaction_id IS NOT NULL;
CREATE INDEX points_transactions_by_refund ON points_transactions (refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX points_transactions_by_reversed ON points_transactions (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX points_transactions_by_day ON points_transactions (merchant_id, business_date, seq);
CREATE INDEX points_transactions_by_customer ON points_transactions (customer_id, seq);

CREATE TRIGGER points_transactions_frozen BEFORE UPDATE ON points_transactions
BEGIN SELECT RAISE(ABORT, 'the points ledger is append-only'); END;
CREATE TRIGGER points_transactions_kept BEFORE DELETE ON points_transactions
BEGIN SELECT RAISE(ABORT, 'the points ledger is append-only'); END;
-- L6: a reversal reverses an original of the same account, and the reversals of one entry never exceed it.
CREATE TRIGGER points_transactions_reversal_fits BEFORE INSERT ON points_transactions
WHEN NEW.reverses_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'a reversal reverses an entry of the same account')
  WHERE NOT EXISTS (
    SELECT 1 FROM points_transactions o
    WHERE o.id = NEW.reverses_id AND o.account_id = NEW.account_id AND o.reverses_id IS NULL
      AND ((o.points >= 0 AND NEW.points <= 0) OR (o.points <= 0 AND NEW.points >= 0)));
  SELECT RAISE(ABORT, 'reversals cannot exceed their entry')
  WHERE abs(NEW.points + COALESCE((SELECT SUM(points) FROM points_transactions WHERE reverses_id = NEW.reverses_id), 0))
    > (SELECT abs(points) FROM points_transactions WHERE id = NEW.reverses_id);
END;
CREATE TRIGGER points_transactions_to_account AFTER INSERT ON points_transactions
BEGIN
  UPDATE customer_loyalty_accounts SET
    current_points = current_points + NEW.points,
    earned_points = earned_points + CASE WHEN NEW.system_account = 'issued' THEN NEW.points ELSE 0 END,
    redeemed_points = redeemed_points - CASE WHEN NEW.system_account = 'redeemed' THEN NEW.points ELSE 0 END,
    expired_points = expired_points - CASE WHEN NEW.system_account = 'expired' THEN NEW.points ELSE 0 END,
    adjusted_points = adjusted_points + CASE WHEN NEW.system_account IN ('adjusted', 'disputed') THEN NEW.points ELSE 0 END,
    last_entry_seq = NEW.seq
  WHERE id = NEW.account_id;
END;
