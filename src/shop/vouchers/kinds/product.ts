import { z } from 'zod';
import type { OfferKind } from './kind.ts';

export const productSchema = z.strictObject({
  kind: z.literal('product'),
  units: z.int().min(1).max(1_000).default(1),
});

/** Eligible units for nothing, the cheapest first; several uses at once give several times as many (C-41). */
export const productKind: OfferKind<z.output<typeof productSchema>> = {
  effectOf: ({ units }, uses) => ({ kind: 'free-units', units: units * uses }),
  scopeOf: () => 'item',
  usesOf: ({ units }, { freeUnits }) => Math.max(1, Math.ceil(freeUnits / units)),
  value: ({ units }) => units,
};
