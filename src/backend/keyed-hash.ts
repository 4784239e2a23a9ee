import { createHmac } from 'node:crypto';

/** HMAC-SHA-256 as hex, keyed for one purpose by a secret of this device. */
export type KeyedHash = (text: string) => string;

/**
 * Returns a hash that only this device can compute: what stands in its database cannot be guessed back from it without the
 * secret. The same secret and purpose give the same hash for ever.
 */
export function createKeyedHash(secret: Uint8Array, purpose: string): KeyedHash {
  const key = createHmac('sha256', secret).update(`regulars:${purpose}`).digest();
  return (text) => createHmac('sha256', key).update(text).digest('hex');
}
