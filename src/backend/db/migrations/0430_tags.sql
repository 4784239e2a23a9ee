-- Tags of products, as a list of words: what vouchers, rewards, rules and passes may cover or leave out.
ALTER TABLE products ADD COLUMN tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags));
-- The tags that the product of a line had when its prices were frozen: refunds and late customers earn by them. Null: none.
ALTER TABLE transaction_items ADD COLUMN tags TEXT CHECK (json_valid(tags));
