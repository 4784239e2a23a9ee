-- Trials of one campaign against another, or against nothing: who was shown what, and what came of it.
CREATE TABLE experiments (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  status TEXT NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'running', 'ended')),
  -- Variants with weights and the campaigns that they show; frozen once it runs.
  definition TEXT NOT NULL CHECK (json_valid(definition)),
  revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1),
  created_by_staff_id TEXT NOT NULL REFERENCES staff_members (id),
  created_at_ms INTEGER NOT NULL,
  started_at_ms INTEGER,
  ended_at_ms INTEGER,
  CHECK ((status = 'draft') = (started_at_ms IS NULL)),
  CHECK ((status = 'ended') = (ended_at_ms IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX experiments_by_merchant ON experiments (merchant_id, status);
CREATE TRIGGER experiments_frozen BEFORE UPDATE OF definition, status ON experiments
WHEN (OLD.status <> 'draft' AND NEW.definition <> OLD.definition)
  OR (OLD.status <> NEW.status AND (OLD.status, NEW.status) NOT IN (VALUES ('draft', 'running'), ('running', 'ended')))
BEGIN SELECT RAISE(ABORT, 'an experiment that runs does not change'); END;

-- The first time that a customer met the experiment: the arm follows from the two ids, and is kept as it was.
CREATE TABLE experiment_exposures (
  experiment_id TEXT NOT NULL REFERENCES experiments (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  variant_id TEXT NOT NULL,
  bucket INTEGER NOT NULL CHECK (bucket BETWEEN 0 AND 99),
  exposed_at_ms INTEGER NOT NULL,
  PRIMARY KEY (experiment_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX experiment_exposures_by_customer ON experiment_exposures (customer_id);
CREATE TRIGGER experiment_exposures_frozen BEFORE UPDATE ON experiment_exposures
BEGIN SELECT RAISE(ABORT, 'an exposure does not change'); END;

-- The first conversion after the exposure; taken away again when its sale comes back as a whole.
CREATE TABLE experiment_conversions (
  experiment_id TEXT NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customers (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  transaction_id TEXT NOT NULL REFERENCES transactions (id),
  converted_at_ms INTEGER NOT NULL,
  PRIMARY KEY (experiment_id, customer_id),
  FOREIGN KEY (experiment_id, customer_id) REFERENCES experiment_exposures (experiment_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX experiment_conversions_by_customer ON experiment_conversions (customer_id);
CREATE INDEX experiment_conversions_by_sale ON experiment_conversions (transaction_id);
