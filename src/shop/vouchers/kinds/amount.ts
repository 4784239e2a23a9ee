import { z } from 'zod';
import { MAX_AMOUNT_MINOR } from '../../money/money.ts';
import { type OfferKind, oneUse } from './kind.ts';

export const amountSchema = z.strictObject({
  kind: z.literal('amount'),
  amountMinor: z.int().min(1).max(MAX_AMOUNT_MINOR),
  scope: z.enum(['item', 'order']).default('order'),
});

/** An amount off; what is beyond the sale is not kept (C-25). */
export const amountKind: OfferKind<z.output<typeof amountSchema>> = {
  effectOf: ({ amountMinor }) => ({ kind: 'amount', amountMinor }),
  scopeOf: ({ scope }) => scope,
  usesOf: oneUse,
  value: ({ amountMinor }) => amountMinor,
};
