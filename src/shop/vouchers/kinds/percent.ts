import { z } from 'zod';
import { MAX_AMOUNT_MINOR } from '../../money/money.ts';
import { type OfferKind, oneUse } from './kind.ts';

export const percentSchema = z.strictObject({
  kind: z.literal('percent'),
  rateBasisPoints: z.int().min(1).max(10_000),
  capMinor: z.int().min(1).max(MAX_AMOUNT_MINOR).nullable().default(null),
  scope: z.enum(['item', 'order']).default('order'),
});

/** A rate off, up to a cap (VC2). */
export const percentKind: OfferKind<z.output<typeof percentSchema>> = {
  effectOf: ({ rateBasisPoints, capMinor }) => ({ kind: 'percent', rateBasisPoints, capMinor }),
  scopeOf: ({ scope }) => scope,
  usesOf: oneUse,
  value: ({ rateBasisPoints }) => rateBasisPoints,
};
