-- Units and packages that customers hold: what a plan gives, and what was used of it.
CREATE TABLE pass_plans (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  kind TEXT NOT NULL CHECK (kind IN ('units', 'package')),
  -- What a pass of it is made with: uses, days, the goods that a unit pays.
  terms TEXT NOT NULL CHECK (json_valid(terms)),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pass_plans_by_merchant ON pass_plans (merchant_id, is_active);

CREATE TABLE customer_packages (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  plan_id TEXT REFERENCES pass_plans (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  kind TEXT NOT NULL CHECK (kind IN ('units', 'package')),
  -- The terms as they were when it was made, for ever.
  terms TEXT NOT NULL CHECK (json_valid(terms)),
  units_total INTEGER NOT NULL DEFAULT 0 CHECK (units_total >= 0),
  messages_used INTEGER NOT NULL DEFAULT 0 CHECK (messages_used BETWEEN 0 AND units_total),
  starts_at_ms INTEGER NOT NULL,
  ends_at_ms INTEGER CHECK (ends_at_ms > starts_at_ms),
  revoked_at_ms INTEGER,
  voucher_id TEXT REFERENCES vouchers (id),
  transaction_id TEXT REFERENCES transactions (id),
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_packages_by_customer ON customer_packages (customer_id, ends_at_ms);
CREATE INDEX customer_packages_by_plan ON customer_packages (plan_id) WHERE plan_id IS NOT NULL;
CREATE INDEX customer_packages_by_voucher ON customer_packages (voucher_id) WHERE voucher_id IS NOT NULL;
CREATE INDEX customer_packages_by_sale ON customer_packages (transaction_id) WHERE transaction_id IS NOT NULL;
CREATE INDEX customer_packages_by_end ON customer_packages (merchant_id, ends_at_ms) WHERE ends_at_ms IS NOT NULL;
CREATE TRIGGER customer_packages_kept BEFORE DELETE ON customer_packages
BEGIN SELECT RAISE(ABORT, 'passes are kept'); END;
CREATE TRIGGER customer_packages_terms_frozen BEFORE UPDATE OF id, merchant_id, plan_id, name, kind, terms, starts_at_ms, ends_at_ms, voucher_id, transaction_id ON customer_packages
BEGIN SELECT RAISE(ABORT, 'the terms of a pass do not change'); END;

-- Units as they come and go. A grant adds to what there is; a use and its return move what was used.
CREATE TABLE package_uses (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  package_id TEXT NOT NULL REFERENCES customer_packages (id),
  kind TEXT NOT NULL CHECK (kind IN ('grant', 'use', 'return', 'adjust', 'take-back')),
  units INTEGER NOT NULL CHECK (units <> 0 AND units BETWEEN -1000000 AND 1000000),
  reverses_id TEXT REFERENCES package_uses (id),
  transaction_id TEXT REFERENCES transactions (id),
  transaction_item_id TEXT REFERENCES transaction_items (id),
  -- What the units paid.
  amount_minor INTEGER NOT NULL DEFAULT 0,
  refund_id TEXT REFERENCES refunds (id),
  redemption_id TEXT REFERENCES voucher_redemptions (id),
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 40),
  staff_id TEXT REFERENCES staff_members (id),
  approved_by_staff_id TEXT REFERENCES staff_members (id),
  business_date TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  trusted_at_ms INTEGER NOT NULL,
  group_id TEXT NOT NULL,
  CHECK ((kind IN ('return', 'take-back')) = (reverses_id IS NOT NULL)),
  CHECK (kind NOT IN ('grant', 'return') OR units > 0),
  CHECK (kind NOT IN ('use', 'take-back') OR units < 0)
) STRICT;
CREATE INDEX package_uses_by_package ON package_uses (package_id, seq);
CREATE INDEX package_uses_by_reversed ON package_uses (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX package_uses_by_sale ON package_uses (transaction_id) WHERE transaction_id IS NOT NULL;
CREATE INDEX package_uses_by_line ON package_uses (transaction_item_id) WHERE transaction_item_id IS NOT NULL;
CREATE INDEX package_uses_by_refund ON package_uses (refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX package_uses_by_redemption ON package_uses (redemption_id) WHERE redemption_id IS NOT NULL;
CREATE TRIGGER package_uses_frozen BEFORE UPDATE ON package_uses
BEGIN SELECT RAISE(ABORT, 'uses of passes do not change'); END;
CREATE TRIGGER package_uses_kept BEFORE DELETE ON package_uses
BEGIN SELECT RAISE(ABORT, 'uses of passes are kept'); END;
CREATE TRIGGER package_uses_reversal_fits BEFORE INSERT ON package_uses
WHEN NEW.reverses_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'a reversal reverses an entry of the same pass')
  WHERE NOT EXISTS (
    SELECT 1 FROM package_uses o
    WHERE o.id = NEW.reverses_id AND o.package_id = NEW.package_id
      AND o.kind = CASE NEW.kind WHEN 'return' THEN 'use' ELSE 'grant' END);
  SELECT RAISE(ABORT, 'reversals cannot exceed their entry')
  WHERE abs(NEW.units + COALESCE((SELECT SUM(units) FROM package_uses WHERE reverses_id = NEW.reverses_id), 0))
    > (SELECT abs(units) FROM package_uses WHERE id = NEW.reverses_id);
END;
CREATE TRIGGER package_uses_to_package AFTER INSERT ON package_uses
BEGIN
  UPDATE customer_packages SET
    units_total = units_total + CASE WHEN NEW.kind IN ('grant', 'adjust', 'take-back') THEN NEW.units ELSE 0 END,
    messages_used = messages_used - CASE WHEN NEW.kind IN ('use', 'return') THEN NEW.units ELSE 0 END
  WHERE id = NEW.package_id;
END;
