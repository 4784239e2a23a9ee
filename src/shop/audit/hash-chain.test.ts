import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHAIN_START, type ChainedRow, canonicalJson, chainHash, checkChain, sha256Hex } from './hash-chain.ts';

function chainOf(texts: readonly string[]): ChainedRow[] {
  const rows: ChainedRow[] = [];
  for (const [index, text] of texts.entries()) {
    const prevHash = rows.at(-1)?.hash ?? CHAIN_START;
    rows.push({ seq: index + 1, prevHash, hash: chainHash(prevHash, [text]), parts: [text] });
  }
  return rows;
}

test('SHA-256 agrees with FIPS 180-4', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('canonical text does not depend on the order of keys, and reads back as the same value', () => {
  expect(canonicalJson({ b: 1, a: [null, { d: 'ñ', c: undefined }], 10: true, 9: false })).toBe(
    '{"10":true,"9":false,"a":[null,{"d":"ñ"}],"b":1}',
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
  expect(() => canonicalJson({ a: Number.NaN })).toThrow();
  expect(() => canonicalJson({ a: 1n })).toThrow();
});

test('the parts of a row cannot be cut elsewhere', () => {
  expect(chainHash('', ['ab', 'c'])).not.toBe(chainHash('', ['a', 'bc']));
});

test('a whole chain checks, and any row changed, left out, doubled or moved is found', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string(), { minLength: 2, maxLength: 20 }),
      fc.nat(),
      fc.constantFrom('change', 'remove', 'double', 'swap', 'rehash'),
      (texts, pick, how) => {
        const rows = chainOf(texts);
        expect(checkChain(rows)).toEqual({ ok: true, rows: rows.length, headHash: rows.at(-1)?.hash });
        const at = pick % (rows.length - 1);
        const row = rows[at];
        const next = rows[at + 1];
        if (row === undefined || next === undefined) return;
        const bad = [...rows];
        if (how === 'change') bad[at] = { ...row, parts: [`${row.parts[0]}x`] };
        if (how === 'remove') bad.splice(at, 1);
        if (how === 'double') bad.splice(at, 0, row);
        if (how === 'swap') bad.splice(at, 2, next, row);
        if (how === 'rehash')
          bad[at] = { ...row, parts: ['x'.repeat(40)], hash: chainHash(row.prevHash, ['x'.repeat(40)]) };
        expect(checkChain(bad).ok).toBe(false);
      },
    ),
  );
});
