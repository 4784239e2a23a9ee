-- Whose a scan was is forgotten with the person (S0-8). Figures count people, so their scans keep a mark that is drawn at random
-- when they are erased, and that stands nowhere else.
ALTER TABLE qr_scan_logs ADD COLUMN erased_person TEXT CHECK (erased_person IS NULL OR customer_id IS NULL);
DROP INDEX qr_scan_logs_by_voucher;
CREATE INDEX qr_scan_logs_by_voucher ON qr_scan_logs (
  voucher_id, created_at_ms, customer_id, erased_person, scan_type, scan_source, shop_id, business_date)
WHERE voucher_id IS NOT NULL;
