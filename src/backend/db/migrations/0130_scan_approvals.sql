-- A risky scan that a manager let go on: appended once per scan, so that one approval holds for the whole sale.
CREATE TABLE scan_approvals (
  scan_id TEXT PRIMARY KEY REFERENCES qr_scan_logs (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  approved_by_staff_id TEXT NOT NULL REFERENCES staff_members (id),
  requested_by_staff_id TEXT NOT NULL REFERENCES staff_members (id),
  approved_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX scan_approvals_by_merchant ON scan_approvals (merchant_id);
CREATE TRIGGER scan_approvals_frozen BEFORE UPDATE ON scan_approvals
BEGIN SELECT RAISE(ABORT, 'approvals are append-only'); END;
CREATE TRIGGER scan_approvals_kept BEFORE DELETE ON scan_approvals
BEGIN SELECT RAISE(ABORT, 'approvals are append-only'); END;
