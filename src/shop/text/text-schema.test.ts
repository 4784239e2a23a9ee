import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bulkText, cutTo, lengthOf, lineText, noteText, soughtText, tidiedLine, tidiedNote } from './text-schema.ts';

const REFUSED_IN_LINES = [
  'a\u0000',
  '\u0000',
  'a\nb',
  'a\tb',
  'a\u0085b',
  '\uD83D',
  'a\u202Eb',
  'a\u2066b',
  'a\uFFFEb',
  'a\u2028b',
];

test.each(REFUSED_IN_LINES)('X1: a kept line never holds %j', (text) => {
  expect(lineText({ min: 0, max: 20 }).safeParse(text).success).toBe(false);
  expect(lineText({ max: 20 }).safeParse(soughtText({ max: 20 }).parse(text)).success).toBe(tidiedLine(text) !== '');
});

test('X1: a note keeps its lines and tabs, and nothing else that a line refuses', () => {
  expect(noteText({ max: 20 }).parse(' a\r\nb\tc\rd ')).toBe('a\nb\tc\nd');
  expect(noteText({ max: 20 }).safeParse('a\u0000').success).toBe(false);
});

test('X1: names of the world are kept, trimmed and composed', () => {
  for (const name of ['Ñandé', 'محمد', '李小龙', 'נועה', 'Zoë 👩‍👩‍👧', 'नमस्ते', "O'Brien-Łukasz"]) {
    expect(lineText({ max: 40 }).parse(`  ${name.normalize('NFD')} `)).toBe(name.normalize('NFC'));
  }
});

test('X1: length counts characters, and a text that must be there must show', () => {
  expect(lineText({ max: 3 }).safeParse('😀😀😀').success).toBe(true);
  expect(lineText({ max: 3 }).safeParse('😀😀😀😀').success).toBe(false);
  for (const blank of ['', '  ', '\u200b', '\u200d\u2060'])
    expect(lineText({ max: 3 }).safeParse(blank).success).toBe(false);
  expect(lineText({ min: 0, max: 3 }).parse(' ')).toBe('');
  expect([lengthOf('a😀'), cutTo('a😀b', 2)]).toEqual([2, 'a😀']);
  expect(bulkText({ max: 9 }).safeParse('\uD83D').success).toBe(false);
});

test('X1: what is tidied is kept as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      expect(lineText({ min: 0, max: 200 }).parse(tidiedLine(text))).toBe(tidiedLine(text));
      expect(noteText({ max: 200 }).parse(tidiedNote(text))).toBe(tidiedNote(text));
    }),
  );
});
