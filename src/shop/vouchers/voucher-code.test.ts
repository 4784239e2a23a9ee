import { expect, test } from 'vitest';
import { CODE_ALPHABET, checkCharacterOf, isCode } from '../ids/code.ts';
import type { FillRandom } from '../ids/uuid.ts';
import { codeKeyOf, DEFAULT_PATTERN, isPattern, makeVoucherCodes, refusePattern } from './voucher-code.ts';

/** A source of bytes that repeats itself: seed, then what follows by a fixed rule. */
function bytesFrom(seed: number): FillRandom {
  const state = { value: seed };
  return (bytes) => {
    for (const index of bytes.keys()) {
      state.value = (Math.imul(state.value, 1_664_525) + 1_013_904_223) >>> 0;
      bytes[index] = state.value >>> 24;
    }
  };
}

test('VC7: a thousand codes of the usual pattern are all different and readable like any code of ours', () => {
  const codes = makeVoucherCodes(DEFAULT_PATTERN, 1000, bytesFrom(7));
  expect(new Set(codes.map(({ codeKey }) => codeKey)).size).toBe(1000);
  expect(codes.every(({ code, codeKey }) => /^\w{4}-\w{4}-\w{3}$/.test(code) && isCode(codeKey))).toBe(true);
});

test('VC7: no code comes twice even where chance repeats itself', () => {
  const rounds = [5, 5, 9];
  const fill: FillRandom = (bytes) => bytes.fill(rounds.shift() ?? 11);
  const keys = makeVoucherCodes('#####', 3, fill).map(({ codeKey }) => codeKey);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(3);
});

test('VC7: a pattern keeps its letters, and its last random character checks the others', () => {
  for (const { code, codeKey } of makeVoucherCodes('CAFE-####-####', 50, bytesFrom(3))) {
    expect(code).toMatch(/^CAFE-\w{4}-\w{4}$/);
    const random = code.slice(5).replace('-', '');
    expect(checkCharacterOf(random.slice(0, -1))).toBe(random.at(-1));
    expect([...random].every((character) => CODE_ALPHABET.includes(character))).toBe(true);
    expect(codeKey).toBe(`CAFE${random}`);
    expect(codeKeyOf(code)).toBe(codeKey);
  }
});

test('what is made by a pattern with letters that look alike is found as it is typed', () => {
  for (const { code, codeKey } of makeVoucherCodes('BONO-LILA-#####', 5, bytesFrom(2))) {
    expect(codeKeyOf(code)).toBe(codeKey);
    expect(codeKey.startsWith('B0N0111A')).toBe(true);
  }
});

test.each([
  ['brek10', 'BREK10'],
  ['BREK-10', 'BREK10'],
  ['ＢＲＥＫ１０', 'BREK10'],
  ['\u200bbrek\u00ad10\u200e', 'BREK10'],
  [' brek 10 ', 'BREK10'],
  ['BONO10', 'B0N010'],
  ['bonoIl', 'B0N011'],
  ['CUMPLE', 'CUMP1E'],
  ['AB', null],
  ['', null],
  ['ñandu', null],
  ['10% off', null],
  ['A'.repeat(41), null],
  ['A'.repeat(200), null],
  [`${'A-'.repeat(40)}`, 'A'.repeat(40)],
])('what is typed as %j is looked up as %j', (typed, key) => {
  expect(codeKeyOf(typed)).toBe(key);
});

test('patterns have five random characters or more, capitals, digits and dashes', () => {
  expect(['#####', 'A#####', '##-##-#', 'PROMO-########', DEFAULT_PATTERN].every(isPattern)).toBe(true);
  expect(['', '####', 'promo-#####', 'A B #####', `${'#'.repeat(25)}`, `${'A'.repeat(36)}#####`].some(isPattern)).toBe(
    false,
  );
});

test('a pattern has ten thousand codes for each voucher, or says how many characters it needs', () => {
  expect(refusePattern('########', 1_000_000)).toBeNull();
  expect(refusePattern('#######', 1_000_000)).toMatchObject({ reason: 'voucher-codes-too-few', facts: { needed: 8 } });
  expect(refusePattern('#####', 104)).toBeNull();
  expect(refusePattern('#####', 105)).toMatchObject({ facts: { needed: 6 } });
});
