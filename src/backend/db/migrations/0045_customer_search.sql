-- Names of customers for search. The text starts with a space before each word, so that ' gonz' finds beginnings of words
-- and 'onza' finds any part; accents are folded by the tokeniser. The index holds no readable copy of a name, and erasing
-- a name leaves nothing of it in the index (secure-delete).
--
-- rowid = level * 2^40 + customer_number, where the level grows with the number of sales (0, 8, 32, 128): a search reads the
-- best-known customers first and stops as soon as it has enough, and a customer is indexed again only when a level is
-- reached, not at each sale.
CREATE VIRTUAL TABLE customer_search USING fts5(name, content='', tokenize="trigram remove_diacritics 1");
INSERT INTO customer_search (customer_search, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER customer_pii_search_insert AFTER INSERT ON customer_pii
BEGIN
  INSERT INTO customer_search (rowid, name)
  SELECT c.customer_number + 1099511627776 * (
      (c.total_transactions >= 8) + (c.total_transactions >= 32) + (c.total_transactions >= 128)),
    ' ' || replace(replace(NEW.full_name || ' ' || COALESCE(NEW.call_name, ''), '-', ' '), '''', ' ') || ' '
  FROM customers c WHERE c.customer_number = NEW.customer_number;
END;
CREATE TRIGGER customer_pii_search_update AFTER UPDATE OF full_name, call_name ON customer_pii
WHEN OLD.full_name IS NOT NEW.full_name OR OLD.call_name IS NOT NEW.call_name
BEGIN
  INSERT INTO customer_search (customer_search, rowid, name)
  SELECT 'delete', c.customer_number + 1099511627776 * (
      (c.total_transactions >= 8) + (c.total_transactions >= 32) + (c.total_transactions >= 128)),
    ' ' || replace(replace(OLD.full_name || ' ' || COALESCE(OLD.call_name, ''), '-', ' '), '''', ' ') || ' '
  FROM customers c WHERE c.customer_number = OLD.customer_number;
  INSERT INTO customer_search (rowid, name)
  SELECT c.customer_number + 1099511627776 * (
      (c.total_transactions >= 8) + (c.total_transactions >= 32) + (c.total_transactions >= 128)),
    ' ' || replace(replace(NEW.full_name || ' ' || COALESCE(NEW.call_name, ''), '-', ' '), '''', ' ') || ' '
  FROM customers c WHERE c.customer_number = NEW.customer_number;
END;
CREATE TRIGGER customer_pii_search_delete AFTER DELETE ON customer_pii
BEGIN
  INSERT INTO customer_search (customer_search, rowid, name)
  SELECT 'delete', c.customer_number + 1099511627776 * (
      (c.total_transactions >= 8) + (c.total_transactions >= 32) + (c.total_transactions >= 128)),
    ' ' || replace(replace(OLD.full_name || ' ' || COALESCE(OLD.call_name, ''), '-', ' '), '''', ' ') || ' '
  FROM customers c WHERE c.customer_number = OLD.customer_number;
END;
CREATE TRIGGER customers_search_level AFTER UPDATE OF total_transactions ON customers
WHEN (OLD.total_transactions >= 8) + (OLD.total_transactions >= 32) + (OLD.total_transactions >= 128)
  <> (NEW.total_transactions >= 8) + (NEW.total_transactions >= 32) + (NEW.total_transactions >= 128)
BEGIN
  INSERT INTO customer_search (customer_search, rowid, name)
  SELECT 'delete', p.customer_number + 1099511627776
      * ((OLD.total_transactions >= 8) + (OLD.total_transactions >= 32) + (OLD.total_transactions >= 128)),
    ' ' || replace(replace(p.full_name || ' ' || COALESCE(p.call_name, ''), '-', ' '), '''', ' ') || ' '
  FROM customer_pii p WHERE p.customer_number = OLD.customer_number;
  INSERT INTO customer_search (rowid, name)
  SELECT p.customer_number + 1099511627776
      * ((NEW.total_transactions >= 8) + (NEW.total_transactions >= 32) + (NEW.total_transactions >= 128)),
    ' ' || replace(replace(p.full_name || ' ' || COALESCE(p.call_name, ''), '-', ' '), '''', ' ') || ' '
  FROM customer_pii p WHERE p.customer_number = NEW.customer_number;
END;
