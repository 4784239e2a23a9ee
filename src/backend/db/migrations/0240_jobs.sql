-- How far the jobs are that age things, on this device alone: what is written by them stands in the ledger and its ops.
CREATE TABLE job_states (
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  job TEXT NOT NULL CHECK (length(job) BETWEEN 1 AND 100),
  -- Everything up to this instant is done; of what falls on it, everything up to this number.
  mark_at_ms INTEGER NOT NULL DEFAULT 0,
  mark_seq INTEGER NOT NULL DEFAULT 0,
  -- How many pages were ever written: a page's operation id follows from it.
  page INTEGER NOT NULL DEFAULT 0 CHECK (page >= 0),
  started_at_ms INTEGER NOT NULL DEFAULT 0,
  ended_at_ms INTEGER,
  written_count INTEGER NOT NULL DEFAULT 0,
  -- The longest that the till had to wait for one page.
  longest_ms INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  error_code TEXT,
  PRIMARY KEY (merchant_id, job)
) STRICT, WITHOUT ROWID;

CREATE INDEX points_transactions_by_slide ON points_transactions (merchant_id, slides_to_ms) WHERE slides_to_ms IS NOT NULL;
