import { CODE_ALPHABET, checkCharacterOf } from '../ids/code.ts';
import type { FillRandom } from '../ids/uuid.ts';
import { must } from '../must.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** How codes look that nobody gave a pattern: as customers' codes do, so that every scanner path reads them. */
export const DEFAULT_PATTERN = '####-####-###';

/** A pattern: letters, digits and dashes as they stand, a '#' for each random character; the last of these checks the others. */
const PATTERN = /^[A-Z0-9-]*(?:#[A-Z0-9-]*){5,24}$/;
const LONGEST_CODE = 40;
/** Who guesses a code of a batch finds one in at least so many tries. */
const GUESSES_PER_CODE = 10_000;

/** A code as it is printed, and the key by which it is found. */
export interface VoucherCode {
  readonly code: string;
  readonly codeKey: string;
}

/**
 * Returns by what a typed or scanned code is looked up: in capitals, without spaces and dashes, and with O as 0, I and L
 * as 1, so that what looks alike is alike: also in wide letters, or with marks that nobody sees, as messages copy them.
 * Null for what is no code of ours.
 */
export function codeKeyOf(text: string): string | null {
  if (text.length > 2 * LONGEST_CODE) return null;
  const key = alike(text);
  return /^[0-9A-Z]{3,40}$/.test(key) ? key : null;
}

function alike(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\-‐-―\p{Cf}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

/** Whether a text can be a pattern of codes. */
export function isPattern(text: string): boolean {
  return text.length <= LONGEST_CODE && PATTERN.test(text);
}

/**
 * Refuses a pattern that has too few codes for so many vouchers: a guess must hit less than one in ten thousand.
 * 'voucher-codes-too-few' says how many '#' are needed.
 */
export function refusePattern(pattern: string, wanted: number): Refusal | null {
  must(isPattern(pattern), 'a pattern of codes');
  const random = randomPlaces(pattern) - 1;
  if (32 ** random >= wanted * GUESSES_PER_CODE) return null;
  return refuse('voucher-codes-too-few', { needed: Math.ceil(Math.log2(wanted * GUESSES_PER_CODE) / 5) + 1 });
}

/**
 * Makes codes of a pattern, no two alike, from the source of random bytes. Whether somebody else has one already is for
 * the place where they are kept. The check character catches every single slip and every swap among the random ones.
 */
export function makeVoucherCodes(pattern: string, count: number, fillRandom: FillRandom): VoucherCode[] {
  must(isPattern(pattern), 'a pattern of codes');
  const length = randomPlaces(pattern) - 1;
  must(32 ** length >= count, 'a pattern has room for its codes');
  const keyPattern = alike(pattern);
  const made = new Map<string, VoucherCode>();
  while (made.size < count) {
    const bytes = new Uint8Array((count - made.size) * length);
    fillRandom(bytes);
    for (let at = 0; at < bytes.length; at += length) {
      const body = Array.from(bytes.subarray(at, at + length), (byte) => CODE_ALPHABET.charAt(byte & 31)).join('');
      const characters = body + checkCharacterOf(body);
      const codeKey = filled(keyPattern, characters);
      made.set(codeKey, { code: filled(pattern, characters), codeKey });
    }
  }
  return [...made.values()];
}

function randomPlaces(pattern: string): number {
  return pattern.split('#').length - 1;
}

function filled(pattern: string, characters: string): string {
  const [first = '', ...rest] = pattern.split('#');
  return first + rest.map((literal, index) => characters.charAt(index) + literal).join('');
}
