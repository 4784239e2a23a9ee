-- What was marked as handled can be opened again; its note, which was about having handled it, goes then.
DROP TRIGGER alerts_handled_once;
CREATE TRIGGER alerts_handled_once BEFORE UPDATE OF handled_at_ms, handled_by_staff_id ON alerts
WHEN OLD.handled_at_ms IS NOT NULL AND NEW.handled_at_ms IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an alert is handled once, unless it was opened again'); END;
