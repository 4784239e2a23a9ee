-- Campaigns as versioned data, their vouchers, the wallets of customers, what was redeemed, tried and set aside.
CREATE TABLE campaigns (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'live', 'paused', 'ended')),
  is_archived INTEGER NOT NULL DEFAULT 0 CHECK (is_archived IN (0, 1)),
  created_by_staff_id TEXT REFERENCES staff_members (id),
  created_at_ms INTEGER NOT NULL,
  paused_at_ms INTEGER,
  paused_by_staff_id TEXT REFERENCES staff_members (id),
  ended_at_ms INTEGER,
  CHECK ((status = 'paused') = (paused_at_ms IS NOT NULL)),
  CHECK ((status = 'ended') = (ended_at_ms IS NOT NULL)),
  CHECK (is_archived = 0 OR status IN ('draft', 'ended'))
) STRICT, WITHOUT ROWID;
CREATE INDEX campaigns_by_merchant ON campaigns (merchant_id, is_archived, status);
CREATE TRIGGER campaigns_state_machine BEFORE UPDATE OF status ON campaigns
WHEN OLD.status <> NEW.status AND (NEW.status = 'draft' OR OLD.status = 'ended')
BEGIN SELECT RAISE(ABORT, 'this change of a campaign is not allowed'); END;

CREATE TABLE campaign_versions (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  campaign_id TEXT NOT NULL REFERENCES campaigns (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  published_at_ms INTEGER NOT NULL,
  published_by_staff_id TEXT REFERENCES staff_members (id),
  UNIQUE (campaign_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER campaign_versions_frozen BEFORE UPDATE ON campaign_versions
BEGIN SELECT RAISE(ABORT, 'a published version does not change'); END;
CREATE TRIGGER campaign_versions_kept BEFORE DELETE ON campaign_versions
BEGIN SELECT RAISE(ABORT, 'published versions are kept'); END;

-- What a manager is working on, one per campaign. based_on_version: what it was begun from, 0 for nothing.
CREATE TABLE campaign_drafts (
  campaign_id TEXT PRIMARY KEY REFERENCES campaigns (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  based_on_version INTEGER NOT NULL CHECK (based_on_version >= 0),
  revision INTEGER NOT NULL CHECK (revision >= 1),
  staff_id TEXT NOT NULL REFERENCES staff_members (id),
  updated_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A run of codes being made or imported, in pages: made rises with them.
CREATE TABLE voucher_batches (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  campaign_id TEXT NOT NULL REFERENCES campaigns (id),
  pattern TEXT NOT NULL,
  wanted INTEGER NOT NULL CHECK (wanted BETWEEN 1 AND 1000000),
  made INTEGER NOT NULL DEFAULT 0 CHECK (made BETWEEN 0 AND wanted),
  status TEXT NOT NULL CHECK (status IN ('running', 'done', 'cancelled')),
  created_by_staff_id TEXT NOT NULL REFERENCES staff_members (id),
  created_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER,
  CHECK ((status = 'running') = (ended_at_ms IS NULL)),
  CHECK (status <> 'done' OR made = wanted)
) STRICT, WITHOUT ROWID;
CREATE INDEX voucher_batches_by_campaign ON voucher_batches (campaign_id, created_at_ms);
CREATE INDEX voucher_batches_running ON voucher_batches (merchant_id) WHERE status = 'running';

-- One row per code. The terms are the campaign's; type and value say what it gives for lists and exports.
CREATE TABLE vouchers (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  campaign_id TEXT NOT NULL REFERENCES campaigns (id),
  batch_id TEXT REFERENCES voucher_batches (id),
  -- As it is printed; and by what it is looked up: without separators, in capitals, what looks alike made alike.
  code TEXT NOT NULL CHECK (length(code) BETWEEN 3 AND 40),
  code_key TEXT NOT NULL CHECK (length(code_key) BETWEEN 3 AND 40),
  type TEXT NOT NULL CHECK (type IN ('percent', 'amount', 'product', 'buy-take', 'fixed-price', 'credit', 'units', 'package')),
  value INTEGER NOT NULL CHECK (value >= 0),
  -- Null: as often as the campaign lets it.
  usage_limit INTEGER CHECK (usage_limit >= 1),
  usage_count INTEGER NOT NULL DEFAULT 0 CHECK (usage_count >= 0),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  status TEXT NOT NULL DEFAULT 'created' CHECK (status IN ('created', 'published', 'scanned', 'claimed', 'redeemed', 'expired', 'revoked')),
  starts_at_ms INTEGER,
  expires_at_ms INTEGER,
  -- Only this customer may use it.
  holder_customer_id TEXT REFERENCES customers (id),
  created_by_staff_id TEXT REFERENCES staff_members (id),
  issued_by_staff_id TEXT REFERENCES staff_members (id),
  issued_sale_id TEXT REFERENCES transactions (id),
  -- What the system issues by itself: the id that follows from its cause.
  issue_key TEXT,
  scan_count INTEGER NOT NULL DEFAULT 0 CHECK (scan_count >= 0),
  claim_count INTEGER NOT NULL DEFAULT 0 CHECK (claim_count >= 0),
  impressions INTEGER NOT NULL DEFAULT 0 CHECK (impressions >= 0),
  created_at_ms INTEGER NOT NULL,
  revoked_at_ms INTEGER,
  UNIQUE (merchant_id, code_key),
  CHECK (usage_count <= usage_limit),
  CHECK ((status = 'revoked') = (revoked_at_ms IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX vouchers_by_campaign ON vouchers (campaign_id, created_at_ms) WHERE batch_id IS NULL;
CREATE INDEX vouchers_by_batch ON vouchers (batch_id) WHERE batch_id IS NOT NULL;
CREATE INDEX vouchers_by_holder ON vouchers (holder_customer_id) WHERE holder_customer_id IS NOT NULL;
CREATE INDEX vouchers_by_issuing_sale ON vouchers (issued_sale_id) WHERE issued_sale_id IS NOT NULL;
CREATE UNIQUE INDEX vouchers_by_issue_key ON vouchers (issue_key) WHERE issue_key IS NOT NULL;
CREATE INDEX vouchers_by_scans ON vouchers (merchant_id, scan_count) WHERE scan_count > 0;
CREATE INDEX vouchers_by_claims ON vouchers (merchant_id, claim_count) WHERE claim_count > 0;
CREATE INDEX vouchers_by_end ON vouchers (merchant_id, expires_at_ms) WHERE expires_at_ms IS NOT NULL AND status NOT IN ('redeemed', 'expired', 'revoked');
CREATE TRIGGER vouchers_kept BEFORE DELETE ON vouchers
BEGIN SELECT RAISE(ABORT, 'vouchers are kept'); END;
CREATE TRIGGER vouchers_terms_frozen BEFORE UPDATE OF id, merchant_id, campaign_id, batch_id, code, code_key, type, value, created_by_staff_id, issued_sale_id, issue_key, created_at_ms ON vouchers
BEGIN SELECT RAISE(ABORT, 'what a voucher is does not change'); END;
-- Forwards; and back from redeemed where a use is given back.
CREATE TRIGGER vouchers_state_machine BEFORE UPDATE OF status ON vouchers
WHEN OLD.status <> NEW.status AND NOT (
  (OLD.status = 'created' AND NEW.status IN ('published', 'scanned', 'claimed', 'redeemed', 'expired', 'revoked'))
  OR (OLD.status = 'published' AND NEW.status IN ('scanned', 'claimed', 'redeemed', 'expired', 'revoked'))
  OR (OLD.status = 'scanned' AND NEW.status IN ('claimed', 'redeemed', 'expired', 'revoked'))
  OR (OLD.status = 'claimed' AND NEW.status IN ('redeemed', 'expired', 'revoked'))
  OR (OLD.status = 'redeemed' AND NEW.status IN ('published', 'scanned', 'claimed', 'expired', 'revoked')))
BEGIN SELECT RAISE(ABORT, 'this change of a voucher is not allowed'); END;

-- The wallet: one claim per customer and voucher, in the order in which the customer keeps them.
CREATE TABLE customer_vouchers (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  voucher_id TEXT NOT NULL REFERENCES vouchers (id),
  campaign_id TEXT NOT NULL REFERENCES campaigns (id),
  status TEXT NOT NULL DEFAULT 'CLAIMED' CHECK (status IN ('CLAIMED', 'REDEEMED', 'EXPIRED', 'VOIDED', 'CONFLICT')),
  void_reason TEXT CHECK (void_reason IN ('MERGED', 'REVOKED', 'GIVEN_BACK')),
  claimed_at_ms INTEGER NOT NULL,
  -- The sale that was open when it was claimed, or that gave it: one kept for the next purchase is not used in this one.
  claimed_sale_id TEXT,
  expires_at_ms INTEGER,
  wallet_order INTEGER NOT NULL DEFAULT 0,
  notification_preferences TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(notification_preferences)),
  last_viewed_at_ms INTEGER,
  reminded_at_ms INTEGER,
  metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
  UNIQUE (customer_id, voucher_id),
  CHECK ((status = 'VOIDED') = (void_reason IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_vouchers_by_voucher ON customer_vouchers (voucher_id);
CREATE INDEX customer_vouchers_by_campaign ON customer_vouchers (campaign_id, claimed_at_ms);
CREATE INDEX customer_vouchers_by_status ON customer_vouchers (merchant_id, status, expires_at_ms);
CREATE INDEX customer_vouchers_by_time ON customer_vouchers (merchant_id, claimed_at_ms);
CREATE TRIGGER customer_vouchers_kept BEFORE DELETE ON customer_vouchers
BEGIN SELECT RAISE(ABORT, 'claims are kept'); END;
CREATE TRIGGER customer_vouchers_counted AFTER INSERT ON customer_vouchers
BEGIN UPDATE vouchers SET claim_count = claim_count + 1 WHERE id = NEW.voucher_id; END;

-- What was used: a voucher, or a campaign's automatic promotion. Amounts are what it took off, or gave.
CREATE TABLE voucher_redemptions (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  campaign_id TEXT NOT NULL REFERENCES campaigns (id),
  campaign_version_id TEXT NOT NULL REFERENCES campaign_versions (id),
  voucher_id TEXT REFERENCES vouchers (id),
  customer_id TEXT REFERENCES customers (id),
  transaction_id TEXT REFERENCES transactions (id),
  redemption_type TEXT NOT NULL CHECK (redemption_type IN ('percent', 'amount', 'product', 'buy-take', 'fixed-price', 'credit', 'units', 'package')),
  uses INTEGER NOT NULL CHECK (uses >= 1),
  discount_amount_minor INTEGER NOT NULL CHECK (discount_amount_minor >= 0),
  -- The voucher's status before, which a rollback brings back.
  status_before TEXT,
  -- What a grant made: an entry of credit, a pass.
  granted_kind TEXT CHECK (granted_kind IN ('credit', 'pass')),
  granted_id TEXT,
  notes TEXT NOT NULL DEFAULT '' CHECK (length(notes) <= 200),
  shop_id TEXT NOT NULL REFERENCES shops (id),
  terminal_id TEXT NOT NULL REFERENCES terminals (id),
  staff_id TEXT NOT NULL REFERENCES staff_members (id),
  civil_date TEXT NOT NULL CHECK (civil_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  business_date TEXT NOT NULL,
  used_at_ms INTEGER NOT NULL,
  trusted_at_ms INTEGER NOT NULL,
  group_id TEXT NOT NULL,
  CHECK ((granted_kind IS NULL) = (granted_id IS NULL)),
  CHECK (voucher_id IS NOT NULL OR transaction_id IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX voucher_redemptions_by_campaign ON voucher_redemptions (campaign_id, used_at_ms);
CREATE INDEX voucher_redemptions_by_voucher ON voucher_redemptions (voucher_id, used_at_ms) WHERE voucher_id IS NOT NULL;
CREATE INDEX voucher_redemptions_by_customer ON voucher_redemptions (customer_id, campaign_id, civil_date) WHERE customer_id IS NOT NULL;
CREATE INDEX voucher_redemptions_by_sale ON voucher_redemptions (transaction_id) WHERE transaction_id IS NOT NULL;
CREATE INDEX voucher_redemptions_by_version ON voucher_redemptions (campaign_version_id);
CREATE INDEX voucher_redemptions_by_day ON voucher_redemptions (merchant_id, business_date);
CREATE TRIGGER voucher_redemptions_frozen BEFORE UPDATE ON voucher_redemptions
BEGIN SELECT RAISE(ABORT, 'redemptions do not change'); END;
CREATE TRIGGER voucher_redemptions_kept BEFORE DELETE ON voucher_redemptions
BEGIN SELECT RAISE(ABORT, 'redemptions are kept'); END;
CREATE VIEW voucher_usage AS
SELECT id, merchant_id, voucher_id, customer_id AS user_id, discount_amount_minor, redemption_type, notes, used_at_ms
FROM voucher_redemptions WHERE voucher_id IS NOT NULL;

-- What was given back of a redemption: uses, money to the budget, or both. Never more than there was.
CREATE TABLE voucher_rollbacks (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  redemption_id TEXT NOT NULL REFERENCES voucher_redemptions (id),
  refund_id TEXT REFERENCES refunds (id),
  uses INTEGER NOT NULL CHECK (uses >= 0),
  amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
  reason TEXT NOT NULL CHECK (reason IN ('refund', 'cancel', 'manual')),
  staff_id TEXT REFERENCES staff_members (id),
  at_ms INTEGER NOT NULL,
  group_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX voucher_rollbacks_by_redemption ON voucher_rollbacks (redemption_id);
CREATE INDEX voucher_rollbacks_by_refund ON voucher_rollbacks (refund_id) WHERE refund_id IS NOT NULL;
CREATE TRIGGER voucher_rollbacks_frozen BEFORE UPDATE ON voucher_rollbacks
BEGIN SELECT RAISE(ABORT, 'rollbacks do not change'); END;
CREATE TRIGGER voucher_rollbacks_kept BEFORE DELETE ON voucher_rollbacks
BEGIN SELECT RAISE(ABORT, 'rollbacks are kept'); END;
CREATE TRIGGER voucher_rollbacks_fit BEFORE INSERT ON voucher_rollbacks
BEGIN
  SELECT RAISE(ABORT, 'rollbacks cannot exceed their redemption')
  FROM voucher_redemptions r
  WHERE r.id = NEW.redemption_id AND (
    NEW.uses + COALESCE((SELECT SUM(uses) FROM voucher_rollbacks WHERE redemption_id = NEW.redemption_id), 0) > r.uses
    OR NEW.amount_minor + COALESCE((SELECT SUM(amount_minor) FROM voucher_rollbacks WHERE redemption_id = NEW.redemption_id), 0)
      > r.discount_amount_minor);
END;

-- Counters that follow their rows: uses and cost of a campaign, in all and by civil day.
CREATE TABLE campaign_totals (
  campaign_id TEXT PRIMARY KEY REFERENCES campaigns (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  redemption_count INTEGER NOT NULL DEFAULT 0 CHECK (redemption_count >= 0),
  uses INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0),
  cost_minor INTEGER NOT NULL DEFAULT 0 CHECK (cost_minor >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE campaign_days (
  campaign_id TEXT NOT NULL REFERENCES campaigns (id),
  civil_date TEXT NOT NULL,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  uses INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0),
  cost_minor INTEGER NOT NULL DEFAULT 0 CHECK (cost_minor >= 0),
  PRIMARY KEY (campaign_id, civil_date)
) STRICT, WITHOUT ROWID;
-- V1: usage_count is the sum of the uses that stand; V2: the check of the voucher stops what is beyond its limit.
CREATE TRIGGER voucher_redemptions_counted AFTER INSERT ON voucher_redemptions
BEGIN
  UPDATE vouchers SET usage_count = usage_count + NEW.uses WHERE id = NEW.voucher_id;
  INSERT INTO campaign_totals (campaign_id, merchant_id, redemption_count, uses, cost_minor)
  VALUES (NEW.campaign_id, NEW.merchant_id, 1, NEW.uses, NEW.discount_amount_minor)
  ON CONFLICT (campaign_id) DO UPDATE SET
    redemption_count = redemption_count + 1, uses = uses + excluded.uses, cost_minor = cost_minor + excluded.cost_minor;
  INSERT INTO campaign_days (campaign_id, civil_date, merchant_id, uses, cost_minor)
  VALUES (NEW.campaign_id, NEW.civil_date, NEW.merchant_id, NEW.uses, NEW.discount_amount_minor)
  ON CONFLICT (campaign_id, civil_date) DO UPDATE SET
    uses = uses + excluded.uses, cost_minor = cost_minor + excluded.cost_minor;
END;
CREATE TRIGGER voucher_rollbacks_counted AFTER INSERT ON voucher_rollbacks
BEGIN
  UPDATE vouchers SET usage_count = usage_count - NEW.uses
  WHERE id = (SELECT voucher_id FROM voucher_redemptions WHERE id = NEW.redemption_id);
  UPDATE campaign_totals SET
    redemption_count = redemption_count - (NEW.uses > 0 AND (SELECT r.uses FROM voucher_redemptions r WHERE r.id = NEW.redemption_id)
      = (SELECT SUM(b.uses) FROM voucher_rollbacks b WHERE b.redemption_id = NEW.redemption_id)),
    uses = uses - NEW.uses, cost_minor = cost_minor - NEW.amount_minor
  WHERE campaign_id = (SELECT campaign_id FROM voucher_redemptions WHERE id = NEW.redemption_id);
  UPDATE campaign_days SET uses = uses - NEW.uses, cost_minor = cost_minor - NEW.amount_minor
  WHERE (campaign_id, civil_date) = (SELECT campaign_id, civil_date FROM voucher_redemptions WHERE id = NEW.redemption_id);
END;

-- Every refused check and every redemption that was tried, also of a code that nobody knows: then only its hash is kept.
CREATE TABLE redemption_attempts (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  voucher_id TEXT REFERENCES vouchers (id),
  code_hash TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('check', 'redeem')),
  business_id TEXT NOT NULL REFERENCES shops (id),
  terminal_id TEXT NOT NULL REFERENCES terminals (id),
  staff_id TEXT NOT NULL REFERENCES staff_members (id),
  customer_id TEXT,
  transaction_id TEXT,
  attempted_at_ms INTEGER NOT NULL,
  successful INTEGER NOT NULL DEFAULT 0 CHECK (successful IN (0, 1)),
  failure_reason TEXT CHECK (length(failure_reason) <= 100),
  device_info TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(device_info)),
  location TEXT CHECK (location IS NULL OR json_valid(location)),
  metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
  CHECK (successful = 0 OR failure_reason IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX redemption_attempts_by_voucher ON redemption_attempts (voucher_id, attempted_at_ms) WHERE voucher_id IS NOT NULL;
CREATE INDEX redemption_attempts_by_business ON redemption_attempts (business_id, attempted_at_ms);
CREATE INDEX redemption_attempts_by_time ON redemption_attempts (merchant_id, attempted_at_ms, successful);
CREATE INDEX redemption_attempts_by_terminal ON redemption_attempts (terminal_id, attempted_at_ms);
CREATE INDEX redemption_attempts_by_customer ON redemption_attempts (customer_id, attempted_at_ms) WHERE customer_id IS NOT NULL;
-- It is written before its effect, and turns successful with it or keeps its reason; nothing else changes.
CREATE TRIGGER redemption_attempts_frozen BEFORE UPDATE ON redemption_attempts
WHEN OLD.successful = 1 OR OLD.failure_reason IS NOT NULL
  OR (NEW.id, NEW.merchant_id, NEW.code_hash, NEW.kind, NEW.business_id, NEW.terminal_id, NEW.staff_id, NEW.attempted_at_ms)
    IS NOT (OLD.id, OLD.merchant_id, OLD.code_hash, OLD.kind, OLD.business_id, OLD.terminal_id, OLD.staff_id, OLD.attempted_at_ms)
  OR NEW.voucher_id IS NOT OLD.voucher_id
BEGIN SELECT RAISE(ABORT, 'attempts do not change'); END;
CREATE TRIGGER redemption_attempts_kept BEFORE DELETE ON redemption_attempts
BEGIN SELECT RAISE(ABORT, 'attempts are kept'); END;

-- How often a voucher was shown or printed.
CREATE TABLE voucher_impressions (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  voucher_id TEXT NOT NULL REFERENCES vouchers (id),
  kind TEXT NOT NULL CHECK (kind IN ('display', 'receipt', 'print')),
  impressions INTEGER NOT NULL CHECK (impressions >= 1),
  transaction_id TEXT,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX voucher_impressions_by_voucher ON voucher_impressions (voucher_id, at_ms);
CREATE TRIGGER voucher_impressions_frozen BEFORE UPDATE ON voucher_impressions
BEGIN SELECT RAISE(ABORT, 'impressions do not change'); END;
CREATE TRIGGER voucher_impressions_kept BEFORE DELETE ON voucher_impressions
BEGIN SELECT RAISE(ABORT, 'impressions are kept'); END;
CREATE TRIGGER voucher_impressions_counted AFTER INSERT ON voucher_impressions
BEGIN UPDATE vouchers SET impressions = impressions + NEW.impressions WHERE id = NEW.voucher_id; END;

-- A scan of a voucher counts, and is the first step of its life that a customer takes.
CREATE TRIGGER qr_scan_logs_to_voucher AFTER INSERT ON qr_scan_logs
WHEN NEW.voucher_id IS NOT NULL
BEGIN
  UPDATE vouchers SET
    scan_count = scan_count + 1,
    status = CASE WHEN status IN ('created', 'published') THEN 'scanned' ELSE status END
  WHERE id = NEW.voucher_id;
END;

-- What an open sale has set aside: uses of a voucher, money of an account, units of a pass. No ledger: it lapses by itself
-- (ends_at_ms), or stays until the pending sale ends (null).
CREATE TABLE value_holds (
  sale_id TEXT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('voucher', 'campaign', 'credit', 'pass')),
  subject_id TEXT NOT NULL,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  uses INTEGER NOT NULL DEFAULT 0 CHECK (uses >= 0),
  amount_minor INTEGER NOT NULL DEFAULT 0 CHECK (amount_minor >= 0),
  customer_id TEXT,
  taken_at_ms INTEGER NOT NULL,
  ends_at_ms INTEGER,
  PRIMARY KEY (sale_id, subject_kind, subject_id),
  CHECK (uses + amount_minor > 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX value_holds_by_subject ON value_holds (subject_kind, subject_id);
CREATE INDEX value_holds_by_merchant ON value_holds (merchant_id, ends_at_ms);
