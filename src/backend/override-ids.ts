import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';

const MOST_OVERRIDES = 4;

/** The managers' approvals that a command names: one for each thing that its person may not do alone. */
export const overrideIdsSchema = z.array(idSchema).min(1).max(MOST_OVERRIDES).optional();

/** The approvals that an input names, as its schema read it; none when it names none. */
export function namedOverridesOf(input: unknown): readonly string[] {
  if (typeof input !== 'object' || input === null) return [];
  return (input as { overrideIds?: readonly string[] }).overrideIds ?? [];
}
