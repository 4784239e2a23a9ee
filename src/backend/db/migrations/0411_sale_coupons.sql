-- Codes for everybody that a sale gave with its receipt: the code is not the sale's own, so the sale says that it bears it.
CREATE TABLE sale_coupons (
  transaction_id TEXT NOT NULL REFERENCES transactions (id),
  voucher_id TEXT NOT NULL REFERENCES vouchers (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  ends_at_ms INTEGER,
  PRIMARY KEY (transaction_id, voucher_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sale_coupons_by_voucher ON sale_coupons (voucher_id);
