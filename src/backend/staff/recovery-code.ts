import { randomBytes } from 'node:crypto';
import { sha256Hex } from '#shop/audit/hash-chain.ts';
import { CODE_ALPHABET } from '#shop/ids/code.ts';

const CODE_CHARACTERS = 20;

/** A new recovery code, 100 random bits, in groups for reading: 'XXXXX-XXXXX-XXXXX-XXXXX'. */
export function makeRecoveryCode(): string {
  const characters = Array.from(randomBytes(CODE_CHARACTERS), (byte) => CODE_ALPHABET.charAt(byte & 31)).join('');
  return (characters.match(/.{5}/g) ?? []).join('-');
}

/**
 * What is kept of a recovery code. It is long and random, so a plain hash cannot be turned back, and it opens the shop
 * even where the device's pepper was lost.
 */
export function recoveryHashOf(typed: string): string {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return sha256Hex(`regulars recovery code\n${code}`);
}
