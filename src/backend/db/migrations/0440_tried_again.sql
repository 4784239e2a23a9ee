-- What a rule could not give is tried again each day as long as its occasion lasts, unless it is lasting what stands against
-- it: the day of the first try says how long, and the index finds what is still open.
ALTER TABLE vouchers_not_given ADD COLUMN first_tried_on TEXT NOT NULL DEFAULT '';
ALTER TABLE vouchers_not_given ADD COLUMN is_lasting INTEGER NOT NULL DEFAULT 0 CHECK (is_lasting IN (0, 1));
UPDATE vouchers_not_given SET first_tried_on = tried_on;
CREATE INDEX vouchers_not_given_open ON vouchers_not_given (campaign_id, first_tried_on) WHERE given_at_ms IS NULL;
