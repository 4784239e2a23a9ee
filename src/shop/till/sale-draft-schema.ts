import { z } from 'zod';
import { idSchema } from '../ids/ids.ts';
import { uuidV7Schema } from '../ids/uuid.ts';
import { MAX_AMOUNT_MINOR } from '../money/money.ts';
import type { SaleDraft, TenderDraft } from './sale.ts';
import { lineText, noteText } from '../text/text-schema.ts';

/** At most this many lines stand on one sale. */
export const MAX_SALE_LINES = 500;

const amountMinorSchema = z.int().min(0).max(MAX_AMOUNT_MINOR);

/** A discount given by hand: at most 100 %. */
const manualDiscountSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), rateBasisPoints: z.int().min(0).max(10_000) }),
  z.strictObject({ kind: z.literal('amount'), amountMinor: amountMinorSchema }),
]);

/** What a line sells, as it is asked for: a product's own word counts more. */
const lineSellsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('credit') }),
  z.strictObject({ kind: z.literal('gift-card'), code: lineText({ max: 40 }).nullable() }),
  z.strictObject({ kind: z.literal('package'), planId: idSchema }),
]);

/** One line as it comes from a screen: up to a million pieces. */
const saleLineDraftSchema = z.strictObject({
  lineId: uuidV7Schema,
  productId: idSchema.nullable(),
  name: lineText({ max: 120 }),
  unitPriceMinor: amountMinorSchema,
  quantityThousandths: z.int().min(1).max(1_000_000_000),
  taxRateId: idSchema,
  categoryId: idSchema.nullable(),
  discount: manualDiscountSchema.nullable(),
  note: lineText({ min: 0, max: 200 }),
  sells: lineSellsSchema.optional(),
});

/** At most this many rewards are taken with one sale. */
const MAX_REDEMPTIONS = 10;

/** A reward as it is asked for. */
const redemptionDraftSchema = z.strictObject({
  programId: idSchema,
  rewardId: lineText({ max: 64 }),
  points: z.int().min(1).max(1_000_000_000).nullable(),
  choice: idSchema.nullable(),
});

/** Goods that come back in the same ticket; a line is named once. */
const exchangeDraftSchema = z.strictObject({
  saleId: idSchema,
  lines: z
    .array(z.strictObject({ lineId: idSchema, quantityThousandths: z.int().min(1).max(1_000_000_000) }))
    .min(1)
    .max(MAX_SALE_LINES),
  reason: lineText({ min: 0, max: 200 }),
});

/** At most this many vouchers are asked for with one sale, and so many uses of passes. */
const MAX_VOUCHERS = 30;
const MAX_PASS_USES = 30;

const vouchersSchema = z
  .array(z.strictObject({ voucherId: idSchema, choice: idSchema.nullable() }))
  .max(MAX_VOUCHERS)
  .refine((asked) => new Set(asked.map(({ voucherId }) => voucherId)).size === asked.length);

const passUsesSchema = z
  .array(z.strictObject({ passId: idSchema, lineId: idSchema, units: z.int().min(1).max(100_000) }))
  .max(MAX_PASS_USES)
  .refine((asked) => new Set(asked.map(({ passId, lineId }) => `${passId} ${lineId}`)).size === asked.length);

/** A sale as it comes from a screen. Line ids are unique. */
export const saleDraftSchema: z.ZodType<SaleDraft> = z
  .strictObject({
    saleId: uuidV7Schema,
    customerId: idSchema.nullable(),
    customerIdentifiedBy: z.enum(['scan', 'search', 'enrol']).nullable(),
    customerIdentifiedAtMs: z.int().min(0).nullable(),
    lines: z.array(saleLineDraftSchema).max(MAX_SALE_LINES),
    discount: manualDiscountSchema.nullable(),
    redemptions: z.array(redemptionDraftSchema).max(MAX_REDEMPTIONS).default([]),
    exchange: exchangeDraftSchema.optional(),
    vouchers: vouchersSchema.optional(),
    passUses: passUsesSchema.optional(),
    label: lineText({ min: 0, max: 60 }),
    note: noteText({ max: 500 }),
  })
  .refine((draft) => new Set(draft.lines.map((line) => line.lineId)).size === draft.lines.length, {
    path: ['lines'],
    error: 'line ids are unique',
  });

/** Reads a draft that this shop stored itself; one from before rewards takes none. */
export function readStoredDraft(text: string): SaleDraft {
  const stored = JSON.parse(text) as Omit<SaleDraft, 'redemptions'> & Partial<Pick<SaleDraft, 'redemptions'>>;
  return { ...stored, redemptions: stored.redemptions ?? [] };
}

/** The ways in which money is paid or handed back. */
export const tenderKindSchema = z.enum(['cash', 'card', 'other']);

/** A tender as it comes from a screen; credit and gift cards name their account, others do not. */
export const tenderDraftSchema: z.ZodType<TenderDraft> = z
  .strictObject({
    tenderId: uuidV7Schema,
    kind: z.enum([...tenderKindSchema.options, 'credit', 'gift-card']),
    amountMinor: amountMinorSchema,
    receivedMinor: amountMinorSchema.optional(),
    reference: lineText({ min: 0, max: 60 }).optional(),
    accountId: idSchema.optional(),
  })
  .refine(({ kind, accountId }) => (kind === 'credit' || kind === 'gift-card') === (accountId !== undefined));
