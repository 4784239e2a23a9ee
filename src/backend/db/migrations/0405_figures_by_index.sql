-- The figures of a campaign walk its scans: all that they ask of one is in the index, and so is whose the voucher is.
DROP INDEX qr_scan_logs_by_voucher;
CREATE INDEX qr_scan_logs_by_voucher ON qr_scan_logs (
  voucher_id, created_at_ms, customer_id, scan_type, scan_source, shop_id, business_date)
WHERE voucher_id IS NOT NULL;
DROP INDEX vouchers_scanned_by_campaign;
CREATE INDEX vouchers_scanned_by_campaign ON vouchers (campaign_id, holder_customer_id) WHERE scan_count > 0;
