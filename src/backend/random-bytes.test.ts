import { expect, test } from 'vitest';
import { fillRandom, newSalt } from './random-bytes.ts';

test('random bytes are used once, also where the pool runs out and where more are asked for than it holds', () => {
  const salts = new Set(Array.from({ length: 2000 }, newSalt));
  expect(salts.size).toBe(2000);
  expect([...salts].every((salt) => /^[0-9a-f]{32}$/.test(salt))).toBe(true);
  for (const length of [1, 4095, 4096, 10_000]) {
    const bytes = new Uint8Array(length);
    fillRandom(bytes);
    if (length > 100) expect(new Set(bytes).size).toBeGreaterThan(200);
  }
});
