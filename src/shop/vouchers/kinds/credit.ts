import { z } from 'zod';
import { MAX_AMOUNT_MINOR } from '../../money/money.ts';
import type { GrantKind } from './kind.ts';

export const creditSchema = z.strictObject({
  kind: z.literal('credit'),
  amountMinor: z.int().min(1).max(MAX_AMOUNT_MINOR),
  /** How long it can be spent; null for ever. */
  days: z.int().min(1).max(3_650).nullable().default(null),
});

/** Store credit (S3-17): added to the customer's account. */
export const creditKind: GrantKind<z.output<typeof creditSchema>> = {
  grantOf: ({ amountMinor, days }) => ({ to: 'credit', amountMinor, days }),
  value: ({ amountMinor }) => amountMinor,
};
