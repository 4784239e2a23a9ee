import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CODE_ALPHABET, checkCharacterOf, formatCode, isCode, makeCode, readCode } from './code.ts';
import { gtinCheckDigit, readGtin, readUpcE } from './gtin.ts';
import { commandSchema, operationIdSchema } from './ids.ts';
import { formatReceiptNumber, readReceiptNumber } from './receipt-number.ts';
import { createUuidV7Source, instantOfUuidV7, isUuidV7, uuidV5 } from './uuid.ts';
import { z } from 'zod';

const bodies = fc.string({ unit: fc.constantFrom(...CODE_ALPHABET), minLength: 10, maxLength: 10 });
const codes = bodies.map((body) => body + checkCharacterOf(body));

test('every single wrong character of a code is caught', () => {
  fc.assert(
    fc.property(codes, (code) => {
      for (let at = 0; at < code.length; at += 1) {
        for (const wrong of CODE_ALPHABET) {
          if (wrong === code[at]) continue;
          expect(readCode(code.slice(0, at) + wrong + code.slice(at + 1)).kind).toBe('unreadable');
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('every swap of two neighbours, and of any two characters, is caught', () => {
  fc.assert(
    fc.property(codes, fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 }), (code, a, b) => {
      fc.pre(code[a] !== code[b]);
      const swapped = [...code];
      [swapped[a], swapped[b]] = [swapped[b] ?? '', swapped[a] ?? ''];
      expect(readCode(swapped.join(''))).toEqual({ kind: 'unreadable', reason: 'check-character' });
    }),
    { numRuns: 3000 },
  );
});

test('a code is read as people type it', () => {
  const code = makeCode((bytes) => bytes.set([0, 1, 1, 0, 9, 10, 11, 12, 13, 14]));
  const typed = formatCode(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
  expect(readCode(` ${typed} `)).toEqual({ kind: 'code', code });
  expect(formatCode(code)).toMatch(/^\S{4}-\S{4}-\S{3}$/);
  expect([isCode(code), isCode(formatCode(code))]).toEqual([true, false]);
});

test('reading a code never throws and says what does not fit', () => {
  expect(readCode('')).toEqual({ kind: 'unreadable', reason: 'length' });
  expect(readCode('UUUUUUUUUUU')).toEqual({ kind: 'unreadable', reason: 'characters' });
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void readCode(text)));
});

test('codes hold fifty random bits and pass their own check', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (random) => {
      const code = makeCode((bytes) => bytes.set(random));
      expect(isCode(code)).toBe(true);
      expect([...code].slice(0, 10).map((c) => CODE_ALPHABET.indexOf(c))).toEqual([...random].map((byte) => byte % 32));
    }),
  );
});

test('UUIDv7 ids rise strictly, within a millisecond and when the clock steps back, and carry their instant', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2, maxLength: 300 }),
      fc.integer({ min: 0, max: 255 }),
      (steps, byte) => {
        let nowMs = 1_790_000_000_000;
        const next = createUuidV7Source(
          () => nowMs,
          (bytes) => bytes.fill(byte),
        );
        let last = '';
        for (const step of steps) {
          nowMs += step;
          const id = next();
          expect(isUuidV7(id) && id > last).toBe(true);
          expect(instantOfUuidV7(id)).toBeGreaterThanOrEqual(nowMs);
          last = id;
        }
      },
    ),
  );
});

test('a thousand ids of one millisecond with the worst randomness are a thousand', () => {
  const next = createUuidV7Source(
    () => 1_790_000_000_000,
    (bytes) => bytes.fill(255),
  );
  const ids = Array.from({ length: 1000 }, next);
  expect(new Set(ids).size).toBe(1000);
  expect([...ids].sort()).toEqual(ids);
});

test('UUIDv5 agrees with RFC 9562 appendix A.4', () => {
  expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  );
});

test('an operation id is a UUIDv7 in lower case; anything else does not fit', () => {
  const id = createUuidV7Source(
    () => 1_790_000_000_000,
    (bytes) => bytes.fill(1),
  )();
  expect(operationIdSchema.safeParse(id).success).toBe(true);
  expect(operationIdSchema.safeParse(id.toUpperCase()).success).toBe(false);
  expect(operationIdSchema.safeParse('6ba7b810-9dad-11d1-80b4-00c04fd430c8').success).toBe(false);
  expect(
    commandSchema(z.strictObject({})).safeParse({ operationId: id, input: { __proto__: null, extra: 1 } }).success,
  ).toBe(false);
});

test.each([
  ['96385074', 'EAN-8', '00000096385074'],
  ['4006381333931', 'EAN-13', '04006381333931'],
  ['036000291452', 'UPC-A', '00036000291452'],
  ['15400141288763', 'ITF-14', '15400141288763'],
  ['04252614', 'UPC-E', '00042100005264'],
])('%s is an %s', (text, kind, gtin14) => {
  expect(readGtin(text)).toEqual({ kind, text, gtin14 });
});

test('a wrong check digit, another length or a letter is not a GTIN', () => {
  expect(['4006381333932', '400638133393', '40063813339310', '400638133393a', '', '١٢٣٤٥٦٧٨'].map(readGtin)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(readUpcE('24252614')).toBeNull();
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 12, maxLength: 12 }),
      fc.integer({ min: 0, max: 11 }),
      fc.integer({ min: 1, max: 9 }),
      (body, at, by) => {
        const text = body + gtinCheckDigit(body);
        const digit = (Number(text[at]) + by) % 10;
        expect(readGtin(text)?.kind).toBe('EAN-13');
        expect(readGtin(text.slice(0, at) + digit + text.slice(at + 1))).toBeNull();
      },
    ),
  );
});

test('a receipt number is read back as it was written, and is never a customer code', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99_999 }),
      fc.integer({ min: 0, max: 999_999_999 }),
      (incarnation, counter) => {
        const text = formatReceiptNumber({ terminalCode: 'T1', incarnation, counter });
        expect(readReceiptNumber(` ${text.toLowerCase()} `)).toEqual({ terminalCode: 'T1', incarnation, counter });
      },
    ),
  );
  fc.assert(fc.property(codes, (code) => void expect(readReceiptNumber(formatCode(code))).toBeNull()));
});
