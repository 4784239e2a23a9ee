import { z } from 'zod';
import { uuidSchema, uuidV7Schema } from './uuid.ts';

/**
 * The idempotency key of a command: a UUIDv7 made when the action starts and reused by every retry. A key that is not
 * one is input that does not fit.
 */
export const operationIdSchema = uuidV7Schema;

/** An id made at a counter (UUIDv7) or derived from its cause (UUIDv5). */
export const idSchema = uuidSchema;

/** What every mutation is called with. */
export function commandSchema<T extends z.ZodType>(input: T) {
  return z.strictObject({ operationId: operationIdSchema, input });
}
