-- A customer without personal data, and the personal data in one table of its own (erasure and sync treat it apart).
CREATE TABLE customers (
  customer_number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  customer_code TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'blocked', 'erased')),
  duplicate_of TEXT REFERENCES customers (id),
  total_spent_minor INTEGER NOT NULL DEFAULT 0,
  total_transactions INTEGER NOT NULL DEFAULT 0,
  last_visit_at_ms INTEGER,
  consent_marketing INTEGER NOT NULL DEFAULT 0 CHECK (consent_marketing IN (0, 1)),
  consent_at_ms INTEGER,
  tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  language TEXT,
  linked_staff_id TEXT REFERENCES staff_members (id),
  version INTEGER NOT NULL DEFAULT 1,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  UNIQUE (merchant_id, customer_code)
) STRICT;
CREATE INDEX customers_by_duplicate ON customers (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX customers_by_linked_staff ON customers (linked_staff_id) WHERE linked_staff_id IS NOT NULL;
CREATE INDEX customers_by_last_visit ON customers (merchant_id, last_visit_at_ms);

CREATE TABLE customer_pii (
  customer_number INTEGER PRIMARY KEY REFERENCES customers (customer_number),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  full_name TEXT NOT NULL CHECK (length(full_name) <= 120),
  call_name TEXT,
  phone_e164 TEXT CHECK (phone_e164 IS NULL OR phone_e164 LIKE '+%'),
  phone_reversed TEXT,
  email TEXT,
  birthday TEXT CHECK (birthday IS NULL OR birthday GLOB '[0-9-][0-9-][0-9-][0-9-]-[0-9][0-9]-[0-9][0-9]'),
  note TEXT NOT NULL DEFAULT '',
  is_duplicate INTEGER NOT NULL DEFAULT 0 CHECK (is_duplicate IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX customer_pii_by_phone ON customer_pii (merchant_id, phone_e164) WHERE phone_e164 IS NOT NULL AND is_duplicate = 0;
CREATE UNIQUE INDEX customer_pii_by_email ON customer_pii (merchant_id, email) WHERE email IS NOT NULL AND is_duplicate = 0;
CREATE INDEX customer_pii_by_phone_ending ON customer_pii (merchant_id, phone_reversed) WHERE phone_reversed IS NOT NULL;
