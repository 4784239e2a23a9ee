-- All that a customer holds is found by one index, also by the check of the foreign key: those by kind serve neither.
DROP INDEX credit_accounts_cards;
CREATE INDEX credit_accounts_of_customer ON credit_accounts (customer_id) WHERE customer_id IS NOT NULL;
