import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { uuidV5 } from '#shop/ids/uuid.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import { type CodeToPrint, insertImpression, selectBatch, selectCodesFrom } from './batches-store.ts';
import { selectVoucher } from './vouchers-store.ts';

/** Ten pages of A4: what one print dialog takes without waiting, and one op holds. */
export const MOST_ON_A_SHEET = 240;
const countSchema = z.int().min(1).max(MOST_ON_A_SHEET);

export const printSheetSchema = z.discriminatedUnion('of', [
  /** Codes of a batch in their order; `from` counts from 1. */
  z.strictObject({
    of: z.literal('batch'),
    batchId: idSchema,
    from: z.int().min(1).max(1_000_000),
    count: countSchema,
  }),
  /** One code many times: labels of a code for everybody. */
  z.strictObject({ of: z.literal('voucher'), voucherId: idSchema, copies: countSchema }),
]);

/**
 * The codes of a sheet in their order, each of them counted as printed. Refuses 'not-found', also where a batch has no
 * codes from there on.
 */
export function printSheet(
  scope: CommandScope,
  input: z.output<typeof printSheetSchema>,
): Outcome<{ codes: CodeToPrint[] }> {
  const codes = input.of === 'batch' ? codesOfBatch(scope, input) : codesOfVoucher(scope, input);
  const [first] = codes;
  if (first === undefined) return refuse('not-found');
  const { db, shop, moment, operationId } = scope;
  const impressions = input.of === 'voucher' ? input.copies : 1;
  const printed = input.of === 'voucher' ? [first] : codes;
  for (const { voucherId } of printed) {
    const id = uuidV5(operationId, voucherId);
    insertImpression(db, { kind: 'print', id, merchantId: shop.merchantId, voucherId, impressions, atMs: moment.atMs });
  }
  const voucherIds = printed.map(({ voucherId }) => voucherId);
  // One fact for the sheet: the id of each row follows from the op's and the voucher's.
  scope.fact('voucher_impressions', { kind: 'print', impressions, atMs: moment.atMs, voucherIds });
  const recordId = input.of === 'batch' ? input.batchId : input.voucherId;
  scope.changed({
    table: input.of === 'batch' ? 'voucher_batches' : 'vouchers',
    recordId,
    before: null,
    after: { printed: codes.length, from: input.of === 'batch' ? input.from : 1 },
  });
  scope.touch('vouchers');
  return done({ codes });
}

function codesOfBatch(
  { db, shop }: CommandScope,
  { batchId, from, count }: { batchId: string; from: number; count: number },
): CodeToPrint[] {
  const { merchantId } = shop;
  if (selectBatch(db, merchantId, batchId) === null) return [];
  return selectCodesFrom(db, { merchantId, batchId, before: from - 1, most: count });
}

function codesOfVoucher(
  { db, shop }: CommandScope,
  { voucherId, copies }: { voucherId: string; copies: number },
): CodeToPrint[] {
  const voucher = selectVoucher(db, shop.merchantId, voucherId);
  return voucher === null ? [] : Array.from({ length: copies }, () => ({ voucherId, code: voucher.code }));
}
