import { z } from 'zod';
import { command, query, router } from '../trpc.ts';
import { arrangeFavourites } from './arrange-favourites.ts';
import {
  archiveCategorySchema,
  archiveProductSchema,
  arrangeTilesSchema,
  saveCategorySchema,
  saveProductSchema,
  saveTaxRateSchema,
} from './catalogue-schemas.ts';
import { importProducts, previewProducts } from './import-products.ts';
import { importProductsSchema, previewProductsSchema } from './import-schemas.ts';
import { listCatalogue } from './list-catalogue.ts';
import { archiveCategory, saveCategory } from './save-category.ts';
import { archiveProduct, saveProduct } from './save-product.ts';
import { saveTaxRate } from './save-tax-rate.ts';

export const catalogueRouter = router({
  list: query(
    'catalogue.list',
    'catalogue.read',
    z.strictObject({ withArchived: z.boolean().optional() }).optional(),
    (scope, input) => listCatalogue(scope, input?.withArchived ?? false),
  ),
  saveProduct: command('catalogue.saveProduct', 'catalogue.edit', saveProductSchema, saveProduct),
  archiveProduct: command('catalogue.archiveProduct', 'catalogue.edit', archiveProductSchema, archiveProduct),
  saveCategory: command('catalogue.saveCategory', 'catalogue.edit', saveCategorySchema, saveCategory),
  archiveCategory: command('catalogue.archiveCategory', 'catalogue.edit', archiveCategorySchema, archiveCategory),
  saveTaxRate: command('catalogue.saveTaxRate', 'catalogue.edit', saveTaxRateSchema, saveTaxRate),
  arrangeTiles: command('catalogue.arrangeTiles', 'catalogue.edit', arrangeTilesSchema, arrangeFavourites),
  previewImport: query('catalogue.previewImport', 'catalogue.edit', previewProductsSchema, previewProducts),
  importRows: command('catalogue.importRows', 'catalogue.edit', importProductsSchema, importProducts),
});
