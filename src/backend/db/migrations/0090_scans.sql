-- Every scan with its source, result and actor; the raw text of a customer's or voucher's code is kept as a hash only.
CREATE TABLE qr_scan_logs (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  shop_id TEXT NOT NULL REFERENCES shops (id),
  terminal_id TEXT NOT NULL REFERENCES terminals (id),
  staff_id TEXT,
  customer_id TEXT,
  voucher_id TEXT,
  product_id TEXT,
  transaction_id TEXT,
  scan_type TEXT NOT NULL DEFAULT 'BUSINESS' CHECK (scan_type IN ('CUSTOMER', 'BUSINESS')),
  scan_source TEXT NOT NULL CHECK (scan_source IN ('CAMERA', 'GALLERY', 'LINK', 'SHARE', 'HID', 'MANUAL', 'RECEIPT')),
  code_kind TEXT NOT NULL,
  scan_result TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  risk TEXT NOT NULL DEFAULT 'LOW' CHECK (risk IN ('LOW', 'MEDIUM', 'HIGH')),
  risk_reason TEXT,
  device_info TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(device_info)),
  location TEXT CHECK (location IS NULL OR json_valid(location)),
  ip_address TEXT CHECK (ip_address IS NULL OR length(ip_address) <= 45),
  user_agent TEXT,
  metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
  suppressed_count INTEGER NOT NULL DEFAULT 0,
  business_date TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX qr_scan_logs_by_voucher ON qr_scan_logs (voucher_id, created_at_ms) WHERE voucher_id IS NOT NULL;
CREATE INDEX qr_scan_logs_by_customer ON qr_scan_logs (customer_id, created_at_ms) WHERE customer_id IS NOT NULL;
CREATE INDEX qr_scan_logs_by_time ON qr_scan_logs (merchant_id, created_at_ms, scan_type);
CREATE INDEX qr_scan_logs_by_code ON qr_scan_logs (terminal_id, code_hash, created_at_ms);
CREATE VIEW voucher_scans AS
SELECT id, voucher_id, customer_id AS user_id, scan_type, scan_source, device_info, location, ip_address, user_agent, created_at_ms, metadata
FROM qr_scan_logs WHERE voucher_id IS NOT NULL;
