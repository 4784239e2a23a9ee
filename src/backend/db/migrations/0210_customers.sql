-- Customers in depth: own fields, consent by version, replaced cards, duplicates and merges, segments, erasure.
ALTER TABLE customer_pii ADD COLUMN custom TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(custom));
ALTER TABLE customer_pii ADD COLUMN contact_by TEXT CHECK (contact_by IN ('email', 'phone', 'message', 'none'));
-- Why somebody was blocked is told in the erasable part.
ALTER TABLE customer_pii ADD COLUMN block_reason TEXT NOT NULL DEFAULT '' CHECK (length(block_reason) <= 500);

CREATE TABLE custom_fields (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice', 'yes-no')),
  choices TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(choices)),
  position INTEGER NOT NULL CHECK (position >= 0),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  updated_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX custom_fields_by_merchant ON custom_fields (merchant_id, position);

-- The wording that people agree to, by version; and who agreed or took it back, when, how and before whom.
CREATE TABLE consent_texts (
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 2000),
  published_at_ms INTEGER NOT NULL,
  staff_id TEXT REFERENCES staff_members (id),
  PRIMARY KEY (merchant_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER consent_texts_frozen BEFORE UPDATE ON consent_texts
BEGIN SELECT RAISE(ABORT, 'a published wording does not change'); END;
CREATE TRIGGER consent_texts_kept BEFORE DELETE ON consent_texts
BEGIN SELECT RAISE(ABORT, 'published wordings are kept'); END;

CREATE TABLE customer_consents (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  is_given INTEGER NOT NULL CHECK (is_given IN (0, 1)),
  -- 0: before the shop published a wording of its own.
  text_version INTEGER NOT NULL CHECK (text_version >= 0),
  channel TEXT NOT NULL CHECK (channel IN ('till', 'phone', 'paper', 'message', 'import')),
  staff_id TEXT REFERENCES staff_members (id),
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_consents_by_customer ON customer_consents (customer_id, at_ms);
CREATE INDEX customer_consents_by_merchant ON customer_consents (merchant_id, at_ms);
CREATE TRIGGER customer_consents_frozen BEFORE UPDATE ON customer_consents
BEGIN SELECT RAISE(ABORT, 'consents do not change: the next one says what holds'); END;
CREATE TRIGGER customer_consents_kept BEFORE DELETE ON customer_consents
BEGIN SELECT RAISE(ABORT, 'consents are kept'); END;

-- Codes of cards that were lost or exchanged: never accepted, never given out again.
CREATE TABLE replaced_codes (
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  code TEXT NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  replaced_at_ms INTEGER NOT NULL,
  staff_id TEXT REFERENCES staff_members (id),
  PRIMARY KEY (merchant_id, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX replaced_codes_by_customer ON replaced_codes (customer_id);
CREATE TRIGGER replaced_codes_kept BEFORE DELETE ON replaced_codes
BEGIN SELECT RAISE(ABORT, 'a replaced code is never given out again'); END;

-- Two customers that somebody said are two people: not proposed again. The smaller id first.
CREATE TABLE distinct_customers (
  first_customer_id TEXT NOT NULL REFERENCES customers (id),
  second_customer_id TEXT NOT NULL REFERENCES customers (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  staff_id TEXT REFERENCES staff_members (id),
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (first_customer_id, second_customer_id),
  CHECK (first_customer_id < second_customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX distinct_customers_by_second ON distinct_customers (second_customer_id);
CREATE INDEX distinct_customers_by_merchant ON distinct_customers (merchant_id);

-- Two records of one person joined: what was moved, so that it can be undone for a while.
CREATE TABLE customer_merges (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  from_customer_id TEXT NOT NULL REFERENCES customers (id),
  into_customer_id TEXT NOT NULL REFERENCES customers (id),
  -- Names of the fields that were empty and were filled; customers that had been merged into the first one before.
  filled TEXT NOT NULL CHECK (json_valid(filled)),
  repointed TEXT NOT NULL CHECK (json_valid(repointed)),
  staff_id TEXT REFERENCES staff_members (id),
  merged_at_ms INTEGER NOT NULL,
  undo_until_ms INTEGER NOT NULL,
  undone_at_ms INTEGER,
  CHECK (from_customer_id <> into_customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_merges_by_merchant ON customer_merges (merchant_id, merged_at_ms);
CREATE INDEX customer_merges_by_source ON customer_merges (from_customer_id, merged_at_ms);
CREATE UNIQUE INDEX customer_merges_standing ON customer_merges (from_customer_id) WHERE undone_at_ms IS NULL;
CREATE INDEX customer_merges_by_target ON customer_merges (into_customer_id, merged_at_ms);
CREATE TABLE customer_merge_lots (
  merge_id TEXT NOT NULL REFERENCES customer_merges (id),
  position INTEGER NOT NULL CHECK (position >= 0),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  out_entry_id TEXT NOT NULL REFERENCES points_transactions (id),
  in_entry_id TEXT NOT NULL REFERENCES points_transactions (id),
  PRIMARY KEY (merge_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_merge_lots_by_merchant ON customer_merge_lots (merchant_id);
CREATE INDEX customer_merge_lots_by_out ON customer_merge_lots (out_entry_id);
CREATE INDEX customer_merge_lots_by_in ON customer_merge_lots (in_entry_id);

CREATE TABLE segments (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  kind TEXT NOT NULL CHECK (kind IN ('static', 'rule')),
  rule TEXT CHECK (rule IS NULL OR json_valid(rule)),
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  is_archived INTEGER NOT NULL DEFAULT 0 CHECK (is_archived IN (0, 1)),
  member_count INTEGER NOT NULL DEFAULT 0 CHECK (member_count >= 0),
  computed_at_ms INTEGER,
  updated_at_ms INTEGER NOT NULL,
  CHECK ((kind = 'rule') = (rule IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX segments_by_merchant ON segments (merchant_id, is_archived, name);
CREATE TABLE segment_members (
  segment_id TEXT NOT NULL REFERENCES segments (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  entered_at_ms INTEGER NOT NULL,
  PRIMARY KEY (segment_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX segment_members_by_customer ON segment_members (customer_id, segment_id);
CREATE INDEX segment_members_by_merchant ON segment_members (merchant_id);
CREATE TRIGGER segment_members_counted AFTER INSERT ON segment_members
BEGIN UPDATE segments SET member_count = member_count + 1 WHERE id = NEW.segment_id; END;
CREATE TRIGGER segment_members_uncounted AFTER DELETE ON segment_members
BEGIN UPDATE segments SET member_count = member_count - 1 WHERE id = OLD.segment_id; END;

-- Whose personal data was erased; swept once no stale copy is left in unused parts of the file either.
CREATE TABLE customer_erasures (
  customer_id TEXT PRIMARY KEY REFERENCES customers (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  staff_id TEXT REFERENCES staff_members (id),
  erased_at_ms INTEGER NOT NULL,
  swept_at_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_erasures_by_merchant ON customer_erasures (merchant_id);
CREATE INDEX customer_erasures_waiting ON customer_erasures (erased_at_ms) WHERE swept_at_ms IS NULL;
CREATE TRIGGER customer_erasures_kept BEFORE DELETE ON customer_erasures
BEGIN SELECT RAISE(ABORT, 'erasures are kept'); END;

-- What carries personal data, without reading what does not.
CREATE INDEX audit_logs_with_pii ON audit_logs (seq) WHERE pii IS NOT NULL;
CREATE INDEX outbox_with_pii ON outbox (incarnation, seq) WHERE pii IS NOT NULL;
CREATE INDEX customer_events_with_pii ON customer_events (customer_id) WHERE pii IS NOT NULL;
