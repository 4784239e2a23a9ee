-- Codes that were made elsewhere come in as a batch of their own, a page at a time: wanted and made rise together.
ALTER TABLE voucher_batches ADD COLUMN kind TEXT NOT NULL DEFAULT 'made' CHECK (kind IN ('made', 'imported'));
