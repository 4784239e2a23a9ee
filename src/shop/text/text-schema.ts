import { z } from 'zod';

/** What no kept text may hold: controls, halves of characters, line separators, changes of direction, non-characters. */
const UNFIT_IN_LINE = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\p{Noncharacter_Code_Point}]/u;
const UNFIT_IN_NOTE = /(?![\n\t])[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\p{Noncharacter_Code_Point}]/u;
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u;

/** The length of a text in code points: as SQLite's length() counts one without NUL. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** The text cut to at most `max` code points. */
export function cutTo(text: string, max: number): string {
  return text.length <= max ? text : [...text].slice(0, max).join('');
}

/** What was read from outside as one line: whatever a line may not hold becomes a space; trimmed, NFC, '' when nothing shows. */
export function tidiedLine(text: string): string {
  const tidied = text.replace(new RegExp(UNFIT_IN_LINE, 'gu'), ' ').normalize('NFC').trim();
  return VISIBLE.test(tidied) ? tidied : '';
}

/** As `tidiedLine`, with \n and \t; other ends of lines become \n. */
export function tidiedNote(text: string): string {
  const tidied = text.replace(/\r\n?/g, '\n').replace(new RegExp(UNFIT_IN_NOTE, 'gu'), ' ').normalize('NFC').trim();
  return VISIBLE.test(tidied) ? tidied : '';
}

interface TextLimits {
  /** In code points, after trimming; 0 allows an empty text, more asks for something that can be seen. */
  readonly min?: number;
  /** In code points, after trimming. */
  readonly max: number;
}

/** A text of one line that is kept: trimmed, NFC; controls, halves of characters and changes of direction are refused. */
export function lineText({ min = 1, max }: TextLimits) {
  return keptText(UNFIT_IN_LINE, (text) => text.normalize('NFC').trim(), { min, max });
}

/** A text of several lines that is kept: as `lineText`, with \n and \t; other ends of lines become \n. */
export function noteText({ min = 0, max }: TextLimits) {
  return keptText(UNFIT_IN_NOTE, (text) => text.replace(/\r\n?/g, '\n').normalize('NFC').trim(), { min, max });
}

/** A text that is looked for or read and not kept as typed: what a line may not hold is dropped, not refused. */
export function soughtText({ min = 0, max }: TextLimits) {
  return keptText(UNFIT_IN_LINE, tidiedLine, { min, max });
}

/** A large text that is taken apart by its reader, as a file or a page: halves of characters are refused; `max` in UTF-16 units. */
export function bulkText({ max }: { readonly max: number }) {
  return z
    .string()
    .max(max)
    .refine((text) => !/\p{Cs}/u.test(text), { error: 'holds halves of characters' });
}

function keptText(unfit: RegExp, tidy: (text: string) => string, { min, max }: Required<TextLimits>) {
  return z
    .string()
    .overwrite(tidy)
    .refine((text) => !unfit.test(text), { error: 'holds characters that cannot be kept' })
    .refine((text) => lengthOf(text) <= max, { error: `at most ${max} characters` })
    .refine((text) => min === 0 || (lengthOf(text) >= min && VISIBLE.test(text)), { error: `at least ${min} visible` })
    .meta({ minLength: min, maxLength: max });
}
