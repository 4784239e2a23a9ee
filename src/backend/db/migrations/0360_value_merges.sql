-- What of vouchers, credit and passes went along with a merge, so that undoing it gives back just that.
CREATE TABLE customer_merge_parts (
  merge_id TEXT NOT NULL REFERENCES customer_merges (id),
  position INTEGER NOT NULL CHECK (position >= 0),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  kind TEXT NOT NULL CHECK (kind IN ('claim', 'joined-claim', 'voucher', 'gift-card', 'pass', 'credit', 'frozen')),
  -- A claim, a voucher, an account or a pass; of credit the entry that it left by, and then the one that it arrived by.
  subject_id TEXT NOT NULL,
  other_id TEXT,
  -- How two claims stood that became one.
  was TEXT CHECK (was IS NULL OR json_valid(was)),
  PRIMARY KEY (merge_id, position),
  CHECK ((kind IN ('joined-claim', 'credit')) = (other_id IS NOT NULL)),
  CHECK ((kind = 'joined-claim') = (was IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_merge_parts_by_merchant ON customer_merge_parts (merchant_id);
CREATE INDEX customer_merge_parts_by_arrival ON customer_merge_parts (other_id) WHERE kind = 'credit';

-- An attempt is kept as it was, except that it may forget who it was for, where and with what.
DROP TRIGGER redemption_attempts_frozen;
CREATE TRIGGER redemption_attempts_frozen BEFORE UPDATE ON redemption_attempts
WHEN (NEW.id, NEW.merchant_id, NEW.code_hash, NEW.kind, NEW.business_id, NEW.terminal_id, NEW.staff_id, NEW.attempted_at_ms)
    IS NOT (OLD.id, OLD.merchant_id, OLD.code_hash, OLD.kind, OLD.business_id, OLD.terminal_id, OLD.staff_id, OLD.attempted_at_ms)
  OR NEW.voucher_id IS NOT OLD.voucher_id
  OR ((OLD.successful = 1 OR OLD.failure_reason IS NOT NULL)
    AND (NEW.successful IS NOT OLD.successful OR NEW.failure_reason IS NOT OLD.failure_reason
      OR NEW.transaction_id IS NOT OLD.transaction_id
      OR (NEW.customer_id IS NOT OLD.customer_id AND NEW.customer_id IS NOT NULL)
      OR (NEW.location IS NOT OLD.location AND NEW.location IS NOT NULL)
      OR (NEW.device_info <> OLD.device_info AND NEW.device_info <> '{}')
      OR (NEW.metadata <> OLD.metadata AND NEW.metadata <> '{}')))
BEGIN SELECT RAISE(ABORT, 'attempts do not change'); END;
