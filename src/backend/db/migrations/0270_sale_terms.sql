-- The terms of a sale that its refunds go by for ever, what came back in the same ticket, and the derivation of a refund.
-- Null on rows from before: the shop's rule of the day counts.
ALTER TABLE transactions ADD COLUMN cash_rounding_step_minor INTEGER CHECK (cash_rounding_step_minor >= 1);
ALTER TABLE transactions ADD COLUMN cash_rounding_mode TEXT CHECK (cash_rounding_mode IN ('customer', 'nearest'));
-- The sale and lines that come back for this one, what they are worth and pay of it, and who let a cashier take them.
ALTER TABLE transactions ADD COLUMN exchange TEXT CHECK (exchange IS NULL OR json_valid(exchange));
CREATE TRIGGER transactions_terms_are_frozen BEFORE UPDATE OF cash_rounding_step_minor, cash_rounding_mode, exchange ON transactions
WHEN NEW.cash_rounding_step_minor IS NOT OLD.cash_rounding_step_minor
  OR NEW.cash_rounding_mode IS NOT OLD.cash_rounding_mode
  OR NEW.exchange IS NOT OLD.exchange
BEGIN SELECT RAISE(ABORT, 'the terms of a sale do not change'); END;

-- How the money would have gone that was kept for missing points: only what would have been cash counts for its rounding.
ALTER TABLE refunds ADD COLUMN deducted_kind TEXT CHECK (deducted_kind IN ('cash', 'card', 'other'));
-- The steps that its lines do not tell by themselves.
ALTER TABLE refunds ADD COLUMN trace TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(trace));
