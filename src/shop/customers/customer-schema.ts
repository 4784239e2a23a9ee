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

/** How consent was given or taken back. */
export const CONSENT_CHANNELS = ['till', 'phone', 'paper', 'message', 'import'] as const;
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number];

/** A language tag with at most a region: 'es', 'en-GB' (BCP 47). */
export const languageSchema = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/);
