import { z } from 'zod';

/** A civil date, 'YYYY-MM-DD', of the centuries that a shop can ask about: a day before and after it are dates as well. */
export const civilDateSchema = z.iso
  .date()
  .refine((text) => text >= '1900-01-01' && text <= '2999-12-31', { error: 'not a date of these centuries' });
