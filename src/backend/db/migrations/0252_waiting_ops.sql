-- How many ops wait to be sent, kept with each of them: the top bar asks after every sale.
ALTER TABLE terminal_state ADD COLUMN waiting_ops INTEGER NOT NULL DEFAULT 0;
UPDATE terminal_state SET waiting_ops = (SELECT COUNT(*) FROM outbox WHERE state = 'waiting');
CREATE TRIGGER outbox_waiting_counted AFTER INSERT ON outbox
WHEN NEW.state = 'waiting'
BEGIN UPDATE terminal_state SET waiting_ops = waiting_ops + 1 WHERE only_row = 1; END;
CREATE TRIGGER outbox_waiting_moved AFTER UPDATE OF state ON outbox
WHEN (OLD.state = 'waiting') <> (NEW.state = 'waiting')
BEGIN
  UPDATE terminal_state SET waiting_ops = waiting_ops + CASE WHEN NEW.state = 'waiting' THEN 1 ELSE -1 END
  WHERE only_row = 1;
END;
CREATE TRIGGER outbox_waiting_gone AFTER DELETE ON outbox
WHEN OLD.state = 'waiting'
BEGIN UPDATE terminal_state SET waiting_ops = waiting_ops - 1 WHERE only_row = 1; END;
