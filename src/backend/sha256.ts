import { hash } from 'node:crypto';

/** SHA-256 as the rules know it, by the runtime's own code: the same text, several times faster on a sale's path. */
export function sha256Hex(text: string): string {
  return hash('sha256', text);
}
