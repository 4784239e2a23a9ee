import { createHmac } from 'node:crypto';
import { sha256Bytes, sha256Hex } from './sha256.ts';

/** HMAC-SHA-256 as hex, keyed for one purpose by a secret of this device. */
export type KeyedHash = (text: string) => string;

/** What SHA-256 takes in at once. */
const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;

/**
 * Returns a hash that only this device can compute: what stands in its database cannot be guessed back from it without the
 * secret. The same secret and purpose give the same hash for ever.
 */
export function createKeyedHash(secret: Uint8Array, purpose: string): KeyedHash {
  const key = createHmac('sha256', secret).update(`regulars:${purpose}`).digest();
  // Both halves of the HMAC by themselves: Node looks long at a key each time, and an object for each hash costs more than
  // the hash.
  const inner = padded(key, 0x36);
  const outer = padded(key, 0x5c);
  return (text) => {
    const message = Buffer.alloc(BLOCK_BYTES + Buffer.byteLength(text));
    message.set(inner);
    message.write(text, BLOCK_BYTES);
    const both = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES);
    both.set(outer);
    both.set(sha256Bytes(message), BLOCK_BYTES);
    return sha256Hex(both);
  };
}

/** The key, as long as a block, each byte turned by `by` (RFC 2104). */
function padded(key: Uint8Array, by: number): Uint8Array {
  return Uint8Array.from({ length: BLOCK_BYTES }, (_, index) => (key[index] ?? 0) ^ by);
}
