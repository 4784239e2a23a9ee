-- Products that sell credit, a gift card or the like: their lines earn nothing and nothing is taken off them (C-38).
ALTER TABLE products ADD COLUMN is_stored_value INTEGER NOT NULL DEFAULT 0 CHECK (is_stored_value IN (0, 1));

-- What of a sale is stored value, without reading what is not.
CREATE INDEX transaction_items_of_stored_value ON transaction_items (transaction_id, payable_minor) WHERE is_stored_value = 1;
