-- Badges that sign a person in: only a keyed hash of the code is kept; a new badge or a revocation ends the one before.
CREATE TABLE staff_badges (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  staff_id TEXT NOT NULL REFERENCES staff_members (id),
  code_hash TEXT NOT NULL,
  issued_by_staff_id TEXT NOT NULL REFERENCES staff_members (id),
  issued_at_ms INTEGER NOT NULL,
  revoked_at_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX staff_badges_by_code ON staff_badges (merchant_id, code_hash);
CREATE UNIQUE INDEX staff_badges_one_valid ON staff_badges (staff_id) WHERE revoked_at_ms IS NULL;
CREATE TRIGGER staff_badges_stay_revoked BEFORE UPDATE ON staff_badges
WHEN OLD.revoked_at_ms IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a revoked badge stays revoked'); END;
CREATE TRIGGER staff_badges_kept BEFORE DELETE ON staff_badges
BEGIN SELECT RAISE(ABORT, 'badges are kept'); END;
