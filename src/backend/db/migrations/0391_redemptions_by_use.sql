-- What a customer used of a voucher: of a code for everybody there are many uses, of one customer few.
CREATE INDEX voucher_redemptions_by_use ON voucher_redemptions (voucher_id, customer_id, used_at_ms)
WHERE voucher_id IS NOT NULL AND customer_id IS NOT NULL;
