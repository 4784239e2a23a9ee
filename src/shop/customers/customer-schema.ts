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

/** How somebody wants to be reached, where they said so. */
export const CONTACT_WAYS = ['email', 'phone', 'message', 'none'] as const;
export type ContactBy = (typeof CONTACT_WAYS)[number];
export const contactBySchema = z.enum(CONTACT_WAYS);

/** How somebody may tell the shop that they agree or take it back. */
export const TOLD_CHANNELS = ['till', 'phone', 'paper', 'message'] as const;
/** How consent came to be known: told, imported, or with another record of the same person. */
export type ConsentChannel = (typeof TOLD_CHANNELS)[number] | 'import' | 'merge';

/** A language tag with at most a region: 'es', 'en-GB' (BCP 47). */
export const languageSchema = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/);
