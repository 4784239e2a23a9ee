-- What is typed as the name of an open amount may name somebody: it stands apart, where it can be erased.
CREATE TABLE open_line_names (
  transaction_item_id TEXT PRIMARY KEY REFERENCES transaction_items (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  transaction_id TEXT NOT NULL REFERENCES transactions (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120)
) STRICT, WITHOUT ROWID;
CREATE INDEX open_line_names_by_merchant ON open_line_names (merchant_id);
CREATE INDEX open_line_names_by_sale ON open_line_names (transaction_id);

INSERT INTO open_line_names
SELECT id, merchant_id, transaction_id, substr(name, 1, 120) FROM transaction_items WHERE product_id IS NULL AND length(name) > 0;
DROP TRIGGER transaction_items_frozen;
UPDATE transaction_items SET name = '' WHERE product_id IS NULL;
CREATE TRIGGER transaction_items_frozen BEFORE UPDATE ON transaction_items
BEGIN SELECT RAISE(ABORT, 'sale lines do not change'); END;

-- A segment is told by its id: its name is read where it is shown.
DROP TRIGGER customer_events_frozen;
UPDATE customer_events SET data = json_remove(data, '$.segmentName')
WHERE event_type IN ('customer.segment.entered', 'customer.segment.left');
CREATE TRIGGER customer_events_frozen BEFORE UPDATE OF id, merchant_id, customer_id, event_type, category, group_id, data, created_at_ms ON customer_events
BEGIN SELECT RAISE(ABORT, 'events do not change'); END;
