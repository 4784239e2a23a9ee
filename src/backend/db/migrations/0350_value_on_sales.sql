-- What a sale uses and sells of value, as it was frozen when its payment began or it was written; null where it is nothing.
ALTER TABLE transactions ADD COLUMN value TEXT CHECK (value IS NULL OR json_valid(value));
CREATE TRIGGER transactions_value_is_frozen BEFORE UPDATE OF value ON transactions
WHEN NEW.value IS NOT OLD.value
BEGIN SELECT RAISE(ABORT, 'what a sale uses of value does not change'); END;

-- What a campaign does at every sale by itself, so that a sale finds those by one look-up and reads no other campaign.
ALTER TABLE campaigns ADD COLUMN at_sale TEXT CHECK (at_sale IN ('promotion', 'issue'));
CREATE INDEX campaigns_at_sale ON campaigns (merchant_id, id) WHERE at_sale IS NOT NULL AND status = 'live';
CREATE TRIGGER campaign_versions_at_sale AFTER INSERT ON campaign_versions
BEGIN
  UPDATE campaigns SET at_sale = CASE
    WHEN json_extract(NEW.definition, '$.trigger') = 'automatic' THEN 'promotion'
    WHEN json_extract(NEW.definition, '$.distribution.kind') = 'after-sale' THEN 'issue' END
  WHERE id = NEW.campaign_id;
END;
UPDATE campaigns SET at_sale = (
  SELECT CASE
    WHEN json_extract(v.definition, '$.trigger') = 'automatic' THEN 'promotion'
    WHEN json_extract(v.definition, '$.distribution.kind') = 'after-sale' THEN 'issue' END
  FROM campaign_versions v WHERE v.campaign_id = campaigns.id ORDER BY v.version DESC LIMIT 1);
