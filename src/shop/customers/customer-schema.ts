import { z } from 'zod';
import { readDate } from '../time/civil-date.ts';
import { lineText } from '../text/text-schema.ts';

/** 'YYYY-MM-DD', or '-----MM-DD' (four dashes for the year) where it is not told. */
export const birthdaySchema = z
  .string()
  .regex(/^(\d{4}|----)-\d{2}-\d{2}$/)
  .refine((text) => readDate(text.replace('----', '2000')) !== null, { error: 'not a date of the calendar' });

/** Short words on a customer, each once. */
export const tagsSchema = z
  .array(lineText({ max: 30 }))
  .max(20)
  .transform((tags) => [...new Set(tags)]);
