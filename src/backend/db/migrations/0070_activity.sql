-- What happened to customers (append-only, no foreign keys to its subjects: history survives them) and the audit log.
CREATE TABLE customer_events (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  customer_id TEXT,
  event_type TEXT NOT NULL CHECK (length(event_type) BETWEEN 1 AND 100),
  category TEXT NOT NULL CHECK (category IN ('ACTION', 'EFFECT')),
  campaign_id TEXT,
  group_id TEXT NOT NULL CHECK (length(group_id) <= 50),
  event_source TEXT NOT NULL CHECK (event_source IN ('Till', 'Dashboard', 'API', 'Webhook', 'Import', 'Sync', 'System')),
  data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data)),
  pii TEXT CHECK (pii IS NULL OR json_valid(pii)),
  staff_id TEXT,
  terminal_id TEXT,
  business_date TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_events_by_customer ON customer_events (merchant_id, customer_id, created_at_ms, id) WHERE customer_id IS NOT NULL;
CREATE INDEX customer_events_by_customer_type ON customer_events (merchant_id, customer_id, event_type, created_at_ms) WHERE customer_id IS NOT NULL;
CREATE INDEX customer_events_by_campaign ON customer_events (merchant_id, campaign_id, created_at_ms) WHERE campaign_id IS NOT NULL;
CREATE INDEX customer_events_by_type ON customer_events (merchant_id, event_type, created_at_ms);
CREATE INDEX customer_events_by_group ON customer_events (group_id);
CREATE TRIGGER customer_events_frozen BEFORE UPDATE OF id, merchant_id, customer_id, event_type, category, group_id, data, created_at_ms ON customer_events
BEGIN SELECT RAISE(ABORT, 'events do not change'); END;

-- One row per command, chained by hash: seq has no gaps, and each hash covers the one before.
CREATE TABLE audit_logs (
  seq INTEGER PRIMARY KEY,
  merchant_id TEXT,
  operation_id TEXT NOT NULL,
  action TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'denied')),
  reason TEXT,
  staff_id TEXT,
  approved_by_staff_id TEXT,
  terminal_id TEXT,
  session_id TEXT,
  table_name TEXT,
  record_id TEXT,
  old_values TEXT CHECK (old_values IS NULL OR json_valid(old_values)),
  new_values TEXT CHECK (new_values IS NULL OR json_valid(new_values)),
  pii TEXT CHECK (pii IS NULL OR json_valid(pii)),
  pii_salt TEXT,
  pii_hash TEXT,
  at_ms INTEGER NOT NULL,
  trusted_at_ms INTEGER NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_logs_by_record ON audit_logs (table_name, record_id) WHERE record_id IS NOT NULL;
CREATE INDEX audit_logs_by_staff ON audit_logs (staff_id, seq) WHERE staff_id IS NOT NULL;
CREATE TRIGGER audit_logs_frozen BEFORE UPDATE OF seq, operation_id, action, outcome, reason, staff_id, table_name, record_id, old_values, new_values, pii_hash, at_ms, prev_hash, hash ON audit_logs
BEGIN SELECT RAISE(ABORT, 'the audit log does not change'); END;
CREATE TRIGGER audit_logs_kept BEFORE DELETE ON audit_logs
BEGIN SELECT RAISE(ABORT, 'the audit log is kept'); END;
