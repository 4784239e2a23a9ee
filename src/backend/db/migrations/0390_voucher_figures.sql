-- What figures of a campaign with a million codes read: only the codes that were ever scanned, shown or printed.
CREATE INDEX vouchers_scanned_by_campaign ON vouchers (campaign_id) WHERE scan_count > 0;
CREATE INDEX vouchers_shown_by_campaign ON vouchers (campaign_id) WHERE impressions > 0;
CREATE INDEX voucher_impressions_by_time ON voucher_impressions (merchant_id, at_ms);
