-- The answers of commands by their idempotency key, for ever; and the outbox of facts (one op per committed command).
CREATE TABLE operations (
  id TEXT PRIMARY KEY,
  merchant_id TEXT,
  action TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (json_valid(outcome)),
  staff_id TEXT,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER operations_frozen BEFORE UPDATE ON operations
BEGIN SELECT RAISE(ABORT, 'answers do not change'); END;
CREATE TRIGGER operations_kept BEFORE DELETE ON operations
BEGIN SELECT RAISE(ABORT, 'answers are kept'); END;

CREATE TABLE outbox (
  incarnation INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  shop_id TEXT NOT NULL,
  terminal_id TEXT NOT NULL,
  type TEXT NOT NULL,
  version INTEGER NOT NULL,
  staff_id TEXT,
  at_ms INTEGER NOT NULL,
  trusted_at_ms INTEGER NOT NULL,
  body TEXT NOT NULL CHECK (length(body) <= 65536),
  body_hash TEXT NOT NULL,
  pii TEXT,
  pii_salt TEXT,
  pii_hash TEXT,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'parked')),
  PRIMARY KEY (incarnation, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_waiting ON outbox (incarnation, seq) WHERE state = 'waiting';
CREATE TRIGGER outbox_frozen BEFORE UPDATE OF incarnation, seq, id, type, body, body_hash, pii_hash, prev_hash, hash, at_ms ON outbox
BEGIN SELECT RAISE(ABORT, 'an op does not change'); END;
