-- By how much a person said that this computer's clock is off, ms (the clock less the true time); null: it is not, or
-- nobody was asked. Kept over a start, until the clock is found to be off by something else.
ALTER TABLE terminal_state ADD COLUMN answered_skew_ms INTEGER;
