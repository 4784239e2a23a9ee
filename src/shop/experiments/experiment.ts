import { z } from 'zod';
import { idSchema } from '../ids/ids.ts';
import { lineText } from '../text/text-schema.ts';

/** One arm: its share of a hundred buckets, and the campaign that it shows; null for the arm that is shown nothing. */
const variantSchema = z.strictObject({
  variantId: lineText({ max: 40 }),
  name: lineText({ max: 60 }),
  weight: z.int().min(1).max(99),
  campaignId: idSchema.nullable(),
});

/** A trial: arms whose weights come to 100 or less, and what counts as a conversion. */
export const experimentSchema = z
  .strictObject({
    name: lineText({ max: 120 }),
    variants: z.array(variantSchema).min(2).max(6),
    /** A use of the arm's campaign, or any sale: with an arm that is shown nothing, only a sale can be compared. */
    conversion: z.enum(['redemption', 'sale']).default('sale'),
    /** Only what happens within so many days after the exposure counts. */
    windowDays: z.int().min(1).max(365).default(30),
  })
  .refine(({ variants }) => variants.reduce((sum, { weight }) => sum + weight, 0) <= 100, {
    path: ['variants'],
    error: 'weights come to 100 at most',
  })
  .refine(({ variants }) => new Set(variants.map(({ variantId }) => variantId)).size === variants.length, {
    path: ['variants'],
    error: 'variant ids are unique',
  })
  .refine(
    ({ variants, conversion }) => conversion === 'sale' || variants.every(({ campaignId }) => campaignId !== null),
    {
      path: ['conversion'],
      error: 'an arm without a campaign has no redemptions',
    },
  );
export type Experiment = z.output<typeof experimentSchema>;
export type Variant = Experiment['variants'][number];
