-- Programmes as versioned data, accounts, and the append-only ledger of points.
CREATE TABLE loyalty_programs (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  name TEXT NOT NULL,
  -- The programme whose balance the till shows first; a merchant has one.
  is_main INTEGER NOT NULL DEFAULT 0 CHECK (is_main IN (0, 1)),
  status TEXT NOT NULL DEFAULT 'live' CHECK (status IN ('draft', 'live', 'archived')),
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX loyalty_programs_by_merchant ON loyalty_programs (merchant_id, status);
CREATE UNIQUE INDEX loyalty_programs_one_main ON loyalty_programs (merchant_id) WHERE is_main = 1;

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

-- What a manager is working on: not published, one per programme. based_on_version: what it was begun from, 0 for nothing.
CREATE TABLE loyalty_program_drafts (
  program_id TEXT PRIMARY KEY REFERENCES loyalty_programs (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  based_on_version INTEGER NOT NULL CHECK (based_on_version >= 0),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  staff_id TEXT NOT NULL REFERENCES staff_members (id),
  updated_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX loyalty_program_drafts_by_merchant ON loyalty_program_drafts (merchant_id);

-- One per customer and merchant; its sums are those of the main programme, programme_balances has those of each.
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

CREATE TABLE programme_balances (
  account_id TEXT NOT NULL REFERENCES customer_loyalty_accounts (id),
  program_id TEXT NOT NULL REFERENCES loyalty_programs (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  current_points INTEGER NOT NULL DEFAULT 0,
  earned_points INTEGER NOT NULL DEFAULT 0,
  redeemed_points INTEGER NOT NULL DEFAULT 0,
  expired_points INTEGER NOT NULL DEFAULT 0,
  adjusted_points INTEGER NOT NULL DEFAULT 0,
  -- Whether any entry came with an end or a waiting time: where none did, the sum of the entries is the position.
  has_lot_terms INTEGER NOT NULL DEFAULT 0 CHECK (has_lot_terms IN (0, 1)),
  last_entry_seq INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, program_id),
  CHECK (current_points = earned_points - redeemed_points - expired_points + adjusted_points)
) STRICT, WITHOUT ROWID;
CREATE INDEX programme_balances_by_programme ON programme_balances (program_id, current_points);

-- The tier that an account holds in a programme, as last written; the fold over its moves proves it.
CREATE TABLE customer_tiers (
  account_id TEXT NOT NULL REFERENCES customer_loyalty_accounts (id),
  program_id TEXT NOT NULL REFERENCES loyalty_programs (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  tier_id TEXT NOT NULL,
  since_ms INTEGER NOT NULL,
  keeps_until_ms INTEGER,
  PRIMARY KEY (account_id, program_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_tiers_by_end ON customer_tiers (merchant_id, keeps_until_ms) WHERE keeps_until_ms IS NOT NULL;

-- One row is both legs: the account and, by its kind, the system account on the other side.
CREATE TABLE points_transactions (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  account_id TEXT NOT NULL REFERENCES customer_loyalty_accounts (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  program_id TEXT NOT NULL REFERENCES loyalty_programs (id),
  kind TEXT NOT NULL CHECK (kind IN ('earn', 'redeem', 'reverse_earn', 'reverse_redeem', 'expire', 'reverse_expire', 'adjust', 'transfer', 'ripen', 'merge')),
  system_account TEXT NOT NULL CHECK (system_account IN ('issued', 'redeemed', 'expired', 'adjusted', 'disputed')),
  points INTEGER NOT NULL CHECK (points BETWEEN -1000000000000 AND 1000000000000),
  transaction_id TEXT REFERENCES transactions (id),
  refund_id TEXT REFERENCES refunds (id),
  reverses_id TEXT REFERENCES points_transactions (id),
  programme_version_id TEXT REFERENCES loyalty_program_versions (id),
  rule_id TEXT,
  parts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(parts)),
  -- What the rules read besides the sale, frozen with an earning: a refund recomputes under the same.
  context TEXT CHECK (context IS NULL OR json_valid(context)),
  expires_at_ms INTEGER,
  -- From when on the points can be spent; until when activity moves the lots that still run; the very lot that is meant.
  ripens_at_ms INTEGER,
  slides_to_ms INTEGER,
  lot_id TEXT REFERENCES points_transactions (id),
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
CREATE INDEX points_transactions_by_lot_end ON points_transactions (merchant_id, expires_at_ms) WHERE expires_at_ms IS NOT NULL AND points > 0;
CREATE INDEX points_transactions_by_ripening ON points_transactions (merchant_id, ripens_at_ms) WHERE ripens_at_ms IS NOT NULL;
CREATE INDEX points_transactions_by_lot ON points_transactions (lot_id) WHERE lot_id IS NOT NULL;
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
    WHERE o.id = NEW.reverses_id AND o.account_id = NEW.account_id AND o.program_id = NEW.program_id AND o.reverses_id IS NULL
      AND ((o.points >= 0 AND NEW.points <= 0) OR (o.points <= 0 AND NEW.points >= 0)));
  SELECT RAISE(ABORT, 'reversals cannot exceed their entry')
  WHERE abs(NEW.points + COALESCE((SELECT SUM(points) FROM points_transactions WHERE reverses_id = NEW.reverses_id), 0))
    > (SELECT abs(points) FROM points_transactions WHERE id = NEW.reverses_id);
END;
CREATE TRIGGER points_transactions_to_account AFTER INSERT ON points_transactions
BEGIN
  INSERT INTO programme_balances (
    account_id, program_id, merchant_id, current_points, earned_points, redeemed_points, expired_points, adjusted_points,
    has_lot_terms, last_entry_seq)
  VALUES (NEW.account_id, NEW.program_id, NEW.merchant_id, NEW.points,
    CASE WHEN NEW.system_account = 'issued' THEN NEW.points ELSE 0 END,
    CASE WHEN NEW.system_account = 'redeemed' THEN -NEW.points ELSE 0 END,
    CASE WHEN NEW.system_account = 'expired' THEN -NEW.points ELSE 0 END,
    CASE WHEN NEW.system_account IN ('adjusted', 'disputed') THEN NEW.points ELSE 0 END,
    NEW.expires_at_ms IS NOT NULL OR NEW.ripens_at_ms IS NOT NULL,
    NEW.seq)
  ON CONFLICT (account_id, program_id) DO UPDATE SET
    current_points = current_points + excluded.current_points,
    earned_points = earned_points + excluded.earned_points,
    redeemed_points = redeemed_points + excluded.redeemed_points,
    expired_points = expired_points + excluded.expired_points,
    adjusted_points = adjusted_points + excluded.adjusted_points,
    has_lot_terms = max(has_lot_terms, excluded.has_lot_terms),
    last_entry_seq = excluded.last_entry_seq;
  UPDATE customer_loyalty_accounts SET
    current_points = current_points + NEW.points,
    earned_points = earned_points + CASE WHEN NEW.system_account = 'issued' THEN NEW.points ELSE 0 END,
    redeemed_points = redeemed_points - CASE WHEN NEW.system_account = 'redeemed' THEN NEW.points ELSE 0 END,
    expired_points = expired_points - CASE WHEN NEW.system_account = 'expired' THEN NEW.points ELSE 0 END,
    adjusted_points = adjusted_points + CASE WHEN NEW.system_account IN ('adjusted', 'disputed') THEN NEW.points ELSE 0 END,
    last_entry_seq = NEW.seq
  WHERE id = NEW.account_id
    AND (SELECT is_main FROM loyalty_programs WHERE id = NEW.program_id) = 1;
END;
