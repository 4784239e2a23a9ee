-- How it was, as the customer's screen asked after a sale (S3-87): a number from 1 to 5, once per sale. Whose answer it was is known
-- by its sale alone.
CREATE TABLE satisfaction_answers (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  shop_id TEXT NOT NULL REFERENCES shops (id),
  terminal_id TEXT NOT NULL REFERENCES terminals (id),
  transaction_id TEXT NOT NULL UNIQUE REFERENCES transactions (id),
  score INTEGER NOT NULL CHECK (score BETWEEN 1 AND 5),
  business_date TEXT NOT NULL CHECK (business_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX satisfaction_answers_by_day ON satisfaction_answers (merchant_id, business_date, score);
CREATE TRIGGER satisfaction_answers_kept BEFORE DELETE ON satisfaction_answers
BEGIN SELECT RAISE(ABORT, 'answers are kept'); END;
CREATE TRIGGER satisfaction_answers_frozen BEFORE UPDATE ON satisfaction_answers
BEGIN SELECT RAISE(ABORT, 'answers do not change'); END;
