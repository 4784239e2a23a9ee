-- Whose customer record a member of staff has, where they have one: what they gave out is not redeemed for themself.
CREATE TABLE staff_customers (
  staff_id TEXT PRIMARY KEY REFERENCES staff_members (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  linked_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_customers_by_customer ON staff_customers (customer_id);
CREATE INDEX staff_customers_by_merchant ON staff_customers (merchant_id);
