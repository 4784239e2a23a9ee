/** Why a command of catalogue is refused: facts carry the numbers, the screens the words. */
export type CatalogueRefusal =
  | 'barcode-taken'
  | 'sku-taken'
  | 'category-in-use'
  | 'tax-rate-in-use'
  | 'default-tax-rate-needed';
