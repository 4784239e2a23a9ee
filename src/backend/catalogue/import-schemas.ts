import { z } from 'zod';
import { barcodeSchema, priceMinorSchema, rateBasisPointsSchema } from '#shop/catalogue/product.ts';
import { endOfPage, MOST_ROWS_OF_PAGE } from '#shop/catalogue/import-page.ts';
import { uuidV7Schema } from '#shop/ids/uuid.ts';
import { bulkText, lineText } from '#shop/text/text-schema.ts';
import { MAX_CSV_LENGTH } from '../read-csv.ts';

export const previewProductsSchema = z.strictObject({ csvText: bulkText({ max: MAX_CSV_LENGTH }) });

/** The values of one row, as the preview read them; null says nothing. */
const valuesSchema = z.strictObject({
  name: lineText({ min: 0, max: 120 }),
  priceMinor: priceMinorSchema.nullable(),
  sku: lineText({ max: 64 }).nullable(),
  barcodes: z.array(barcodeSchema).max(5),
  category: lineText({ max: 60 }).nullable(),
  rateBasisPoints: rateBasisPointsSchema.nullable(),
  soldByWeight: z.boolean().nullable(),
});
export type ProductValues = z.output<typeof valuesSchema>;

const rowSchema = z.strictObject({
  line: z.int().min(2).max(1_000_000),
  action: z.enum(['create', 'update', 'skip', 'error']),
  name: lineText({ min: 0, max: 240 }),
  priceMinor: priceMinorSchema.nullable(),
  errors: z.array(z.strictObject({ column: lineText({ max: 40 }), code: lineText({ max: 40 }) })).max(20),
  values: valuesSchema,
});
/** One row of the preview: what it would do, and what is wrong with it. */
export type ProductRow = z.output<typeof rowSchema>;

/** One page of an import: rows as the preview gave them, so many that their op stays below its limit. */
export const importProductsSchema = z.strictObject({
  importId: uuidV7Schema,
  fromLine: z.int().min(0),
  rows: z
    .array(rowSchema)
    .min(1)
    .max(MOST_ROWS_OF_PAGE)
    .refine(
      (rows) =>
        endOfPage(
          rows.map(({ values }) => values),
          0,
        ) === rows.length,
      { error: 'more than one page' },
    ),
});
export type ImportProductsInput = z.output<typeof importProductsSchema>;
