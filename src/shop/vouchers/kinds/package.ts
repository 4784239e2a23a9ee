import { z } from 'zod';
import { idSchema } from '../../ids/ids.ts';
import { EVERY_ITEM, itemFilterSchema } from '../../offers/item-filter.ts';
import { lineText } from '../../text/text-schema.ts';
import type { GrantKind } from './kind.ts';

export const packageSchema = z.strictObject({
  kind: z.literal('package'),
  planId: idSchema.nullable().default(null),
  name: lineText({ max: 120 }),
  uses: z.int().min(1).max(100_000),
  days: z.int().min(1).max(3_650),
  filter: itemFilterSchema.default(EVERY_ITEM),
});

/** Uses within dates (S3-20): active at once, a pass of its own each time. */
export const packageKind: GrantKind<z.output<typeof packageSchema>> = {
  grantOf: ({ kind, uses, ...rest }) => ({ to: 'pass', kind, units: uses, ...rest }),
  value: ({ uses }) => uses,
};
