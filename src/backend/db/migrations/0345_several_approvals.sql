-- One command may need more than one manager's word: an approval still opens one command at most, which its own row says.
CREATE TABLE override_grants_next (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  permission TEXT NOT NULL,
  approved_by_staff_id TEXT NOT NULL REFERENCES staff_members (id),
  requested_by_staff_id TEXT NOT NULL REFERENCES staff_members (id),
  granted_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  used_by_operation_id TEXT
) STRICT, WITHOUT ROWID;

INSERT INTO override_grants_next
SELECT id, merchant_id, permission, approved_by_staff_id, requested_by_staff_id, granted_at_ms, expires_at_ms,
  used_by_operation_id
FROM override_grants;

DROP TABLE override_grants;
ALTER TABLE override_grants_next RENAME TO override_grants;
CREATE INDEX override_grants_by_merchant ON override_grants (merchant_id);
CREATE INDEX override_grants_by_approver ON override_grants (approved_by_staff_id);
CREATE INDEX override_grants_by_requester ON override_grants (requested_by_staff_id);
