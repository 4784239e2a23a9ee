import { z } from 'zod';
import { idSchema } from '../../ids/ids.ts';
import { EVERY_ITEM, itemFilterSchema } from '../../offers/item-filter.ts';
import { lineText } from '../../text/text-schema.ts';
import type { GrantKind } from './kind.ts';

export const unitsSchema = z.strictObject({
  kind: z.literal('units'),
  planId: idSchema.nullable().default(null),
  name: lineText({ max: 120 }),
  units: z.int().min(1).max(100_000),
  days: z.int().min(1).max(3_650).nullable().default(null),
  filter: itemFilterSchema.default(EVERY_ITEM),
});

/** Prepaid uses, stamps or visits (S3-14): added to the customer's running pass of the same plan, or a pass of their own. */
export const unitsKind: GrantKind<z.output<typeof unitsSchema>> = {
  grantOf: ({ kind, ...rest }) => ({ to: 'pass', kind, ...rest }),
  value: ({ units }) => units,
};
