import { z } from 'zod';
import { birthdaySchema, contactBySchema, languageSchema, tagsSchema } from '#shop/customers/customer-schema.ts';
import { customValuesSchema } from '#shop/customers/custom-field.ts';
import { tidyName } from '#shop/customers/name.ts';
import { readCode } from '#shop/ids/code.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { lineText, noteText, soughtText } from '#shop/text/text-schema.ts';

const nameSchema = lineText({ min: 0, max: 120 }).transform(tidyName);
const phoneSchema = soughtText({ max: 40 });
const emailSchema = soughtText({ max: 254 });
const cardCodeSchema = soughtText({ max: 64 }).refine((text) => readCode(text).kind === 'code', {
  error: 'not a card of ours',
});

/** Enrolment: a name, a phone number, an address or a blank card; one of them is enough. */
export const enrolSchema = z.strictObject({
  name: nameSchema,
  phone: phoneSchema.optional(),
  email: emailSchema.optional(),
  cardCode: cardCodeSchema.optional(),
  consentMarketing: z.boolean(),
  birthday: birthdaySchema.nullish(),
  language: languageSchema.nullish(),
  custom: customValuesSchema.optional(),
  /** The regular who brought them. */
  broughtBy: idSchema.optional(),
});
export type EnrolCustomerInput = z.output<typeof enrolSchema>;

/** Only what changes is sent; null takes a value away. With `version` a change made elsewhere meanwhile is not overwritten. */
export const updateCustomerSchema = z.strictObject({
  customerId: idSchema,
  version: z.int().min(1).optional(),
  name: nameSchema.optional(),
  callName: nameSchema.nullish(),
  phone: phoneSchema.nullish(),
  email: emailSchema.nullish(),
  birthday: birthdaySchema.nullish(),
  note: noteText({ max: 2000 }).optional(),
  tags: tagsSchema.optional(),
  consentMarketing: z.boolean().optional(),
  cardCode: cardCodeSchema.optional(),
  language: languageSchema.nullish(),
  contactBy: contactBySchema.nullish(),
  custom: customValuesSchema.optional(),
});
export type UpdateCustomerInput = z.output<typeof updateCustomerSchema>;

export const searchCustomersSchema = z.strictObject({ text: soughtText({ max: 200 }), limit: z.int().min(1).max(50) });

export const oneCustomerSchema = z.strictObject({ customerId: idSchema });

export const blockSchema = z.strictObject({ customerId: idSchema, reason: noteText({ min: 1, max: 500 }) });

/** A lost card: with no blank card at hand a code is made and printed. */
export const reissueCardSchema = z.strictObject({ customerId: idSchema, cardCode: cardCodeSchema.optional() });

export const TIMELINE_FILTERS = ['all', 'sales', 'points', 'vouchers', 'scans'] as const;
export type TimelineFilter = (typeof TIMELINE_FILTERS)[number];

export const timelineSchema = z.strictObject({
  customerId: idSchema,
  filter: z.enum(TIMELINE_FILTERS),
  /** These types alone, together with the filter. */
  types: z
    .array(lineText({ max: 100 }))
    .min(1)
    .max(20)
    .optional(),
  category: z.enum(['ACTION', 'EFFECT']).optional(),
  campaignId: idSchema.optional(),
  fromMs: z.int().optional(),
  toMs: z.int().optional(),
  cursor: soughtText({ max: 100 }).optional(),
  limit: z.int().min(1).max(100),
});
export type TimelineInput = z.output<typeof timelineSchema>;
