import { expect, test } from 'vitest';
import { ENTRY_DIGITS_MAX, type EntryKey, pressKey, readDigits, writeDigits } from './amount-entry.ts';

const typed = (...keys: EntryKey[]) => keys.reduce(pressKey, 0);

test('keys build a whole number, and Clear and Delete take it back', () => {
  expect(typed('6', '8', '5', '00')).toBe(68_500);
  expect(typed('0', '000', '7')).toBe(7);
  expect(typed('6', '8', '5', 'back')).toBe(68);
  expect(typed('6', 'back', 'back')).toBe(0);
  expect(typed('6', '8', 'clear')).toBe(0);
});

test('a number never grows past what is held exactly', () => {
  const full = typed(...Array.from({ length: 30 }, (): EntryKey => '9'));
  expect(String(full)).toHaveLength(ENTRY_DIGITS_MAX);
  expect(pressKey(full, '000')).toBe(full);
  expect(Number.isSafeInteger(full)).toBe(true);
});

test('the field is read whatever separators it holds, and written in the region', () => {
  expect(readDigits('68.500')).toBe(68_500);
  expect(readDigits('₲ 1.250.000')).toBe(1_250_000);
  expect(readDigits('abc')).toBe(0);
  expect(writeDigits(68_500, 'es-PY', 0)).toBe('68.500');
  expect(writeDigits(1_250, 'es-PY', 0)).toBe('1.250');
  expect(writeDigits(1_250, 'en-US', 2)).toBe('12.50');
  expect(writeDigits(5, 'en-US', 2)).toBe('0.05');
  expect(writeDigits(0, 'en-US', 2)).toBe('');
});

test('writing and reading a number gives it back, also at the edge of precision', () => {
  for (const value of [1, 9, 10, 99, 1_000, 123_456, 999_999_999_999]) {
    for (const decimals of [0, 2, 3]) expect(readDigits(writeDigits(value, 'es-PY', decimals))).toBe(value);
  }
});
