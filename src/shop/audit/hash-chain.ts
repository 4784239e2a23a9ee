import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { must } from '../must.ts';

/** The previous hash of the first row of a chain. */
export const CHAIN_START = '';

/** A maker of SHA-256 texts: the one below, or the host's own, which is faster and gives the same. */
export type Sha256Hex = (text: string) => string;

/** SHA-256 of the text's UTF-8 bytes, lower-case hexadecimal. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** The keys of our rows, quoted: a few hundred names that every command writes again. */
const QUOTED_KEYS = new Map<string, string>();
const MOST_QUOTED = 2000;

function quotedKey(key: string): string {
  const known = QUOTED_KEYS.get(key);
  if (known !== undefined) return known;
  const quoted = `${JSON.stringify(key)}:`;
  // Stryker disable next-line ConditionalExpression: bounds what is kept, not what is said.
  if (QUOTED_KEYS.size < MOST_QUOTED) QUOTED_KEYS.set(key, quoted);
  return quoted;
}

/**
 * Returns one text for one value, whatever the order of its keys: what is hashed, compared and sent.
 * Keys are sorted by UTF-16 code unit; undefined members are left out as in JSON; numbers must be finite.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    must(Number.isFinite(value), 'canonical text holds finite numbers only');
    // As JSON writes it, also of -0.
    return String(value);
  }
  if (Array.isArray(value))
    return `[${value.map((item) => (item === undefined ? 'null' : canonicalJson(item))).join(',')}]`;
  must(typeof value === 'object', `canonical text cannot hold a ${typeof value}`);
  // One text grown in place: every command writes several, and arrays of pairs would cost more than the texts.
  let members = '';
  for (const key of Object.keys(value).sort()) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${quotedKey(key)}${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** Returns the hash of a row: SHA-256 over the previous row's hash and this row's parts, so that no two splits are alike. */
export function chainHash(prevHash: string, parts: readonly string[], sha256Of: Sha256Hex = sha256Hex): string {
  return sha256Of(canonicalJson([prevHash, ...parts]));
}

/** One row of a chain as it is stored. */
export interface ChainedRow {
  readonly seq: number;
  readonly prevHash: string;
  readonly hash: string;
  /** What was hashed, as texts in a fixed order. */
  readonly parts: readonly string[];
}

/** What checking a stretch of a chain found: the number of rows, and the first that does not fit. */
export type ChainCheck =
  | { readonly ok: true; readonly rows: number; readonly headHash: string }
  | { readonly ok: false; readonly rows: number; readonly brokenAtSeq: number };

/**
 * Checks rows in order from `startHash`: numbers without a gap, each previous hash equal to the row before, each hash
 * equal to its row. A changed, removed, added or moved row shows at the first place where it breaks.
 */
export function checkChain(rows: Iterable<ChainedRow>, startHash = CHAIN_START): ChainCheck {
  let count = 0;
  let headHash = startHash;
  let lastSeq: number | null = null;
  for (const row of rows) {
    const followsOn = lastSeq === null || row.seq === lastSeq + 1;
    const isWhole = row.prevHash === headHash && row.hash === chainHash(row.prevHash, row.parts);
    if (!followsOn || !isWhole) return { ok: false, rows: count, brokenAtSeq: row.seq };
    headHash = row.hash;
    lastSeq = row.seq;
    count += 1;
  }
  return { ok: true, rows: count, headHash };
}
