import { z } from 'zod';
import { MAX_AMOUNT_MINOR } from '../../money/money.ts';
import { type OfferKind, oneUse } from './kind.ts';

export const fixedPriceSchema = z.strictObject({
  kind: z.literal('fixed-price'),
  unitPriceMinor: z.int().min(0).max(MAX_AMOUNT_MINOR),
});

/** An eligible unit costs no more than this. */
export const fixedPriceKind: OfferKind<z.output<typeof fixedPriceSchema>> = {
  effectOf: ({ unitPriceMinor }) => ({ kind: 'fixed-price', unitPriceMinor }),
  scopeOf: () => 'item',
  usesOf: oneUse,
  value: ({ unitPriceMinor }) => unitPriceMinor,
};
