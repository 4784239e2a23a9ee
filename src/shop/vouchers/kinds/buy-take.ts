import { z } from 'zod';
import { type OfferKind, oneUse } from './kind.ts';

const pieces = z.int().min(1).max(100);
export const buyTakeSchema = z.strictObject({ kind: z.literal('buy-take'), buyUnits: pieces, takeUnits: pieces });

/** For so many paid, so many free (C-28). */
export const buyTakeKind: OfferKind<z.output<typeof buyTakeSchema>> = {
  effectOf: ({ buyUnits, takeUnits }) => ({ kind: 'buy-take', buyUnits, takeUnits }),
  scopeOf: () => 'item',
  usesOf: oneUse,
  value: ({ takeUnits }) => takeUnits,
};
