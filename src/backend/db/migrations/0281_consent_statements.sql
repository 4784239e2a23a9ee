-- What somebody said about being written to, on which day they said it, and (apart, erasable) what was noted of it.
-- 'merge': it came along when two records of one person were joined, or went back with them.
CREATE TABLE consents_told (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  is_given INTEGER NOT NULL CHECK (is_given IN (0, 1)),
  -- 0: before the shop published a wording of its own.
  text_version INTEGER NOT NULL CHECK (text_version >= 0),
  channel TEXT NOT NULL CHECK (channel IN ('till', 'phone', 'paper', 'message', 'import', 'merge')),
  staff_id TEXT REFERENCES staff_members (id),
  -- The day on which it was said; at_ms is when it was recorded.
  said_on TEXT NOT NULL CHECK (said_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO consents_told
SELECT id, merchant_id, customer_id, is_given, text_version, channel, staff_id, date(at_ms / 1000, 'unixepoch'), at_ms
FROM customer_consents;
DROP TABLE customer_consents;
ALTER TABLE consents_told RENAME TO customer_consents;
CREATE INDEX customer_consents_by_customer ON customer_consents (customer_id, said_on, at_ms);
CREATE INDEX customer_consents_by_merchant ON customer_consents (merchant_id, at_ms);
CREATE TRIGGER customer_consents_frozen BEFORE UPDATE ON customer_consents
BEGIN SELECT RAISE(ABORT, 'consents do not change: the next one says what holds'); END;
CREATE TRIGGER customer_consents_kept BEFORE DELETE ON customer_consents
BEGIN SELECT RAISE(ABORT, 'consents are kept'); END;

CREATE TABLE consent_notes (
  consent_id TEXT PRIMARY KEY REFERENCES customer_consents (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 500)
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_notes_by_customer ON consent_notes (customer_id);
CREATE INDEX consent_notes_by_merchant ON consent_notes (merchant_id);
