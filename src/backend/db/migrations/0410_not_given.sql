-- Whom a campaign's rule meant and who got nothing, and why: so that the same is not tried again within the same day.
-- The id is the key of the cause, as of the voucher that it would have made.
CREATE TABLE vouchers_not_given (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  campaign_id TEXT NOT NULL REFERENCES campaigns (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  version INTEGER NOT NULL,
  reason TEXT NOT NULL,
  tried_on TEXT NOT NULL,
  given_at_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX vouchers_not_given_by_campaign ON vouchers_not_given (campaign_id, reason) WHERE given_at_ms IS NULL;
CREATE INDEX vouchers_not_given_by_customer ON vouchers_not_given (customer_id);
