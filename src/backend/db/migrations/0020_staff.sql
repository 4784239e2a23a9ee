-- Staff members, their roles and PINs; failed tries are durable so that a restart does not forgive them.
CREATE TABLE staff_members (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  roles TEXT NOT NULL CHECK (json_valid(roles) AND json_array_length(roles) >= 1),
  pin_hash TEXT NOT NULL,
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  failed_tries INTEGER NOT NULL DEFAULT 0 CHECK (failed_tries >= 0),
  locked_until_ms INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_members_by_merchant ON staff_members (merchant_id);

-- Failed tries at a terminal, whoever they were for: trying one PIN on everybody is slowed down too.
CREATE TABLE terminal_pin_tries (
  terminal_id TEXT PRIMARY KEY REFERENCES terminals (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  failed_tries INTEGER NOT NULL DEFAULT 0 CHECK (failed_tries >= 0),
  locked_until_ms INTEGER
) STRICT, WITHOUT ROWID;

-- A manager's approval: one permission, one use, two minutes.
CREATE TABLE override_grants (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  permission TEXT NOT NULL,
  approved_by_staff_id TEXT NOT NULL REFERENCES staff_members (id),
  requested_by_staff_id TEXT NOT NULL REFERENCES staff_members (id),
  reason TEXT NOT NULL DEFAULT '',
  granted_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  used_by_operation_id TEXT UNIQUE
) STRICT, WITHOUT ROWID;
CREATE INDEX override_grants_by_merchant ON override_grants (merchant_id);
CREATE INDEX override_grants_by_approver ON override_grants (approved_by_staff_id);
CREATE INDEX override_grants_by_requester ON override_grants (requested_by_staff_id);
