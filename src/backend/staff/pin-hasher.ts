import { hash, type Options, verify } from '@node-rs/argon2';

/** Turns PINs into what is stored and checks them; both run off the till's thread. */
export interface PinHasher {
  hash(secret: string): Promise<string>;
  verify(stored: string, secret: string): Promise<boolean>;
}

export interface PinHashCost {
  readonly memoryKib: number;
  readonly passes: number;
}

/** 50 to 300 ms on the tills that we know (RELIABILITY.md 5); decision 0011. */
export const PIN_HASH_COST: PinHashCost = { memoryKib: 65_536, passes: 3 };

/**
 * Returns an argon2id hasher keyed with the device's pepper: a copied database without the pepper file cannot be used to
 * try PINs, which are short.
 */
export function createPinHasher(pepper: Uint8Array, cost: PinHashCost = PIN_HASH_COST): PinHasher {
  // The library's default algorithm is argon2id; the test reads it back from the hash.
  const options: Options = {
    memoryCost: cost.memoryKib,
    timeCost: cost.passes,
    parallelism: 1,
    outputLen: 32,
    secret: pepper,
  };
  return {
    hash: (secret) => hash(secret, options),
    verify: (stored, secret) => verify(stored, secret, options),
  };
}
