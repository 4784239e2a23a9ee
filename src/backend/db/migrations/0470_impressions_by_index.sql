-- The figures of a campaign walk how often its codes were shown: all that they ask of it is in the index.
DROP INDEX voucher_impressions_by_voucher;
CREATE INDEX voucher_impressions_by_voucher ON voucher_impressions (voucher_id, at_ms, kind, impressions);
