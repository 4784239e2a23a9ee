import { z } from 'zod';
import { uuidSchema, uuidV7Schema } from './uuid.ts';

declare const brand: unique symbol;

/** A string that must not be mixed with another kind of string. */
export type Id<Name extends string> = string & { readonly [brand]: Name };

export type MerchantId = Id<'merchant'>;
export type ShopId = Id<'shop'>;
export type TerminalId = Id<'terminal'>;
export type StaffId = Id<'staff'>;
export type CustomerId = Id<'customer'>;
export type SaleId = Id<'sale'>;
export type LineId = Id<'line'>;
export type RefundId = Id<'refund'>;
export type EntryId = Id<'entry'>;
export type OperationId = Id<'operation'>;

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
