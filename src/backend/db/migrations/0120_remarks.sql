-- What people type about a sale, a line, a refund or a shift may name somebody: it stands apart, where it can be erased.
-- Remarks on a sale and its lines and refunds are found by the sale, and so by its customer.
CREATE TABLE remarks (
  subject_id TEXT PRIMARY KEY,
  subject_table TEXT NOT NULL CHECK (subject_table IN ('transactions', 'transaction_items', 'refunds', 'register_shifts')),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  transaction_id TEXT REFERENCES transactions (id),
  text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
  CHECK ((subject_table = 'register_shifts') = (transaction_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX remarks_by_sale ON remarks (transaction_id) WHERE transaction_id IS NOT NULL;
CREATE INDEX remarks_by_merchant ON remarks (merchant_id);

INSERT INTO remarks SELECT id, 'transactions', merchant_id, id, substr(note, 1, 500) FROM transactions WHERE length(note) > 0;
INSERT INTO remarks SELECT id, 'transaction_items', merchant_id, transaction_id, substr(note, 1, 500) FROM transaction_items WHERE length(note) > 0;
INSERT INTO remarks SELECT id, 'refunds', merchant_id, transaction_id, substr(reason, 1, 500) FROM refunds WHERE length(reason) > 0;
INSERT INTO remarks SELECT id, 'register_shifts', merchant_id, NULL, substr(note, 1, 500) FROM register_shifts WHERE length(note) > 0;
ALTER TABLE transactions DROP COLUMN note;
ALTER TABLE transaction_items DROP COLUMN note;
ALTER TABLE refunds DROP COLUMN reason;
ALTER TABLE register_shifts DROP COLUMN note;
-- Why a manager approved is told in the audit row, in its erasable part.
ALTER TABLE override_grants DROP COLUMN reason;

-- Words on a customer are personal data.
ALTER TABLE customer_pii ADD COLUMN tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags));
UPDATE customer_pii SET tags = (SELECT c.tags FROM customers c WHERE c.customer_number = customer_pii.customer_number)
WHERE EXISTS (SELECT 1 FROM customers c WHERE c.customer_number = customer_pii.customer_number AND c.tags <> '[]');
ALTER TABLE customers DROP COLUMN tags;
