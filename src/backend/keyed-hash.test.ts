import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createKeyedHash } from './keyed-hash.ts';

test('a keyed hash is the HMAC-SHA-256 of the text under a key of its purpose, also when it is used again', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 80 }),
      fc.string(),
      fc.array(fc.string({ unit: 'grapheme' })),
      (secret, purpose, texts) => {
        const key = createHmac('sha256', secret).update(`regulars:${purpose}`).digest();
        const hash = createKeyedHash(secret, purpose);
        for (const text of texts) expect(hash(text)).toBe(createHmac('sha256', key).update(text).digest('hex'));
      },
    ),
  );
});
