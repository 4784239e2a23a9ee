import { createHash, createHmac } from 'node:crypto';

/** HMAC-SHA-256 as hex, keyed for one purpose by a secret of this device. */
export type KeyedHash = (text: string) => string;

/** What SHA-256 takes in at once. */
const BLOCK_BYTES = 64;

/**
 * Returns a hash that only this device can compute: what stands in its database cannot be guessed back from it without the
 * secret. The same secret and purpose give the same hash for ever.
 */
export function createKeyedHash(secret: Uint8Array, purpose: string): KeyedHash {
  const key = createHmac('sha256', secret).update(`regulars:${purpose}`).digest();
  // Both halves of the HMAC begin with the key: they are begun once here, because Node looks long at a key each time.
  const inner = createHash('sha256').update(padded(key, 0x36));
  const outer = createHash('sha256').update(padded(key, 0x5c));
  return (text) => outer.copy().update(inner.copy().update(text).digest()).digest('hex');
}

/** The key, as long as a block, each byte turned by `by` (RFC 2104). */
function padded(key: Uint8Array, by: number): Uint8Array {
  return Uint8Array.from({ length: BLOCK_BYTES }, (_, index) => (key[index] ?? 0) ^ by);
}
