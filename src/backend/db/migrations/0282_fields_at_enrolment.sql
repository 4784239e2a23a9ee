-- Fields of the shop's own that are asked when somebody is enrolled; a required one is not left out.
ALTER TABLE custom_fields ADD COLUMN is_asked_at_enrolment INTEGER NOT NULL DEFAULT 0 CHECK (is_asked_at_enrolment IN (0, 1));
ALTER TABLE custom_fields ADD COLUMN is_required INTEGER NOT NULL DEFAULT 0
  CHECK (is_required IN (0, 1) AND is_required <= is_asked_at_enrolment);
