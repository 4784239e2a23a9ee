export type CatalogueRefusal =
  | 'barcode-taken'
  | 'sku-taken'
  | 'category-in-use'
  | 'tax-rate-in-use'
  | 'default-tax-rate-needed';
