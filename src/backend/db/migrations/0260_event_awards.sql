-- What points without a sale were given for. Apart from the ledger, which is kept for ever and must not tell a birthday:
-- an entry says how many points by which version, this table says why, and is emptied with its person.
CREATE TABLE event_awards (
  entry_id TEXT NOT NULL REFERENCES points_transactions (id),
  rule_id TEXT NOT NULL,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  customer_id TEXT NOT NULL REFERENCES customers (id),
  program_id TEXT NOT NULL REFERENCES loyalty_programs (id),
  -- 'birthday', 'review', 'enrolment', 'referral' (who brought somebody), 'referral-friend' (who was brought), or the shop's own code.
  event TEXT NOT NULL CHECK (length(event) BETWEEN 1 AND 64),
  -- What makes it happen once: the year of a birthday, the friend and their purchase, the command that recorded a review.
  occasion TEXT NOT NULL CHECK (length(occasion) <= 100),
  points INTEGER NOT NULL CHECK (points > 0),
  -- The civil day on which it was given, which daily limits count; and the one that it belongs to, which yearly limits count.
  awarded_on TEXT NOT NULL CHECK (length(awarded_on) = 10),
  counted_on TEXT NOT NULL CHECK (length(counted_on) = 10),
  -- The purchase without which it is taken back.
  sale_id TEXT REFERENCES transactions (id),
  -- What the rules read, as in an earning of a sale.
  context TEXT NOT NULL CHECK (json_valid(context)),
  PRIMARY KEY (entry_id, rule_id),
  UNIQUE (customer_id, program_id, event, rule_id, occasion)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_awards_by_merchant ON event_awards (merchant_id);
CREATE INDEX event_awards_by_programme ON event_awards (program_id);
CREATE INDEX event_awards_by_sale ON event_awards (sale_id) WHERE sale_id IS NOT NULL;
CREATE TRIGGER event_awards_frozen BEFORE UPDATE ON event_awards
BEGIN SELECT RAISE(ABORT, 'what points were given for does not change'); END;

-- Who brought whom. The ids tell no name; they stay when one of the two is erased.
CREATE TABLE referrals (
  friend_id TEXT PRIMARY KEY REFERENCES customers (id),
  referrer_id TEXT NOT NULL REFERENCES customers (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  staff_id TEXT REFERENCES staff_members (id),
  at_ms INTEGER NOT NULL,
  CHECK (friend_id <> referrer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX referrals_by_referrer ON referrals (referrer_id);
CREATE INDEX referrals_by_merchant ON referrals (merchant_id);
CREATE TRIGGER referrals_frozen BEFORE UPDATE ON referrals
BEGIN SELECT RAISE(ABORT, 'who brought whom does not change'); END;
CREATE TRIGGER referrals_kept BEFORE DELETE ON referrals
BEGIN SELECT RAISE(ABORT, 'who brought whom is kept'); END;

-- The first purchase of a friend that counted in a programme; sale_id is null again after it was taken back.
CREATE TABLE referral_purchases (
  friend_id TEXT NOT NULL REFERENCES referrals (friend_id),
  program_id TEXT NOT NULL REFERENCES loyalty_programs (id),
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  sale_id TEXT REFERENCES transactions (id),
  -- Below this the purchase does not count any more.
  minimum_minor INTEGER NOT NULL CHECK (minimum_minor >= 1),
  PRIMARY KEY (friend_id, program_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_purchases_by_sale ON referral_purchases (sale_id) WHERE sale_id IS NOT NULL;
CREATE INDEX referral_purchases_by_programme ON referral_purchases (program_id);
CREATE INDEX referral_purchases_by_merchant ON referral_purchases (merchant_id);

-- Whose birthday falls on a day of the year ('MM-DD'), told with or without the year.
CREATE INDEX customer_pii_by_birthday ON customer_pii (merchant_id, substr(birthday, 6), customer_number) WHERE birthday IS NOT NULL;
