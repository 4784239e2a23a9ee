import { z } from 'zod';
import { readDate } from '../time/civil-date.ts';
import { tidyName } from './name.ts';

/** A person's name in one field. */
export const fullNameSchema = z.string().max(240).transform(tidyName).pipe(z.string().min(1).max(120));

/** 'YYYY-MM-DD', or '-----MM-DD' (four dashes for the year) where it is not told. */
export const birthdaySchema = z
  .string()
  .regex(/^(\d{4}|----)-\d{2}-\d{2}$/)
  .refine((text) => readDate(text.replace('----', '2000')) !== null, { error: 'not a date of the calendar' });

/** Short words on a customer, each once. */
export const tagsSchema = z
  .array(z.string().trim().min(1).max(30))
  .max(20)
  .transform((tags) => [...new Set(tags)]);

/** Enrolment: a name and how to reach the person; anything else can follow. Phone and e-mail are read by their rules. */
export const enrolInputSchema = z.strictObject({
  name: fullNameSchema,
  phone: z.string().max(40).optional(),
  email: z.string().max(254).optional(),
  cardCode: z.string().max(64).optional(),
  consentMarketing: z.boolean(),
  birthday: birthdaySchema.nullish(),
});
export type EnrolInput = z.infer<typeof enrolInputSchema>;
