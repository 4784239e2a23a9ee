import { createHash, hash } from 'node:crypto';

/** In one call where the runtime knows how (Node 21.7); without it, by an object for each, which costs more than the hash. */
const sha256: typeof hash =
  (hash as typeof hash | undefined) ??
  (((algorithm: string, data: string | Uint8Array, as: 'hex' | 'buffer' = 'hex') => {
    const digest = createHash(algorithm).update(data).digest();
    return as === 'hex' ? digest.toString('hex') : digest;
  }) as typeof hash);

/** SHA-256 as the rules know it, by the runtime's own code: the same text, several times faster on a sale's path. */
export function sha256Hex(data: string | Uint8Array): string {
  return sha256('sha256', data, 'hex');
}

/** SHA-256 as 32 bytes. */
export function sha256Bytes(data: Uint8Array): Uint8Array {
  return sha256('sha256', data, 'buffer');
}
