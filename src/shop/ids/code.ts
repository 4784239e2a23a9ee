import { must } from '../must.ts';
import type { FillRandom } from './uuid.ts';

/** Crockford's base32: no I, L, O or U, so that a code can be read aloud. Source: crockford.com/base32.html. */
export const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten random characters (50 bits) and a check character. */
export const CODE_LENGTH = 11;

const VALUES: ReadonlyMap<string, number> = new Map(
  [...CODE_ALPHABET].map((character, value) => [character, value] as const),
);

/** What a typed or scanned code turned out to be. */
export type CodeReading =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'unreadable'; readonly reason: 'length' | 'characters' | 'check-character' };

/** Makes a new code from the source of random bytes. */
export function makeCode(fillRandom: FillRandom): string {
  const bytes = new Uint8Array(CODE_LENGTH - 1);
  fillRandom(bytes);
  const body = Array.from(bytes, (byte) => CODE_ALPHABET.charAt(byte & 31)).join('');
  return body + checkCharacterOf(body);
}

/**
 * Returns the check character of ten characters, from the same alphabet.
 * The characters are numbers of the field GF(32); the check makes the sum of character x 2^position zero. Because all
 * weights differ and none is zero, every single wrong character and every swap of two characters is caught.
 * ISO 7064 mod 37,36 needs four characters that the alphabet leaves out, and Crockford's own check five signs that
 * scanners and people stumble over.
 */
export function checkCharacterOf(body: string): string {
  let sum = 0;
  for (const character of body) sum = double(sum ^ fieldValueOf(character));
  return CODE_ALPHABET.charAt(sum);
}

/**
 * Reads a code as people type it: any case, dashes and spaces anywhere, O for 0, I and L for 1.
 * Never throws; the reason says what does not fit, before any look-up.
 */
export function readCode(text: string): CodeReading {
  if (text.length > 64) return { kind: 'unreadable', reason: 'length' };
  const typed = text
    .replace(/[\s\-‐-―]/g, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (![...typed].every((character) => VALUES.has(character))) return { kind: 'unreadable', reason: 'characters' };
  if (typed.length !== CODE_LENGTH) return { kind: 'unreadable', reason: 'length' };
  const body = typed.slice(0, -1);
  if (checkCharacterOf(body) !== typed.at(-1)) return { kind: 'unreadable', reason: 'check-character' };
  return { kind: 'code', code: typed };
}

/** Whether the text is a code exactly as it is stored. */
export function isCode(text: string): boolean {
  const reading = readCode(text);
  return reading.kind === 'code' && reading.code === text;
}

/** A code for reading: 'XXXX-XXXX-XXX'. */
export function formatCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}

function fieldValueOf(character: string): number {
  const value = VALUES.get(character);
  must(value !== undefined, 'a code holds characters of its alphabet only');
  return value;
}

/** Times two in GF(32) with the primitive polynomial x^5 + x^2 + 1. */
function double(value: number): number {
  const shifted = value << 1;
  return shifted & 32 ? shifted ^ 0b100101 : shifted;
}
