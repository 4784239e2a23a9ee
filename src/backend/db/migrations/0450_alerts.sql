-- What somebody in charge has to look at. The same thing again while nobody has is counted on the alert that is open.
CREATE TABLE alerts (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  kind TEXT NOT NULL CHECK (kind IN (
    'payment-failed', 'vouchers-not-given', 'job-failed', 'campaign-near-limit', 'campaign-limit-reached', 'unknown-codes')),
  -- What tells the same from another: the till and the kind of tender, a campaign, a job.
  subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 120),
  terminal_id TEXT NOT NULL REFERENCES terminals (id),
  times INTEGER NOT NULL DEFAULT 0 CHECK (times >= 0),
  first_at_ms INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL CHECK (last_at_ms >= first_at_ms),
  handled_at_ms INTEGER,
  handled_by_staff_id TEXT REFERENCES staff_members (id),
  -- Words of whoever handled it: they may name somebody.
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 200),
  CHECK ((handled_at_ms IS NULL) = (handled_by_staff_id IS NULL)),
  CHECK (note = '' OR handled_at_ms IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX alerts_open_by_subject ON alerts (merchant_id, kind, subject) WHERE handled_at_ms IS NULL;
CREATE INDEX alerts_by_subject ON alerts (merchant_id, kind, subject, last_at_ms);
CREATE INDEX alerts_open ON alerts (merchant_id, last_at_ms) WHERE handled_at_ms IS NULL;
CREATE INDEX alerts_handled ON alerts (merchant_id, handled_at_ms) WHERE handled_at_ms IS NOT NULL;
CREATE TRIGGER alerts_kept BEFORE DELETE ON alerts
BEGIN SELECT RAISE(ABORT, 'alerts are kept'); END;
CREATE TRIGGER alerts_frozen BEFORE UPDATE OF id, merchant_id, kind, subject, terminal_id, first_at_ms ON alerts
BEGIN SELECT RAISE(ABORT, 'what an alert is about does not change'); END;
CREATE TRIGGER alerts_handled_once BEFORE UPDATE OF handled_at_ms, handled_by_staff_id ON alerts
WHEN OLD.handled_at_ms IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an alert is handled once'); END;

-- Each time it happened, with its facts: ids and numbers, no names.
CREATE TABLE alert_occurrences (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  alert_id TEXT NOT NULL REFERENCES alerts (id),
  staff_id TEXT REFERENCES staff_members (id),
  customer_id TEXT REFERENCES customers (id),
  transaction_id TEXT REFERENCES transactions (id),
  campaign_id TEXT REFERENCES campaigns (id),
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  at_ms INTEGER NOT NULL,
  group_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_occurrences_by_alert ON alert_occurrences (alert_id, at_ms);
CREATE INDEX alert_occurrences_by_customer ON alert_occurrences (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX alert_occurrences_by_sale ON alert_occurrences (transaction_id) WHERE transaction_id IS NOT NULL;
CREATE INDEX alert_occurrences_by_campaign ON alert_occurrences (campaign_id) WHERE campaign_id IS NOT NULL;
CREATE TRIGGER alert_occurrences_kept BEFORE DELETE ON alert_occurrences
BEGIN SELECT RAISE(ABORT, 'occurrences are kept'); END;
CREATE TRIGGER alert_occurrences_frozen BEFORE UPDATE ON alert_occurrences
BEGIN SELECT RAISE(ABORT, 'occurrences do not change'); END;
CREATE TRIGGER alert_occurrences_open BEFORE INSERT ON alert_occurrences
WHEN (SELECT handled_at_ms FROM alerts WHERE id = NEW.alert_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what is handled does not happen again: it is a new alert'); END;
CREATE TRIGGER alert_occurrences_counted AFTER INSERT ON alert_occurrences
BEGIN
  UPDATE alerts SET times = times + 1, last_at_ms = MAX(last_at_ms, NEW.at_ms) WHERE id = NEW.alert_id;
END;
