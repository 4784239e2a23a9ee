import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 4096;
const pool = { bytes: new Uint8Array(POOL_BYTES), at: POOL_BYTES };

/**
 * Fills with random bytes of the system, each used once: drawn some thousands at a time, because asking costs more than the
 * bytes, and every command needs some dozen ids and salts.
 */
export function fillRandom(target: Uint8Array): void {
  if (target.length > POOL_BYTES) {
    randomFillSync(target);
    return;
  }
  if (pool.at + target.length > POOL_BYTES) {
    randomFillSync(pool.bytes);
    pool.at = 0;
  }
  target.set(pool.bytes.subarray(pool.at, pool.at + target.length));
  pool.bytes.fill(0, pool.at, pool.at + target.length);
  pool.at += target.length;
}

/** A salt of 16 random bytes, in hexadecimal. */
export function newSalt(): string {
  const bytes = Buffer.alloc(16);
  fillRandom(bytes);
  return bytes.toString('hex');
}
