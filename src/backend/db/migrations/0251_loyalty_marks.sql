-- Where a customer stood in a programme after so many entries and sales, so that a sale reads what came after it and not
-- the whole history. Follows from the ledger alone: a row can be dropped at any time, and is made again.
CREATE TABLE loyalty_marks (
  account_id TEXT NOT NULL REFERENCES customer_loyalty_accounts (id),
  program_id TEXT NOT NULL REFERENCES loyalty_programs (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  -- Whose ladder the tier is on.
  version_id TEXT NOT NULL REFERENCES loyalty_program_versions (id),
  -- Up to these rows of points_transactions and sale_entries everything of the customer is in the mark.
  entry_seq INTEGER NOT NULL,
  sale_seq INTEGER NOT NULL,
  -- The records that were merged into the customer's then: with others, the mark is of somebody else.
  duplicates TEXT NOT NULL CHECK (json_valid(duplicates)),
  lots TEXT CHECK (lots IS NULL OR json_valid(lots)),
  tier TEXT CHECK (tier IS NULL OR json_valid(tier)),
  PRIMARY KEY (account_id, program_id)
) STRICT;
CREATE INDEX sale_entries_of_customer ON sale_entries (customer_id, seq) WHERE customer_id IS NOT NULL;
