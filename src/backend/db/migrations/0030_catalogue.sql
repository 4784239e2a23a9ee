-- What the shop sells. Prices are what the shop shows (with tax where prices include tax).
CREATE TABLE tax_rates (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  name TEXT NOT NULL,
  rate_basis_points INTEGER NOT NULL CHECK (rate_basis_points BETWEEN 0 AND 10000),
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tax_rates_one_default ON tax_rates (merchant_id) WHERE is_default = 1 AND is_active = 1;

CREATE TABLE categories (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  color TEXT NOT NULL DEFAULT 'f',
  position INTEGER NOT NULL DEFAULT 0,
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;
CREATE INDEX categories_by_merchant ON categories (merchant_id, position);

CREATE TABLE products (
  id TEXT PRIMARY KEY,
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  sku TEXT,
  category_id TEXT REFERENCES categories (id),
  price_minor INTEGER NOT NULL CHECK (price_minor BETWEEN 0 AND 1000000000000),
  tax_rate_id TEXT NOT NULL REFERENCES tax_rates (id),
  icon TEXT NOT NULL DEFAULT 'package',
  sold_by_weight INTEGER NOT NULL DEFAULT 0 CHECK (sold_by_weight IN (0, 1)),
  tile_position INTEGER,
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX products_by_sku ON products (merchant_id, sku) WHERE sku IS NOT NULL AND is_active = 1;
CREATE INDEX products_by_category ON products (category_id);
CREATE INDEX products_by_tax_rate ON products (tax_rate_id);
CREATE INDEX products_by_name ON products (merchant_id, name COLLATE NOCASE);

CREATE TABLE product_barcodes (
  merchant_id TEXT NOT NULL REFERENCES merchants (id),
  barcode TEXT NOT NULL CHECK (length(barcode) BETWEEN 1 AND 64),
  product_id TEXT NOT NULL REFERENCES products (id),
  PRIMARY KEY (merchant_id, barcode)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_barcodes_by_product ON product_barcodes (product_id);
