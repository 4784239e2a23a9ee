import { z } from 'zod';
import { birthdaySchema } from '#shop/customers/customer-schema.ts';
import { uuidV7Schema } from '#shop/ids/uuid.ts';
import { bulkText, lineText, noteText } from '#shop/text/text-schema.ts';
import { MAX_CSV_LENGTH } from '../read-csv.ts';

export const previewImportSchema = z.strictObject({ csvText: bulkText({ max: MAX_CSV_LENGTH }) });

/** The values of one row, as the preview read them. */
const valuesSchema = z.strictObject({
  name: lineText({ min: 0, max: 120 }),
  phone: lineText({ max: 40 }).nullable(),
  email: lineText({ max: 254 }).nullable(),
  birthday: birthdaySchema.nullable(),
  code: lineText({ max: 64 }).nullable(),
  note: noteText({ max: 2000 }),
  consentMarketing: z.boolean().nullable(),
});
export type ImportedValues = z.output<typeof valuesSchema>;

const rowSchema = z.strictObject({
  line: z.int().min(2).max(1_000_000),
  action: z.enum(['create', 'update', 'skip', 'error']),
  name: lineText({ min: 0, max: 240 }),
  errors: z.array(z.strictObject({ column: lineText({ max: 40 }), code: lineText({ max: 40 }) })).max(20),
  values: valuesSchema,
});
/** One row of the preview: what it would do, and what is wrong with it. */
export type ImportRow = z.output<typeof rowSchema>;

/** One page of an import: rows as the preview gave them. The same import and line again is the same customer. */
export const importRowsSchema = z.strictObject({
  importId: uuidV7Schema,
  fromLine: z.int().min(0),
  rows: z.array(rowSchema).min(1).max(500),
});
export type ImportRowsInput = z.output<typeof importRowsSchema>;
