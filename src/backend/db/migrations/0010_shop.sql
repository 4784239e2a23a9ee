-- The merchant, its shops and terminals, typed settings, and what this data folder knows about itself.
CREATE TABLE merchants (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  merchant_code TEXT NOT NULL UNIQUE,
  business_email TEXT UNIQUE,
  country TEXT NOT NULL CHECK (length(country) = 2),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'closed')),
  plan TEXT NOT NULL DEFAULT 'BASIC' CHECK (plan IN ('BASIC', 'PREMIUM', 'ENTERPRISE')),
  is_demo INTEGER NOT NULL DEFAULT 0 CHECK (is_demo IN (0, 1)),
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE shops (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  name TEXT NOT NULL,
  shop_code TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  day_starts_at_hour INTEGER NOT NULL DEFAULT 0 CHECK (day_starts_at_hour BETWEEN 0 AND 12),
  latitude_e6 INTEGER,
  longitude_e6 INTEGER,
  created_at_ms INTEGER NOT NULL,
  UNIQUE (merchant_id, shop_code)
) STRICT, WITHOUT ROWID;

CREATE TABLE terminals (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  shop_id TEXT NOT NULL REFERENCES shops (id),
  name TEXT NOT NULL,
  terminal_code TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  UNIQUE (shop_id, terminal_code)
) STRICT, WITHOUT ROWID;
CREATE INDEX terminals_by_merchant ON terminals (merchant_id);

-- One row: which terminal this data folder is, its life (incarnation) and its counters.
CREATE TABLE terminal_state (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  database_id TEXT NOT NULL,
  merchant_id TEXT REFERENCES merchants (id),
  shop_id TEXT REFERENCES shops (id),
  terminal_id TEXT REFERENCES terminals (id),
  incarnation INTEGER NOT NULL DEFAULT 1 CHECK (incarnation >= 1),
  last_op_seq INTEGER NOT NULL DEFAULT 0,
  last_op_hash TEXT NOT NULL DEFAULT '',
  last_audit_hash TEXT NOT NULL DEFAULT '',
  last_receipt_counter INTEGER NOT NULL DEFAULT 0,
  last_commit_at_ms INTEGER NOT NULL DEFAULT 0,
  recovery_code_hash TEXT
) STRICT;

CREATE TABLE system_settings (
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  setting_key TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  value_type TEXT NOT NULL CHECK (value_type IN ('string', 'integer', 'boolean', 'json')),
  source TEXT NOT NULL DEFAULT 'LOCAL' CHECK (source IN ('LOCAL', 'HUB')),
  version INTEGER NOT NULL DEFAULT 1,
  updated_at_ms INTEGER NOT NULL,
  PRIMARY KEY (merchant_id, setting_key),
  CHECK (
    (value_type = 'string' AND json_type(value) = 'text')
    OR (value_type = 'integer' AND json_type(value) = 'integer')
    OR (value_type = 'boolean' AND json_type(value) IN ('true', 'false'))
    OR value_type = 'json'
  )
) STRICT, WITHOUT ROWID;
