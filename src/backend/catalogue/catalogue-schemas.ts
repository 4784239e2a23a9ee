import { z } from 'zod';
import { barcodeSchema, CATEGORY_COLORS, priceMinorSchema, rateBasisPointsSchema } from '#shop/catalogue/product.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { lineText } from '#shop/text/text-schema.ts';

/** A product has at most this many barcodes. */
export const MOST_BARCODES = 20;

/** A product has at most so many tags. */
const MOST_TAGS = 10;

const versionSchema = z.int().min(1);

/** What a product of stored value gives out with its line; a package needs the plan that says what is in it. */
export const PRODUCT_SELLS = ['credit', 'gift-card', 'package'] as const;
export type ProductSells = (typeof PRODUCT_SELLS)[number];

/** A product as the editor sends it: all fields, with the version that was edited; without an id it is a new one. */
export const saveProductSchema = z
  .strictObject({
    productId: idSchema.optional(),
    version: versionSchema.optional(),
    name: lineText({ max: 120 }),
    sku: lineText({ max: 64 }).nullable(),
    barcodes: z.array(barcodeSchema).max(MOST_BARCODES),
    categoryId: idSchema.nullable(),
    priceMinor: priceMinorSchema,
    taxRateId: idSchema,
    icon: z.string().regex(/^[a-z0-9-]{1,40}$/),
    soldByWeight: z.boolean(),
    isStoredValue: z.boolean().default(false),
    sells: z.enum(PRODUCT_SELLS).nullable().default(null),
    sellsPlanId: idSchema.nullable().default(null),
    /** Kept in small letters, each once. */
    tags: z
      .array(lineText({ max: 40 }))
      .max(MOST_TAGS)
      .transform((tags) => [...new Set(tags.map((tag) => tag.toLowerCase()))])
      .default([]),
  })
  .refine(({ sells, sellsPlanId }) => (sells === 'package') === (sellsPlanId !== null), { path: ['sellsPlanId'] });
export type SaveProductInput = z.output<typeof saveProductSchema>;

export const archiveProductSchema = z.strictObject({ productId: idSchema, isActive: z.boolean().optional() });

export const saveCategorySchema = z.strictObject({
  categoryId: idSchema.optional(),
  version: versionSchema.optional(),
  name: lineText({ max: 60 }),
  color: z.enum(CATEGORY_COLORS),
  position: z.int().min(0).max(10_000).optional(),
});
export type SaveCategoryInput = z.output<typeof saveCategorySchema>;

export const archiveCategorySchema = z.strictObject({ categoryId: idSchema });

export const saveTaxRateSchema = z.strictObject({
  taxRateId: idSchema.optional(),
  version: versionSchema.optional(),
  name: lineText({ max: 60 }),
  rateBasisPoints: rateBasisPointsSchema,
  isDefault: z.boolean(),
  /** False takes the rate out of use; its past sales keep it. */
  isActive: z.boolean().optional(),
});
export type SaveTaxRateInput = z.output<typeof saveTaxRateSchema>;

export const arrangeTilesSchema = z.strictObject({ productIds: z.array(idSchema).max(500) });
